//! Stages changes: writes the new files beside the old ones, without touching those.

use std::io;
use std::path::{Path, PathBuf, absolute};
use std::{env, fs};

use super::journal::{self, StagedChange, StagedForm};
use super::moves::{Move, RenameOperations, STAGED_MARK, hidden_sibling_path, remove_file_or_folder};

/// The changes to the files of one folder.
pub struct FolderChange {
    /// Path of the folder, which need not exist.
    pub folder: PathBuf,
    /// (path relative to the folder, new text) of each file; `None` removes the file.
    pub files: Vec<(String, Option<String>)>,
}

/// The steps that stage the changes of a transaction, and the moves that put the staged files into place.
#[derive(Default)]
pub struct StagingPlan {
    /// The steps that write the staged files.
    pub steps: Vec<TransactionStep>,
    /// The content of the journal.
    pub journal: Vec<StagedChange>,
    /// The moves that put the staged files into place.
    pub moves: Vec<Move>,
    /// The paths of the staged files and folders, none of which belongs to the user.
    staged: Vec<PathBuf>,
}

/// A step of a transaction, after which the process may be killed.
#[derive(Clone, Debug)]
pub enum TransactionStep {
    /// Creates the folder `path` with the permissions of `model`, if that exists.
    Folder { path: PathBuf, model: PathBuf },
    /// Creates the file `to` with the content of `from`, as a hard link if possible.
    Link { from: PathBuf, to: PathBuf },
    /// Writes `text` to the file at `path`.
    Write { path: PathBuf, text: String },
    /// Writes the journal atomically. From here on, the transaction is going to be finished.
    Journal { path: PathBuf, staged: Vec<StagedChange> },
    /// Puts a staged file or folder in place, or removes an obsolete one.
    Move(Move),
}

impl StagingPlan {
    /// Plans `change`, which changes a folder. `name` is the path of the folder relative to the job's folder. A folder
    /// that contains one of the paths `kept` is not replaced as a whole but file by file.
    pub fn plan_folder_change(&mut self, name: PathBuf, kept: &[PathBuf], change: &FolderChange) -> io::Result<()> {
        let folder = resolve_folder_path(&change.folder)?;
        let staged = match find_unchanged_files(kept, &folder, change)? {
            Some(unchanged) => self.plan_whole_folder(&folder, &unchanged, change),
            None => self.plan_single_files(&folder, change),
        };
        let staged = StagedChange { folder: name, staged };
        self.moves.extend(staged.derive_moves(&folder));
        self.journal.push(staged);
        Ok(())
    }

    /// Plans to replace `folder` by a complete new folder. The files `unchanged`, whose paths are relative to `folder`,
    /// become links.
    fn plan_whole_folder(&mut self, folder: &Path, unchanged: &[PathBuf], change: &FolderChange) -> StagedForm {
        let [staged, old] = ["new", "old"].map(|suffix| hidden_sibling_path(folder, suffix));
        self.steps.extend([&staged, &old].map(|path| TransactionStep::Move(Move::Remove(path.clone()))));
        self.staged.push(staged.clone());
        self.steps.push(TransactionStep::Folder { path: staged.clone(), model: folder.to_path_buf() });
        let link = |name: &PathBuf| TransactionStep::Link { from: folder.join(name), to: staged.join(name) };
        self.steps.extend(unchanged.iter().map(link));
        let written = change.files.iter().filter_map(|(name, text)| Some((name.as_str(), text.clone()?)));
        let written = written.chain([(STAGED_MARK, String::new())]);
        self.steps.extend(written.map(|(name, text)| TransactionStep::Write { path: staged.join(name), text }));
        StagedForm::Whole
    }

    /// Plans to replace single files in `folder`: each new file is staged beside the file that it replaces.
    fn plan_single_files(&mut self, folder: &Path, change: &FolderChange) -> StagedForm {
        let (mut written, mut removed) = (Vec::new(), Vec::new());
        for (name, text) in &change.files {
            let Some(text) = text else {
                removed.push(name.clone());
                continue;
            };
            let target = journal::resolve_target_file(folder, name);
            let staged = hidden_sibling_path(&target, "new");
            if let Some(parent) = target.parent() {
                self.steps.push(TransactionStep::Folder { path: parent.to_path_buf(), model: parent.to_path_buf() });
            }
            self.steps.push(TransactionStep::Write { path: staged.clone(), text: text.clone() });
            self.staged.push(staged);
            written.push(name.clone());
        }
        StagedForm::Files { written, removed }
    }

    /// Removes all staged files and folders, and ignores errors.
    pub fn remove_staged_paths(&self) {
        for path in &self.staged {
            // A file that stays does no harm: the next transaction overwrites or removes it.
            let _ = remove_file_or_folder(path);
        }
    }
}

impl TransactionStep {
    /// Makes the step. `renaming` has the operations for moves.
    pub fn make_step(&self, renaming: RenameOperations) -> io::Result<()> {
        match self {
            Self::Folder { path, model } => {
                fs::create_dir_all(path)?;
                fs::metadata(model).map_or(Ok(()), |found| fs::set_permissions(path, found.permissions()))
            }
            Self::Link { from, to } => fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop)),
            Self::Write { path, text } => fs::write(path, text),
            Self::Journal { path, staged } => {
                let new = hidden_sibling_path(path, "new");
                fs::write(&new, serde_json::to_vec_pretty(staged)?)?;
                fs::rename(&new, path)
            }
            Self::Move(step) => step.make_move(renaming),
        }
    }

    /// Returns the path that the step changes, for errors.
    pub fn target_path(&self) -> &Path {
        match self {
            Self::Folder { path, .. } | Self::Write { path, .. } | Self::Journal { path, .. } => path,
            Self::Link { to, .. } => to,
            Self::Move(step) => step.target_path(),
        }
    }
}

/// Returns the absolute path of `folder`. If it is a link, returns the folder that it links to, even if that does not
/// exist, so that the link stays.
pub fn resolve_folder_path(folder: &Path) -> io::Result<PathBuf> {
    folder.canonicalize().or_else(|_| {
        let linked = fs::read_link(folder).map(|to| folder.with_file_name("").join(to));
        absolute(linked.as_deref().unwrap_or(folder))
    })
}

/// Returns the names of the files of `folder` that `change` does not touch, if the folder can be replaced as a whole:
/// it contains only files, `change` has only files directly in it, and neither the current folder nor one of the paths
/// `kept` is in it. Otherwise `None`: the files have to be replaced one by one.
fn find_unchanged_files(kept: &[PathBuf], folder: &Path, change: &FolderChange) -> io::Result<Option<Vec<PathBuf>>> {
    let is_inside = |path: &Path| path.starts_with(folder);
    if kept.iter().any(|path| is_inside(path)) || env::current_dir().is_ok_and(|current| is_inside(&current)) {
        return Ok(None);
    }
    if change.files.iter().any(|(name, _)| Path::new(name).components().count() != 1) {
        return Ok(None);
    }
    let mut unchanged = Vec::new();
    if folder.exists() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_type()?.is_file() {
                return Ok(None);
            }
            let is_changed = |(name, _): &(String, _)| entry.file_name() == name.as_str();
            if !change.files.iter().any(is_changed) {
                unchanged.push(PathBuf::from(entry.file_name()));
            }
        }
    }
    Ok(Some(unchanged))
}
