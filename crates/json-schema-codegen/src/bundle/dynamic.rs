//! References: `$ref`, and those whose target depends on the way that led to them, `$dynamicRef` of
//! 2020-12 and `$recursiveRef` of 2019-09.
//!
//! A dynamic reference leads to the first resource on the way (a document, or a schema with an `$id`)
//! that has a dynamic anchor of its name. Where only one resource that can be on the way has such an
//! anchor, the reference is one to that anchor; else it is ambiguous.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::bundle::index::Index;
use crate::bundle::{draft_of, resolve};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::place::Place;

/// Returns the keyword and the text of the reference that a schema of a draft has. Of two, `$ref`
/// comes first, and the other one counts as a keyword that the types do not hold.
pub(crate) fn reference(draft: Draft, schema: &Map<String, Value>) -> Option<(&'static str, &str)> {
    let dynamic = match draft {
        Draft::Y2019 => Some("$recursiveRef"),
        Draft::Y2020 => Some("$dynamicRef"),
        _ => None,
    };
    ["$ref"].into_iter().chain(dynamic).find_map(|keyword| Some((keyword, schema.get(keyword)?.as_str()?)))
}

/// Returns the schemas whose dynamic reference can lead to several anchors. The roots of a document
/// are looked at together, and apart from those of others: two documents that only use the same name
/// for their anchors make nothing ambiguous.
pub(super) fn ambiguous(documents: &Documents, index: &Index, drafts: &[Draft], roots: &[Place]) -> BTreeSet<Place> {
    if !index.has_dynamic_anchors() {
        return BTreeSet::new();
    }
    let mut by_document: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for root in roots {
        by_document.entry(root.document).or_default().push(root.clone());
    }
    by_document.into_values().flat_map(|roots| Survey::of(documents, index, drafts, roots).ambiguous(index)).collect()
}

/// All that can be on the way from some roots.
#[derive(Default)]
struct Survey {
    schemas: BTreeSet<Place>,
    resources: BTreeSet<Place>,
    /// The dynamic references, each with the name of its anchor.
    references: Vec<(Place, String)>,
}

impl Survey {
    fn of(documents: &Documents, index: &Index, drafts: &[Draft], roots: Vec<Place>) -> Self {
        let mut survey = Self::default();
        let mut waiting = roots;
        while !waiting.is_empty() {
            while let Some(place) = waiting.pop() {
                let Some(Value::Object(schema)) = documents.get(&place) else { continue };
                if !survey.schemas.insert(place.clone()) {
                    continue;
                }
                survey.resources.insert(index.base(&place).0);
                waiting.extend(draft::applied(&place, schema));
                let Some((keyword, text)) = reference(draft_of(drafts, &place), schema) else { continue };
                let Ok(Some(target)) = resolve::resolve(documents, index, &place, (keyword, text)) else { continue };
                if let Some(name) = dynamic_name(index, keyword, text, &target) {
                    survey.references.push((place, name.to_owned()));
                }
                waiting.push(target);
            }
            let names: BTreeSet<&String> = survey.references.iter().map(|(_, name)| name).collect();
            let anchors = names.into_iter().flat_map(|name| survey.anchors(index, name));
            waiting = anchors.filter(|anchor| !survey.schemas.contains(anchor)).cloned().collect();
        }
        survey
    }

    /// The dynamic anchors of a name in all resources that can be on the way.
    fn anchors<'a>(&'a self, index: &'a Index, name: &str) -> impl Iterator<Item = &'a Place> + use<'a> {
        index.dynamic_anchors(name).filter(|anchor| self.resources.contains(&index.base(anchor).0))
    }

    fn ambiguous(self, index: &Index) -> Vec<Place> {
        let is_ambiguous = |(place, name): &(Place, String)| {
            let several = self.anchors(index, name).nth(1).is_some();
            several.then(|| place.clone())
        };
        self.references.iter().filter_map(is_ambiguous).collect()
    }
}

/// Returns the name of the anchor that a dynamic reference looks for, empty for `$recursiveRef`;
/// nothing where the reference is an ordinary one, since `target`, where it leads as such, has no
/// dynamic anchor of the name.
fn dynamic_name<'a>(index: &Index, keyword: &str, text: &'a str, target: &Place) -> Option<&'a str> {
    let name = match keyword {
        "$dynamicRef" => text.split_once('#').map(|(_, name)| name).filter(|name| !name.is_empty())?,
        "$recursiveRef" => "",
        _ => return None,
    };
    index.dynamic_anchors(name).any(|anchor| anchor == target).then_some(name)
}
