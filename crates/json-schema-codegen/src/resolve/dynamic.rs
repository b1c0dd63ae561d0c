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
use crate::resolve::index::Index;
use crate::resolve::reference::{self, draft_of};

/// Returns the schemas whose dynamic reference can refer to several anchors. Takes the roots of each
/// document separately, so that two unrelated documents may use the same name for an anchor.
pub(super) fn find_ambiguous_references(
    documents: &Documents,
    index: &Index,
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
        .flat_map(|roots| EnterableSchemas::new(documents, index, drafts, roots).ambiguous(index))
        .collect()
}

/// The schemas, resources and dynamic references that can be entered from some roots.
#[derive(Default)]
struct EnterableSchemas {
    schemas: BTreeSet<Location>,
    /// The schemas that give the `schemas` their base URI.
    resources: BTreeSet<Location>,
    /// The schemas with a dynamic reference, each with the name of the anchor that it looks for.
    references: Vec<(Location, String)>,
}

impl EnterableSchemas {
    /// Collects what can be entered from `roots`. A dynamic reference may enter any anchor of its name in a
    /// resource that can be entered, so repeats until there are no new anchors.
    fn new(documents: &Documents, index: &Index, drafts: &[Draft], roots: Vec<Location>) -> Self {
        let mut found = Self::default();
        let mut waiting = roots;
        while !waiting.is_empty() {
            while let Some(location) = waiting.pop() {
                let Some(Value::Object(schema)) = documents.get(&location) else { continue };
                if !found.schemas.insert(location.clone()) {
                    continue;
                }
                found.resources.insert(index.base_of(&location).0);
                waiting.extend(draft::applied(&location, schema));
                let Some((keyword, text)) = reference::find_in_schema(draft_of(drafts, &location), schema) else {
                    continue;
                };
                let Ok(Some(target)) = reference::resolve(documents, index, &location, (keyword, text)) else {
                    continue;
                };
                if let Some(name) = dynamic_name(index, keyword, text, &target) {
                    found.references.push((location, name.to_owned()));
                }
                waiting.push(target);
            }
            let names: BTreeSet<&String> = found.references.iter().map(|(_, name)| name).collect();
            let anchors = names.into_iter().flat_map(|name| found.anchors(index, name));
            waiting = anchors.filter(|anchor| !found.schemas.contains(anchor)).cloned().collect();
        }
        found
    }

    /// Returns the schemas with the dynamic anchor `name`, in the resources that can be entered.
    fn anchors<'a>(&'a self, index: &'a Index, name: &str) -> impl Iterator<Item = &'a Location> + use<'a> {
        index.dynamic_anchors(name).filter(|anchor| self.resources.contains(&index.base_of(anchor).0))
    }

    /// Returns the schemas whose dynamic reference has more than one possible target.
    fn ambiguous(self, index: &Index) -> Vec<Location> {
        let is_ambiguous = |(location, name): &(Location, String)| {
            let several = self.anchors(index, name).nth(1).is_some();
            several.then(|| location.clone())
        };
        self.references.iter().filter_map(is_ambiguous).collect()
    }
}

/// Returns the name of the anchor that a dynamic reference looks for: `node` for `"$dynamicRef": "#node"`,
/// empty for `$recursiveRef`. `None` if the reference is not dynamic: it is a `$ref`, or `target`, to which it
/// resolves as a `$ref` would, does not have that dynamic anchor.
fn dynamic_name<'a>(index: &Index, keyword: &str, text: &'a str, target: &Location) -> Option<&'a str> {
    let name = match keyword {
        "$dynamicRef" => text.split_once('#').map(|(_, name)| name).filter(|name| !name.is_empty())?,
        "$recursiveRef" => "",
        _ => return None,
    };
    index.dynamic_anchors(name).any(|anchor| anchor == target).then_some(name)
}
