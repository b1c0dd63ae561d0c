//! `diff`: tells what the schema of a job changes over a baseline.

use crate::arguments::{ChangesFormat, Diff, FailOn};
use crate::commands::Outcome;
use crate::diagnostics::Failure;
use crate::output::{print, print_changes};
use crate::{baseline, changes, config};

/// Prints the changes in the format that is asked for.
///
/// # Errors
/// All that is wrong with the job, or with the baseline.
pub fn run(arguments: &Diff, quiet: bool) -> Result<Outcome, Failure> {
    let config = config::path(arguments.job.config.as_deref())?;
    let generator = config::generator(Some(&config), quiet)?;
    let new = generator.generate()?;
    let old = baseline::generated(&generator, &config, &arguments.baseline)?;
    let found = json_schema_codegen::changes(&old, &new)?;
    if !quiet {
        match arguments.format {
            ChangesFormat::Text => print_changes(&changes::text(&found, &arguments.baseline))?,
            ChangesFormat::Markdown => print(&changes::markdown(&found, &arguments.baseline))?,
            ChangesFormat::Json => print(&changes::json(&found)?)?,
        }
    }
    let is_told = match arguments.fail_on {
        FailOn::Any => !found.is_empty(),
        FailOn::Breaking => found.is_breaking(),
    };
    Ok(if is_told { Outcome::Different } else { Outcome::Done })
}
