//! The commands, each in a file with one public function, which runs it.

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
use crate::outcome::CommandOutcome;
use crate::output::print_result;

/// Runs `command`. If `quiet`, prints only errors and the results of `generate`, `diagram`, `columns`, `explain`
/// and `completions`.
///
/// # Errors
/// Everything that made the command fail.
pub fn run_command(command: &Command, quiet: bool) -> Result<CommandOutcome, Failure> {
    match command {
        Command::Init(arguments) => init::create_config(arguments, quiet),
        Command::Regenerate(job) => regenerate::regenerate_types(job, quiet),
        Command::Check(job) => check::check_generated_files(job, quiet),
        Command::Update(arguments) => update::update_schemas(arguments, quiet),
        Command::Diff(arguments) => diff::report_changes(arguments, quiet),
        Command::Generate(arguments) => generate::generate_types(arguments, quiet),
        Command::Diagram(job) => diagram::print_diagram(job, quiet),
        Command::Columns(arguments) => columns::print_columns(arguments, quiet),
        Command::Explain(arguments) => explain::explain_subject(arguments, quiet),
        Command::Completions { shell } => print_result(&make_completion_script(*shell)).map(|()| CommandOutcome::Done),
    }
}
