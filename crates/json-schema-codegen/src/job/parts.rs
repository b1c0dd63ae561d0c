//! Writes the files of the output, and finds those that differ from the checked-in copy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Errors, Findings};

use super::fault::io_error;

/// One file of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of the file, without a folder: `types.rs`.
    pub name: String,
    /// The whole text of the file.
    pub text: String,
}

/// Returns the paths of the files in `folder` whose text differs from the text of the part with the same name. Leaves
/// out files that do not exist or cannot be read.
pub(super) fn find_differing_files(folder: &Path, parts: &[Part]) -> Vec<PathBuf> {
    let read = |part: &Part| Some((folder.join(&part.name), fs::read_to_string(folder.join(&part.name)).ok()?));
    let differing = |part: &Part| read(part).filter(|(_, text)| *text != part.text).map(|(path, _)| path);
    parts.iter().filter_map(differing).collect()
}

/// Writes `parts` as files into `folder`, which is created if it does not exist. Returns the paths of the files that
/// were written. A file that already has the text of its part is not touched, so that Cargo does not rebuild what
/// depends on it.
///
/// # Errors
/// The folder cannot be created, or files cannot be written.
pub fn write_parts(folder: &Path, parts: &[Part]) -> Result<Vec<PathBuf>, Errors> {
    let mut findings = Findings::default();
    let mut written = Vec::new();
    findings.record_errors(fs::create_dir_all(folder).map_err(|error| io_error(folder, "created", &error)));
    for part in parts {
        let path = folder.join(&part.name);
        if fs::read(&path).is_ok_and(|bytes| bytes == part.text.as_bytes()) {
            continue;
        }
        if findings
            .record_errors(fs::write(&path, &part.text).map_err(|error| io_error(&path, "written", &error)))
            .is_some()
        {
            written.push(path);
        }
    }
    findings.into_result(written)
}
