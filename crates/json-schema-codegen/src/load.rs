//! Reads schema files from disk. All other modules take [`Documents`], which are in memory.

mod files;
mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::{Documents, Text};
use crate::format::Format;
use crate::limits;
use crate::settings::Limits;

pub(crate) use files::utf8;
pub(crate) use paths::relative;

use paths::{common_folder, display, relative_name};

/// Reader of schema files: `*.json`, and the files of each format added with [`Loader::format`].
#[derive(Clone, Debug, Default)]
pub struct Loader {
    formats: Vec<Format>,
    limits: Limits,
}

impl Documents {
    /// Reads each `*.json` file of a folder and of its subfolders. `X.patch.json` holds corrections of
    /// `X.json`. A symbolic link to a file or folder outside the folder is an error.
    ///
    /// # Errors
    /// Lists all files that cannot be read or are not JSON. A folder without a schema is an error too.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, Errors> {
        Loader::default().folder(folder)
    }

    /// Reads `files`, and the files that they refer to by a relative path, directly or through others, if
    /// these are in the innermost folder that contains all of `files`. Files that are not among `files` are
    /// not roots.
    ///
    /// # Errors
    /// Lists all files that cannot be read or are not JSON.
    pub fn from_files(files: &[impl AsRef<Path>]) -> Result<Self, Errors> {
        Loader::default().files(files)
    }

    /// Reads another folder and adds its documents under URLs: with the prefix `https://example.com/s`, a
    /// reference to `https://example.com/s/a.json` refers to the file `a.json` of this folder. The added
    /// documents are not roots; types are generated only for those of their schemas that are referred to.
    ///
    /// # Errors
    /// Returns the same errors as [`Documents::from_folder`].
    pub fn with_mapped(mut self, prefix: &str, folder: impl AsRef<Path>) -> Result<Self, Errors> {
        self.map(prefix, Self::from_folder(folder)?);
        Ok(self)
    }
}

impl Loader {
    /// Adds a format: files with one of its endings are read too.
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

    /// Reads a folder as [`Documents::from_folder`] does, with the files of the added formats.
    ///
    /// # Errors
    /// Returns the errors of [`Documents::from_folder`], and those of files that are larger or more than
    /// the limits allow.
    pub fn folder(&self, folder: impl AsRef<Path>) -> Result<Documents, Errors> {
        let folder = folder.as_ref();
        let mut findings = Findings::default();
        let mut documents = Documents::of_folder(display(folder));
        for file in findings.keep(self.schema_files(folder)).unwrap_or_default() {
            let text = findings.keep(
                files::read_inside(folder, &file, &self.limits).and_then(|text| self.to_json(&display(&file), text)),
            );
            if let Some(text) = text {
                findings.keep(documents.add(relative_name(folder, &file), display(&file), text));
            }
        }
        let documents = findings.or(documents)?;
        if documents.is_empty() {
            return Err(Diagnostic::new(DiagnosticKind::EmptyFolder, "there is no schema in this folder")
                .in_file(display(folder))
                .help("put at least one `*.json` file with a JSON Schema into it")
                .into());
        }
        Ok(documents)
    }

    /// Reads files as [`Documents::from_files`] does. The ending of a file decides its format; a file
    /// with an unknown ending is read as JSON.
    ///
    /// # Errors
    /// Returns the errors of [`Documents::from_files`], and those of files that are larger or more than
    /// the limits allow.
    pub fn files(&self, files: &[impl AsRef<Path>]) -> Result<Documents, Errors> {
        let mut findings = Findings::default();
        let mut texts = BTreeMap::new();
        let folder = common_folder(files);
        let named: BTreeSet<String> = files.iter().map(|file| relative_name(&folder, file.as_ref())).collect();
        let mut waiting: Vec<PathBuf> = files.iter().rev().map(|file| file.as_ref().to_path_buf()).collect();
        while let Some(file) = waiting.pop() {
            let name = relative_name(&folder, &file);
            if texts.contains_key(&name) {
                continue;
            }
            if texts.len() == self.limits.documents {
                let message = format!("there are more than {} files", texts.len());
                let limit = limits::exceeded("documents", self.limits.documents, message);
                findings.push(limit.in_file(display(&folder)));
                break;
            }
            let text = files::read(&file, &self.limits).and_then(|text| self.to_json(&display(&file), text));
            let Some(text) = findings.keep(text) else { continue };
            waiting.extend(referenced_files(&folder, &file, &text.json));
            texts.insert(name, (display(&file), text));
        }
        let mut documents = Documents::of_folder(display(&folder));
        for (name, (path, text)) in texts {
            findings.keep(documents.add(name.clone(), path, text));
            if !named.contains(&name) {
                documents.unmark_root(&name);
            }
        }
        findings.or(documents)
    }

    /// Reads `folder` with this loader's formats and limits, and adds its documents to `documents` under
    /// `prefix`, as [`Documents::with_mapped`] does.
    ///
    /// # Errors
    /// Returns the same errors as [`Loader::folder`].
    pub fn mapped(
        &self,
        mut documents: Documents,
        prefix: &str,
        folder: impl AsRef<Path>,
    ) -> Result<Documents, Errors> {
        documents.map(prefix, self.folder(folder)?);
        Ok(documents)
    }

    /// Converts the text of the file at `path` to JSON, in the format that the file's ending decides.
    fn to_json(&self, path: &str, text: String) -> Result<Text, Errors> {
        let ending = Path::new(path).extension().and_then(OsStr::to_str).unwrap_or_default();
        match self.formats.iter().find(|format| format.endings.contains(&ending)) {
            Some(format) => Text::converted(path, &text, *format),
            None => Ok(Text::json(text)),
        }
    }

    /// Finds the schema files in `folder` and its subfolders, sorted by path. More of them than the limit
    /// allows is an error.
    fn schema_files(&self, folder: &Path) -> Result<Vec<PathBuf>, Errors> {
        let endings: Vec<&str> =
            self.formats.iter().flat_map(|format| format.endings).copied().chain(["json"]).collect();
        let mut files = files::find_by_ending(folder, &endings)?;
        if files.len() > self.limits.documents {
            let message = format!("there are {} files", files.len());
            return Err(limits::exceeded("documents", self.limits.documents, message).in_file(display(folder)).into());
        }
        files.sort();
        Ok(files)
    }
}

/// Returns the files inside `folder` that the JSON text `text` of `file` refers to by a relative path, in
/// `$ref` or `$dynamicRef`. Returns none if `text` is not JSON; parsing it later reports that.
fn referenced_files(folder: &Path, file: &Path, text: &str) -> Vec<PathBuf> {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                let references = ["$ref", "$dynamicRef"].into_iter().filter_map(|keyword| map.get(keyword)?.as_str());
                found.extend(references.filter_map(|text| referenced_file(folder, file, text)));
                waiting.extend(map.values());
            }
            Value::Array(list) => waiting.extend(list),
            _ => {}
        }
    }
    found
}

/// Returns the path of the file that `reference` in `file` names, such as `../a.json#/x`. `None` if it has
/// no path or a URL, or if no such file exists inside `folder`.
fn referenced_file(folder: &Path, file: &Path, reference: &str) -> Option<PathBuf> {
    let reference = reference.split('#').next().filter(|path| !path.is_empty() && !path.contains(':'))?;
    let path = folder.join(relative(&relative_name(folder, file), reference)?);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let inside = path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?);
    (inside && path.is_file()).then_some(path)
}
