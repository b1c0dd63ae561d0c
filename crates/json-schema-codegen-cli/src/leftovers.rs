//! Finds generated files in the output folder that the settings of the job no longer ask for, for example after the
//! output was renamed or a feature removed.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use json_schema_codegen::{Generator, Part};

use crate::output::print_note;

/// Prints a note about each generated file in the output folder that is not among `parts`, unless `quiet`. Does not
/// remove the files, since they may belong to another job.
pub fn note_leftover_files(generator: &Generator, parts: &[Part], quiet: bool) {
    for path in find_leftover_files(&generator.output_folder(), parts) {
        print_note(quiet, &format!("left over: {}; remove it, unless it belongs to another job", path.display()));
    }
}

/// Returns the paths of the generated `*.rs` files in `folder` that are not among `parts`. A file counts as generated
/// if it begins with the same line as the first of `parts`.
fn find_leftover_files(folder: &Path, parts: &[Part]) -> Vec<PathBuf> {
    let Some(header) = parts.first().and_then(|part| part.text.lines().next()) else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // A file that cannot be read is not reported, since nobody can say whether it was generated.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let is_part = |name: &Path| parts.iter().any(|part| name == Path::new(&part.name));
    let mut found: Vec<PathBuf> = entries.map(PathBuf::from).filter(|name| !is_part(name)).collect();
    found.retain(|name| read_first_line(&folder.join(name)).is_some_and(|line| line == header));
    found.sort();
    found.into_iter().map(|name| folder.join(name)).collect()
}

/// Reads the first line of the file at `path`; `None` if the file is not `*.rs`, is empty or cannot be read.
fn read_first_line(path: &Path) -> Option<String> {
    let file = path.extension().filter(|ending| *ending == "rs").and_then(|_| File::open(path).ok())?;
    BufReader::new(file).lines().next()?.ok()
}
