//! The commands, one file each.

mod check;
mod diagram;
mod diff;
mod explain;
pub mod generate;
mod init;
mod regenerate;
mod update;

use crate::arguments::{Command, completions};
use crate::diagnostics::Failure;
use crate::output::print;

/// How a command ended that could complete.
pub enum Outcome {
    /// All is done, or as it should be.
    Done,
    /// Something is stale, or differs.
    Different,
}

/// Runs a command; `quiet` keeps it from saying more than errors and what it was asked for.
///
/// # Errors
/// All that kept the command from completing.
pub fn run(command: &Command, quiet: bool) -> Result<Outcome, Failure> {
    match command {
        Command::Init(arguments) => init::run(arguments, quiet),
        Command::Regenerate(job) => regenerate::run(job, quiet),
        Command::Check(job) => check::run(job, quiet),
        Command::Update(arguments) => update::run(arguments, quiet),
        Command::Diff(arguments) => diff::run(arguments, quiet),
        Command::Generate(arguments) => generate::run(arguments, quiet),
        Command::Diagram(job) => diagram::run(job, quiet),
        Command::Explain(arguments) => explain::run(arguments, quiet),
        Command::Completions { shell } => print(&completions(*shell)).map(|()| Outcome::Done),
    }
}
