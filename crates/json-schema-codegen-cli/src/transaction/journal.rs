//! What the journal holds: what is staged, by which the moves that are left can be made again.
//!
//! It stands in the folder of the job, so it may come from a stranger with it. That is why it names
//! no paths but those of the job's own folders and of files in them: what is moved where follows
//! from these, and a project that was moved in between can finish its update.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::moves::{MARK, Move, beside};

/// What updates remove, which is all that a journal can remove.
const CORRECTIONS: &str = ".patch.json";

/// What is staged of one folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staged {
    /// The folder, from the folder of the job.
    pub folder: PathBuf,
    pub what: What,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum What {
    /// A folder that takes the place of this one.
    Whole,
    /// Files that take their places, and files that go.
    Files { written: Vec<String>, removed: Vec<String> },
}

impl Staged {
    /// The moves that put in place what is staged. `folder` is where the folder is.
    pub fn moves(&self, folder: &Path) -> Vec<Move> {
        match &self.what {
            What::Whole => {
                let [staged, old] = ["new", "old"].map(|state| beside(folder, state));
                let left = [staged.clone(), old.clone(), folder.join(MARK)];
                let put = Move::Folder { staged, place: folder.to_path_buf(), old };
                [put].into_iter().chain(left.map(Move::Remove)).collect()
            }
            What::Files { written, removed } => {
                let put = |name: &String| {
                    let place = file(folder, name);
                    Move::File { staged: beside(&place, "new"), place }
                };
                let remove = |name: &String| Move::Remove(folder.join(name));
                written.iter().map(put).chain(removed.iter().map(remove)).collect()
            }
        }
    }

    /// Why this is nothing that an update stages of this folder, if it is not.
    pub fn fault(&self, folder: &Path) -> Option<String> {
        let What::Files { written, removed } = &self.what else { return None };
        if let Some(name) = written.iter().chain(removed).find(|name| !is_inside(folder, name)) {
            return Some(format!("`{name}` is no file of the folder `{}`", self.folder.display()));
        }
        let kept = removed.iter().find(|name| !name.ends_with(CORRECTIONS))?;
        Some(format!("an update removes files of corrections alone, and `{kept}` is none"))
    }
}

/// The place of a file of a folder. One that is a link stays one: what it leads to is changed.
pub fn file(folder: &Path, name: &str) -> PathBuf {
    let place = folder.join(name);
    place.canonicalize().unwrap_or(place)
}

/// Whether a name leads to a file of the folder, through no link that leads out of it.
fn is_inside(folder: &Path, name: &str) -> bool {
    let is_plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let place = folder.join(name);
    let parent = place.parent().and_then(|parent| parent.canonicalize().ok());
    is_plain && !name.is_empty() && parent.is_none_or(|parent| parent.starts_with(folder))
}
