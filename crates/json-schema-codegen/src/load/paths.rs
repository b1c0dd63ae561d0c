//! Paths of schema files as texts.

use std::path::{Path, PathBuf};

/// Returns the path of the innermost folder that contains all `files`, by comparing the steps of their paths:
/// `a/b/x.json` and `a/y.json` give `a`. Empty if they have no step in common.
pub(super) fn find_common_folder(files: &[impl AsRef<Path>]) -> PathBuf {
    let folder = |file: &Path| file.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut folders = files.iter().map(|file| folder(file.as_ref()));
    let first = folders.next().unwrap_or_default();
    folders.fold(first, |common, other| {
        let steps = common.components().zip(other.components());
        steps.take_while(|(a, b)| a == b).map(|(step, _)| step).collect()
    })
}

/// Resolves the relative path `reference` against `base`, the name of the document with the reference: `../c.json` in
/// `a/b.json` gives `c.json`. `None` if the result is outside the schema folder.
pub(crate) fn resolve_relative_path(base: &str, reference: &str) -> Option<String> {
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

/// Returns the path of `file` relative to `folder` as text, with `/`; the whole path if the file is not in the folder.
pub(super) fn relative_path_text(folder: &Path, file: &Path) -> String {
    path_to_text(file.strip_prefix(folder).unwrap_or(file))
}

/// Converts `path` to text, with `/` on every system, so that the output does not depend on the system. Bytes that are
/// not Unicode become `\u{FFFD}`.
pub(super) fn path_to_text(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
