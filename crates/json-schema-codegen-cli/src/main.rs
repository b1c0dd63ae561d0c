//! The command line program `json-schema-codegen`, which generates Rust types from any JSON Schema.
//!
//! To add a command: put its arguments into `arguments`, a file with a function that runs it into `commands`, and a
//! line into `commands::run_command`.

mod arguments;
mod baseline;
mod changes;
mod commands;
mod config;
mod diagnostics;
mod files;
mod git;
mod leftovers;
mod outcome;
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
use crate::outcome::CommandOutcome;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    output::set_color(arguments.color);
    progress::start_progress_display(arguments.quiet);
    let outcome = commands::run_command(&arguments.command, arguments.quiet);
    progress::end_progress_display();
    match outcome {
        Ok(CommandOutcome::Done) => ExitCode::SUCCESS,
        Ok(CommandOutcome::Different) => ExitCode::from(1),
        Err(failure) => {
            failure.print_errors();
            ExitCode::from(2)
        }
    }
}
