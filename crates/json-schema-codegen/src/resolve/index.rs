//! Index of the `$id`s and anchors of all documents, by which references find schemas.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::location::Location;
use crate::uri;

/// The locations of all schemas that have an `$id` or an anchor, for looking up references.
#[derive(Debug, Default)]
pub(crate) struct SchemaIndex {
    /// The schema of each absolute URI: the URI of its file or its `$id`. An `$id` that cannot be resolved to an
    /// absolute URI is a key as it is written.
    ids: BTreeMap<String, Location>,
    /// The base URI of each document, and of each schema with an `$id` that sets one.
    bases: BTreeMap<Location, String>,
    /// The schema of each anchor, by (the schema that sets the base URI there, name of the anchor).
    anchors: BTreeMap<(Location, String), Location>,
    /// The schemas with a `$dynamicAnchor`, by its name. Those with `"$recursiveAnchor": true` have the empty name.
    dynamic: BTreeMap<String, BTreeSet<Location>>,
}

impl SchemaIndex {
    /// Indexes all schemas of all documents. `drafts` has the draft of each document. Two schemas with the same `$id`
    /// are an error.
    pub(crate) fn new(documents: &Documents, drafts: &[Draft]) -> Result<Self, Errors> {
        let mut index = Self::default();
        let mut findings = Findings::default();
        for (number, draft) in drafts.iter().enumerate() {
            let root = Location::new(number, "");
            let base = documents.base_uri(number).to_owned();
            index.ids.insert(base.clone(), root.clone());
            index.bases.insert(root.clone(), base);
            let mut waiting: Vec<_> =
                find_outermost_schemas(documents, number).into_iter().map(|at| (at, root.clone())).collect();
            while let Some((location, resource)) = waiting.pop() {
                let Some(Value::Object(schema)) = documents.value_at(&location) else { continue };
                if findings.has_max_errors() {
                    break;
                }
                let own_base =
                    findings.record_errors(index.add_id_and_anchors(documents, *draft, &location, &resource));
                let resource = own_base.flatten().unwrap_or(resource);
                index.add_dynamic_anchor(schema, *draft, &location, &resource);
                waiting.extend(draft::find_subschemas(&location, schema).into_iter().map(|at| (at, resource.clone())));
            }
        }
        findings.into_result(index)
    }

    /// Adds the `$id` and the anchors of the schema at `location` to the index. `resource` is the schema that sets the
    /// base URI around it. Returns `location` if the schema sets its own base URI, otherwise `None`. An `$id` that
    /// another schema has is an error.
    fn add_id_and_anchors(
        &mut self,
        documents: &Documents,
        draft: Draft,
        location: &Location,
        resource: &Location,
    ) -> Result<Option<Location>, Errors> {
        let text =
            |keyword| documents.value_at(location).and_then(|schema| schema.get(keyword)).and_then(Value::as_str);
        let keyword = draft.id_keyword();
        let hidden = text("$ref").is_some() && !draft.allows_reference_siblings();
        let id = text(keyword).filter(|_| !hidden);
        let own =
            id.filter(|id| !id.starts_with('#')).and_then(|id| uri::resolve_uri(self.find_base_uri(resource).1, id));
        let anchored_in = if own.is_some() { location } else { resource };
        let plain = id.and_then(|id| id.strip_prefix('#')).filter(|name| !name.is_empty() && !name.starts_with('/'));
        for anchor in [text("$anchor"), text("$dynamicAnchor"), plain].into_iter().flatten() {
            self.anchors.insert((anchored_in.clone(), anchor.to_owned()), location.clone());
        }
        let key = own.clone().or_else(|| id.filter(|_| plain.is_none()).map(str::to_owned));
        if let Some(base) = own {
            self.bases.insert(location.clone(), base);
        }
        let Some(key) = key else { return Ok(None) };
        match self.ids.insert(key, location.clone()) {
            Some(first) if first != *location && !is_whole_document_of(&first, location) => {
                Err(duplicate_id_error(documents, id.unwrap_or_default(), &first, location, keyword).into())
            }
            _ => Ok(Some(location.clone()).filter(|location| self.bases.contains_key(location))),
        }
    }

    /// Adds the dynamic anchor of the schema at `location` to the index, if it has one. `resource` is the schema that
    /// sets the base URI there; `$recursiveAnchor` counts only in `resource` itself.
    fn add_dynamic_anchor(
        &mut self,
        schema: &Map<String, Value>,
        draft: Draft,
        location: &Location,
        resource: &Location,
    ) {
        let name = match draft {
            Draft::Y2019 if location == resource && schema.get("$recursiveAnchor") == Some(&Value::Bool(true)) => "",
            Draft::Y2020 => match schema.get("$dynamicAnchor").and_then(Value::as_str) {
                Some(name) => name,
                None => return,
            },
            _ => return,
        };
        self.dynamic.entry(name.to_owned()).or_default().insert(location.clone());
    }

    /// Returns the location of the schema whose absolute URI is `text`, or whose `$id` is written as `text`.
    pub(crate) fn find_schema_by_id(&self, text: &str) -> Option<&Location> {
        self.ids.get(text)
    }

    /// Returns (location, base URI) of the schema that sets the base URI at `location`: the schema at `location` itself
    /// or the nearest schema around it that has one. If there is no such schema, returns the whole document and an
    /// empty URI.
    pub(crate) fn find_base_uri(&self, location: &Location) -> (Location, &str) {
        let mut at = location.clone();
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

    /// Returns the location of the schema with the anchor `name`. `resource` is the schema that sets the base URI
    /// there.
    pub(crate) fn find_schema_by_anchor(&self, resource: &Location, name: &str) -> Option<&Location> {
        self.anchors.get(&(resource.clone(), name.to_owned()))
    }

    /// Checks whether any schema has a dynamic anchor; without one, no dynamic reference is ambiguous.
    pub(crate) fn has_dynamic_anchors(&self) -> bool {
        !self.dynamic.is_empty()
    }

    /// Returns the locations of the schemas with the dynamic anchor `name`, sorted.
    pub(crate) fn find_schemas_by_dynamic_anchor<'a>(
        &'a self,
        name: &str,
    ) -> impl Iterator<Item = &'a Location> + use<'a> {
        self.dynamic.get(name).into_iter().flatten()
    }

    /// Returns all `$id`s, sorted, without the URIs that are made from the names of files.
    pub(crate) fn list_ids(&self) -> impl Iterator<Item = &str> {
        let of_files = uri::file_uri("");
        self.ids.keys().map(String::as_str).filter(move |id| !id.starts_with(&of_files))
    }
}

/// Checks whether `first` is the whole document that `location` is in. A document has the URI of its file before the
/// `$id`s in it are read, so an `$id` that repeats this URI is not a duplicate.
fn is_whole_document_of(first: &Location, location: &Location) -> bool {
    first.document == location.document && first.pointer().is_empty()
}

/// Returns the locations of the outermost schemas of the document with the index `document`: the document itself, or,
/// in an OpenAPI document, the schemas in `/components/schemas`.
pub(crate) fn find_outermost_schemas(documents: &Documents, document: usize) -> Vec<Location> {
    let location = Location::new(document, "");
    match documents.value_at(&location) {
        Some(value) if value.get("openapi").is_some() => {
            let schemas = value.pointer("/components/schemas").and_then(Value::as_object);
            let names = schemas.into_iter().flat_map(|schemas| schemas.keys());
            let folder = Location::new(document, "/components/schemas");
            names.map(|name| folder.child(name)).collect()
        }
        _ => vec![location],
    }
}

/// Returns the error for two schemas, `a` and `b`, with the same `id` in `keyword`. The error is at the later schema
/// and names the position of the earlier one.
fn duplicate_id_error(documents: &Documents, id: &str, a: &Location, b: &Location, keyword: &str) -> Diagnostic {
    let (first, second) = if a < b { (a, b) } else { (b, a) };
    let at = documents.make_diagnostic(DiagnosticKind::DuplicateId, &first.child(keyword), "");
    let message = format!("the `{keyword}` `{id}` is already used at {}", at.location().unwrap_or_default());
    let help = format!("give one of the two schemas another `{keyword}`, or remove one of the files");
    documents.make_diagnostic(DiagnosticKind::DuplicateId, &second.child(keyword), message).with_help(help)
}
