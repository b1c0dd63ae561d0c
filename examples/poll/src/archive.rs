//! Manages the files of the archive. Which events are archived is decided by these files alone, so the archive has no
//! duplicates wherever a run was killed, and even if the checkpoint is lost.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::item::{BrokenItem, EventHead, join_to_one_line};
use crate::log::log;
use crate::log_file::{LogFile, cut_partial_line};

/// Most files that are open at once, which limits the memory for the ids of their events. A file that was closed is
/// opened again, and the ids in it are read again, when an event of its day comes.
const MAX_OPEN_FILES: usize = 4;

/// The name of the file for items that are not events.
const BROKEN_ITEMS_FILE: &str = "broken.ndjson";

/// An open archive: a folder with a file of events for each day. Only one program at a time can open it.
pub struct Archive {
    folder: PathBuf,
    /// The open files, the least recently used first.
    files: Vec<LogFile>,
    /// Whether a file was created since the names of the files in the folder were last written to the disk.
    has_new_file: bool,
    /// The open file `.lock`, whose lock keeps other programs out. The system removes the lock when the program ends,
    /// even if the program is killed.
    _lock: File,
}

impl Archive {
    /// Opens the archive in `folder`, and creates the folder if it is missing. Cuts off lines that a killed program did
    /// not finish; the pages with their events will be requested again.
    ///
    /// # Errors
    /// If another program has the archive open, or if a file cannot be read or written.
    pub fn open(folder: &Path) -> Result<Self> {
        let context = || format!("the archive {}", folder.display());
        fs::create_dir_all(folder).with_context(context)?;
        let lock = File::create(folder.join(".lock")).with_context(context)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another program writes to {}; stop it, or use another --out", folder.display())
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(context),
        }
        for entry in fs::read_dir(folder).with_context(context)? {
            let path = entry.with_context(context)?.path();
            if path.extension().is_some_and(|extension| extension == "ndjson") {
                let bytes = cut_partial_line(&path).with_context(|| path.display().to_string())?;
                if bytes > 0 {
                    log(format_args!("{}: cut off {bytes} bytes of an unfinished line", path.display()));
                }
            }
        }
        Ok(Self { folder: folder.to_owned(), files: Vec::new(), has_new_file: false, _lock: lock })
    }

    /// Appends `text`, the JSON text of the event `head`, to the file of its day, unless the file has an event with the
    /// same id. Returns whether the text was appended.
    pub fn add_event(&mut self, head: EventHead, text: &str) -> Result<bool> {
        let find_key = |line: &[u8]| serde_json::from_slice(line).ok().map(|head: EventHead| head.id);
        self.append_unless_present(&format!("{}.ndjson", head.utc_day()), find_key, head.id, &join_to_one_line(text))
    }

    /// Appends an item that is not an event to `broken.ndjson`, unless the file has an item with the same text. Returns
    /// whether the item was appended.
    pub fn add_broken(&mut self, broken: BrokenItem) -> Result<bool> {
        let find_key = |line: &[u8]| serde_json::from_slice(line).ok().map(|broken: BrokenItem| broken.text);
        let line = serde_json::to_string(&broken)?;
        self.append_unless_present(BROKEN_ITEMS_FILE, find_key, broken.text, &line)
    }

    /// Appends `line` to the file `name`, unless the file has a line with the key `key`. `find_key` returns the key of
    /// a line of this file. Returns whether the line was appended.
    fn append_unless_present(
        &mut self,
        name: &str,
        find_key: fn(&[u8]) -> Option<String>,
        key: String,
        line: &str,
    ) -> Result<bool> {
        let context = || self.folder.join(name).display().to_string();
        let mut file = match self.files.iter().position(|file| file.name == name) {
            Some(index) => self.files.remove(index),
            None => {
                self.has_new_file |= !self.folder.join(name).exists();
                LogFile::open(&self.folder, name, find_key).with_context(context)?
            }
        };
        let is_new = file.append(key, line).with_context(context)?;
        self.files.push(file);
        if self.files.len() > MAX_OPEN_FILES {
            let mut unused = self.files.remove(0);
            unused.sync().with_context(|| self.folder.join(&unused.name).display().to_string())?;
        }
        Ok(is_new)
    }

    /// Writes all events and items that were added so far to the disk, and returns when they are there, so that they
    /// survive a loss of power.
    pub fn sync(&mut self) -> Result<()> {
        for file in &mut self.files {
            file.sync().with_context(|| self.folder.join(&file.name).display().to_string())?;
        }
        if self.has_new_file {
            sync_folder_to_disk(&self.folder)?;
            self.has_new_file = false;
        }
        Ok(())
    }
}

/// Writes the names of the files in `folder` to the disk. Does nothing on systems other than Unix, which cannot open a
/// folder.
pub fn sync_folder_to_disk(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}
