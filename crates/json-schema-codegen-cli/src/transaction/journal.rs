//! The journal of a transaction: the staged folders and files, from which the remaining moves can be derived.
//!
//! The journal is a file in the folder of the job, so whoever gave the user the project may have written it. It
//! therefore has no paths but those of the job's own folders, and of files in them, relative to the job: the moves
//! follow from these. A project that was moved to another folder in between can finish its update for the same reason.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::moves::{Move, STAGED_MARK, hidden_sibling_path};

/// The suffix of the only files that an update, and so a journal, may remove.
const CORRECTION_SUFFIX: &str = ".patch.json";

/// An entry of the journal: the folder that changes, and its staged files.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedChange {
    /// Path of the folder, relative to the job's folder.
    pub folder: PathBuf,
    /// The staged files of the folder.
    pub staged: StagedForm,
}

/// The form in which the new files of a folder are staged.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum StagedForm {
    /// A complete new folder is staged beside the old one, which it replaces.
    Whole,
    /// Single files are staged: each of `written` beside the file that it replaces; each of `removed` is deleted. The
    /// paths are relative to the folder.
    Files { written: Vec<String>, removed: Vec<String> },
}

impl StagedChange {
    /// Returns the moves that replace the old files in `folder` by the staged ones. `folder` is the absolute path of
    /// the folder.
    pub fn derive_moves(&self, folder: &Path) -> Vec<Move> {
        match &self.staged {
            StagedForm::Whole => {
                let [staged, old] = ["new", "old"].map(|suffix| hidden_sibling_path(folder, suffix));
                let obsolete = [staged.clone(), old.clone(), folder.join(STAGED_MARK)];
                let replace = Move::Folder { staged, target: folder.to_path_buf(), old };
                [replace].into_iter().chain(obsolete.map(Move::Remove)).collect()
            }
            StagedForm::Files { written, removed } => {
                let replace = |name: &String| {
                    let target = resolve_target_file(folder, name);
                    Move::File { staged: hidden_sibling_path(&target, "new"), target }
                };
                let remove = |name: &String| Move::Remove(folder.join(name));
                written.iter().map(replace).chain(removed.iter().map(remove)).collect()
            }
        }
    }

    /// Checks that an update could have staged this change of `folder`, an absolute path. Returns the reason in words
    /// if not; `None` if it could.
    pub fn find_staging_fault(&self, folder: &Path) -> Option<String> {
        let StagedForm::Files { written, removed } = &self.staged else { return None };
        if let Some(name) = written.iter().chain(removed).find(|name| !is_file_inside(folder, name)) {
            return Some(format!("`{name}` is not a file in the folder `{}`", self.folder.display()));
        }
        let other = removed.iter().find(|name| !name.ends_with(CORRECTION_SUFFIX))?;
        Some(format!("an update removes only corrections (`*{CORRECTION_SUFFIX}`), and `{other}` is not one"))
    }
}

/// Returns the path of the file `name` in `folder`. If it is a link, returns the file that it links to, so that the
/// link stays.
pub fn resolve_target_file(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    path.canonicalize().unwrap_or(path)
}

/// Checks whether `name` is the relative path of a file in `folder`, without a link to another folder on the way.
fn is_file_inside(folder: &Path, name: &str) -> bool {
    let is_plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(name);
    let parent = path.parent().and_then(|parent| parent.canonicalize().ok());
    is_plain && !name.is_empty() && parent.is_none_or(|parent| parent.starts_with(folder))
}
