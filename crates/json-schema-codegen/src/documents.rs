//! Schema documents in memory: their JSON values, and their texts, to find lines and columns.

pub(crate) mod check;
mod text;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings, Position};
use crate::format::Format;
use crate::location::Location;
use crate::uri;

pub(crate) use text::Text;

/// The ending of a file of corrections: `a.patch.json` corrects `a.json`.
pub(crate) const CORRECTIONS: &str = ".patch.json";

/// Schema documents and their corrections. The texts are kept, so that errors have a line and column.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The folder of the documents, as the caller wrote it. References to files outside it are errors.
    folder: String,
    /// In the order in which they were added; [`Location::document`] is an index into it.
    documents: Vec<Document>,
    /// The index in `documents` of each document, by its name.
    by_name: BTreeMap<String, usize>,
    /// The corrections, by the name of the document that they correct.
    corrections: BTreeMap<String, Document>,
}

/// One schema file or one file of corrections.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The file's path relative to the schema folder (`a/b.json`), or its URL if it is mapped to one.
    pub(crate) name: String,
    /// The file's path for messages, with the folder (`schema/a/b.json`).
    pub(crate) path: String,
    pub(crate) text: Text,
    /// The parsed `text`; corrections change it, but not the text.
    pub(crate) value: Value,
    /// The base URI that references in the document are relative to.
    base: String,
    /// True if types are generated for this document when the settings name no roots.
    is_root: bool,
}

impl Document {
    /// Checks whether the document is a file of the schema folder; mapped and built-in documents are not.
    #[cfg(feature = "update")]
    pub(crate) fn is_of_folder(&self) -> bool {
        self.base == uri::of_file(&self.name)
    }
}

impl Documents {
    /// Returns documents of `folder` without any file yet.
    pub(crate) fn of_folder(folder: String) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Creates documents from pairs of a name and a JSON text, as if they were files of `folder`. Reads
    /// nothing from disk.
    ///
    /// # Errors
    /// Lists all texts that are not JSON, with line and column.
    pub fn from_texts(
        folder: impl Into<String>,
        texts: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Result<Self, Errors> {
        let mut documents = Self::of_folder(folder.into());
        let mut findings = Findings::default();
        let texts: BTreeMap<String, String> =
            texts.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
        for (name, text) in texts {
            let path = documents.path(&name);
            findings.keep(documents.add(name, path, Text::json(text)));
        }
        findings.or(documents)
    }

    /// Creates documents from the JSON texts of the files of `folder`, by their paths relative to it, in
    /// the order in which a [`Loader`](crate::Loader) reads them.
    #[cfg(feature = "update")]
    pub(crate) fn of_files(folder: &str, texts: &BTreeMap<std::path::PathBuf, String>) -> Result<Self, Errors> {
        let mut documents = Self::of_folder(folder.to_owned());
        let mut findings = Findings::default();
        for (name, text) in texts {
            let name = name.to_string_lossy().replace('\\', "/");
            let path = documents.path(&name);
            findings.keep(documents.add(name, path, Text::json(text.clone())));
        }
        findings.or(documents)
    }

    /// Returns the name and the JSON text of each file: schemas first, then corrections.
    #[cfg(feature = "update")]
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.documents.iter().chain(self.corrections.values());
        all.map(|document| (document.name.as_str(), document.text.json.as_str()))
    }

    /// Creates one document from a text in `format`, as if it were the file `name`. Reads nothing from disk.
    ///
    /// # Errors
    /// Returns an error if the text is not valid in the format, or if the JSON made from it is not JSON.
    pub fn from_text_in(format: Format, name: impl Into<String>, text: &str) -> Result<Self, Errors> {
        let name = name.into();
        let mut documents = Self::default();
        let text = Text::converted(&name, text, format)?;
        documents.add(name.clone(), name, text)?;
        Ok(documents)
    }

    /// Parses `text` and adds it: as corrections if `name` ends with `.patch.json`, otherwise as a document
    /// that is a root.
    pub(crate) fn add(&mut self, name: String, path: String, text: Text) -> Result<(), Errors> {
        let value = text.parse(&path)?;
        let base = uri::of_file(&name);
        let document = Document { name: name.clone(), path, text, value, base, is_root: true };
        match name.strip_suffix(CORRECTIONS) {
            Some(stem) => drop(self.corrections.insert(format!("{stem}.json"), document)),
            None => self.push(document),
        }
        Ok(())
    }

    /// Adds `document`; a name that is already used then refers to the new document.
    fn push(&mut self, document: Document) {
        self.by_name.insert(document.name.clone(), self.documents.len());
        self.documents.push(document);
    }

    /// Adds the documents of `mapped` under URLs: a reference to `{prefix}/a.json` refers to the document
    /// `a.json` of `mapped`. The added documents are not roots.
    #[must_use]
    pub fn with_documents(mut self, prefix: &str, mapped: Self) -> Self {
        self.map(prefix, mapped);
        self
    }

    /// Gives the document `name` the name `new_name`, as if its file had that name in the schema folder: a type whose schema
    /// has no title is named after it. References to `name` still refer to the document. Does nothing if there is no such
    /// document.
    #[must_use]
    pub fn with_renamed(mut self, name: &str, new_name: &str) -> Self {
        if let Some(index) = self.by_name(name) {
            if let Some(document) = self.documents.get_mut(index) {
                new_name.clone_into(&mut document.name);
            }
            self.by_name.insert(new_name.to_owned(), index);
        }
        self
    }

    /// Moves the documents and corrections of `mapped` into `self`, with `prefix` and `/` before their names.
    /// The documents are not roots.
    pub(crate) fn map(&mut self, prefix: &str, mapped: Self) {
        let prefix = prefix.trim_end_matches('/');
        for document in mapped.documents {
            let name = format!("{prefix}/{}", document.name);
            self.push(Document { base: name.clone(), name, is_root: false, ..document });
        }
        for (corrected, document) in mapped.corrections {
            let name = format!("{prefix}/{}", document.name);
            self.corrections.insert(format!("{prefix}/{corrected}"), Document { name, ..document });
        }
    }

    /// Adds the metaschemas of all drafts if a `$ref` in any document refers to one.
    pub(crate) fn with_metaschemas(mut self) -> Self {
        if self.documents.iter().any(|document| refers_to_metaschema(&document.value)) {
            for (uri, value) in uri::metaschemas() {
                let text = Text::json(value.to_string());
                self.push(Document { name: uri.clone(), path: uri.clone(), base: uri, text, value, is_root: false });
            }
        }
        self
    }

    /// Marks the document `name` as not a root, so that types are generated only for the schemas in it that
    /// are referred to. Does nothing if there is no such document.
    pub(crate) fn unmark_root(&mut self, name: &str) {
        if let Some(document) = self.by_name.get(name).and_then(|number| self.documents.get_mut(*number)) {
            document.is_root = false;
        }
    }

    /// Returns the paths of all schema files and files of corrections, as messages show them.
    pub fn paths(&self) -> Vec<String> {
        self.documents.iter().chain(self.corrections.values()).map(|document| document.path.clone()).collect()
    }

    /// Checks whether types are generated for the document with this index when the settings name no roots.
    pub(crate) fn is_root(&self, document: usize) -> bool {
        self.documents.get(document).is_some_and(|document| document.is_root)
    }

    /// Returns the base URI of the document with this index; empty if there is no such document.
    pub(crate) fn base(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |document| &document.base)
    }

    /// Checks whether there is no document; corrections do not count.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Returns all documents; [`Location::document`] is an index into them.
    pub(crate) fn all(&self) -> &[Document] {
        &self.documents
    }

    /// Returns all documents, to be changed, in the order of [`Self::all`].
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.documents.iter_mut()
    }

    /// Removes the files of corrections, and returns them by the name of the document that they correct.
    pub(crate) fn take_corrections(&mut self) -> BTreeMap<String, Document> {
        std::mem::take(&mut self.corrections)
    }

    /// Returns the index of the document `name`.
    pub(crate) fn by_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Returns the value at a location, with corrections applied. `None` if there is none.
    pub(crate) fn get(&self, location: &Location) -> Option<&Value> {
        // `Value::pointer` would copy each step, and values are looked up often.
        let pointer = jsonptr::Pointer::parse(location.pointer()).ok()?;
        pointer.resolve(&self.documents.get(location.document)?.value).ok()
    }

    /// Returns the schema folder, as the caller wrote it; empty if there is none.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// Returns, for messages, the path of the file `name` of the schema folder, with the folder as the caller wrote it:
    /// `schema/a.json` for `a.json`. Returns `name` if the documents come from no folder.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder.trim_end_matches('/')) }
    }

    /// Returns the path of the file that a location is in, for messages.
    pub(crate) fn file(&self, location: &Location) -> String {
        self.documents.get(location.document).map(|document| document.path.clone()).unwrap_or_default()
    }

    /// Returns the line and column of the value at a location, in the text of its file. If the text does not
    /// have the value (a correction added it), returns those of the nearest value around it.
    pub(crate) fn position(&self, location: &Location) -> Position {
        let document = self.documents.get(location.document);
        document.map_or(Position { line: 1, column: 1 }, |document| document.text.position(location.pointer()))
    }

    /// Returns a diagnostic with the file, pointer, line and column of a location.
    pub(crate) fn diagnostic(
        &self,
        kind: DiagnosticKind,
        location: &Location,
        message: impl Into<String>,
    ) -> Diagnostic {
        let at = self.position(location);
        Diagnostic::new(kind, message).in_file(self.file(location)).pointing(location.pointer()).at(at.line, at.column)
    }
}

/// Checks whether any `$ref` in `value` has the URI of a metaschema, such as
/// `http://json-schema.org/draft-07/schema#`.
fn refers_to_metaschema(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            let is_metaschema =
                |reference: &Value| reference.as_str().is_some_and(|uri| uri.contains("json-schema.org/"));
            map.get("$ref").is_some_and(is_metaschema) || map.values().any(refers_to_metaschema)
        }
        Value::Array(list) => list.iter().any(refers_to_metaschema),
        _ => false,
    }
}
