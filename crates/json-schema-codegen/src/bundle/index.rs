//! What the documents can be referred to by: `$id`s and anchors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::place::Place;
use crate::uri;

/// The places of all `$id`s and anchors.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// By absolute URI; by its very text where an `$id` is a bare pointer, which is no URI.
    ids: BTreeMap<String, Place>,
    /// The base URI of each schema that has one of its own: of documents, and where an `$id` stands.
    bases: BTreeMap<Place, String>,
    /// By the schema that gives the base URI, and the anchor.
    anchors: BTreeMap<(Place, String), Place>,
    /// The schemas with a `$dynamicAnchor`, by its name; by an empty one those with
    /// `"$recursiveAnchor": true`.
    dynamic: BTreeMap<String, BTreeSet<Place>>,
}

impl Index {
    pub(crate) fn new(documents: &Documents, drafts: &[Draft]) -> Result<Self, Errors> {
        let mut index = Self::default();
        let mut findings = Findings::default();
        for (number, draft) in drafts.iter().enumerate() {
            let root = Place::new(number, "");
            let base = documents.base(number).to_owned();
            index.ids.insert(base.clone(), root.clone());
            index.bases.insert(root.clone(), base);
            let mut waiting: Vec<_> =
                schema_roots(documents, number).into_iter().map(|at| (at, root.clone())).collect();
            while let Some((place, resource)) = waiting.pop() {
                let Some(Value::Object(schema)) = documents.get(&place) else { continue };
                if findings.is_full() {
                    break;
                }
                let named = findings.keep(index.name(documents, *draft, &place, &resource));
                let resource = named.flatten().unwrap_or(resource);
                index.name_dynamic(schema, *draft, &place, &resource);
                waiting.extend(draft::subschemas(&place, schema).into_iter().map(|at| (at, resource.clone())));
            }
        }
        findings.or(index)
    }

    /// Takes up the names of one schema; gives its place when it has a base URI of its own.
    fn name(
        &mut self,
        documents: &Documents,
        draft: Draft,
        place: &Place,
        resource: &Place,
    ) -> Result<Option<Place>, Errors> {
        let text = |keyword| documents.get(place).and_then(|schema| schema.get(keyword)).and_then(Value::as_str);
        let keyword = draft.id_keyword();
        let hidden = text("$ref").is_some() && !draft.reference_has_siblings();
        let id = text(keyword).filter(|_| !hidden);
        let own = id.filter(|id| !id.starts_with('#')).and_then(|id| uri::resolve(self.base(resource).1, id));
        let within = if own.is_some() { place } else { resource };
        let plain = id.and_then(|id| id.strip_prefix('#')).filter(|name| !name.is_empty() && !name.starts_with('/'));
        for anchor in [text("$anchor"), text("$dynamicAnchor"), plain].into_iter().flatten() {
            self.anchors.insert((within.clone(), anchor.to_owned()), place.clone());
        }
        let key = own.clone().or_else(|| id.filter(|_| plain.is_none()).map(str::to_owned));
        if let Some(base) = own {
            self.bases.insert(place.clone(), base);
        }
        let Some(key) = key else { return Ok(None) };
        match self.ids.insert(key, place.clone()) {
            Some(first) if first != *place && !is_document(&first, place) => {
                Err(duplicate(documents, id.unwrap_or_default(), &first, place, keyword).into())
            }
            _ => Ok(Some(place.clone()).filter(|place| self.bases.contains_key(place))),
        }
    }

    /// Takes up the dynamic anchor of one schema; `$recursiveAnchor` counts where a resource begins.
    fn name_dynamic(&mut self, schema: &Map<String, Value>, draft: Draft, place: &Place, resource: &Place) {
        let name = match draft {
            Draft::Y2019 if place == resource && schema.get("$recursiveAnchor") == Some(&Value::Bool(true)) => "",
            Draft::Y2020 => match schema.get("$dynamicAnchor").and_then(Value::as_str) {
                Some(name) => name,
                None => return,
            },
            _ => return,
        };
        self.dynamic.entry(name.to_owned()).or_default().insert(place.clone());
    }

    /// The schema that has this absolute URI, or this very text, for its `$id`.
    pub(crate) fn id(&self, text: &str) -> Option<&Place> {
        self.ids.get(text)
    }

    /// The schema that gives a place its base URI, and that URI.
    pub(crate) fn base(&self, place: &Place) -> (Place, &str) {
        let mut at = place.clone();
        loop {
            if let Some(base) = self.bases.get(&at) {
                return (at, base);
            }
            match at.parent() {
                Some(parent) => at = parent,
                None => return (at, ""),
            }
        }
    }

    /// The anchor of a name in the schema that gives the base URI.
    pub(crate) fn anchor(&self, resource: &Place, name: &str) -> Option<&Place> {
        self.anchors.get(&(resource.clone(), name.to_owned()))
    }

    /// Whether any schema has an anchor that a dynamic reference may lead to.
    pub(crate) fn has_dynamic_anchors(&self) -> bool {
        !self.dynamic.is_empty()
    }

    /// The schemas with a dynamic anchor of the name.
    pub(crate) fn dynamic_anchors<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Place> + use<'a> {
        self.dynamic.get(name).into_iter().flatten()
    }

    /// All `$id`s, in order; not the URIs that files have by their names.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        let of_files = uri::of_file("");
        self.ids.keys().map(String::as_str).filter(move |id| !id.starts_with(&of_files))
    }
}

/// Whether the first is the document that the other stands in: a document is known by its file's
/// URI before its own `$id` is read.
fn is_document(first: &Place, other: &Place) -> bool {
    first.document == other.document && first.pointer().is_empty()
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

fn duplicate(documents: &Documents, id: &str, one: &Place, other: &Place, keyword: &str) -> Diagnostic {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    let at = documents.diagnostic(Kind::DuplicateId, &first.child(keyword), "");
    let message = format!("the `{keyword}` `{id}` is taken already, at {}", at.location().unwrap_or_default());
    let help = "give one of the two schemas another name, or remove one of the files";
    documents.diagnostic(Kind::DuplicateId, &second.child(keyword), message).help(help)
}
