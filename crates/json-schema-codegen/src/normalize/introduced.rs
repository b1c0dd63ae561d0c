//! Notes keywords that the draft of their document does not have. They have no effect there, although whoever wrote
//! them meant them to.

use std::collections::HashSet;

use serde_json::Value;

use crate::draft::Draft;
use crate::normalize::notes::Notes;
use crate::resolve::Resolved;

/// (keyword, first draft that has it) for the keywords after draft 4 that change which values a schema accepts.
const INTRODUCING_DRAFTS: &[(&str, Draft)] = &[
    ("const", Draft::Six),
    ("contains", Draft::Six),
    ("propertyNames", Draft::Six),
    ("if", Draft::Seven),
    ("dependentRequired", Draft::Y2019),
    ("dependentSchemas", Draft::Y2019),
    ("unevaluatedItems", Draft::Y2019),
    ("unevaluatedProperties", Draft::Y2019),
    ("prefixItems", Draft::Y2020),
];

/// Adds a note for each keyword of [`INTRODUCING_DRAFTS`] that a schema reached from the roots has, but the draft of
/// its document does not. A keyword is noted once in each document, where it comes first.
pub(super) fn note_unknown_keywords(resolved: &Resolved, notes: &mut Notes) {
    let mut seen = HashSet::new();
    for location in resolved.reached_schemas() {
        let draft = resolved.draft_at(location);
        let Some(schema) = resolved.find_value(location).and_then(Value::as_object) else { continue };
        let is_unknown = |(keyword, first): &&(&str, Draft)| draft < *first && schema.contains_key(*keyword);
        for (keyword, first) in INTRODUCING_DRAFTS.iter().filter(is_unknown) {
            if seen.insert((location.document, keyword)) {
                let (draft, first) = (draft.display_name(), first.display_name());
                let text = format!("{draft} has no keyword `{keyword}`, so it has no effect; {first} has it");
                notes.unknown_keywords.insert(location.child(keyword), text);
            }
        }
    }
}
