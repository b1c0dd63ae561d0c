//! Writes files whole or not at all.

use std::path::{Path, PathBuf};
use std::{fs, io, process};

use crate::diagnostics::Failure;

/// Writes files, none of them when one cannot be written: each goes to a file beside it first, and
/// takes its place when all are there. Their folders are made.
///
/// # Errors
/// The first file that cannot be written.
pub fn write(files: &[(&Path, String)]) -> Result<(), Failure> {
    let unwritable = |path: &Path, error| Failure::io(path, "written", &error);
    let staged: Result<Vec<Staged>, Failure> =
        files.iter().map(|(path, text)| Staged::write(path, text).map_err(|error| unwritable(path, error))).collect();
    let commit = |staged: Staged| staged.commit().map_err(|error| unwritable(&staged.place, error));
    staged?.into_iter().try_for_each(commit)
}

/// The one name of a file, whether it exists or not. A link is what it leads to, so that it stays a
/// link when that is written.
pub fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let new = || Ok::<_, io::Error>(folder.canonicalize()?.join(path.file_name().unwrap_or_default()));
    path.canonicalize().or_else(|_| new()).unwrap_or_else(|_| path.to_path_buf())
}

/// A text that waits beside its place, and goes when it is not put there.
struct Staged {
    beside: PathBuf,
    place: PathBuf,
}

impl Staged {
    fn write(path: &Path, text: &str) -> io::Result<Self> {
        if path.exists() && !path.is_file() {
            return Err(io::Error::other("it is there and is no regular file"));
        }
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let place = place(path);
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let staged = Self { beside: place.with_file_name(format!(".{name}.{}", process::id())), place };
        fs::write(&staged.beside, text)?;
        Ok(staged)
    }

    fn commit(&self) -> io::Result<()> {
        fs::rename(&self.beside, &self.place)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // There is nothing to remove once it is in its place.
        let _ = fs::remove_file(&self.beside);
    }
}
