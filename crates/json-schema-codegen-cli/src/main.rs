//! `json-schema-codegen`: Rust types from any JSON Schema, on the command line.
//!
//! To add a command: its arguments in `arguments`, a file with `run` in `commands`, a line in
//! `commands::run`.

mod arguments;
mod baseline;
mod changes;
mod commands;
mod config;
mod diagnostics;
mod files;
mod git;
mod leftovers;
mod output;
mod progress;
mod provenance;
mod snippet;
mod standard_input;
mod transaction;
mod yaml;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::commands::Outcome;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    output::set_color(arguments.color);
    progress::start(arguments.quiet);
    let outcome = commands::run(&arguments.command, arguments.quiet);
    progress::end();
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Different) => ExitCode::from(1),
        Err(failure) => {
            failure.print();
            ExitCode::from(2)
        }
    }
}
