//! Reads an event from standard input, removes the text of the message, and writes what is left.

use std::process::ExitCode;

use webex_event::Event;

fn main() -> ExitCode {
    match forward() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn forward() -> Result<(), serde_json::Error> {
    let mut event: Event = serde_json::from_reader(std::io::stdin().lock())?;
    event.data.text = None;
    serde_json::to_writer(std::io::stdout().lock(), &event)
}
