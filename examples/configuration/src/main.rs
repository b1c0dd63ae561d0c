//! Reads a configuration file, and prints its settings: `cargo run -- server.json`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: configuration FILE.json");
        return ExitCode::from(2);
    };
    let text = std::fs::read_to_string(&path).map_err(|error| error.to_string());
    match text.and_then(|text| configuration::read(&text)) {
        Ok(found) => {
            println!("port {}, log level {}, {} threads", found.listen.port, found.log_level(), found.threads());
            for route in &found.routes {
                println!("{} -> {} {:?}", route.prefix, route.target, route.methods);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}
