//! Finds the reference in a schema, and the dynamic references that cannot be resolved before a value is
//! read.
//!
//! The target of a `$dynamicRef` (2020-12) or `$recursiveRef` (2019-09) depends on the schemas that were
//! entered before it: it is the dynamic anchor of the same name in the first resource entered (a document,
//! or a schema with an `$id`) that has one. If only one resource that can be entered has such an anchor,
//! the reference always refers to it; otherwise it is ambiguous.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::location::Location;
use crate::resolve::index::SchemaIndex;
use crate::resolve::reference::{self, draft_of_document};

/// Returns the locations of the schemas with a dynamic reference that can refer to several anchors. Looks at the roots
/// of each document separately, so that two unrelated documents may use the same name for an anchor.
pub(super) fn find_ambiguous_references(
    documents: &Documents,
    index: &SchemaIndex,
    drafts: &[Draft],
    roots: &[Location],
) -> BTreeSet<Location> {
    if !index.has_dynamic_anchors() {
        return BTreeSet::new();
    }
    let mut by_document: BTreeMap<usize, Vec<Location>> = BTreeMap::new();
    for root in roots {
        by_document.entry(root.document).or_default().push(root.clone());
    }
    by_document
        .into_values()
        .flat_map(|roots| EnterableSchemas::new(documents, index, drafts, roots).into_ambiguous_references(index))
        .collect()
}

/// The schemas, resources and dynamic references that validation can enter when it begins at some roots.
#[derive(Default)]
struct EnterableSchemas {
    schemas: BTreeSet<Location>,
    /// The schemas that set the base URI of the `schemas`.
    resources: BTreeSet<Location>,
    /// (schema with a dynamic reference, name of the anchor that the reference looks for).
    references: Vec<(Location, String)>,
}

impl EnterableSchemas {
    /// Collects everything that can be entered from `roots`. A dynamic reference may enter any anchor of its name in a
    /// resource that can be entered, so the search is repeated until there are no new anchors.
    fn new(documents: &Documents, index: &SchemaIndex, drafts: &[Draft], roots: Vec<Location>) -> Self {
        let mut found = Self::default();
        let mut waiting = roots;
        while !waiting.is_empty() {
            while let Some(location) = waiting.pop() {
                let Some(Value::Object(schema)) = documents.value_at(&location) else { continue };
                if !found.schemas.insert(location.clone()) {
                    continue;
                }
                found.resources.insert(index.find_base_uri(&location).0);
                waiting.extend(draft::find_applied_subschemas(&location, schema));
                let Some((keyword, text)) =
                    reference::find_reference_in_schema(draft_of_document(drafts, &location), schema)
                else {
                    continue;
                };
                let Ok(Some(target)) = reference::resolve_reference(documents, index, &location, (keyword, text))
                else {
                    continue;
                };
                if let Some(name) = dynamic_anchor_name(index, keyword, text, &target) {
                    found.references.push((location, name.to_owned()));
                }
                waiting.push(target);
            }
            let names: BTreeSet<&String> = found.references.iter().map(|(_, name)| name).collect();
            let anchors = names.into_iter().flat_map(|name| found.find_enterable_anchors(index, name));
            waiting = anchors.filter(|anchor| !found.schemas.contains(anchor)).cloned().collect();
        }
        found
    }

    /// Returns the locations of the schemas with the dynamic anchor `name` in the resources that can be entered.
    fn find_enterable_anchors<'a>(
        &'a self,
        index: &'a SchemaIndex,
        name: &str,
    ) -> impl Iterator<Item = &'a Location> + use<'a> {
        index
            .find_schemas_by_dynamic_anchor(name)
            .filter(|anchor| self.resources.contains(&index.find_base_uri(anchor).0))
    }

    /// Returns the locations of the schemas whose dynamic reference has more than one possible target.
    fn into_ambiguous_references(self, index: &SchemaIndex) -> Vec<Location> {
        let is_ambiguous = |(location, name): &(Location, String)| {
            let several = self.find_enterable_anchors(index, name).nth(1).is_some();
            several.then(|| location.clone())
        };
        self.references.iter().filter_map(is_ambiguous).collect()
    }
}

/// Returns the name of the anchor that a dynamic reference looks for: `node` for `"$dynamicRef": "#node"`, empty for
/// `$recursiveRef`. `None` for a `$ref`, or if `target` does not have this dynamic anchor; `target` is the schema that
/// the reference would refer to as a `$ref`.
fn dynamic_anchor_name<'a>(index: &SchemaIndex, keyword: &str, text: &'a str, target: &Location) -> Option<&'a str> {
    let name = match keyword {
        "$dynamicRef" => text.split_once('#').map(|(_, name)| name).filter(|name| !name.is_empty())?,
        "$recursiveRef" => "",
        _ => return None,
    };
    index.find_schemas_by_dynamic_anchor(name).any(|anchor| anchor == target).then_some(name)
}
