//! The moves that replace old files by staged ones. Each may be made again without harm.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The name of an empty file that marks a folder as the staged one. It distinguishes the staged folder from the old one
/// even if both were copied to another disk.
pub const STAGED_MARK: &str = ".codegen-update.new";

/// The operations that rename files and folders. Tests replace them.
#[derive(Clone, Copy)]
pub struct RenameOperations {
    /// Exchanges the names of two folders atomically. Fails with [`ErrorKind::Unsupported`] if the system cannot do
    /// that.
    pub exchange: fn(&Path, &Path) -> io::Result<()>,
    /// Renames the first path to the second.
    pub rename: fn(&Path, &Path) -> io::Result<()>,
}

impl RenameOperations {
    /// The operations of the operating system.
    pub const SYSTEM: Self = Self { exchange: exchange_names, rename: |from, to| fs::rename(from, to) };
}

/// A change of one file or folder on disk.
#[derive(Clone, Debug)]
pub enum Move {
    /// Replaces the folder `target` by the folder `staged`. The replaced folder is then at `staged`, or at `old` if the
    /// system cannot exchange names.
    Folder { staged: PathBuf, target: PathBuf, old: PathBuf },
    /// Replaces the file `target` by the file `staged`.
    File { staged: PathBuf, target: PathBuf },
    /// Removes a file, or a folder with all that is in it.
    Remove(PathBuf),
}

impl Move {
    /// Makes the move. Does nothing if it was made before.
    pub fn make_move(&self, renaming: RenameOperations) -> io::Result<()> {
        match self {
            Self::Folder { staged, target, old } => replace_folder(renaming, staged, target, old),
            Self::File { staged, target } if staged.exists() => (renaming.rename)(staged, target),
            Self::File { .. } => Ok(()),
            Self::Remove(path) => remove_file_or_folder(path),
        }
    }

    /// Checks, after the move has failed, whether the old file or folder is still where it was.
    pub fn has_kept_target(&self) -> bool {
        !matches!(self, Self::Folder { old, .. } if old.exists())
    }

    /// Returns the path that the move changes, for errors.
    pub fn target_path(&self) -> &Path {
        match self {
            Self::Folder { target, .. } | Self::File { target, .. } | Self::Remove(target) => target,
        }
    }
}

/// Returns the path of a hidden file or folder beside `path`: for `src/schema` and the suffix `new`, `src/.schema.new`.
pub fn hidden_sibling_path(path: &Path, suffix: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{suffix}"))
}

/// Replaces the folder `target`, which may be missing, by the folder `staged`; the old folder is then at `staged`. Does
/// nothing if `staged` does not contain [`STAGED_MARK`]: the move was made before. If the system cannot exchange names,
/// the old folder is moved to `old` first; if `staged` cannot be moved then, the old folder is put back, and the error
/// is returned.
fn replace_folder(renaming: RenameOperations, staged: &Path, target: &Path, old: &Path) -> io::Result<()> {
    let is_done = !staged.join(STAGED_MARK).exists();
    match (is_done, target.exists()) {
        (true, _) => Ok(()),
        (false, false) => (renaming.rename)(staged, target),
        (false, true) => match (renaming.exchange)(staged, target) {
            Err(error) if is_exchange_unsupported(&error) => {
                (renaming.rename)(target, old)?;
                // If the old folder cannot be put back either, `has_kept_target` returns false.
                (renaming.rename)(staged, target).inspect_err(|_| drop((renaming.rename)(old, target)))
            }
            result => result,
        },
    }
}

/// Removes a file, or a folder with everything in it. Does nothing if there is neither at `path`.
pub fn remove_file_or_folder(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Exchanges the names of the folders `a` and `b` atomically.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange_names(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Returns an error: this system cannot exchange the names of folders.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange_names(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Checks whether `error` means that the operating system or the file system cannot exchange names.
fn is_exchange_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}
