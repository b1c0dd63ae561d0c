//! Changes files in several folders: all of them or none, even if the process is killed.
//!
//! 1. The new files are staged beside the old ones: as a complete folder if that can replace the old folder, otherwise as
//!    single files.
//! 2. The list of the staged files is written to a journal. From here on, the transaction is going to be finished.
//! 3. The staged files and folders are moved into place. The moves follow from the journal and can be repeated: if the
//!    process is killed, [`finish_interrupted_transaction`], which each command on the job calls first, makes them again.
//!
//! A folder is replaced by exchanging two names atomically (`renameat2` on Linux, `renamex_np` on macOS), so that a
//! build that runs at the same time sees the old folder or the new one. On other systems, the folder is missing for a
//! moment: the old one is renamed, then the new one takes its name. If the latter fails, the old one is renamed back.

mod journal;
mod lock;
mod moves;
mod stage;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use journal::StagedChange;
pub use lock::JobLock;
use moves::{Move, RenameOperations, hidden_sibling_path};
pub use stage::FolderChange;
use stage::{StagingPlan, TransactionStep};

use crate::diagnostics::{Failure, Problem};

/// The name of the journal, a file in the job's folder that lists the staged files.
const JOURNAL_NAME: &str = ".codegen-update.json";

/// Makes all `changes` to files, or none. `job` is the job's folder, in which the journal is written.
///
/// # Errors
/// If a file cannot be written, in which case nothing is changed; or if a staged file cannot be moved into place, which
/// [`finish_interrupted_transaction`] then tries again.
pub fn apply_changes(job: &Path, changes: &[FolderChange]) -> Result<(), Failure> {
    apply_changes_with(RenameOperations::SYSTEM, job, changes)
}

/// Does the work of [`apply_changes`], with the operations `renaming`, which tests replace.
fn apply_changes_with(renaming: RenameOperations, job: &Path, changes: &[FolderChange]) -> Result<(), Failure> {
    let plan = TransactionPlan::new(job, changes).map_err(|error| Failure::io_error(job, "read", &error))?;
    for step in plan.list_staging_steps() {
        step.make_step(renaming).map_err(|error| plan.discard_staged_files(&step, &error))?;
    }
    for (count, step) in plan.list_final_moves().enumerate() {
        step.make_move(renaming).map_err(|error| match count {
            0 if step.has_kept_target() => plan.discard_staged_files(&TransactionStep::Move(step.clone()), &error),
            // The journal stays, so that `finish_interrupted_transaction` tries again.
            _ => Failure::io_error(&unstaged_path(step.target_path()), "replaced", &error),
        })?;
    }
    Ok(())
}

/// Finishes the transaction of a process that was killed, if the folder `job` has a journal. Returns whether it has
/// one. `folders` are the folders of the job, the only ones that a journal may change.
///
/// # Errors
/// If the journal cannot be read, or is not a journal of a change to these folders, in which case nothing is changed;
/// or if a move fails.
pub fn finish_interrupted_transaction(job: &Path, folders: &[PathBuf]) -> Result<bool, Failure> {
    let journal = job.join(JOURNAL_NAME);
    let text = match fs::read_to_string(&journal) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Failure::io_error(&journal, "read", &error)),
    };
    let moves = parse_journal(job, folders, &text).map_err(|fault| invalid_journal_error(&journal, &fault))?;
    for step in moves.into_iter().chain([Move::Remove(journal)]) {
        step.make_move(RenameOperations::SYSTEM)
            .map_err(|error| Failure::io_error(&unstaged_path(step.target_path()), "replaced", &error))?;
    }
    Ok(true)
}

/// Removes the staged files and folders in and beside `folders` that an update left when it was killed before its
/// journal was written. Returns those of `folders` for which it had staged something. Must be called while no update is
/// running, and after [`finish_interrupted_transaction`].
///
/// # Errors
/// If a file or folder cannot be removed.
pub fn remove_abandoned_staging(folders: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for folder in folders {
        let Ok(target) = stage::resolve_folder_path(folder) else { continue };
        let whole = ["new", "old"].map(|suffix| hidden_sibling_path(&target, suffix));
        // Other hidden files are not of an update: of a file `a.json`, it stages `.a.json.new`.
        let is_staged = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let of_file = name.strip_prefix('.').and_then(|name| name.strip_suffix(".new"));
            of_file.is_some_and(|name| [".json", ".rs", ".md"].iter().any(|ending| name.ends_with(ending)))
        };
        let files = fs::read_dir(&target).into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_staged);
        let abandoned: Vec<PathBuf> = whole.into_iter().filter(|path| path.exists()).chain(files).collect();
        for path in &abandoned {
            moves::remove_file_or_folder(path).map_err(|error| Failure::io_error(path, "removed", &error))?;
        }
        if !abandoned.is_empty() {
            found.push(folder.clone());
        }
    }
    Ok(found)
}

/// Returns the path that the user knows for the path of a staged file or folder: `schema` for `.schema.new`, and
/// `schema/a.json` for `.schema.new/a.json`. Returns any other path unchanged.
fn unstaged_path(path: &Path) -> PathBuf {
    let visible = |part: &std::ffi::OsStr| {
        let name = part.to_str()?.strip_prefix('.')?;
        name.strip_suffix(".new").or(name.strip_suffix(".old")).map(PathBuf::from)
    };
    path.iter().map(|part| visible(part).unwrap_or_else(|| PathBuf::from(part))).collect()
}

/// Parses `text`, the text of a journal, and returns the moves that follow from it. `job` is the job's folder. The
/// error says why it is not a journal of a change to `folders`.
fn parse_journal(job: &Path, folders: &[PathBuf], text: &str) -> Result<Vec<Move>, String> {
    let journal: Vec<StagedChange> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut moves = Vec::new();
    for staged in journal {
        let folder = folders.iter().find(|folder| path_relative_to_job(job, folder) == staged.folder);
        let folder = folder.ok_or_else(|| format!("`{}` is not a folder of this job", staged.folder.display()))?;
        let folder = stage::resolve_folder_path(folder).map_err(|error| error.to_string())?;
        staged.find_staging_fault(&folder).map_or(Ok(()), Err)?;
        moves.extend(staged.derive_moves(&folder));
    }
    Ok(moves)
}

/// Creates the error for the file `journal`, which is not a journal of this job; `fault` is the reason.
fn invalid_journal_error(journal: &Path, fault: &str) -> Problem {
    let message = format!("{}: this is not an interrupted update of this job: {fault}", journal.display());
    let help = "nothing was changed; if an update with other settings was interrupted, run the command with \
                those settings; otherwise, remove this file";
    Problem::new(message).help(help)
}

/// Returns the path of `folder` relative to the job's folder, for the journal, so that it stays right when the project
/// is moved. Returns the path of a folder outside the job unchanged.
fn path_relative_to_job(job: &Path, folder: &Path) -> PathBuf {
    let parts = folder.strip_prefix(job).unwrap_or(folder).components();
    parts.filter(|part| *part != Component::CurDir).collect()
}

/// All steps of a transaction. The process may be killed after each of them.
struct TransactionPlan {
    stage: StagingPlan,
    /// The path of the journal.
    journal: PathBuf,
}

impl TransactionPlan {
    /// Plans `changes`, except those that have no files. Writes nothing yet.
    fn new(job: &Path, changes: &[FolderChange]) -> io::Result<Self> {
        let root = folder_or_current(job).canonicalize()?;
        let changes: Vec<&FolderChange> = changes.iter().filter(|change| !change.files.is_empty()).collect();
        let mut stage = StagingPlan::default();
        for change in &changes {
            let others = changes.iter().filter(|other| !std::ptr::eq(**other, *change));
            let others: Vec<PathBuf> =
                others.map(|other| stage::resolve_folder_path(&other.folder)).collect::<io::Result<_>>()?;
            let kept = [others, vec![root.clone()]].concat();
            stage.plan_folder_change(path_relative_to_job(job, &change.folder), &kept, change)?;
        }
        Ok(Self { stage, journal: root.join(JOURNAL_NAME) })
    }

    /// Returns the steps up to writing the journal, which change none of the user's files. Empty if there are no
    /// changes.
    fn list_staging_steps(&self) -> impl Iterator<Item = TransactionStep> {
        let commit = TransactionStep::Journal { path: self.journal.clone(), staged: self.stage.journal.clone() };
        let is_any = !self.stage.journal.is_empty();
        self.stage.steps.iter().cloned().chain(is_any.then_some(commit))
    }

    /// Returns the moves that follow once the journal is written. Repeating them does no harm. The last one removes the
    /// journal.
    fn list_final_moves(&self) -> impl Iterator<Item = Move> {
        self.stage.moves.iter().cloned().chain([Move::Remove(self.journal.clone())])
    }

    /// Removes the journal and the staged files, and returns the error `error` of `step`. Must be called while none of
    /// the user's files is changed.
    fn discard_staged_files(&self, step: &TransactionStep, error: &io::Error) -> Failure {
        // A file that stays does no harm: the next transaction overwrites or removes it.
        let _ = moves::remove_file_or_folder(&self.journal);
        self.stage.remove_staged_paths();
        Failure::io_error(&unstaged_path(step.target_path()), "written", error)
    }
}

/// Returns `folder`, or `.` if it is empty, which is the folder of a `codegen.toml` that was given without a folder.
fn folder_or_current(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

#[cfg(test)]
mod tests;
