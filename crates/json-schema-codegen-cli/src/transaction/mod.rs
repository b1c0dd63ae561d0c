//! Changes files in several folders: all of them or none, even if the process is killed.
//!
//! 1. The new files are staged beside the old ones: as a complete folder if that can replace the old folder, otherwise as
//!    single files.
//! 2. The list of the staged files is written to a journal. From here on, the transaction is going to be finished.
//! 3. The staged files and folders are moved into place. The moves follow from the journal and can be repeated: if the
//!    process is killed, [`recover`], which each command on the job calls first, makes them again.
//!
//! A folder is replaced by exchanging two names atomically (`renameat2` on Linux, `renamex_np` on macOS), so that a build
//! that runs at the same time sees the old folder or the new one. On other systems, the folder is missing for a moment: the
//! old one is renamed, then the new one takes its name. If the latter fails, the old one is renamed back.

mod journal;
mod lock;
mod moves;
mod stage;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use journal::StagedChange;
pub use lock::Lock;
use moves::{Move, Renaming, hidden_sibling};
pub use stage::Change;
use stage::{Stage, Step};

use crate::diagnostics::{Failure, Problem};

/// The name of the journal in the job's folder.
const JOURNAL: &str = ".codegen-update.json";

/// Makes all `changes`, or none. `job` is the folder for the journal.
///
/// # Errors
/// If a file cannot be written, in which case nothing is changed; or if a staged file cannot be moved into place, which
/// [`recover`] then tries again.
pub fn apply(job: &Path, changes: &[Change]) -> Result<(), Failure> {
    apply_with(Renaming::SYSTEM, job, changes)
}

/// Does the work of `apply`, with the operations `renaming`.
fn apply_with(renaming: Renaming, job: &Path, changes: &[Change]) -> Result<(), Failure> {
    let plan = Plan::new(job, changes).map_err(|error| Failure::io(job, "read", &error))?;
    for step in plan.staging_steps() {
        step.run(renaming).map_err(|error| plan.give_up(&step, &error))?;
    }
    for (count, step) in plan.moves().enumerate() {
        step.run(renaming).map_err(|error| match count {
            0 if step.left_target_unchanged() => plan.give_up(&Step::Move(step.clone()), &error),
            // The journal stays, so that `recover` tries again.
            _ => Failure::io(&visible_path(step.target()), "replaced", &error),
        })?;
    }
    Ok(())
}

/// Finishes the transaction of a process that was killed, if the folder `job` has a journal. Returns whether it has one.
/// `folders` are the folders of the job, which is all that a journal may change.
///
/// # Errors
/// If the journal cannot be read, or is not one of a change of these folders, in which case nothing is changed; or if a move
/// fails.
pub fn recover(job: &Path, folders: &[PathBuf]) -> Result<bool, Failure> {
    let journal = job.join(JOURNAL);
    let text = match fs::read_to_string(&journal) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Failure::io(&journal, "read", &error)),
    };
    let moves = moves_of_journal(job, folders, &text).map_err(|fault| invalid_journal(&journal, &fault))?;
    for step in moves.into_iter().chain([Move::Remove(journal)]) {
        step.run(Renaming::SYSTEM).map_err(|error| Failure::io(&visible_path(step.target()), "replaced", &error))?;
    }
    Ok(true)
}

/// Removes the staged files and folders that an update left beside `folders` when it was killed before its journal was
/// written. Returns the names of the folders that it had staged. To be called while no update runs, and after [`recover`].
///
/// # Errors
/// If one cannot be removed.
pub fn remove_abandoned(folders: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for folder in folders {
        let Ok(target) = stage::resolve_folder(folder) else { continue };
        let whole = ["new", "old"].map(|suffix| hidden_sibling(&target, suffix));
        // Other hidden files are not of an update: of a file `a.json`, it stages `.a.json.new`.
        let is_staged = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let of_file = name.strip_prefix('.').and_then(|name| name.strip_suffix(".new"));
            of_file.is_some_and(|name| [".json", ".rs", ".md"].iter().any(|ending| name.ends_with(ending)))
        };
        let files = fs::read_dir(&target).into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_staged);
        let abandoned: Vec<PathBuf> = whole.into_iter().filter(|path| path.exists()).chain(files).collect();
        for path in &abandoned {
            moves::remove(path).map_err(|error| Failure::io(path, "removed", &error))?;
        }
        if !abandoned.is_empty() {
            found.push(folder.clone());
        }
    }
    Ok(found)
}

/// Returns the path that the user knows of a staged file or folder: `schema` for `.schema.new`, and `schema/a.json` for
/// `.schema.new/a.json`. Any other path is returned unchanged.
fn visible_path(path: &Path) -> PathBuf {
    let visible = |part: &std::ffi::OsStr| {
        let name = part.to_str()?.strip_prefix('.')?;
        name.strip_suffix(".new").or(name.strip_suffix(".old")).map(PathBuf::from)
    };
    path.iter().map(|part| visible(part).unwrap_or_else(|| PathBuf::from(part))).collect()
}

/// Returns the moves that follow from the text of a journal. The error says why it is not a journal of a change of `folders`.
fn moves_of_journal(job: &Path, folders: &[PathBuf], text: &str) -> Result<Vec<Move>, String> {
    let journal: Vec<StagedChange> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut moves = Vec::new();
    for staged in journal {
        let folder = folders.iter().find(|folder| relative_to_job(job, folder) == staged.folder);
        let folder = folder.ok_or_else(|| format!("`{}` is not a folder of this job", staged.folder.display()))?;
        let folder = stage::resolve_folder(folder).map_err(|error| error.to_string())?;
        staged.find_fault(&folder).map_or(Ok(()), Err)?;
        moves.extend(staged.moves(&folder));
    }
    Ok(moves)
}

/// Returns the error about a journal that is not one of this job; `fault` is the reason.
fn invalid_journal(journal: &Path, fault: &str) -> Problem {
    let message = format!("{}: this is not an interrupted update of this job: {fault}", journal.display());
    let help = "nothing was changed; if an update with other settings was interrupted, run the command with \
                those settings; otherwise, remove this file";
    Problem::new(message).help(help)
}

/// Returns the path of `folder` relative to the job's folder, for the journal: it is the same wherever the project is. A
/// folder outside the job keeps its path.
fn relative_to_job(job: &Path, folder: &Path) -> PathBuf {
    let parts = folder.strip_prefix(job).unwrap_or(folder).components();
    parts.filter(|part| *part != Component::CurDir).collect()
}

/// All steps of a transaction. The process may be killed after each of them.
struct Plan {
    stage: Stage,
    /// The path of the journal.
    journal: PathBuf,
}

impl Plan {
    /// Plans `changes`, without those that have no files. Nothing is written yet.
    fn new(job: &Path, changes: &[Change]) -> io::Result<Self> {
        let root = job_folder(job).canonicalize()?;
        let changes: Vec<&Change> = changes.iter().filter(|change| !change.files.is_empty()).collect();
        let mut stage = Stage::default();
        for change in &changes {
            let others = changes.iter().filter(|other| !std::ptr::eq(**other, *change));
            let others: Vec<PathBuf> =
                others.map(|other| stage::resolve_folder(&other.folder)).collect::<io::Result<_>>()?;
            let kept = [others, vec![root.clone()]].concat();
            stage.add(relative_to_job(job, &change.folder), &kept, change)?;
        }
        Ok(Self { stage, journal: root.join(JOURNAL) })
    }

    /// Returns the steps up to the journal, which change none of the user's files. None if there are no changes.
    fn staging_steps(&self) -> impl Iterator<Item = Step> {
        let commit = Step::Journal { path: self.journal.clone(), staged: self.stage.journal.clone() };
        let is_any = !self.stage.journal.is_empty();
        self.stage.steps.iter().cloned().chain(is_any.then_some(commit))
    }

    /// Returns the moves after the journal, which can be repeated. The last removes the journal.
    fn moves(&self) -> impl Iterator<Item = Move> {
        self.stage.moves.iter().cloned().chain([Move::Remove(self.journal.clone())])
    }

    /// Removes the journal and the staged files, and returns the error. To be called while none of the user's files is
    /// changed.
    fn give_up(&self, step: &Step, error: &io::Error) -> Failure {
        // A file that stays does no harm: the next transaction overwrites or removes it.
        let _ = moves::remove(&self.journal);
        self.stage.discard();
        Failure::io(&visible_path(step.target()), "written", error)
    }
}

/// Returns `folder`, or `.` if it is empty, as for a `codegen.toml` without a folder in its path.
fn job_folder(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

#[cfg(test)]
mod tests;
