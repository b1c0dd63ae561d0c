//! Paths of schema files as texts.

use std::path::{Path, PathBuf};

/// Returns the innermost folder that contains all `files`, by comparing their paths as text: `a/b/x.json`
/// and `a/y.json` give `a`.
pub(super) fn common_folder(files: &[impl AsRef<Path>]) -> PathBuf {
    let folder = |file: &Path| file.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut folders = files.iter().map(|file| folder(file.as_ref()));
    let first = folders.next().unwrap_or_default();
    folders.fold(first, |common, other| {
        let steps = common.components().zip(other.components());
        steps.take_while(|(a, b)| a == b).map(|(step, _)| step).collect()
    })
}

/// Resolves the relative path `reference` against the name of the document it is in: `../c.json` in
/// `a/b.json` gives `c.json`. `None` if it goes above the schema folder.
pub(crate) fn relative(base: &str, reference: &str) -> Option<String> {
    let mut steps: Vec<&str> = base.split('/').collect();
    steps.pop();
    for step in reference.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// Returns the path of `file` relative to `folder`, with `/`; all of it if the file is not in the folder.
pub(super) fn relative_name(folder: &Path, file: &Path) -> String {
    display(file.strip_prefix(folder).unwrap_or(file))
}

/// Converts a path to text, with `/` on every system, so that the output does not depend on the system.
/// Bytes that are not Unicode become `\u{FFFD}`.
pub(super) fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
