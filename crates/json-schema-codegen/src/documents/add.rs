//! Adds documents in memory: parses the texts of files, and takes documents from mapped folders and the built-in
//! metaschemas.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Errors, Findings};
use crate::documents::text::DocumentText;
use crate::documents::{CORRECTIONS_ENDING, Document, Documents};
use crate::format::Format;
use crate::uri;

impl Documents {
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
            findings.record_errors(documents.parse_and_add(name, path, DocumentText::from_json(text)));
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
            findings.record_errors(documents.parse_and_add(name, path, DocumentText::from_json(text.clone())));
        }
        findings.into_result(documents)
    }

    /// Creates documents from a single text in `format`, such as YAML, as if it were the file `name`. Reads nothing
    /// from disk.
    ///
    /// # Errors
    /// Returns an error if the text is not valid in the format, or if the conversion gives something other than JSON.
    pub fn from_text_in(format: Format, name: impl Into<String>, text: &str) -> Result<Self, Errors> {
        let name = name.into();
        let mut documents = Self::default();
        let text = DocumentText::from_formatted_text(&name, text, format)?;
        documents.parse_and_add(name.clone(), name, text)?;
        Ok(documents)
    }

    /// Parses `text` and adds it: as corrections if `name` ends with `.patch.json`, otherwise as a document that is a
    /// root. `path` is the path that errors name.
    pub(crate) fn parse_and_add(&mut self, name: String, path: String, text: DocumentText) -> Result<(), Errors> {
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
        self.add_mapped_documents(prefix, mapped);
        self
    }

    /// Gives the document `name` the name `new_name`, as if its file had that name in the schema folder: a type whose
    /// schema has no title is named after it. References to `name` still refer to the document. Does nothing if there
    /// is no such document.
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
    pub(crate) fn add_mapped_documents(&mut self, prefix: &str, mapped: Self) {
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
                let text = DocumentText::from_json(value.to_string());
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
