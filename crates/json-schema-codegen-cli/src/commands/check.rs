//! `check`: tells whether the checked-in copy is what the schema says.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use similar::TextDiff;

use crate::arguments::Job;
use crate::commands::Outcome;
use crate::diagnostics::Failure;
use crate::output::{note, print_diff};
use crate::{config, leftovers};

/// Prints what `regenerate` would change, as a unified diff.
///
/// # Errors
/// All that is wrong with the job; a copy that cannot be read.
pub fn run(job: &Job, quiet: bool) -> Result<Outcome, Failure> {
    let generator = config::generator(job.config.as_deref(), quiet)?;
    let parts = generator.parts(&generator.generate()?)?;
    let mut outcome = Outcome::Done;
    for part in &parts {
        let path = generator.output_folder().join(&part.name);
        let there = read(&path)?;
        if there.as_deref() == Some(part.text.as_str()) {
            note(quiet, &format!("fresh: {}", path.display()));
            continue;
        }
        outcome = Outcome::Different;
        if !quiet {
            print_diff(&unified(&path, there.as_deref(), &part.text))?;
        }
        let what = if there.is_some() { "stale" } else { "missing" };
        note(quiet, &format!("{what}: {}; `regenerate` writes it", path.display()));
    }
    leftovers::tell(&generator, &parts, quiet);
    Ok(outcome)
}

/// The text of a file; nothing when there is none.
fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        // A copy that is not UTF-8 is stale like any other.
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io(path, "read", &error)),
    }
}

/// A diff that `patch -p0` takes: from the file that is there to the text that should be.
fn unified(path: &Path, there: Option<&str>, text: &str) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let from = if there.is_some() { &path } else { "/dev/null" };
    TextDiff::from_lines(there.unwrap_or_default(), text).unified_diff().header(from, &path).to_string()
}
