//! Reads files that may be missing, and writes files completely or not at all.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io, process};

use crate::diagnostics::Failure;

/// Returns the bytes of the file at `path`; `None` if there is no file.
///
/// # Errors
/// If the file cannot be read.
pub fn read_file_if_exists(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io_error(path, "read", &error)),
    }
}

/// Writes each text to its path, and creates the folders. First writes all texts to temporary files beside the paths;
/// if one of these cannot be written, no file is changed.
///
/// # Errors
/// The first file that cannot be written.
pub fn write_files(files: &[(&Path, String)]) -> Result<(), Failure> {
    let unwritable = |path: &Path, error| Failure::io_error(path, "written", &error);
    let staged: Result<Vec<StagedFile>, Failure> = files
        .iter()
        .map(|(path, text)| StagedFile::write_temporary(path, text).map_err(|error| unwritable(path, error)))
        .collect();
    let commit = |staged: StagedFile| staged.replace_target().map_err(|error| unwritable(&staged.target, error));
    staged?.into_iter().try_for_each(commit)
}

/// Returns the absolute path of the file at `path`, which need not exist, with all links followed: all paths of one
/// file give the same result. Returns `path` itself if its folder does not exist.
pub fn find_canonical_path(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let new = || Ok::<_, io::Error>(folder.canonicalize()?.join(path.file_name().unwrap_or_default()));
    path.canonicalize().or_else(|_| new()).unwrap_or_else(|_| path.to_path_buf())
}

/// A temporary file with the new text of a file. It is removed when this is dropped.
struct StagedFile {
    /// The path of the temporary file, in the folder of `target`.
    temporary: PathBuf,
    /// The path of the file to replace. If it was given as a link, the file that it links to, so that the link stays.
    target: PathBuf,
}

impl StagedFile {
    /// Writes `text` to a temporary file beside the file at `path`, which it is to replace.
    fn write_temporary(path: &Path, text: &str) -> io::Result<Self> {
        if path.exists() && !path.is_file() {
            return Err(io::Error::other("it exists and is not a regular file"));
        }
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let target = find_canonical_path(path);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let temporary = target.with_file_name(format!(".{name}.{}", process::id()));
        let staged = Self { temporary, target };
        fs::write(&staged.temporary, text)?;
        Ok(staged)
    }

    /// Replaces the file `target` by the temporary file.
    fn replace_target(&self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.target)
    }
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        // After `replace_target` there is no temporary file, and nothing else can be done about one that stays.
        let _ = fs::remove_file(&self.temporary);
    }
}
