//! Decides whether `unevaluatedProperties: false` forbids all properties that a struct has no field for.

use std::collections::HashSet;

use serde_json::Value;

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::assertions::compiler::has_standard_dialect;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::schemas::Schemas;

/// Checks whether `unevaluatedProperties: false` in a part of the object `node` forbids additional properties: all
/// property names that the part may evaluate are in `index`, and all patterns are in parts of `node`.
pub(in crate::normalize) fn is_closed(schemas: &Schemas<'_>, node: &Node, index: &PropertyIndex<'_>) -> bool {
    let patterns: HashSet<&str> = node
        .keywords(schemas.resolved)
        .flat_map(|part| part.patterns().map(|(pattern, _)| pattern).collect::<Vec<_>>())
        .collect();
    let names: HashSet<&str> = index.names().iter().copied().collect();
    let has_all = |schema: &Keywords<'_>| {
        schema.property_names().all(|name| names.contains(name))
            && schema.patterns().all(|(pattern, _)| patterns.contains(pattern))
    };
    let mut parts = node.keywords(schemas.resolved).filter(|part| {
        is_false(part, "unevaluatedProperties")
            && part.draft() >= Draft::Y2019
            && has_standard_dialect(schemas, part.location())
    });
    parts.any(|part| {
        let evaluating = find_evaluating_schemas(schemas, part.location());
        evaluating.is_some_and(|evaluating| evaluating.iter().all(has_all))
    })
}

/// Checks whether the schema `keywords` has the value `false` for `keyword`.
fn is_false(keywords: &Keywords<'_>, keyword: &str) -> bool {
    keywords.get(keyword) == Some(&Value::Bool(false))
}

/// The keywords that can evaluate any property of an object, unless they are `false`.
const OPEN_KEYWORDS: &[&str] = &["additionalProperties", "unevaluatedProperties", "$dynamicRef", "$recursiveRef"];

/// Returns the schemas that may apply to the same value as the schema at `location`, with that schema: through
/// references, unions and conditions. `None` if one of them has a keyword of [`OPEN_KEYWORDS`] that is not `false`, or a
/// reference to nothing.
fn find_evaluating_schemas<'a>(schemas: &Schemas<'a>, location: &Location) -> Option<Vec<Keywords<'a>>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![location.clone()];
    while let Some(location) = waiting.pop() {
        if !seen.insert(location.clone()) {
            continue;
        }
        let Some(keywords) = schemas.keywords(&location) else {
            schemas.resolved.value(&location).filter(|schema| schema.is_boolean())?;
            continue;
        };
        if OPEN_KEYWORDS.iter().any(|keyword| keywords.has(keyword) && !is_false(&keywords, keyword)) {
            return None;
        }
        if keywords.has_reference() {
            waiting.push(schemas.resolved.target(&location)?.clone());
        }
        waiting.extend(keywords.all_of());
        waiting.extend(keywords.any_of());
        waiting.extend(keywords.one_of());
        waiting.extend(keywords.conditional_subschemas());
        waiting.extend(keywords.get("if").map(|_| location.child("if")));
        found.push(keywords);
    }
    Some(found)
}
