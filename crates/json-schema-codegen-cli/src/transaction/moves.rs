//! The moves that put staged files in place. Each can be repeated.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The file that tells a staged folder from the one that it takes the place of, also when both have
/// been copied to another disk in between.
pub const MARK: &str = ".codegen-update.new";

/// What gives names to files and folders: the system, or a test in its place.
#[derive(Clone, Copy)]
pub struct Names {
    /// Gives each of two folders the name of the other, at once; unsupported where the system cannot.
    pub exchange: fn(&Path, &Path) -> io::Result<()>,
    pub rename: fn(&Path, &Path) -> io::Result<()>,
}

impl Names {
    pub const SYSTEM: Self = Self { exchange, rename: |from, to| fs::rename(from, to) };
}

#[derive(Clone, Debug)]
pub enum Move {
    /// Puts a staged folder in the place of another, which goes where the staged one was, or to `old`.
    Folder { staged: PathBuf, place: PathBuf, old: PathBuf },
    /// Puts a staged file in its place.
    File { staged: PathBuf, place: PathBuf },
    /// Removes a file, or a folder with all that is in it.
    Remove(PathBuf),
}

impl Move {
    /// Makes the move, as far as it is not made.
    pub fn run(&self, names: Names) -> io::Result<()> {
        match self {
            Self::Folder { staged, place, old } => put(names, staged, place, old),
            Self::File { staged, place } if staged.exists() => (names.rename)(staged, place),
            Self::File { .. } => Ok(()),
            Self::Remove(path) => remove(path),
        }
    }

    /// Whether the move, which has failed, has left what was there in its place.
    pub fn is_undone(&self) -> bool {
        !matches!(self, Self::Folder { old, .. } if old.exists())
    }

    /// What the move is about.
    pub fn place(&self) -> &Path {
        match self {
            Self::Folder { place, .. } | Self::File { place, .. } | Self::Remove(place) => place,
        }
    }
}

/// A hidden name beside a file or folder.
pub fn beside(path: &Path, state: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{state}"))
}

fn put(names: Names, staged: &Path, place: &Path, old: &Path) -> io::Result<()> {
    let is_done = !staged.join(MARK).exists();
    match (is_done, place.exists()) {
        (true, _) => Ok(()),
        (false, false) => (names.rename)(staged, place),
        (false, true) => match (names.exchange)(staged, place) {
            Err(error) if is_unsupported(&error) => {
                (names.rename)(place, old)?;
                // Where not even this can be undone, `is_undone` says so.
                (names.rename)(staged, place).inspect_err(|_| drop((names.rename)(old, place)))
            }
            done => done,
        },
    }
}

/// Removes a file, or a folder with all that is in it, if there is one.
pub fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether the system, or the file system, has no exchange of names.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}
