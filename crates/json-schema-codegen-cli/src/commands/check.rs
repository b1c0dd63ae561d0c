//! `check`: checks that the generated files of a job are up to date with its schemas.

use std::path::Path;

use similar::TextDiff;

use crate::arguments::JobArguments;
use crate::diagnostics::Failure;
use crate::outcome::CommandOutcome;
use crate::output::{print_diff, print_note};
use crate::{config, files, leftovers};

/// Compares each generated file of a job with the text that `regenerate` would write. Prints the differences as unified
/// diffs, and notes; prints nothing if `quiet`. Returns `Different` if a file is stale or missing. First finishes an
/// interrupted update of the job, which changes files.
///
/// # Errors
/// Everything that is wrong with the job, or a file that cannot be read.
pub fn check_generated_files(job: &JobArguments, quiet: bool) -> Result<CommandOutcome, Failure> {
    let generator = config::load_job(job.config.as_deref(), quiet)?;
    let parts = generator.parts(&generator.generate()?)?;
    let mut outcome = CommandOutcome::Done;
    for part in &parts {
        let path = generator.output_folder().join(&part.name);
        // A file that is not UTF-8 is stale like any other.
        let current = files::read_file_if_exists(&path)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        if current.as_deref() == Some(part.text.as_str()) {
            print_note(quiet, &format!("up to date: {}", path.display()));
            continue;
        }
        outcome = CommandOutcome::Different;
        if !quiet {
            print_diff(&format_unified_diff(&path, current.as_deref(), &part.text))?;
        }
        let state = if current.is_some() { "stale" } else { "missing" };
        print_note(quiet, &format!("{state}: {}; run `regenerate` to write it", path.display()));
    }
    leftovers::note_leftover_files(&generator, &parts, quiet);
    Ok(outcome)
}

/// Returns the difference between `current`, the text of the file at `path`, and `expected`, in the format of `patch
/// -p0`. `current` is `None` if there is no file.
fn format_unified_diff(path: &Path, current: Option<&str>, expected: &str) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let from = if current.is_some() { &path } else { "/dev/null" };
    TextDiff::from_lines(current.unwrap_or_default(), expected).unified_diff().header(from, &path).to_string()
}
