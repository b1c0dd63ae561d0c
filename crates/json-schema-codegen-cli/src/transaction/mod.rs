//! Changes files of several folders, all of them or none, and so that a process that is killed
//! leaves no folder with some of its files changed.
//!
//! The new files are staged beside the old ones: as a whole folder where that can take the place of
//! the old one, else file by file. Then what is staged is written to a journal; from here on the change
//! is made. The moves that put it in place follow from the journal and can be repeated, so what a
//! killed process has not done of them, [`recover`] does: each command on the job calls it first.
//!
//! A folder is put in place by one exchange of two names (`renameat2` of Linux, `renamex_np` of
//! macOS), so that a build that runs meanwhile sees the old one or the new one. Elsewhere it is
//! gone for a moment: the old one stands beside its place until the new one is there, and comes back
//! when that cannot be put there.

mod journal;
mod moves;
mod stage;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use journal::Staged;
use moves::{Move, Names};
use stage::{Stage, Step};

use crate::diagnostics::{Failure, Problem};

/// The name of the journal, in the folder of the job.
const JOURNAL: &str = ".codegen-update.json";

/// What is to become of some files of a folder.
pub struct Change {
    /// The folder; it need not exist.
    pub folder: PathBuf,
    /// The new texts of files by their paths from the folder; nothing for a file that is to go.
    pub files: Vec<(String, Option<String>)>,
}

/// Makes all changes, or none. `job` is the folder that holds the journal meanwhile.
///
/// # Errors
/// What cannot be written.
pub fn apply(job: &Path, changes: &[Change]) -> Result<(), Failure> {
    apply_with(Names::SYSTEM, job, changes)
}

fn apply_with(names: Names, job: &Path, changes: &[Change]) -> Result<(), Failure> {
    let plan = Plan::new(job, changes).map_err(|error| Failure::io(job, "read", &error))?;
    for step in plan.staging() {
        step.run(names).map_err(|error| plan.gave_up(&step, &error))?;
    }
    for (made, step) in plan.moves().enumerate() {
        step.run(names).map_err(|error| match made {
            0 if step.is_undone() => plan.gave_up(&Step::Move(step.clone()), &error),
            // `recover` tries again.
            _ => Failure::io(step.place(), "replaced", &error),
        })?;
    }
    Ok(())
}

/// Does what a process that was killed has left to do of its changes to these folders of the job.
/// Tells whether there was any.
///
/// # Errors
/// A journal that cannot be read, or that says what no change of these folders says: then nothing is
/// done. Moves that cannot be made.
pub fn recover(job: &Path, folders: &[PathBuf]) -> Result<bool, Failure> {
    let journal = job.join(JOURNAL);
    let text = match fs::read_to_string(&journal) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(Failure::io(&journal, "read", &error)),
    };
    let moves = moves_left(job, folders, &text).map_err(|fault| refused(&journal, &fault))?;
    for step in moves.into_iter().chain([Move::Remove(journal)]) {
        step.run(Names::SYSTEM).map_err(|error| Failure::io(step.place(), "replaced", &error))?;
    }
    Ok(true)
}

/// The moves of a journal; as an error, why it is none of a change of these folders.
fn moves_left(job: &Path, folders: &[PathBuf], text: &str) -> Result<Vec<Move>, String> {
    let journal: Vec<Staged> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut moves = Vec::new();
    for staged in journal {
        let folder = folders.iter().find(|folder| name(job, folder) == staged.folder);
        let folder = folder.ok_or_else(|| format!("`{}` is no folder of this job", staged.folder.display()))?;
        let place = stage::place(folder).map_err(|error| error.to_string())?;
        staged.fault(&place).map_or(Ok(()), Err)?;
        moves.extend(staged.moves(&place));
    }
    Ok(moves)
}

fn refused(journal: &Path, fault: &str) -> Problem {
    let message = format!("{}: this is no update of this job that was cut short: {fault}", journal.display());
    let help = "nothing was changed; if an update with other settings was cut short, run the command with \
                those; if none was, remove this file";
    Problem::new(message).help(help)
}

/// What a folder of the job is called from there: the same wherever the project is.
fn name(job: &Path, folder: &Path) -> PathBuf {
    let parts = folder.strip_prefix(job).unwrap_or(folder).components();
    parts.filter(|part| *part != Component::CurDir).collect()
}

/// All steps of a change, in order: a process may be killed after any.
struct Plan {
    stage: Stage,
    /// Where the moves are written to; the change is made once they are there.
    journal: PathBuf,
}

impl Plan {
    fn new(job: &Path, changes: &[Change]) -> io::Result<Self> {
        let root = job_folder(job).canonicalize()?;
        let changes: Vec<&Change> = changes.iter().filter(|change| !change.files.is_empty()).collect();
        let mut stage = Stage::default();
        for change in &changes {
            let others = changes.iter().filter(|other| !std::ptr::eq(**other, *change));
            let others: Vec<PathBuf> = others.map(|other| stage::place(&other.folder)).collect::<io::Result<_>>()?;
            let kept = [others, vec![root.clone()]].concat();
            stage.add(name(job, &change.folder), &kept, change)?;
        }
        Ok(Self { stage, journal: root.join(JOURNAL) })
    }

    /// The steps that touch nothing of the user's; the last one makes the change.
    fn staging(&self) -> impl Iterator<Item = Step> {
        let commit = Step::Journal { path: self.journal.clone(), staged: self.stage.journal.clone() };
        let is_any = !self.stage.journal.is_empty();
        self.stage.steps.iter().cloned().chain(is_any.then_some(commit))
    }

    /// The steps after it, which can be repeated.
    fn moves(&self) -> impl Iterator<Item = Move> {
        self.stage.moves.iter().cloned().chain([Move::Remove(self.journal.clone())])
    }

    /// Nothing is changed yet: removes what was staged.
    fn gave_up(&self, step: &Step, error: &io::Error) -> Failure {
        // What cannot be removed is in nobody's way: the next change does it first.
        let _ = moves::remove(&self.journal);
        self.stage.discard();
        Failure::io(step.place(), "written", error)
    }
}

/// The folder of a job whose file was named without one.
fn job_folder(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

#[cfg(test)]
mod tests;
