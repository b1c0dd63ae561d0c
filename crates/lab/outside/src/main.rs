//! Reads an event from standard input, removes the text of the message, and writes what is left.

use std::process::ExitCode;

use webex_event::Event;

fn main() -> ExitCode {
    match forward_event_without_text() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads an event from standard input, removes the text of its message, and writes the event to standard output.
fn forward_event_without_text() -> Result<(), serde_json::Error> {
    let mut event: Event = serde_json::from_reader(std::io::stdin().lock())?;
    event.data.text = None;
    serde_json::to_writer(std::io::stdout().lock(), &event)
}
