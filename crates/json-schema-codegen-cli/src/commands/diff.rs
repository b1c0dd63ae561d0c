//! `diff`: reports the changes between a baseline and the current state of a job.

use crate::arguments::{ChangesFormat, Diff, FailOn};
use crate::diagnostics::Failure;
use crate::outcome::Outcome;
use crate::output::{print_changes, print_result};
use crate::{baseline, changes, config};

/// Compares the types of the baseline with those of the job, and prints the changes in the format of `--format`; prints
/// nothing if `quiet`. Returns `Different` if there are changes of the kind that `--fail-on` names. First finishes an
/// interrupted update of the job, which changes files.
///
/// # Errors
/// Everything that is wrong with the job or with the baseline.
pub fn run(arguments: &Diff, quiet: bool) -> Result<Outcome, Failure> {
    let config = config::find_config_path(arguments.job.config.as_deref())?;
    let generator = config::load_job(Some(&config), quiet)?;
    let new = generator.generate()?;
    let old = baseline::generate_baseline(&generator, &config, &arguments.baseline)?;
    let found = json_schema_codegen::changes::compare(&old, &new)?;
    if !quiet {
        match arguments.format {
            ChangesFormat::Text => print_changes(&changes::format_as_text(&found, &arguments.baseline))?,
            ChangesFormat::Markdown => print_result(&changes::format_as_markdown(&found, &arguments.baseline))?,
            ChangesFormat::Json => print_result(&changes::format_as_json(&found)?)?,
        }
    }
    let fails = match arguments.fail_on {
        FailOn::Any => !found.is_empty(),
        FailOn::Breaking => found.is_breaking(),
    };
    Ok(if fails { Outcome::Different } else { Outcome::Done })
}
