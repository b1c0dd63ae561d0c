//! Reads schema files; the only module that does.

mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{Documents, Text};
use crate::format::Format;
use crate::limits;
use crate::settings::Limits;

pub(crate) use files::utf8;

/// Reads schema files: `*.json`, and those of other formats that it is given.
#[derive(Clone, Debug, Default)]
pub struct Loader {
    formats: Vec<Format>,
    limits: Limits,
}

impl Documents {
    /// Reads each `*.json` file of a folder and of the folders in it; `X.patch.json` holds
    /// corrections of `X.json`. Symbolic links that lead out of the folder are refused.
    ///
    /// # Errors
    /// All files that cannot be read or are no JSON; a folder without a schema.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, Errors> {
        Loader::default().folder(folder)
    }

    /// Reads the named files, and from their folder the files that they refer to by a relative path.
    ///
    /// # Errors
    /// All files that cannot be read or are no JSON.
    pub fn from_files(files: &[impl AsRef<Path>]) -> Result<Self, Errors> {
        Loader::default().files(files)
    }

    /// Adds the documents of another folder: for references to URLs that begin with `prefix`. They
    /// are no roots of their own, and only what is referred to is taken from them.
    ///
    /// # Errors
    /// As for [`Documents::from_folder`].
    pub fn with_mapped(mut self, prefix: &str, folder: impl AsRef<Path>) -> Result<Self, Errors> {
        self.map(prefix, Self::from_folder(folder)?);
        Ok(self)
    }
}

impl Loader {
    /// Reads files of this format too.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.formats.push(format);
        self
    }

    /// Reads no file, and no more files, than these limits allow.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// As [`Documents::from_folder`], with the files of the other formats.
    ///
    /// # Errors
    /// As for [`Documents::from_folder`].
    pub fn folder(&self, folder: impl AsRef<Path>) -> Result<Documents, Errors> {
        let folder = folder.as_ref();
        let mut findings = Findings::default();
        let mut documents = Documents::of_folder(display(folder));
        for file in findings.keep(self.schema_files(folder)).unwrap_or_default() {
            let text = findings.keep(
                files::read_inside(folder, &file, &self.limits).and_then(|text| self.text(&display(&file), text)),
            );
            if let Some(text) = text {
                findings.keep(documents.add(relative_name(folder, &file), display(&file), text));
            }
        }
        let documents = findings.or(documents)?;
        if documents.is_empty() {
            return Err(Diagnostic::new(Kind::EmptyFolder, "there is no schema in this folder")
                .in_file(display(folder))
                .help("put at least one `*.json` file with a JSON Schema into it")
                .into());
        }
        Ok(documents)
    }

    /// As [`Documents::from_files`]; the ending of a file tells its format.
    ///
    /// # Errors
    /// As for [`Documents::from_files`].
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
            let text = files::read(&file, &self.limits).and_then(|text| self.text(&display(&file), text));
            let Some(text) = findings.keep(text) else { continue };
            waiting.extend(neighbours(&folder, &file, &text.json));
            texts.insert(name, (display(&file), text));
        }
        let mut documents = Documents::of_folder(display(&folder));
        for (name, (path, text)) in texts {
            findings.keep(documents.add(name.clone(), path, text));
            if !named.contains(&name) {
                documents.only_referred_to(&name);
            }
        }
        findings.or(documents)
    }

    /// As [`Documents::with_mapped`], with the files of the other formats.
    ///
    /// # Errors
    /// As for [`Documents::from_folder`].
    pub fn mapped(
        &self,
        mut documents: Documents,
        prefix: &str,
        folder: impl AsRef<Path>,
    ) -> Result<Documents, Errors> {
        documents.map(prefix, self.folder(folder)?);
        Ok(documents)
    }

    /// The text of a file as JSON.
    fn text(&self, path: &str, text: String) -> Result<Text, Errors> {
        let ending = Path::new(path).extension().and_then(OsStr::to_str).unwrap_or_default();
        match self.formats.iter().find(|format| format.endings.contains(&ending)) {
            Some(format) => Text::converted(path, &text, *format),
            None => Ok(Text::json(text)),
        }
    }

    fn schema_files(&self, folder: &Path) -> Result<Vec<PathBuf>, Errors> {
        let endings: Vec<&str> =
            self.formats.iter().flat_map(|format| format.endings).copied().chain(["json"]).collect();
        let mut files = files::ending(folder, &endings)?;
        if files.len() > self.limits.documents {
            let message = format!("there are {} files", files.len());
            return Err(limits::exceeded("documents", self.limits.documents, message).in_file(display(folder)).into());
        }
        files.sort();
        Ok(files)
    }
}

/// The innermost folder that all files are in, as far as their paths tell.
fn common_folder(files: &[impl AsRef<Path>]) -> PathBuf {
    let folder = |file: &Path| file.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut folders = files.iter().map(|file| folder(file.as_ref()));
    let first = folders.next().unwrap_or_default();
    folders.fold(first, |common, other| {
        let steps = common.components().zip(other.components());
        steps.take_while(|(one, other)| one == other).map(|(step, _)| step).collect()
    })
}

/// The files of the same folder that a text refers to by a relative path.
fn neighbours(folder: &Path, file: &Path, text: &str) -> Vec<PathBuf> {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                let references = ["$ref", "$dynamicRef"].into_iter().filter_map(|keyword| map.get(keyword)?.as_str());
                found.extend(references.filter_map(|text| neighbour(folder, file, text)));
                waiting.extend(map.values());
            }
            Value::Array(list) => waiting.extend(list),
            _ => {}
        }
    }
    found
}

fn neighbour(folder: &Path, file: &Path, reference: &str) -> Option<PathBuf> {
    let reference = reference.split('#').next().filter(|path| !path.is_empty() && !path.contains(':'))?;
    let path = folder.join(relative(&relative_name(folder, file), reference)?);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let inside = path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?);
    (inside && path.is_file()).then_some(path)
}

/// The name of the document that a relative path leads to from the document `base`;
/// nothing when it leads out of the folder.
pub(crate) fn relative(base: &str, reference: &str) -> Option<String> {
    let mut steps: Vec<&str> = base.split('/').collect();
    steps.pop();
    for step in reference.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

fn relative_name(folder: &Path, file: &Path) -> String {
    display(file.strip_prefix(folder).unwrap_or(file))
}

/// A path with `/` between its parts on every system, so that output does not depend on it.
fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
