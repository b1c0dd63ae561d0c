//! Follows subschemas and references from the roots to all schemas that types are made from.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::location::Location;
use crate::resolve::index::{SchemaIndex, find_outermost_schemas};
use crate::resolve::reference::{self, draft_of_document};
use crate::resolve::{dynamic, roots};
use crate::settings::{Dangling, Settings};
use crate::vocabulary::{ENFORCED_KEYWORDS, UNENFORCED_KEYWORDS};

/// The schemas that the roots reach, and the targets of their references.
#[derive(Debug, Default)]
pub(super) struct ReachedSchemas {
    /// The target of each reference, by the schema that has the reference; `None` if the reference does not refer to
    /// any schema. Dynamic references that can refer to several schemas are left out.
    pub(super) targets: HashMap<Location, Option<Location>>,
    /// The schemas (objects) that the roots reach, and those that `definitions` reach.
    pub(super) schemas: BTreeSet<Location>,
    /// The definitions that get types even if nothing refers to them. Empty if the settings name roots.
    pub(super) definitions: Vec<Location>,
    /// (definition that has no type because of an error in it, the error).
    pub(super) broken: Vec<(Location, Diagnostic)>,
    /// The definitions and documents that the roots in the settings do not reach. Empty if the settings name no roots.
    pub(super) left_out: Vec<Location>,
}

/// The data for resolving a reference: the documents, the index of their `$id`s and anchors, and their drafts.
pub(super) struct ReferenceContext<'a> {
    pub(super) documents: &'a Documents,
    pub(super) index: &'a SchemaIndex,
    pub(super) drafts: &'a [Draft],
}

/// Returns all schemas that `roots` reach. If the settings name no roots, also returns the definitions of all documents
/// and the schemas that they reach. A definition with an error that no root reaches is left out and listed in `broken`.
///
/// # Errors
/// References from the roots that refer to no schema, unless the settings allow them.
pub(super) fn find_reached_schemas(
    sources: &ReferenceContext<'_>,
    roots: &[Location],
    settings: &Settings,
) -> Result<ReachedSchemas, Errors> {
    let mut reached = find_schemas_reached_from(sources, roots, settings)?;
    let definitions = find_all_definitions(sources.documents);
    if settings.roots.is_empty() {
        let ambiguous =
            dynamic::find_ambiguous_references(sources.documents, sources.index, sources.drafts, &definitions);
        for definition in definitions {
            reached.add_reached_from_definition(sources, definition, &ambiguous, settings.dangling);
        }
    } else {
        let own = (0..sources.documents.all_documents().len())
            .filter(|document| sources.documents.is_root_document(*document));
        let all =
            own.flat_map(|document| roots::find_roots_of_document(sources.documents, document)).chain(definitions);
        let is_schema = |location: &Location| sources.documents.value_at(location).is_some_and(Value::is_object);
        let all: BTreeSet<Location> = all.filter(is_schema).collect();
        reached.left_out = all.difference(&reached.schemas).cloned().collect();
    }
    Ok(reached)
}

/// Returns all schemas that `roots` reach, and no other definitions.
///
/// # Errors
/// References that refer to no schema, unless the settings allow them.
pub(super) fn find_schemas_reached_from(
    sources: &ReferenceContext<'_>,
    roots: &[Location],
    settings: &Settings,
) -> Result<ReachedSchemas, Errors> {
    let mut reached = ReachedSchemas::default();
    let ambiguous = dynamic::find_ambiguous_references(sources.documents, sources.index, sources.drafts, roots);
    reached.add_reached_schemas(sources, roots, &ambiguous, settings.dangling).1?;
    Ok(reached)
}

impl ReachedSchemas {
    /// Adds all schemas that `roots` reach to `self`, with the targets of their references. `ambiguous` has the schemas
    /// whose dynamic reference is not resolved. Returns (the schemas that were added, the errors of references that
    /// refer to no schema). A reference with an error gets no target.
    fn add_reached_schemas(
        &mut self,
        sources: &ReferenceContext<'_>,
        roots: &[Location],
        ambiguous: &BTreeSet<Location>,
        dangling: Dangling,
    ) -> (Vec<Location>, Result<(), Errors>) {
        let mut findings = Findings::default();
        let mut added = Vec::new();
        let mut waiting: Vec<Location> = roots.iter().rev().cloned().collect();
        while let Some(location) = waiting.pop() {
            let Some(Value::Object(schema)) = sources.documents.value_at(&location) else { continue };
            if !self.schemas.insert(location.clone()) {
                continue;
            }
            added.push(location.clone());
            waiting.extend(draft::find_applied_subschemas(&location, schema).into_iter().rev());
            let reference = reference::find_reference_in_schema(draft_of_document(sources.drafts, &location), schema);
            let Some(reference) = reference.filter(|_| !ambiguous.contains(&location)) else { continue };
            if findings.has_max_errors() {
                break;
            }
            let target =
                findings.record_errors(find_reference_target(sources, &location, reference, dangling)).flatten();
            waiting.extend(target.clone());
            self.targets.insert(location, target);
        }
        (added, findings.into_result(()))
    }

    /// Adds `definition` and all schemas that it reaches to `self`. If a reference in these has an error, adds none of
    /// them, but `definition` with the first error to `broken`.
    fn add_reached_from_definition(
        &mut self,
        sources: &ReferenceContext<'_>,
        definition: Location,
        ambiguous: &BTreeSet<Location>,
        dangling: Dangling,
    ) {
        let (added, result) = self.add_reached_schemas(sources, std::slice::from_ref(&definition), ambiguous, dangling);
        let Err(errors) = result else { return self.definitions.push(definition) };
        for location in added {
            self.schemas.remove(&location);
            self.targets.remove(&location);
        }
        self.broken.extend(errors.into_iter().next().map(|error| (definition, error)));
    }
}

/// Returns the location of the schema that the `reference` (keyword, text) in the schema at `location` refers to.
/// `None` if it refers to no schema and `dangling` allows that; otherwise this is an error.
fn find_reference_target(
    sources: &ReferenceContext<'_>,
    location: &Location,
    reference: (&str, &str),
    dangling: Dangling,
) -> Result<Option<Location>, Errors> {
    let (keyword, text) = reference;
    match reference::resolve_reference(sources.documents, sources.index, location, reference) {
        Ok(None) if dangling == Dangling::Error => {
            Err(reference::dangling_error(sources.documents, sources.index, &location.child(keyword), text).into())
        }
        target => target.map_err(|diagnostic| (*diagnostic).into()),
    }
}

/// Returns the locations of the definitions in `$defs` and `definitions` of any schema, in all documents that are
/// roots. Leaves out groups of definitions, which have no keyword of JSON Schema.
fn find_all_definitions(documents: &Documents) -> Vec<Location> {
    let own = (0..documents.all_documents().len()).filter(|document| documents.is_root_document(*document));
    let mut waiting: Vec<Location> = own.flat_map(|document| find_outermost_schemas(documents, document)).collect();
    waiting.reverse();
    let mut definitions = Vec::new();
    while let Some(location) = waiting.pop() {
        let Some(Value::Object(schema)) = documents.value_at(&location) else { continue };
        definitions.extend(
            draft::find_definitions(&location, schema).into_iter().filter(|it| is_definition_schema(documents, it)),
        );
        waiting.extend(draft::find_subschemas(&location, schema).into_iter().rev());
    }
    definitions
}

/// Checks whether the value at `location`, in `$defs` or `definitions`, is a schema and not a group of schemas: an
/// object that is empty or has a keyword.
fn is_definition_schema(documents: &Documents, location: &Location) -> bool {
    let Some(Value::Object(schema)) = documents.value_at(location) else { return false };
    schema.is_empty() || schema.keys().any(|name| is_keyword(name))
}

/// Checks whether `name` is a keyword of JSON Schema that has an effect on types or documentation.
fn is_keyword(name: &str) -> bool {
    const OTHER_KEYWORDS: &[&str] =
        &["$ref", "$anchor", "$id", "allOf", "default", "description", "examples", "id", "title"];
    ENFORCED_KEYWORDS.contains(&name)
        || UNENFORCED_KEYWORDS.contains(&name)
        || OTHER_KEYWORDS.contains(&name)
        || draft::holds_subschemas(name)
}
