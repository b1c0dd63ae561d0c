//! The properties and items that a schema evaluates, for `unevaluatedProperties: false` and `unevaluatedItems: false`.

use std::collections::HashSet;

use serde_json::Value;

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::assertions::compiler::{AssertionCompiler, KeywordContext, ListPrecision, has_standard_dialect};
use crate::normalize::assertions::patterns;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::Node;
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::schemas::RuleInput;
use crate::runtime::Assertion;

/// Returns the assertion for `unevaluatedProperties: false`: an object has only properties that the schema, or one that
/// applies beside it, may evaluate. `None` for other values of the keyword, for exact lists, and if any property may be
/// evaluated.
pub(super) fn compile_unevaluated_properties(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let evaluating = find_evaluating_schemas_if_false(compiler, keywords, at, OBJECT_OPENING_KEYWORDS)?;
    let anything = compiler.add_assertion_list(at.name, Vec::new());
    let mut found = Vec::new();
    for schema in &evaluating {
        found.extend(schema.property_names().map(|name| Assertion::Property(name.to_owned().into(), anything)));
        for (pattern, _) in schema.pattern_schemas() {
            found.push(Assertion::PropertiesMatching(patterns::compile_ecma_pattern(pattern)?.into(), anything));
        }
    }
    let nothing = compiler.add_assertion_list(at.name, vec![Assertion::Nothing]);
    found.push(Assertion::OtherProperties(nothing));
    Some(vec![Assertion::Same(compiler.add_assertion_list(at.name, found))])
}

/// Returns the assertion for `unevaluatedItems: false`: an array has no more items than the longest list of items that
/// the schema, or one that applies beside it, has. `None` for other values of the keyword, for exact lists, and if any
/// item may be evaluated.
pub(super) fn compile_unevaluated_items(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let evaluating = find_evaluating_schemas_if_false(compiler, keywords, at, ARRAY_OPENING_KEYWORDS)?;
    let is_open = |schema: &SchemaKeywords<'_>| {
        schema.further_items_schema().is_some_and(|items| !compiler.schemas.accepts_nothing(&items))
    };
    if evaluating.iter().any(is_open) {
        return None;
    }
    let most = evaluating.iter().map(SchemaKeywords::prefix_length).max().unwrap_or(0);
    Some(vec![Assertion::MaxItems(most)])
}

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
        let evaluating = find_evaluating_schemas(schemas, part.location(), OBJECT_OPENING_KEYWORDS);
        evaluating.is_some_and(|evaluating| evaluating.iter().all(has_all))
    })
}

/// Returns the schemas that [`find_evaluating_schemas`] finds for the schema `keywords`, if the keyword of `at` is
/// `false` there and its assertion need not be exact; else `None`.
fn find_evaluating_schemas_if_false<'a>(
    compiler: &AssertionCompiler<'a>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
    open: &[&str],
) -> Option<Vec<SchemaKeywords<'a>>> {
    if at.precision == ListPrecision::Exact || !has_false_keyword(keywords, at.keyword) {
        return None;
    }
    find_evaluating_schemas(&compiler.schemas, keywords.location(), open)
}

/// Checks whether the schema `keywords` has the value `false` for `keyword`.
fn has_false_keyword(keywords: &SchemaKeywords<'_>, keyword: &str) -> bool {
    keywords.find_value(keyword) == Some(&Value::Bool(false))
}

/// The keywords that can evaluate any property of an object, unless they are `false`.
const OBJECT_OPENING_KEYWORDS: &[&str] =
    &["additionalProperties", "unevaluatedProperties", "$dynamicRef", "$recursiveRef"];

/// The keywords that can evaluate any item of an array, unless they are `false`; `items` is checked separately.
const ARRAY_OPENING_KEYWORDS: &[&str] = &["contains", "unevaluatedItems", "$dynamicRef", "$recursiveRef"];

/// Returns the schemas that may apply to the same value as the schema at `location`, with that schema: through
/// references, unions and conditions. `None` if one of them has a keyword of `open` that is not `false`, or a reference
/// to nothing.
fn find_evaluating_schemas<'a>(
    schemas: &RuleInput<'a>,
    location: &Location,
    open: &[&str],
) -> Option<Vec<SchemaKeywords<'a>>> {
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
        if open.iter().any(|keyword| keywords.has_keyword(keyword) && !has_false_keyword(&keywords, keyword)) {
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
