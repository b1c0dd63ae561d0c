//! `regenerate`: brings the checked-in copy up to date.

use crate::arguments::Job;
use crate::commands::Outcome;
use crate::diagnostics::Failure;
use crate::output::note;
use crate::{config, leftovers};

/// Writes the parts that the checked-in copy lacks or has otherwise.
///
/// # Errors
/// All that is wrong with the job; nothing is written then.
pub fn run(job: &Job, quiet: bool) -> Result<Outcome, Failure> {
    let generator = config::generator(job.config.as_deref(), quiet)?;
    let parts = generator.parts(&generator.generate()?)?;
    let folder = generator.output_folder();
    let written = json_schema_codegen::write(&folder, &parts)?;
    for part in &parts {
        let path = folder.join(&part.name);
        let what = if written.contains(&path) { "wrote" } else { "fresh:" };
        note(quiet, &format!("{what} {}", path.display()));
    }
    leftovers::tell(&generator, &parts, quiet);
    Ok(Outcome::Done)
}
