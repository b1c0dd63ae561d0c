//! Follows subschemas and references from the roots to all schemas that types are made from.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::location::Location;
use crate::resolve::index::{Index, schema_roots};
use crate::resolve::reference::{self, draft_of};
use crate::resolve::{dynamic, roots};
use crate::settings::{Dangling, Settings};
use crate::vocabulary::{ENFORCED, UNENFORCED};

/// The schemas that the roots reach, and the targets of their references.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// The target of each reference, by the schema that has the reference; `None` if it does not refer to
    /// any schema. Dynamic references that can refer to several schemas are left out.
    pub(super) targets: HashMap<Location, Option<Location>>,
    /// The schemas that the roots and the definitions reach.
    pub(super) schemas: BTreeSet<Location>,
    /// The definitions of the documents that are given whole, which have types even if nothing refers to them.
    pub(super) definitions: Vec<Location>,
    /// The definitions that have no type because of an error in them, with the error.
    pub(super) broken: Vec<(Location, Diagnostic)>,
    /// The definitions and documents that the roots which the settings name do not reach.
    pub(super) left_out: Vec<Location>,
}

/// What following a reference needs to know.
pub(super) struct Sources<'a> {
    pub(super) documents: &'a Documents,
    pub(super) index: &'a Index,
    pub(super) drafts: &'a [Draft],
}

/// Returns all that `roots` reach. If the settings name no roots, also returns the definitions of all
/// documents and what they reach. An error in a definition that no root reaches costs only that definition.
///
/// # Errors
/// References from the roots that refer to no schema, unless the settings allow them.
pub(super) fn reach(sources: &Sources<'_>, roots: &[Location], settings: &Settings) -> Result<Reached, Errors> {
    let mut reached = from(sources, roots, settings)?;
    let definitions = all_definitions(sources.documents);
    if settings.roots.is_empty() {
        let ambiguous =
            dynamic::find_ambiguous_references(sources.documents, sources.index, sources.drafts, &definitions);
        for definition in definitions {
            reached.add_definition(sources, definition, &ambiguous, settings.dangling);
        }
    } else {
        let own = (0..sources.documents.all().len()).filter(|document| sources.documents.is_root(*document));
        let all = own.flat_map(|document| roots::roots_of_document(sources.documents, document)).chain(definitions);
        let is_schema = |location: &Location| sources.documents.get(location).is_some_and(Value::is_object);
        let all: BTreeSet<Location> = all.filter(is_schema).collect();
        reached.left_out = all.difference(&reached.schemas).cloned().collect();
    }
    Ok(reached)
}

/// Returns all that `roots` reach, and nothing else.
///
/// # Errors
/// As for [`reach`].
pub(super) fn from(sources: &Sources<'_>, roots: &[Location], settings: &Settings) -> Result<Reached, Errors> {
    let mut reached = Reached::default();
    let ambiguous = dynamic::find_ambiguous_references(sources.documents, sources.index, sources.drafts, roots);
    reached.follow(sources, roots, &ambiguous, settings.dangling).1?;
    Ok(reached)
}

impl Reached {
    /// Adds all schemas that `roots` reach, and the targets of their references. Returns the schemas that were
    /// added, and the errors as for [`reach`]; a reference with an error has no target.
    fn follow(
        &mut self,
        sources: &Sources<'_>,
        roots: &[Location],
        ambiguous: &BTreeSet<Location>,
        dangling: Dangling,
    ) -> (Vec<Location>, Result<(), Errors>) {
        let mut findings = Findings::default();
        let mut added = Vec::new();
        let mut waiting: Vec<Location> = roots.iter().rev().cloned().collect();
        while let Some(location) = waiting.pop() {
            let Some(Value::Object(schema)) = sources.documents.get(&location) else { continue };
            if !self.schemas.insert(location.clone()) {
                continue;
            }
            added.push(location.clone());
            waiting.extend(draft::applied(&location, schema).into_iter().rev());
            let reference = reference::find_in_schema(draft_of(sources.drafts, &location), schema);
            let Some(reference) = reference.filter(|_| !ambiguous.contains(&location)) else { continue };
            if findings.is_full() {
                break;
            }
            let target = findings.keep(find_target(sources, &location, reference, dangling)).flatten();
            waiting.extend(target.clone());
            self.targets.insert(location, target);
        }
        (added, findings.or(()))
    }

    /// Adds a definition and all that it reaches; if there is an error in these, only the first error.
    fn add_definition(
        &mut self,
        sources: &Sources<'_>,
        definition: Location,
        ambiguous: &BTreeSet<Location>,
        dangling: Dangling,
    ) {
        let (added, result) = self.follow(sources, std::slice::from_ref(&definition), ambiguous, dangling);
        let Err(errors) = result else { return self.definitions.push(definition) };
        for location in added {
            self.schemas.remove(&location);
            self.targets.remove(&location);
        }
        self.broken.extend(errors.into_iter().next().map(|error| (definition, error)));
    }
}

/// Returns the schema that the `reference` (keyword and text) in the schema at `location` refers to; `None` if
/// there is none and the settings allow that.
fn find_target(
    sources: &Sources<'_>,
    location: &Location,
    reference: (&str, &str),
    dangling: Dangling,
) -> Result<Option<Location>, Errors> {
    let (keyword, text) = reference;
    match reference::resolve(sources.documents, sources.index, location, reference) {
        Ok(None) if dangling == Dangling::Error => {
            Err(reference::dangling_error(sources.documents, sources.index, &location.child(keyword), text).into())
        }
        target => target.map_err(|diagnostic| (*diagnostic).into()),
    }
}

/// Returns the definitions of all documents that types are generated for when the settings name no roots: in
/// `$defs` and `definitions` of any schema. Leaves out those that are no schemas but groups of schemas, which
/// have none of the keywords of JSON Schema.
fn all_definitions(documents: &Documents) -> Vec<Location> {
    let own = (0..documents.all().len()).filter(|document| documents.is_root(*document));
    let mut waiting: Vec<Location> = own.flat_map(|document| schema_roots(documents, document)).collect();
    waiting.reverse();
    let mut definitions = Vec::new();
    while let Some(location) = waiting.pop() {
        let Some(Value::Object(schema)) = documents.get(&location) else { continue };
        definitions.extend(draft::definitions(&location, schema).into_iter().filter(|it| is_definition(documents, it)));
        waiting.extend(draft::subschemas(&location, schema).into_iter().rev());
    }
    definitions
}

/// Checks whether the value at `location`, in `$defs` or `definitions`, is a schema and not a group of schemas:
/// it is an object without members, or with a keyword.
fn is_definition(documents: &Documents, location: &Location) -> bool {
    let Some(Value::Object(schema)) = documents.get(location) else { return false };
    schema.is_empty() || schema.keys().any(|name| is_keyword(name))
}

/// Checks whether `name` is a keyword of JSON Schema that has an effect on types or documentation.
fn is_keyword(name: &str) -> bool {
    const OTHER_KEYWORDS: &[&str] =
        &["$ref", "$anchor", "$id", "allOf", "default", "description", "examples", "id", "title"];
    ENFORCED.contains(&name)
        || UNENFORCED.contains(&name)
        || OTHER_KEYWORDS.contains(&name)
        || draft::is_applicator(name)
}
