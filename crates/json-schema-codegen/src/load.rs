//! Reads schema files from disk. All other modules take [`Documents`], which are in memory.

mod files;
mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::{DocumentText, Documents};
use crate::format::Format;
use crate::limits;
use crate::settings::Limits;

pub(crate) use files::decode_utf8;
pub(crate) use paths::resolve_relative_path;

use paths::{find_common_folder, path_to_text, relative_path_text};

/// Reader of schema files: `*.json`, and the files of each format added with [`Loader::format`].
#[derive(Clone, Debug, Default)]
pub struct Loader {
    formats: Vec<Format>,
    limits: Limits,
}

impl Documents {
    /// Reads each `*.json` file of a folder and its subfolders. `X.patch.json` holds corrections of `X.json`. A
    /// symbolic link to a file or folder outside the folder is an error.
    ///
    /// # Errors
    /// Lists all files that cannot be read or are not JSON. A folder without a schema is an error too.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, Errors> {
        Loader::default().load_folder(folder)
    }

    /// Reads `files`, and the files that they refer to by a relative path, directly or through other files, if these
    /// are in the innermost folder that contains all of `files`. Only `files` are roots.
    ///
    /// # Errors
    /// Lists all files that cannot be read or are not JSON.
    pub fn from_files(files: &[impl AsRef<Path>]) -> Result<Self, Errors> {
        Loader::default().load_files(files)
    }

    /// Reads another folder and adds its documents under URLs: with the prefix `https://example.com/s`, a reference to
    /// `https://example.com/s/a.json` refers to the file `a.json` of this folder. The added documents are not roots:
    /// types are generated only for schemas that a reference refers to.
    ///
    /// # Errors
    /// Returns the errors of [`Documents::from_folder`].
    pub fn with_mapped(mut self, prefix: &str, folder: impl AsRef<Path>) -> Result<Self, Errors> {
        self.add_mapped_documents(prefix, Self::from_folder(folder)?);
        Ok(self)
    }
}

impl Loader {
    /// Adds a format: from now on, files with one of its endings are read too.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.formats.push(format);
        self
    }

    /// Sets the limits on the size (`file`) and the number (`documents`) of the files that are read.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads a folder as [`Documents::from_folder`] does, but also the files of the added formats.
    ///
    /// # Errors
    /// The errors of [`Documents::from_folder`], and an error if files are larger or more than the limits allow.
    pub fn load_folder(&self, folder: impl AsRef<Path>) -> Result<Documents, Errors> {
        let folder = folder.as_ref();
        let mut findings = Findings::default();
        let mut documents = Documents::new_for_folder(path_to_text(folder));
        for file in findings.record_errors(self.find_schema_files(folder)).unwrap_or_default() {
            let text = findings.record_errors(
                files::read_text_inside(folder, &file, &self.limits)
                    .and_then(|text| self.convert_to_json(&path_to_text(&file), text)),
            );
            if let Some(text) = text {
                findings.record_errors(documents.parse_and_add(
                    relative_path_text(folder, &file),
                    path_to_text(&file),
                    text,
                ));
            }
        }
        let documents = findings.into_result(documents)?;
        if documents.is_empty() {
            return Err(Diagnostic::new(DiagnosticKind::EmptyFolder, "there is no schema in this folder")
                .with_file(path_to_text(folder))
                .with_help("put at least one `*.json` file with a JSON Schema into it")
                .into());
        }
        Ok(documents)
    }

    /// Reads files as [`Documents::from_files`] does. The ending of a file decides its format; a file with an unknown
    /// ending is read as JSON.
    ///
    /// # Errors
    /// The errors of [`Documents::from_files`], and an error if files are larger or more than the limits allow.
    pub fn load_files(&self, files: &[impl AsRef<Path>]) -> Result<Documents, Errors> {
        let mut findings = Findings::default();
        let mut texts = BTreeMap::new();
        let folder = find_common_folder(files);
        let named: BTreeSet<String> = files.iter().map(|file| relative_path_text(&folder, file.as_ref())).collect();
        let mut waiting: Vec<PathBuf> = files.iter().rev().map(|file| file.as_ref().to_path_buf()).collect();
        while let Some(file) = waiting.pop() {
            let name = relative_path_text(&folder, &file);
            if texts.contains_key(&name) {
                continue;
            }
            if texts.len() == self.limits.documents {
                let message = format!("there are more than {} files", texts.len());
                let limit = limits::limit_exceeded_error("documents", self.limits.documents, message);
                findings.push(limit.with_file(path_to_text(&folder)));
                break;
            }
            let text =
                files::read_text(&file, &self.limits).and_then(|text| self.convert_to_json(&path_to_text(&file), text));
            let Some(text) = findings.record_errors(text) else { continue };
            waiting.extend(find_referenced_files(&folder, &file, &text.json));
            texts.insert(name, (path_to_text(&file), text));
        }
        let mut documents = Documents::new_for_folder(path_to_text(&folder));
        for (name, (path, text)) in texts {
            findings.record_errors(documents.parse_and_add(name.clone(), path, text));
            if !named.contains(&name) {
                documents.unmark_root_document(&name);
            }
        }
        findings.into_result(documents)
    }

    /// Reads `folder` as [`Loader::load_folder`] does, and adds its documents to `documents` under URLs that begin with
    /// `prefix`, as [`Documents::with_mapped`] does.
    ///
    /// # Errors
    /// The errors of [`Loader::load_folder`].
    pub fn load_mapped(
        &self,
        mut documents: Documents,
        prefix: &str,
        folder: impl AsRef<Path>,
    ) -> Result<Documents, Errors> {
        documents.add_mapped_documents(prefix, self.load_folder(folder)?);
        Ok(documents)
    }

    /// Converts `text`, the text of the file at `path`, to JSON from the format with the file's ending. A text without
    /// such a format is JSON already.
    fn convert_to_json(&self, path: &str, text: String) -> Result<DocumentText, Errors> {
        let ending = Path::new(path).extension().and_then(OsStr::to_str).unwrap_or_default();
        match self.formats.iter().find(|format| format.endings.contains(&ending)) {
            Some(format) => DocumentText::from_formatted_text(path, &text, *format),
            None => Ok(DocumentText::from_json(text)),
        }
    }

    /// Finds the schema files in `folder` and its subfolders. Returns their paths, sorted. More files than the limit
    /// allows are an error.
    fn find_schema_files(&self, folder: &Path) -> Result<Vec<PathBuf>, Errors> {
        let endings: Vec<&str> =
            self.formats.iter().flat_map(|format| format.endings).copied().chain(["json"]).collect();
        let mut files = files::find_files_by_ending(folder, &endings)?;
        if files.len() > self.limits.documents {
            let message = format!("there are {} files", files.len());
            return Err(limits::limit_exceeded_error("documents", self.limits.documents, message)
                .with_file(path_to_text(folder))
                .into());
        }
        files.sort();
        Ok(files)
    }
}

/// Returns the paths of the files inside `folder` that `text`, the JSON text of `file`, refers to by a relative path in
/// `$ref` or `$dynamicRef`. Empty if `text` is not JSON; parsing it later reports that.
fn find_referenced_files(folder: &Path, file: &Path, text: &str) -> Vec<PathBuf> {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                let references = ["$ref", "$dynamicRef"].into_iter().filter_map(|keyword| map.get(keyword)?.as_str());
                found.extend(references.filter_map(|text| find_referenced_file(folder, file, text)));
                waiting.extend(map.values());
            }
            Value::Array(list) => waiting.extend(list),
            _ => {}
        }
    }
    found
}

/// Returns the path of the file that `reference` in `file` refers to: for `../a.json#/x`, the path of `a.json`. `None`
/// if the reference has no path or has a URL, or if there is no such file inside `folder`.
fn find_referenced_file(folder: &Path, file: &Path, reference: &str) -> Option<PathBuf> {
    let reference = reference.split('#').next().filter(|path| !path.is_empty() && !path.contains(':'))?;
    let path = folder.join(resolve_relative_path(&relative_path_text(folder, file), reference)?);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let inside = path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?);
    (inside && path.is_file()).then_some(path)
}
