//! `diff`: reports the changes between a baseline and the current state of a job.

use crate::arguments::{ChangesFormat, DiffArguments, FailOnArgument};
use crate::diagnostics::Failure;
use crate::outcome::CommandOutcome;
use crate::output::{print_change_report, print_result};
use crate::{baseline, changes, config};

/// Compares the types of the baseline with those of the job, and prints the changes in the format of `--format`; prints
/// nothing if `quiet`. Returns `Different` if there are changes of the kind that `--fail-on` names. First finishes an
/// interrupted update of the job, which changes files.
///
/// # Errors
/// Everything that is wrong with the job or with the baseline.
pub fn report_changes(arguments: &DiffArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let config = config::find_config_path(arguments.job.config.as_deref())?;
    let generator = config::load_job(Some(&config), quiet)?;
    let new = generator.generate()?;
    let old = baseline::generate_baseline(&generator, &config, &arguments.baseline)?;
    let found = json_schema_codegen::changes::compare(&old, &new)?;
    if !quiet {
        match arguments.format {
            ChangesFormat::Text => print_change_report(&changes::format_as_text(&found, &arguments.baseline))?,
            ChangesFormat::Markdown => print_result(&changes::format_as_markdown(&found, &arguments.baseline))?,
            ChangesFormat::Json => print_result(&changes::format_as_json(&found)?)?,
        }
    }
    let fails = match arguments.fail_on {
        FailOnArgument::Any => !found.is_empty(),
        FailOnArgument::Breaking => found.is_breaking(),
    };
    Ok(if fails { CommandOutcome::Different } else { CommandOutcome::Done })
}
