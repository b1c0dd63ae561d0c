//! Objects: structs if the schema names properties, else maps.

use std::collections::HashMap;

use crate::location::Location;
use crate::normalize::assertions;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::{Additional, ObjectOutline, Outline, PatternOutline, PropertyOutline};
use crate::normalize::property_index::{PropertyIndex, find_conditional_parts};
use crate::normalize::schemas::Schemas;
use crate::pattern::PatternProgram;

/// Returns the struct or map of a node that accepts objects only; `None` for any other node. An object
/// that may have no properties at all is a struct.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    if schemas.types(node) != TypeSet::OBJECT {
        return None;
    }
    let names_properties = node.keywords(schemas.resolved).any(|keywords| {
        let mut patterns = keywords.patterns();
        keywords.property_names().next().is_some() || !keywords.required().is_empty() || patterns.next().is_some()
    });
    let names_properties = names_properties
        || !find_conditional_parts(schemas.resolved, node)
            .iter()
            .all(|part| schemas.keywords(part).is_none_or(|keywords| keywords.property_names().next().is_none()));
    if names_properties {
        return Some(Outline::Object(Box::new(outline_object(schemas, node))));
    }
    Some(match outline_additional(schemas, node) {
        Additional::Any => Outline::Map(None),
        Additional::Of(values, _) => Outline::Map(Some(Box::new(values))),
        Additional::None => Outline::Object(Box::new(outline_object(schemas, node))),
    })
}

/// Returns the outline of a struct for the object `node`: its properties in the order of the schema, its patterns, and
/// its additional properties.
pub(super) fn outline_object(schemas: &Schemas<'_>, node: &Node) -> ObjectOutline {
    let index = PropertyIndex::of(schemas.resolved, node);
    let mut properties = Vec::new();
    let mut forbidden = Vec::new();
    for name in index.names() {
        let mut places = index.places_of(name);
        let conditional = index.conditional_places(name);
        let location = places.first().or(conditional.first()).unwrap_or(&node.origin).clone();
        let value = Node::of(schemas.resolved, &places).unwrap_or_else(|| Node::anything(&location));
        let types = schemas.types(&value);
        if types == TypeSet::NONE && !index.requires(name) {
            forbidden.push(((*name).to_owned(), location));
            continue;
        }
        if !conditional.is_empty() {
            places = conditional.to_vec();
        }
        let (name, required) = ((*name).to_owned(), index.requires(name));
        let accepts_null = types.overlaps(TypeSet::NULL);
        let accepts_others = false;
        properties.push(PropertyOutline { name, node: value, places, required, accepts_null, accepts_others });
    }
    let (patterns, additional, opaque_pattern) = match outline_patterns(schemas, node) {
        Ok(patterns) if schemas.settings.strict && assertions::is_closed(schemas, node, &index) => {
            (patterns, Additional::None, None)
        }
        Ok(patterns) => (patterns, outline_additional(schemas, node), None),
        Err(location) => (Vec::new(), Additional::Any, Some(location)),
    };
    ObjectOutline { properties, forbidden, patterns, additional, opaque_pattern, combined: Vec::new() }
}

/// Returns the patterns of property names, each with the schemas of all parts that have it, without those
/// whose schemas accept no value.
///
/// # Errors
/// The location of a pattern that the generated code cannot match.
fn outline_patterns(schemas: &Schemas<'_>, node: &Node) -> Result<Vec<PatternOutline>, Location> {
    let mut found: Vec<(&str, PatternProgram, Vec<Location>)> = Vec::new();
    let mut indices = HashMap::new();
    for keywords in node.keywords(schemas.resolved) {
        for (pattern, location) in keywords.patterns() {
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
        let node = Node::of(schemas.resolved, &places)?;
        let accepts_any = schemas.types(&node) != TypeSet::NONE;
        accepts_any.then(|| PatternOutline { pattern: pattern.to_owned(), program, node, places })
    });
    Ok(outlines.collect())
}

/// Returns what values the additional properties of `node` may have, by `additionalProperties` of all its parts
/// together: any, those of a node, or none.
fn outline_additional(schemas: &Schemas<'_>, node: &Node) -> Additional {
    let places: Vec<Location> =
        node.keywords(schemas.resolved).filter_map(|keywords| keywords.additional_properties()).collect();
    if places.iter().any(|location| schemas.is_nothing(location)) {
        return Additional::None;
    }
    match Node::of(schemas.resolved, &places) {
        Some(values) if !values.parts.is_empty() => Additional::Of(values, places),
        _ => Additional::Any,
    }
}
