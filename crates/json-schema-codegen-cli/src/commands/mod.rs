//! The commands, each in a file with a function `run`.

mod check;
mod columns;
mod diagram;
mod diff;
mod explain;
mod generate;
mod init;
mod regenerate;
mod update;

use crate::arguments::{Command, make_completion_script};
use crate::diagnostics::Failure;
use crate::outcome::Outcome;
use crate::output::print_result;

/// Runs `command`. If `quiet`, prints only errors and the results of `generate`, `diagram`, `columns`, `explain`
/// and `completions`.
///
/// # Errors
/// Everything that made the command fail.
pub fn run(command: &Command, quiet: bool) -> Result<Outcome, Failure> {
    match command {
        Command::Init(arguments) => init::run(arguments, quiet),
        Command::Regenerate(job) => regenerate::run(job, quiet),
        Command::Check(job) => check::run(job, quiet),
        Command::Update(arguments) => update::run(arguments, quiet),
        Command::Diff(arguments) => diff::run(arguments, quiet),
        Command::Generate(arguments) => generate::run(arguments, quiet),
        Command::Diagram(job) => diagram::run(job, quiet),
        Command::Columns(arguments) => columns::run(arguments, quiet),
        Command::Explain(arguments) => explain::run(arguments, quiet),
        Command::Completions { shell } => print_result(&make_completion_script(*shell)).map(|()| Outcome::Done),
    }
}
