//! Reads schema files; the only module that does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::locate;
use crate::place::Place;
use crate::uri;

/// The ending of a file of corrections; what stands before it names the schema.
pub(crate) const CORRECTIONS: &str = ".patch.json";

/// Schema documents, their texts kept for line and column, in the order of their names.
#[derive(Clone, Debug)]
pub struct Documents {
    /// The folder that the documents come from, as it was named; no reference leaves it.
    folder: String,
    documents: Vec<Document>,
    /// Corrections by the name of the document that they correct.
    corrections: BTreeMap<String, Document>,
}

/// One file: its name relative to the folder, its text, and the value in it.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) value: Value,
    /// Where it comes from, when that is not the schema folder.
    origin: Option<Origin>,
}

/// Where a document comes from that is not of the schema folder: its URI, and the path of its file.
#[derive(Clone, Debug)]
struct Origin {
    uri: String,
    path: String,
}

impl Documents {
    /// Reads each `*.json` file of a folder and of the folders in it; `X.patch.json` holds
    /// corrections of `X.json`. Symbolic links that lead out of the folder are refused.
    ///
    /// # Errors
    /// All files that cannot be read or are no JSON; a folder without a schema.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, Errors> {
        let folder = folder.as_ref();
        let mut findings = Findings::default();
        let mut texts = BTreeMap::new();
        for file in findings.keep(json_files(folder)).unwrap_or_default() {
            let name = relative_name(folder, &file);
            if let Some(text) = findings.keep(read(folder, &file)) {
                texts.insert(name, text);
            }
        }
        let texts = findings.or(texts)?;
        let documents = Self::from_texts(display(folder), texts)?;
        if documents.documents.is_empty() {
            let message = format!("there is no schema in the folder {}", display(folder));
            return Err(Diagnostic::new(Kind::EmptyFolder, message)
                .in_file(display(folder))
                .help("put at least one `*.json` file with a JSON Schema into it")
                .into());
        }
        Ok(documents)
    }

    /// Reads the named files, and from their folders the files that they refer to by a relative path.
    ///
    /// # Errors
    /// All files that cannot be read or are no JSON.
    pub fn from_files(files: &[impl AsRef<Path>]) -> Result<Self, Errors> {
        let mut findings = Findings::default();
        let mut texts = BTreeMap::new();
        let folder = files.first().and_then(|file| file.as_ref().parent()).unwrap_or(Path::new(""));
        let mut waiting: Vec<PathBuf> = files.iter().rev().map(|file| file.as_ref().to_path_buf()).collect();
        while let Some(file) = waiting.pop() {
            let name = relative_name(folder, &file);
            if texts.contains_key(&name) {
                continue;
            }
            let Some(text) = findings.keep(read_named(&file)) else { continue };
            waiting.extend(neighbours(folder, &file, &text));
            texts.insert(name, text);
        }
        Self::from_texts(display(folder), findings.or(texts)?)
    }

    /// Takes texts by name, as if they were files of `folder`; nothing is read.
    ///
    /// # Errors
    /// All texts that are no JSON, with line and column.
    pub fn from_texts(
        folder: impl Into<String>,
        texts: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self, Errors> {
        let mut documents = Self { folder: folder.into(), documents: Vec::new(), corrections: BTreeMap::new() };
        let mut findings = Findings::default();
        let texts: BTreeMap<String, String> =
            texts.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
        for (name, text) in texts {
            let parsed = parse(&documents.path(&name), &text);
            let Some(value) = findings.keep(parsed) else { continue };
            let document = Document { name: name.clone(), text, value, origin: None };
            match name.strip_suffix(CORRECTIONS) {
                Some(stem) => drop(documents.corrections.insert(format!("{stem}.json"), document)),
                None => documents.documents.push(document),
            }
        }
        findings.or(documents)
    }

    /// Adds the documents of another folder: for references to URLs that begin with `prefix`. They
    /// are no roots of their own, and only what is referred to is taken from them.
    ///
    /// # Errors
    /// As for [`Documents::from_folder`].
    pub fn with_mapped(mut self, prefix: &str, folder: impl AsRef<Path>) -> Result<Self, Errors> {
        let mapped = Self::from_folder(folder)?;
        let prefix = prefix.trim_end_matches('/');
        for mut document in mapped.documents {
            let path = format!("{}/{}", mapped.folder.trim_end_matches('/'), document.name);
            document.name = format!("{prefix}/{}", document.name);
            document.origin = Some(Origin { uri: document.name.clone(), path });
            self.documents.push(document);
        }
        Ok(self)
    }

    /// Adds the metaschemas when anything refers to one.
    pub(crate) fn with_metaschemas(mut self) -> Self {
        let refers = |document: &Document| {
            document.text.match_indices("json-schema.org/").any(|(at, _)| {
                let before = document.text[..at].trim_end_matches(|c| c != '"').trim_end_matches('"').trim_end();
                before.strip_suffix(':').is_some_and(|before| before.trim_end().ends_with("\"$ref\""))
            })
        };
        if self.documents.iter().any(refers) {
            self.documents.extend(uri::metaschemas().into_iter().map(|(uri, value)| Document {
                name: uri.clone(),
                text: value.to_string(),
                value,
                origin: Some(Origin { uri: uri.clone(), path: uri }),
            }));
        }
        self
    }

    /// The paths of all that was read: schemas and corrections.
    pub fn paths(&self) -> Vec<String> {
        let corrections = self.corrections.values();
        self.documents.iter().chain(corrections).map(|document| self.path_of(document)).collect()
    }

    /// Whether a document is one of the schema folder, not one that is only referred to.
    pub(crate) fn is_own(&self, document: usize) -> bool {
        self.documents.get(document).is_some_and(|document| document.origin.is_none())
    }

    /// The base URI of a document.
    pub(crate) fn base(&self, document: usize) -> String {
        let of = |document: &Document| match &document.origin {
            Some(origin) => origin.uri.clone(),
            None => uri::of_file(&document.name),
        };
        self.documents.get(document).map(of).unwrap_or_default()
    }

    fn path_of(&self, document: &Document) -> String {
        document.origin.as_ref().map_or_else(|| self.path(&document.name), |origin| origin.path.clone())
    }

    pub(crate) fn all(&self) -> &[Document] {
        &self.documents
    }

    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.documents.iter_mut()
    }

    pub(crate) fn take_corrections(&mut self) -> BTreeMap<String, Document> {
        std::mem::take(&mut self.corrections)
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<usize> {
        self.documents.iter().position(|document| document.name == name)
    }

    pub(crate) fn get(&self, place: &Place) -> Option<&Value> {
        self.documents.get(place.document)?.value.pointer(place.pointer())
    }

    /// The path of a document as a person would write it.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder.trim_end_matches('/')) }
    }

    pub(crate) fn file(&self, place: &Place) -> String {
        self.documents.get(place.document).map(|document| self.path_of(document)).unwrap_or_default()
    }

    /// A diagnostic about a place, with its line and column.
    pub(crate) fn diagnostic(&self, kind: Kind, place: &Place, message: impl Into<String>) -> Diagnostic {
        let text = self.documents.get(place.document).map_or("", |document| &document.text);
        let at = locate::position(text, place.pointer());
        Diagnostic::new(kind, message).in_file(self.file(place)).pointing(place.pointer()).at(at.line, at.column)
    }
}

fn parse(path: &str, text: &str) -> Result<Value, Errors> {
    serde_json::from_str(text).map_err(|error| {
        let message = format!("this is not JSON: {}", without_position(&error));
        let help = "mend the file, or take it out of the schema folder";
        Diagnostic::new(Kind::Syntax, message)
            .in_file(path)
            .at(error.line().max(1), error.column().max(1))
            .help(help)
            .into()
    })
}

fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, Errors> {
    let mut files = Vec::new();
    let mut findings = Findings::default();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error));
        for entry in findings.keep(entries).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && !path.is_symlink() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                files.push(path);
            }
        }
    }
    findings.or(files)
}

/// Reads a file of the folder; a link that leads out of it is refused.
fn read(folder: &Path, file: &Path) -> Result<String, Errors> {
    let inside = |file: &Path| Ok::<_, std::io::Error>(file.canonicalize()?.starts_with(folder.canonicalize()?));
    match inside(file) {
        Ok(true) => read_named(file),
        Ok(false) => Err(Diagnostic::new(Kind::OutsideFolder, "this is a link to a file out of the schema folder")
            .in_file(display(file))
            .help("put the file itself into the folder")
            .into()),
        Err(error) => Err(unreadable(file, &error)),
    }
}

fn read_named(file: &Path) -> Result<String, Errors> {
    fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Errors {
    let message = format!("this cannot be read: {error}");
    Diagnostic::new(Kind::Io, message).in_file(display(path)).help("check the path and its permissions").into()
}

/// The files of the same folder that a text refers to by a relative path.
fn neighbours(folder: &Path, file: &Path, text: &str) -> Vec<PathBuf> {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).and_then(|text| neighbour(folder, file, text)));
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
