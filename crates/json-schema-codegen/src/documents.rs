//! Schema documents in memory: their values, and their texts for line and column.

mod text;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind, Position};
use crate::format::Format;
use crate::place::Place;
use crate::uri;

pub(crate) use text::Text;

/// The ending of a file of corrections; what stands before it names the schema.
pub(crate) const CORRECTIONS: &str = ".patch.json";

/// Schema documents, their texts kept for line and column, in the order of their names.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The folder that the documents come from, as it was named; no reference leaves it.
    folder: String,
    documents: Vec<Document>,
    by_name: BTreeMap<String, usize>,
    /// Corrections by the name of the document that they correct.
    corrections: BTreeMap<String, Document>,
}

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its path from the folder, or its URI where it is mapped to one.
    pub(crate) name: String,
    /// Its path as a person would write it.
    pub(crate) path: String,
    pub(crate) text: Text,
    pub(crate) value: Value,
    base: String,
    is_root: bool,
}

impl Document {
    /// Whether it is a file of the folder, and not one that is mapped to a URL or built in.
    #[cfg(feature = "update")]
    pub(crate) fn is_of_folder(&self) -> bool {
        self.base == uri::of_file(&self.name)
    }
}

impl Documents {
    pub(crate) fn of_folder(folder: String) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Takes texts by name, as if they were files of `folder`; nothing is read.
    ///
    /// # Errors
    /// All texts that are no JSON, with line and column.
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

    /// Takes the texts of a folder's files, in the order that they are read in.
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

    /// All files with their texts as JSON: schemas and corrections.
    #[cfg(feature = "update")]
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.documents.iter().chain(self.corrections.values());
        all.map(|document| (document.name.as_str(), document.text.json.as_str()))
    }

    /// Takes one text of another format than JSON, as if it were a file; nothing is read.
    ///
    /// # Errors
    /// A text that is not of the format.
    pub fn from_text_in(format: Format, name: impl Into<String>, text: &str) -> Result<Self, Errors> {
        let name = name.into();
        let mut documents = Self::default();
        let text = Text::converted(&name, text, format)?;
        documents.add(name.clone(), name, text)?;
        Ok(documents)
    }

    /// Adds a file under a name; its schema is a root of the folder unless said otherwise.
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

    fn push(&mut self, document: Document) {
        self.by_name.insert(document.name.clone(), self.documents.len());
        self.documents.push(document);
    }

    /// Adds documents that are only referred to, by URLs that begin with `prefix`.
    #[must_use]
    pub fn with_documents(mut self, prefix: &str, mapped: Self) -> Self {
        self.map(prefix, mapped);
        self
    }

    /// Takes over the documents of another folder, for references to URLs that begin with `prefix`.
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

    /// Adds the metaschemas when anything refers to one.
    pub(crate) fn with_metaschemas(mut self) -> Self {
        if self.documents.iter().any(|document| refers_to_metaschema(&document.value)) {
            for (uri, value) in uri::metaschemas() {
                let text = Text::json(value.to_string());
                self.push(Document { name: uri.clone(), path: uri.clone(), base: uri, text, value, is_root: false });
            }
        }
        self
    }

    /// Says that a document is no root: it is only referred to.
    pub(crate) fn only_referred_to(&mut self, name: &str) {
        if let Some(document) = self.by_name.get(name).and_then(|number| self.documents.get_mut(*number)) {
            document.is_root = false;
        }
    }

    /// The paths of all that was read: schemas and corrections.
    pub fn paths(&self) -> Vec<String> {
        self.documents.iter().chain(self.corrections.values()).map(|document| document.path.clone()).collect()
    }

    /// Whether a document is a root when none is named: one of the schema folder.
    pub(crate) fn is_root(&self, document: usize) -> bool {
        self.documents.get(document).is_some_and(|document| document.is_root)
    }

    /// The base URI of a document.
    pub(crate) fn base(&self, document: usize) -> &str {
        self.documents.get(document).map_or("", |document| &document.base)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.documents.is_empty()
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
        self.by_name.get(name).copied()
    }

    pub(crate) fn get(&self, place: &Place) -> Option<&Value> {
        // Not `Value::pointer`, which copies each step: places are looked up often.
        let pointer = jsonptr::Pointer::parse(place.pointer()).ok()?;
        pointer.resolve(&self.documents.get(place.document)?.value).ok()
    }

    /// The folder, as it was named.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// The path of a file of the folder as a person would write it.
    pub(crate) fn path(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder.trim_end_matches('/')) }
    }

    pub(crate) fn file(&self, place: &Place) -> String {
        self.documents.get(place.document).map(|document| document.path.clone()).unwrap_or_default()
    }

    /// The line and column of a place, or of the nearest value on the way there.
    pub(crate) fn position(&self, place: &Place) -> Position {
        let document = self.documents.get(place.document);
        document.map_or(Position { line: 1, column: 1 }, |document| document.text.position(place.pointer()))
    }

    /// A diagnostic about a place, with its line and column.
    pub(crate) fn diagnostic(&self, kind: Kind, place: &Place, message: impl Into<String>) -> Diagnostic {
        let at = self.position(place);
        Diagnostic::new(kind, message).in_file(self.file(place)).pointing(place.pointer()).at(at.line, at.column)
    }
}

/// Whether any `$ref` is a URI of a metaschema.
fn refers_to_metaschema(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            let is_one = |reference: &Value| reference.as_str().is_some_and(|uri| uri.contains("json-schema.org/"));
            map.get("$ref").is_some_and(is_one) || map.values().any(refers_to_metaschema)
        }
        Value::Array(list) => list.iter().any(refers_to_metaschema),
        _ => false,
    }
}
