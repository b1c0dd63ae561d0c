//! Appends lines to a file, each line only once.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// The number of bytes that are read at once when the last line break of a file is looked for.
const PIECE_BYTES: u64 = 64 * 1024;

/// A file that is open for appending lines, and the keys of its lines, by which duplicates are recognized.
pub struct LogFile {
    pub name: String,
    writer: BufWriter<File>,
    keys: HashSet<String>,
    is_synced: bool,
}

impl LogFile {
    /// Opens or creates the file `name` in `folder`, and reads the key of each of its lines with `find_key`. A line for
    /// which `find_key` returns `None` has no key.
    pub fn open(folder: &Path, name: &str, find_key: fn(&[u8]) -> Option<String>) -> io::Result<Self> {
        let file = File::options().read(true).append(true).create(true).open(folder.join(name))?;
        let mut keys = HashSet::new();
        for line in BufReader::new(&file).split(b'\n') {
            keys.extend(find_key(&line?));
        }
        Ok(Self { name: name.to_owned(), writer: BufWriter::new(file), keys, is_synced: true })
    }

    /// Appends `line`, unless the file has a line with the key `key`. Returns whether the line was appended.
    pub fn append(&mut self, key: String, line: &str) -> io::Result<bool> {
        if !self.keys.insert(key) {
            return Ok(false);
        }
        self.is_synced = false;
        self.writer.write_all(line.as_bytes())?;
        self.writer.write_all(b"\n")?;
        Ok(true)
    }

    /// Writes all appended lines to the disk, and returns when they are there, so that they survive a loss of power.
    pub fn sync(&mut self) -> io::Result<()> {
        if !self.is_synced {
            self.writer.flush()?;
            self.writer.get_ref().sync_data()?;
            self.is_synced = true;
        }
        Ok(())
    }
}

/// Cuts off the bytes after the last line break of the file at `path`: the beginning of a line that a killed program
/// did not finish. Returns the number of bytes that were cut off.
pub fn cut_partial_line(path: &Path) -> io::Result<u64> {
    let file = File::options().read(true).write(true).open(path)?;
    let length = file.metadata()?.len();
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(PIECE_BYTES);
        let mut piece = Vec::new();
        (&file).seek(SeekFrom::Start(start))?;
        (&file).take(end - start).read_to_end(&mut piece)?;
        if let Some(index) = piece.iter().rposition(|&byte| byte == b'\n') {
            end = start + index as u64 + 1;
            break;
        }
        end = start;
    }
    if end < length {
        file.set_len(end)?;
        file.sync_all()?;
    }
    Ok(length - end)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_the_partial_last_line_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let long = "x".repeat(200_000);
        for (before, after) in [
            ("", ""),
            ("a\n", "a\n"),
            ("a\nb\n{\"i", "a\nb\n"),
            ("{\"i", ""),
            (&format!("a\n{long}"), "a\n"),
            (&format!("{long}\nb"), &format!("{long}\n")),
            (&long, ""),
        ] {
            fs::write(&path, before).unwrap();
            assert_eq!(cut_partial_line(&path).unwrap(), (before.len() - after.len()) as u64);
            assert!(fs::read_to_string(&path).unwrap() == after);
        }
    }
}
