//! Objects: structs if the schema names properties, else maps.

use std::collections::HashMap;

use crate::location::Location;
use crate::normalize::assertions;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::{AdditionalOutline, ObjectOutline, Outline, PatternOutline, PropertyOutline};
use crate::normalize::property_index::{PropertyIndex, find_conditional_parts};
use crate::normalize::schemas::RuleInput;
use crate::pattern::PatternProgram;

/// Returns the struct or map of a node that accepts objects only; `None` for any other node. An object
/// that may have no properties at all is a struct.
pub(crate) fn outline_if_object(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    if schemas.allowed_types(node) != TypeSet::OBJECT {
        return None;
    }
    let names_properties = node.read_keywords(schemas.resolved).any(|keywords| {
        let mut patterns = keywords.pattern_schemas();
        keywords.property_names().next().is_some() || !keywords.required_names().is_empty() || patterns.next().is_some()
    });
    let names_properties = names_properties
        || !find_conditional_parts(schemas.resolved, node)
            .iter()
            .all(|part| schemas.read_keywords(part).is_none_or(|keywords| keywords.property_names().next().is_none()));
    if names_properties {
        return Some(Outline::Object(Box::new(outline_object(schemas, node))));
    }
    Some(match outline_additional(schemas, node) {
        AdditionalOutline::Any => Outline::Map(None),
        AdditionalOutline::Of(values, _) => Outline::Map(Some(Box::new(values))),
        AdditionalOutline::None => Outline::Object(Box::new(outline_object(schemas, node))),
    })
}

/// Returns the outline of a struct for the object `node`: its properties in the order of the schema, its patterns, and
/// its additional properties.
pub(super) fn outline_object(schemas: &RuleInput<'_>, node: &Node) -> ObjectOutline {
    let index = PropertyIndex::from_node(schemas.resolved, node);
    let mut properties = Vec::new();
    let mut forbidden = Vec::new();
    for name in index.property_names() {
        let mut places = index.find_property_locations(name);
        let conditional = index.conditional_locations(name);
        let location = places.first().or(conditional.first()).unwrap_or(&node.origin).clone();
        let value =
            Node::from_locations(schemas.resolved, &places).unwrap_or_else(|| Node::accepting_anything(&location));
        let types = schemas.allowed_types(&value);
        if types == TypeSet::NONE && !index.requires_property(name) {
            forbidden.push(((*name).to_owned(), location));
            continue;
        }
        if !conditional.is_empty() {
            places = conditional.to_vec();
        }
        let (name, required) = ((*name).to_owned(), index.requires_property(name));
        let accepts_null = types.overlaps(TypeSet::NULL);
        let accepts_others = false;
        properties.push(PropertyOutline { name, node: value, places, required, accepts_null, accepts_others });
    }
    let (patterns, additional, opaque_pattern) = match outline_patterns(schemas, node) {
        Ok(patterns)
            if schemas.settings.strict && assertions::forbids_unevaluated_properties(schemas, node, &index) =>
        {
            (patterns, AdditionalOutline::None, None)
        }
        Ok(patterns) => (patterns, outline_additional(schemas, node), None),
        Err(location) => (Vec::new(), AdditionalOutline::Any, Some(location)),
    };
    ObjectOutline { properties, forbidden, patterns, additional, opaque_pattern, combined: Vec::new() }
}

/// Returns the patterns of property names, each with the schemas of all parts that have it, without those
/// whose schemas accept no value.
///
/// # Errors
/// The location of a pattern that the generated code cannot match.
fn outline_patterns(schemas: &RuleInput<'_>, node: &Node) -> Result<Vec<PatternOutline>, Location> {
    let mut found: Vec<(&str, PatternProgram, Vec<Location>)> = Vec::new();
    let mut indices = HashMap::new();
    for keywords in node.read_keywords(schemas.resolved) {
        for (pattern, location) in keywords.pattern_schemas() {
            if let Some((_, _, places)) = indices.get(pattern).and_then(|index: &usize| found.get_mut(*index)) {
                places.push(location);
                continue;
            }
            let Some(program) = PatternProgram::new(pattern) else { return Err(location) };
            indices.insert(pattern, found.len());
            found.push((pattern, program, vec![location]));
        }
    }
    let outlines = found.into_iter().filter_map(|(pattern, program, places)| {
        let node = Node::from_locations(schemas.resolved, &places)?;
        let accepts_any = schemas.allowed_types(&node) != TypeSet::NONE;
        accepts_any.then(|| PatternOutline { pattern: pattern.to_owned(), program, node, places })
    });
    Ok(outlines.collect())
}

/// Returns what values the additional properties of `node` may have, by `additionalProperties` of all its parts
/// together: any, those of a node, or none.
fn outline_additional(schemas: &RuleInput<'_>, node: &Node) -> AdditionalOutline {
    let places: Vec<Location> =
        node.read_keywords(schemas.resolved).filter_map(|keywords| keywords.additional_properties_schema()).collect();
    if places.iter().any(|location| schemas.accepts_nothing(location)) {
        return AdditionalOutline::None;
    }
    match Node::from_locations(schemas.resolved, &places) {
        Some(values) if !values.parts.is_empty() => AdditionalOutline::Of(values, places),
        _ => AdditionalOutline::Any,
    }
}
