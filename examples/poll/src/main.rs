//! Polls the Webex events API, and archives the text of each event once. README.md explains how.

mod archive;
mod arguments;
mod checkpoint;
mod client;
mod failure;
mod item;
mod links;
mod log;
mod log_file;
mod page;
mod poll;
mod stop;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::log::log;

/// Archives events until an error or a signal occurs, or, with `--once` or `--to`, until the last page. A signal drops
/// the future of `poll::run` wherever it waits. The files may then have a part of a page, as after a kill, and the next
/// run goes on from there.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = tokio::select! {
        biased; // the signals are caught before the first request
        signal = stop::wait_for_signal() => signal.map(|name| log(format_args!("stopped by {name}"))),
        result = poll::poll_events(&arguments) => result,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log(format_args!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
