//! Finds files in a folder, and reads them as far as the limits allow.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::limits;
use crate::load::display;
use crate::locate;
use crate::settings::Limits;

/// The files of a folder and of the folders in it that have one of these endings. Links to folders
/// are not followed: what is in the folder is found there.
pub(super) fn ending(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Errors> {
    let mut files = Vec::new();
    let mut findings = Findings::default();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(at) = waiting.pop() {
        for entry in findings.keep(fs::read_dir(&at).map_err(|error| unreadable(&at, &error))).into_iter().flatten() {
            let Some(entry) = findings.keep(entry.map_err(|error| unreadable(&at, &error))) else { continue };
            let path = entry.path();
            if path.is_dir() && path.is_symlink() {
                findings.keep(within(folder, &path, "folder"));
            } else if path.is_dir() {
                waiting.push(path);
            } else if path.extension().and_then(OsStr::to_str).is_some_and(|ending| endings.contains(&ending)) {
                files.push(path);
            }
        }
    }
    findings.or(files)
}

/// Reads a file of the folder; a link that leads out of it is refused.
pub(super) fn read_inside(folder: &Path, file: &Path, limits: &Limits) -> Result<String, Errors> {
    within(folder, file, "file")?;
    read(file, limits)
}

/// Refuses a link that leads out of the folder.
fn within(folder: &Path, path: &Path, what: &str) -> Result<(), Errors> {
    let is_inside = || Ok::<_, io::Error>(path.canonicalize()?.starts_with(folder.canonicalize()?));
    if is_inside().map_err(|error| unreadable(path, &error))? {
        return Ok(());
    }
    let message = format!("this is a link to a {what} out of the schema folder");
    let help = format!("put the {what} itself into the schema folder");
    Err(Diagnostic::new(Kind::OutsideFolder, message).in_file(display(path)).help(help).into())
}

/// Reads a file no further than the limit allows, whatever its length is said to be.
pub(super) fn read(file: &Path, limits: &Limits) -> Result<String, Errors> {
    let mut bytes = Vec::new();
    let most = limits.file as u64;
    // A pipe or a device may never end.
    if fs::metadata(file).is_ok_and(|found| !found.is_file()) {
        return Err(unreadable(file, &io::Error::other("it is no regular file")));
    }
    let past = most.saturating_add(1);
    let read = fs::File::open(file).and_then(|opened| opened.take(past).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(file, &error))?;
    if bytes.len() as u64 > most {
        let length = fs::metadata(file).map_or(past, |found| found.len().max(past));
        return Err(limits::too_large(&display(file), length, limits).into());
    }
    utf8(&display(file), bytes)
}

/// The text of a file.
pub(crate) fn utf8(path: &str, bytes: Vec<u8>) -> Result<String, Errors> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        let at = locate::at_offset(&valid, valid.len());
        let diagnostic = Diagnostic::new(Kind::Syntax, "this is not UTF-8 text").in_file(path);
        diagnostic.at(at.line, at.column).help("save the file as UTF-8").into()
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Errors {
    let message = format!("this cannot be read: {error}");
    Diagnostic::new(Kind::Io, message).in_file(display(path)).help("check the path and its permissions").into()
}
