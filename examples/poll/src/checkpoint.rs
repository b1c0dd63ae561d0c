//! Defines the place at which the next run of the program goes on.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::archive::sync_folder_to_disk;

/// The content of `checkpoint.json`: the place at which the next run goes on. The events of all pages before it are in
/// the archive, on the disk.
#[derive(Deserialize, Serialize)]
pub struct Checkpoint {
    /// The address of the API with the filters of the requests. A run with other filters is refused, so that an archive
    /// of messages is not continued with rooms.
    pub selection: String,
    /// The address of the page that has to be archived next. `None` after the last page: the events since `from` are
    /// then requested next.
    pub next: Option<String>,
    /// The time from which events are requested once the last page is archived.
    pub from: Timestamp,
}

/// The name of the checkpoint's file in the folder of the archive.
const FILE: &str = "checkpoint.json";

impl Checkpoint {
    /// Reads the checkpoint of the archive in `folder`; `None` if the archive has no checkpoint.
    ///
    /// # Errors
    /// If `checkpoint.json` cannot be read, or does not contain a checkpoint.
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(FILE);
        let text = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.with_context(|| path.display().to_string())?,
        };
        let advice = "remove the file, and start with --from: events that are in the archive are not written again";
        serde_json::from_slice(&text).map(Some).with_context(|| format!("{}: {advice}", path.display()))
    }

    /// Writes the checkpoint into `folder`, the folder of the archive, in place of the old one. If the program is
    /// killed or the power is lost, either the old or the new checkpoint is left.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let (path, new) = (folder.join(FILE), folder.join("checkpoint.json.new"));
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        let write = || {
            let mut file = File::create(&new)?;
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&new, &path)
        };
        write().with_context(|| path.display().to_string())?;
        sync_folder_to_disk(folder)
    }
}
