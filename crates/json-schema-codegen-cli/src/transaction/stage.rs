//! Stages changes beside what they are changes of: nothing that is there is touched.

use std::io;
use std::path::{Path, PathBuf, absolute};
use std::{env, fs};

use super::Change;
use super::journal::{self, Staged, What};
use super::moves::{MARK, Move, Names, beside, remove};

/// What is to be staged, and what the journal will say of it.
#[derive(Default)]
pub struct Stage {
    pub steps: Vec<Step>,
    pub journal: Vec<Staged>,
    /// The moves that put it in place then.
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
    /// Writes down what is staged, at once: the change is made.
    Journal {
        path: PathBuf,
        staged: Vec<Staged>,
    },
    Move(Move),
}

impl Stage {
    /// Stages the change of a folder, which is called `name` in the job. `kept` are the paths that
    /// stay what they are: a folder that holds one is changed file by file.
    pub fn add(&mut self, name: PathBuf, kept: &[PathBuf], change: &Change) -> io::Result<()> {
        let folder = place(&change.folder)?;
        let what = match same_files(kept, &folder, change)? {
            Some(same) => self.whole(&folder, &same, change),
            None => self.file_by_file(&folder, change),
        };
        let staged = Staged { folder: name, what };
        self.moves.extend(staged.moves(&folder));
        self.journal.push(staged);
        Ok(())
    }

    /// Stages a folder with all its files, as links where they stay as they are.
    fn whole(&mut self, folder: &Path, same: &[PathBuf], change: &Change) -> What {
        let [staged, old] = ["new", "old"].map(|state| beside(folder, state));
        self.steps.extend([&staged, &old].map(|path| Step::Move(Move::Remove(path.clone()))));
        self.staged.push(staged.clone());
        self.steps.push(Step::Folder { path: staged.clone(), like: folder.to_path_buf() });
        let link = |name: &PathBuf| Step::Link { from: folder.join(name), to: staged.join(name) };
        self.steps.extend(same.iter().map(link));
        let written = change.files.iter().filter_map(|(name, text)| Some((name.as_str(), text.clone()?)));
        let written = written.chain([(MARK, String::new())]);
        self.steps.extend(written.map(|(name, text)| Step::Write { path: staged.join(name), text }));
        What::Whole
    }

    /// Stages each file beside its place.
    fn file_by_file(&mut self, folder: &Path, change: &Change) -> What {
        let (mut written, mut removed) = (Vec::new(), Vec::new());
        for (name, text) in &change.files {
            let Some(text) = text else {
                removed.push(name.clone());
                continue;
            };
            let place = journal::file(folder, name);
            let staged = beside(&place, "new");
            if let Some(parent) = place.parent() {
                self.steps.push(Step::Folder { path: parent.to_path_buf(), like: parent.to_path_buf() });
            }
            self.steps.push(Step::Write { path: staged.clone(), text: text.clone() });
            self.staged.push(staged);
            written.push(name.clone());
        }
        What::Files { written, removed }
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
            Self::Journal { path, staged } => {
                let new = beside(path, "new");
                fs::write(&new, serde_json::to_vec_pretty(staged)?)?;
                fs::rename(&new, path)
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

/// Where a folder is. A link stays one: what it leads to is changed, also when that is not there.
pub fn place(folder: &Path) -> io::Result<PathBuf> {
    folder.canonicalize().or_else(|_| {
        let led = fs::read_link(folder).map(|to| folder.with_file_name("").join(to));
        absolute(led.as_deref().unwrap_or(folder))
    })
}

/// The files that stay as they are when the folder can be replaced as a whole: it holds files alone,
/// and nobody stands in it. Nothing when it has to be changed file by file.
fn same_files(kept: &[PathBuf], folder: &Path, change: &Change) -> io::Result<Option<Vec<PathBuf>>> {
    let stands_in = |path: &Path| path.starts_with(folder);
    if kept.iter().any(|path| stands_in(path)) || env::current_dir().is_ok_and(|current| stands_in(&current)) {
        return Ok(None);
    }
    if change.files.iter().any(|(name, _)| Path::new(name).components().count() != 1) {
        return Ok(None);
    }
    let mut same = Vec::new();
    if folder.exists() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_file() {
                return Ok(None);
            }
            let is_changed = |(name, _): &(String, _)| entry.file_name() == name.as_str();
            if !change.files.iter().any(is_changed) {
                same.push(PathBuf::from(entry.file_name()));
            }
        }
    }
    Ok(Some(same))
}
