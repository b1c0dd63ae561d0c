//! What the documents can be referred to by: `$id`s and anchors.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Errors, Findings, Kind};
use crate::draft::{self, Draft};
use crate::load::Documents;
use crate::place::Place;

/// The places of all `$id`s and anchors.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// By the very text of the `$id`.
    ids: BTreeMap<String, Place>,
    /// By document and anchor.
    anchors: BTreeMap<(usize, String), Place>,
}

impl Index {
    pub(crate) fn new(documents: &Documents, drafts: &[Draft]) -> Result<Self, Errors> {
        let mut index = Self::default();
        let mut findings = Findings::default();
        for (number, draft) in drafts.iter().enumerate() {
            let mut waiting = schema_roots(documents, number);
            while let Some(place) = waiting.pop() {
                let Some(Value::Object(schema)) = documents.get(&place) else { continue };
                waiting.extend(draft::subschemas(&place, schema));
                let text = |keyword| schema.get(keyword).and_then(Value::as_str);
                for anchor in [text("$anchor"), text("$dynamicAnchor")].into_iter().flatten() {
                    index.anchors.insert((number, anchor.to_owned()), place.clone());
                }
                let Some(id) = text(draft.id_keyword()) else { continue };
                if let Some(first) = index.ids.insert(id.to_owned(), place.clone()) {
                    findings.push(duplicate(documents, id, &first, &place, draft.id_keyword()));
                }
            }
        }
        findings.or(index)
    }

    pub(crate) fn id(&self, text: &str) -> Option<&Place> {
        self.ids.get(text)
    }

    pub(crate) fn anchor(&self, document: usize, anchor: &str) -> Option<&Place> {
        self.anchors.get(&(document, anchor.to_owned()))
    }

    /// All `$id`s, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }
}

/// The schemas that a document holds when it is read from the top: itself, or those of an
/// OpenAPI document.
pub(crate) fn schema_roots(documents: &Documents, document: usize) -> Vec<Place> {
    let place = Place::new(document, "");
    match documents.get(&place) {
        Some(value) if value.get("openapi").is_some() => {
            let schemas = value.pointer("/components/schemas").and_then(Value::as_object);
            let names = schemas.into_iter().flat_map(|schemas| schemas.keys());
            let folder = Place::new(document, "/components/schemas");
            names.map(|name| folder.child(name)).collect()
        }
        _ => vec![place],
    }
}

fn duplicate(
    documents: &Documents,
    id: &str,
    one: &Place,
    other: &Place,
    keyword: &str,
) -> crate::diagnostic::Diagnostic {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    let at = documents.diagnostic(Kind::DuplicateId, &first.child(keyword), "");
    let message = format!("the {keyword} `{id}` is taken already, at {}", at.location().unwrap_or_default());
    let help = "give one of the two schemas another name, or remove one of the files";
    documents.diagnostic(Kind::DuplicateId, &second.child(keyword), message).help(help)
}
