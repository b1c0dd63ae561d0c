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

/// The ending of the name of a file of corrections: `a.patch.json` corrects `a.json`.
pub(crate) const CORRECTIONS_ENDING: &str = ".patch.json";

/// Schema documents and the files of corrections for them, in memory. Their texts are kept, so that errors have a line
/// and column.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The path of the folder of the documents, as the caller wrote it. References to files outside it are errors.
    folder: String,
    /// All documents in the order in which they were added; [`Location::document`] is an index into the list.
    documents: Vec<Document>,
    /// The index in `documents` of each document, by its name.
    by_name: BTreeMap<String, usize>,
    /// The files of corrections, by the name of the document that they correct.
    corrections: BTreeMap<String, Document>,
}

/// One schema file or one file of corrections, parsed.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The file's path relative to the schema folder (`a/b.json`), or its URL if the settings map it to one.
    pub(crate) name: String,
    /// The file's path for messages, including the folder (`schema/a/b.json`).
    pub(crate) path: String,
    pub(crate) text: Text,
    /// The parsed `text`. Corrections change the value, but not the text.
    pub(crate) value: Value,
    /// The base URI that references in the document are relative to.
    base: String,
    /// True if types are generated for the document when the settings name no roots.
    is_root: bool,
}

impl Document {
    /// Checks whether the document is a file of the schema folder; false for documents that are mapped to a URL or
    /// built in.
    #[cfg(feature = "update")]
    pub(crate) fn is_in_schema_folder(&self) -> bool {
        self.base == uri::file_uri(&self.name)
    }
}

impl Documents {
    /// Creates an empty list of documents for the folder with this path. Reads nothing from disk.
    pub(crate) fn new_for_folder(folder: String) -> Self {
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
        let mut documents = Self::new_for_folder(folder.into());
        let mut findings = Findings::default();
        let texts: BTreeMap<String, String> =
            texts.into_iter().map(|(name, text)| (name.into(), text.into())).collect();
        for (name, text) in texts {
            let path = documents.display_path(&name);
            findings.record_errors(documents.parse_and_add(name, path, Text::from_json(text)));
        }
        findings.into_result(documents)
    }

    /// Parses the JSON texts of the files of `folder`, which are given by their paths relative to `folder`. The
    /// documents are in the order in which a [`Loader`](crate::Loader) reads them.
    ///
    /// # Errors
    /// Lists all texts that are not JSON.
    #[cfg(feature = "update")]
    pub(crate) fn from_file_texts(folder: &str, texts: &BTreeMap<std::path::PathBuf, String>) -> Result<Self, Errors> {
        let mut documents = Self::new_for_folder(folder.to_owned());
        let mut findings = Findings::default();
        for (name, text) in texts {
            let name = name.to_string_lossy().replace('\\', "/");
            let path = documents.display_path(&name);
            findings.record_errors(documents.parse_and_add(name, path, Text::from_json(text.clone())));
        }
        findings.into_result(documents)
    }

    /// Returns (name, JSON text) of each file: first the schemas, then the files of corrections.
    #[cfg(feature = "update")]
    pub(crate) fn file_texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.documents.iter().chain(self.corrections.values());
        all.map(|document| (document.name.as_str(), document.text.json.as_str()))
    }

    /// Creates documents from a single text in `format`, such as YAML, as if it were the file `name`. Reads nothing
    /// from disk.
    ///
    /// # Errors
    /// Returns an error if the text is not valid in the format, or if the conversion gives something other than JSON.
    pub fn from_text_in(format: Format, name: impl Into<String>, text: &str) -> Result<Self, Errors> {
        let name = name.into();
        let mut documents = Self::default();
        let text = Text::from_format(&name, text, format)?;
        documents.parse_and_add(name.clone(), name, text)?;
        Ok(documents)
    }

    /// Parses `text` and adds it: as corrections if `name` ends with `.patch.json`, otherwise as a document that is a
    /// root. `path` is the path that errors name.
    pub(crate) fn parse_and_add(&mut self, name: String, path: String, text: Text) -> Result<(), Errors> {
        let value = text.parse_json(&path)?;
        let base = uri::file_uri(&name);
        let document = Document { name: name.clone(), path, text, value, base, is_root: true };
        match name.strip_suffix(CORRECTIONS_ENDING) {
            Some(stem) => drop(self.corrections.insert(format!("{stem}.json"), document)),
            None => self.add_document(document),
        }
        Ok(())
    }

    /// Adds `document` to the list. If another document has its name, the name refers to the new document from now on.
    fn add_document(&mut self, document: Document) {
        self.by_name.insert(document.name.clone(), self.documents.len());
        self.documents.push(document);
    }

    /// Adds the documents and corrections of `mapped` under URLs: a reference to `{prefix}/a.json` then refers to the
    /// document `a.json` of `mapped`. The added documents are not roots.
    #[must_use]
    pub fn with_documents(mut self, prefix: &str, mapped: Self) -> Self {
        self.add_mapped(prefix, mapped);
        self
    }

    /// Gives the document `name` the name `new_name`, as if its file had that name in the schema folder: a type whose schema
    /// has no title is named after it. References to `name` still refer to the document. Does nothing if there is no such
    /// document.
    #[must_use]
    pub fn with_renamed(mut self, name: &str, new_name: &str) -> Self {
        if let Some(index) = self.find_index_by_name(name) {
            if let Some(document) = self.documents.get_mut(index) {
                new_name.clone_into(&mut document.name);
            }
            self.by_name.insert(new_name.to_owned(), index);
        }
        self
    }

    /// Moves the documents and corrections of `mapped` into `self`, with `prefix` and `/` before their names: `a.json`
    /// becomes `https://example.com/s/a.json`. The moved documents are not roots.
    pub(crate) fn add_mapped(&mut self, prefix: &str, mapped: Self) {
        let prefix = prefix.trim_end_matches('/');
        for document in mapped.documents {
            let name = format!("{prefix}/{}", document.name);
            self.add_document(Document { base: name.clone(), name, is_root: false, ..document });
        }
        for (corrected, document) in mapped.corrections {
            let name = format!("{prefix}/{}", document.name);
            self.corrections.insert(format!("{prefix}/{corrected}"), Document { name, ..document });
        }
    }

    /// Adds the metaschemas of all drafts if a `$ref` in any document refers to one of them.
    pub(crate) fn with_used_metaschemas(mut self) -> Self {
        if self.documents.iter().any(|document| refers_to_metaschema(&document.value)) {
            for (uri, value) in uri::built_in_metaschemas() {
                let text = Text::from_json(value.to_string());
                self.add_document(Document {
                    name: uri.clone(),
                    path: uri.clone(),
                    base: uri,
                    text,
                    value,
                    is_root: false,
                });
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

    /// Returns the paths of all schema files and files of corrections, including the folder: `schema/a.json`.
    pub fn paths(&self) -> Vec<String> {
        self.documents.iter().chain(self.corrections.values()).map(|document| document.path.clone()).collect()
    }

    /// Checks whether types are generated for the document with the index `document` when the settings name no roots.
    pub(crate) fn is_root_document(&self, document: usize) -> bool {
        self.documents.get(document).is_some_and(|document| document.is_root)
    }

    /// Returns the base URI of the document with the index `document`; empty if there is no such document.
    pub(crate) fn base_uri(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |document| &document.base)
    }

    /// Checks whether there are no documents; files of corrections do not count.
    pub(crate) fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Returns all documents; [`Location::document`] is an index into them.
    pub(crate) fn all(&self) -> &[Document] {
        &self.documents
    }

    /// Returns all documents for changing, in the order of [`Self::all`].
    pub(crate) fn all_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.documents.iter_mut()
    }

    /// Returns the files of corrections by the name of the document that they correct.
    #[cfg(feature = "update")]
    pub(crate) fn corrections(&self) -> &BTreeMap<String, Document> {
        &self.corrections
    }

    /// Removes all files of corrections from `self`, and returns them by the name of the document that they correct.
    pub(crate) fn take_corrections(&mut self) -> BTreeMap<String, Document> {
        std::mem::take(&mut self.corrections)
    }

    /// Returns the index of the document `name` in [`Self::all`]; `None` if there is no such document.
    pub(crate) fn find_index_by_name(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Returns the value at `location`, after the corrections that have been applied. `None` if there is no value.
    pub(crate) fn value_at(&self, location: &Location) -> Option<&Value> {
        // `Value::pointer` would copy each step, and values are looked up often.
        let pointer = jsonptr::Pointer::parse(location.pointer()).ok()?;
        pointer.resolve(&self.documents.get(location.document)?.value).ok()
    }

    /// Returns the path of the schema folder, as the caller wrote it; empty if the documents come from no folder.
    pub(crate) fn schema_folder(&self) -> &str {
        &self.folder
    }

    /// Returns the path for messages of the file `name` of the schema folder: `schema/a.json` for `a.json`. Returns
    /// `name` if the documents come from no folder.
    pub(crate) fn display_path(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder.trim_end_matches('/')) }
    }

    /// Returns the path for messages of the file that `location` is in; empty if there is no such document.
    pub(crate) fn file_path(&self, location: &Location) -> String {
        self.documents.get(location.document).map(|document| document.path.clone()).unwrap_or_default()
    }

    /// Returns the line and column, in the text of its file, of the value at `location`. If the text does not have the
    /// value (a correction added it), returns the position of the nearest value around it.
    pub(crate) fn position(&self, location: &Location) -> Position {
        let document = self.documents.get(location.document);
        document.map_or(Position { line: 1, column: 1 }, |document| document.text.find_position(location.pointer()))
    }

    /// Creates a diagnostic with the file, pointer, line and column of `location`.
    pub(crate) fn diagnostic(
        &self,
        kind: DiagnosticKind,
        location: &Location,
        message: impl Into<String>,
    ) -> Diagnostic {
        let at = self.position(location);
        Diagnostic::new(kind, message)
            .in_file(self.file_path(location))
            .pointing(location.pointer())
            .at(at.line, at.column)
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
