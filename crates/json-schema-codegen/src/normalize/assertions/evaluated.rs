//! Decides whether `unevaluatedProperties: false` forbids all properties that a struct has no field for.

use std::collections::HashSet;

use serde_json::Value;

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::assertions::compiler::has_standard_dialect;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::Node;
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::schemas::RuleInput;

/// Checks whether `unevaluatedProperties: false` in a part of the object `node` forbids additional properties: all
/// property names that the part may evaluate are in `index`, and all patterns are in parts of `node`.
pub(in crate::normalize) fn forbids_unevaluated_properties(
    schemas: &RuleInput<'_>,
    node: &Node,
    index: &PropertyIndex<'_>,
) -> bool {
    let patterns: HashSet<&str> = node
        .read_keywords(schemas.resolved)
        .flat_map(|part| part.pattern_schemas().map(|(pattern, _)| pattern).collect::<Vec<_>>())
        .collect();
    let names: HashSet<&str> = index.property_names().iter().copied().collect();
    let has_all = |schema: &SchemaKeywords<'_>| {
        schema.property_names().all(|name| names.contains(name))
            && schema.pattern_schemas().all(|(pattern, _)| patterns.contains(pattern))
    };
    let mut parts = node.read_keywords(schemas.resolved).filter(|part| {
        has_false_keyword(part, "unevaluatedProperties")
            && part.draft() >= Draft::Y2019
            && has_standard_dialect(schemas, part.location())
    });
    parts.any(|part| {
        let evaluating = find_evaluating_schemas(schemas, part.location());
        evaluating.is_some_and(|evaluating| evaluating.iter().all(has_all))
    })
}

/// Checks whether the schema `keywords` has the value `false` for `keyword`.
fn has_false_keyword(keywords: &SchemaKeywords<'_>, keyword: &str) -> bool {
    keywords.find_value(keyword) == Some(&Value::Bool(false))
}

/// The keywords that can evaluate any property of an object, unless they are `false`.
const OPEN_KEYWORDS: &[&str] = &["additionalProperties", "unevaluatedProperties", "$dynamicRef", "$recursiveRef"];

/// Returns the schemas that may apply to the same value as the schema at `location`, with that schema: through
/// references, unions and conditions. `None` if one of them has a keyword of [`OPEN_KEYWORDS`] that is not `false`, or a
/// reference to nothing.
fn find_evaluating_schemas<'a>(schemas: &RuleInput<'a>, location: &Location) -> Option<Vec<SchemaKeywords<'a>>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![location.clone()];
    while let Some(location) = waiting.pop() {
        if !seen.insert(location.clone()) {
            continue;
        }
        let Some(keywords) = schemas.read_keywords(&location) else {
            schemas.resolved.find_value(&location).filter(|schema| schema.is_boolean())?;
            continue;
        };
        if OPEN_KEYWORDS.iter().any(|keyword| keywords.has_keyword(keyword) && !has_false_keyword(&keywords, keyword)) {
            return None;
        }
        if keywords.has_reference() {
            waiting.push(schemas.resolved.find_target(&location)?.clone());
        }
        waiting.extend(keywords.all_of_members());
        waiting.extend(keywords.any_of_members());
        waiting.extend(keywords.one_of_members());
        waiting.extend(keywords.conditional_subschemas());
        waiting.extend(keywords.find_value("if").map(|_| location.child("if")));
        found.push(keywords);
    }
    Some(found)
}
