//! Finds the files of a folder and reads them. A file larger than the limit is an error.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::limits;
use crate::load::paths::path_to_text;
use crate::locate;
use crate::settings::Limits;

/// Returns the paths of the files in `folder` and its subfolders whose ending is in `endings` (without the dot:
/// `json`), in no particular order. A link to a folder inside `folder` is not followed, since the files there are found
/// anyway; a link to a folder outside `folder` is an error.
pub(super) fn find_files_by_ending(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Errors> {
    let mut files = Vec::new();
    let mut findings = Findings::default();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(current) = waiting.pop() {
        for entry in findings
            .record_errors(fs::read_dir(&current).map_err(|error| unreadable_error(&current, &error)))
            .into_iter()
            .flatten()
        {
            let Some(entry) = findings.record_errors(entry.map_err(|error| unreadable_error(&current, &error))) else {
                continue;
            };
            let path = entry.path();
            if path.is_dir() && path.is_symlink() {
                findings.record_errors(check_path_is_inside(folder, &path, "folder"));
            } else if path.is_dir() {
                waiting.push(path);
            } else if path.extension().and_then(OsStr::to_str).is_some_and(|ending| endings.contains(&ending)) {
                files.push(path);
            }
        }
    }
    findings.into_result(files)
}

/// Reads `file`, which was found in `folder`, as UTF-8 text. A link to a file outside `folder` is an error.
pub(super) fn read_text_inside(folder: &Path, file: &Path, limits: &Limits) -> Result<String, Errors> {
    check_path_is_inside(folder, file, "file")?;
    read_text(file, limits)
}

/// Returns an error if `path`, with links followed, is not inside `folder`. `noun` is the word for `path` in the
/// message: `file` or `folder`.
fn check_path_is_inside(folder: &Path, path: &Path, noun: &str) -> Result<(), Errors> {
    let is_inside = || Ok::<_, io::Error>(path.canonicalize()?.starts_with(folder.canonicalize()?));
    if is_inside().map_err(|error| unreadable_error(path, &error))? {
        return Ok(());
    }
    let message = format!("this is a link to a {noun} outside the schema folder");
    let help = format!("put the {noun} itself into the schema folder");
    Err(Diagnostic::new(DiagnosticKind::OutsideFolder, message).with_file(path_to_text(path)).with_help(help).into())
}

/// Reads `file` as UTF-8 text. Reads at most one byte more than the limit, even if the file system reports a smaller
/// length, since the file may grow meanwhile.
///
/// # Errors
/// `file` is not a regular file, cannot be read, is larger than the limit, or is not UTF-8.
pub(super) fn read_text(file: &Path, limits: &Limits) -> Result<String, Errors> {
    let mut bytes = Vec::new();
    let limit = limits.file as u64;
    // A pipe or a device may never end.
    if fs::metadata(file).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(unreadable_error(file, &io::Error::other("it is not a regular file")));
    }
    let over_limit = limit.saturating_add(1);
    let read = fs::File::open(file).and_then(|opened| opened.take(over_limit).read_to_end(&mut bytes));
    read.map_err(|error| unreadable_error(file, &error))?;
    if bytes.len() as u64 > limit {
        let length = fs::metadata(file).map_or(over_limit, |metadata| metadata.len().max(over_limit));
        return Err(limits::file_too_large_error(&path_to_text(file), length, limits).into());
    }
    decode_utf8(&path_to_text(file), bytes)
}

/// Converts `bytes`, the content of the file at `path`, to text. If they are not UTF-8, the error has the line and
/// column of the first invalid byte.
pub(crate) fn decode_utf8(path: &str, bytes: Vec<u8>) -> Result<String, Errors> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        let at = locate::position_at_offset(&valid, valid.len());
        let diagnostic = Diagnostic::new(DiagnosticKind::Syntax, "this is not UTF-8 text").with_file(path);
        diagnostic.with_position(at.line, at.column).with_help("save the file as UTF-8").into()
    })
}

/// Creates the error for a file or folder that the operating system cannot read.
fn unreadable_error(path: &Path, error: &io::Error) -> Errors {
    let message = format!("this cannot be read: {error}");
    Diagnostic::new(DiagnosticKind::Io, message)
        .with_file(path_to_text(path))
        .with_help("check the path and its permissions")
        .into()
}
