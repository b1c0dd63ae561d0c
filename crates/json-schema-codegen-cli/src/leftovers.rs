//! Files of the generator beside the output of a job that its settings do not ask for, as after the
//! name of the output or a feature was taken out of them.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use json_schema_codegen::{Generator, Part};

use crate::output::note;

/// Tells of them. They are not removed: they may be the output of another job.
pub fn tell(generator: &Generator, parts: &[Part], quiet: bool) {
    for path in find(&generator.output_folder(), parts) {
        note(quiet, &format!("left over: {}; remove it, unless another job has made it", path.display()));
    }
}

fn find(folder: &Path, parts: &[Part]) -> Vec<PathBuf> {
    let Some(header) = parts.first().and_then(|part| part.text.lines().next()) else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // What cannot be read is not known to be the generator's.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let is_part = |name: &Path| parts.iter().any(|part| name == Path::new(&part.name));
    let mut found: Vec<PathBuf> = entries.map(PathBuf::from).filter(|name| !is_part(name)).collect();
    found.retain(|name| first_line(&folder.join(name)).is_some_and(|line| line == header));
    found.sort();
    found.into_iter().map(|name| folder.join(name)).collect()
}

/// The first line of a file of Rust.
fn first_line(path: &Path) -> Option<String> {
    let file = path.extension().filter(|ending| *ending == "rs").and_then(|_| File::open(path).ok())?;
    BufReader::new(file).lines().next()?.ok()
}
