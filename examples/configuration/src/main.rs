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
            let (level, threads) = (found.log_or_default(), found.workers_or_default());
            println!(
                "{}:{}, log level {level}, {threads} threads",
                found.listen.address_or_default(),
                found.listen.port
            );
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
