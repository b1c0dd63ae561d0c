//! `regenerate`: brings the generated files of a job up to date.

use crate::arguments::JobArguments;
use crate::diagnostics::Failure;
use crate::outcome::CommandOutcome;
use crate::output::print_note;
use crate::{config, leftovers};

/// Generates the types of a job, and writes the files that are missing or stale. Prints notes unless `quiet`.
///
/// # Errors
/// Everything that is wrong with the job, in which case nothing is written; a file that cannot be written.
pub fn regenerate_types(job: &JobArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let generator = config::load_job(job.config.as_deref(), quiet)?;
    let generated = generator.generate()?;
    generated.notes().iter().for_each(|text| print_note(quiet, &format!("note: {}", text.to_line())));
    let parts = generator.parts(&generated)?;
    let folder = generator.output_folder();
    let written = json_schema_codegen::write_parts(&folder, &parts)?;
    for part in &parts {
        let path = folder.join(&part.name);
        let action = if written.contains(&path) { "wrote" } else { "up to date:" };
        print_note(quiet, &format!("{action} {}", path.display()));
    }
    leftovers::note_leftover_files(&generator, &parts, quiet);
    Ok(CommandOutcome::Done)
}
