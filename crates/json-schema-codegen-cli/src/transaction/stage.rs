//! Stages changes beside what they are changes of: nothing that is there is touched.

use std::io;
use std::path::{Path, PathBuf, absolute};
use std::{env, fs};

use super::Change;
use super::moves::{Move, Names, remove};

/// What is to be staged, and the moves that put it in place then.
#[derive(Default)]
pub struct Stage {
    pub steps: Vec<Step>,
    pub moves: Vec<Move>,
    /// The new files that stand beside those of the user meanwhile; none of these is the user's.
    staged: Vec<PathBuf>,
}

/// One step of a change.
#[derive(Clone, Debug)]
pub enum Step {
    /// Makes a folder, with the permissions of another if that exists.
    Folder {
        path: PathBuf,
        like: PathBuf,
    },
    /// Makes a file that is the same as another.
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    /// Writes a new file.
    Write {
        path: PathBuf,
        text: String,
    },
    /// Writes down the moves, at once: the change is made.
    Journal {
        path: PathBuf,
        moves: Vec<Move>,
    },
    Move(Move),
}

impl Stage {
    /// Stages the change of a folder.
    pub fn add(&mut self, job: &Path, change: &Change) -> io::Result<()> {
        // A link stays one: what it leads to is changed.
        let folder = change.folder.canonicalize().or_else(|_| absolute(&change.folder))?;
        match kept_files(job, &folder, change)? {
            Some(kept) => self.whole(&folder, &kept, change),
            None => self.file_by_file(&folder, change),
        }
        Ok(())
    }

    /// Stages a folder with all its files, as links where they stay as they are.
    fn whole(&mut self, folder: &Path, kept: &[PathBuf], change: &Change) {
        let [staged, old] = ["new", "old"].map(|state| beside(folder, state));
        self.steps.extend([&staged, &old].map(|path| Step::Move(Move::Remove(path.clone()))));
        self.staged.push(staged.clone());
        self.steps.push(Step::Folder { path: staged.clone(), like: folder.to_path_buf() });
        let link = |name: &PathBuf| Step::Link { from: folder.join(name), to: staged.join(name) };
        self.steps.extend(kept.iter().map(link));
        let written = change.files.iter().filter_map(|(name, text)| Some((name, text.clone()?)));
        self.steps.extend(written.map(|(name, text)| Step::Write { path: staged.join(name), text }));
        let place = folder.to_path_buf();
        self.moves.push(Move::Folder { staged: staged.clone(), place, old: old.clone(), inode: None });
        self.moves.extend([staged, old].map(Move::Remove));
    }

    /// Stages each file beside its place.
    fn file_by_file(&mut self, folder: &Path, change: &Change) {
        for (name, text) in &change.files {
            // A file that is a link stays one too.
            let place = folder.join(name);
            let place = if text.is_some() { place.canonicalize().unwrap_or(place) } else { place };
            let Some(text) = text else {
                self.moves.push(Move::Remove(place));
                continue;
            };
            let staged = beside(&place, "new");
            if let Some(parent) = place.parent() {
                self.steps.push(Step::Folder { path: parent.to_path_buf(), like: parent.to_path_buf() });
            }
            self.steps.push(Step::Write { path: staged.clone(), text: text.clone() });
            self.staged.push(staged.clone());
            self.moves.push(Move::File { staged, place });
        }
    }

    /// Removes what was staged.
    pub fn discard(&self) {
        for path in &self.staged {
            // What cannot be removed is in nobody's way: the next change does it first.
            let _ = remove(path);
        }
    }
}

impl Step {
    pub fn run(&self, names: Names) -> io::Result<()> {
        match self {
            Self::Folder { path, like } => {
                fs::create_dir_all(path)?;
                fs::metadata(like).map_or(Ok(()), |found| fs::set_permissions(path, found.permissions()))
            }
            Self::Link { from, to } => fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)),
            Self::Write { path, text } => fs::write(path, text),
            Self::Journal { path, moves } => {
                let moves: Vec<Move> = moves.iter().cloned().map(Move::marked).collect();
                let staged = beside(path, "new");
                fs::write(&staged, serde_json::to_vec_pretty(&moves)?)?;
                fs::rename(&staged, path)
            }
            Self::Move(step) => step.run(names),
        }
    }

    /// What the step is about.
    pub fn place(&self) -> &Path {
        match self {
            Self::Folder { path, .. } | Self::Write { path, .. } | Self::Journal { path, .. } => path,
            Self::Link { to, .. } => to,
            Self::Move(step) => step.place(),
        }
    }
}

/// A hidden name beside a file or folder.
fn beside(path: &Path, state: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{state}"))
}

/// The files that stay as they are when the folder can be replaced as a whole: it holds files alone,
/// and nobody stands in it. Nothing when it has to be changed file by file.
fn kept_files(job: &Path, folder: &Path, change: &Change) -> io::Result<Option<Vec<PathBuf>>> {
    let stands_in = |path: &Path| path.starts_with(folder);
    if stands_in(job) || env::current_dir().is_ok_and(|current| stands_in(&current)) {
        return Ok(None);
    }
    if change.files.iter().any(|(name, _)| Path::new(name).components().count() != 1) {
        return Ok(None);
    }
    let mut kept = Vec::new();
    if folder.exists() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_file() {
                return Ok(None);
            }
            let is_changed = |(name, _): &(String, _)| entry.file_name() == name.as_str();
            if !change.files.iter().any(is_changed) {
                kept.push(PathBuf::from(entry.file_name()));
            }
        }
    }
    Ok(Some(kept))
}
