//! Holds schema documents in memory: their JSON values, and their texts, to find lines and columns.

mod add;
pub(crate) mod check;
mod text;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Position};
use crate::location::Location;

pub(crate) use text::DocumentText;

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
    pub(crate) text: DocumentText,
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
        self.base == crate::uri::file_uri(&self.name)
    }
}

impl Documents {
    /// Creates an empty list of documents for the folder with this path. Reads nothing from disk.
    pub(crate) fn new_for_folder(folder: String) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Returns (name, JSON text) of each file: first the schemas, then the files of corrections.
    #[cfg(feature = "update")]
    pub(crate) fn file_texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.documents.iter().chain(self.corrections.values());
        all.map(|document| (document.name.as_str(), document.text.json.as_str()))
    }

    /// Marks the document `name` as not a root, so that types are generated only for the schemas in it that
    /// are referred to. Does nothing if there is no such document.
    pub(crate) fn unmark_root_document(&mut self, name: &str) {
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
    pub(crate) fn all_documents(&self) -> &[Document] {
        &self.documents
    }

    /// Returns all documents for changing, in the order of [`Self::all_documents`].
    pub(crate) fn all_documents_mut(&mut self) -> impl Iterator<Item = &mut Document> {
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

    /// Returns the index of the document `name` in [`Self::all_documents`]; `None` if there is no such document.
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
    pub(crate) fn file_display_path(&self, location: &Location) -> String {
        self.documents.get(location.document).map(|document| document.path.clone()).unwrap_or_default()
    }

    /// Returns the line and column, in the text of its file, of the value at `location`. If the text does not have the
    /// value (a correction added it), returns the position of the nearest value around it.
    pub(crate) fn find_position(&self, location: &Location) -> Position {
        let document = self.documents.get(location.document);
        document.map_or(Position { line: 1, column: 1 }, |document| document.text.find_position(location.pointer()))
    }

    /// Creates a diagnostic with the file, pointer, line and column of `location`.
    pub(crate) fn make_diagnostic(
        &self,
        kind: DiagnosticKind,
        location: &Location,
        message: impl Into<String>,
    ) -> Diagnostic {
        let at = self.find_position(location);
        Diagnostic::new(kind, message)
            .with_file(self.file_display_path(location))
            .with_pointer(location.pointer())
            .with_position(at.line, at.column)
    }
}
