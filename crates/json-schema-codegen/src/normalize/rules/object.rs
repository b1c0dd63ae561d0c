//! Objects: structs where properties are listed, else maps.

use std::collections::HashMap;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::rules::Outline;
use crate::normalize::schemas::Schemas;
use crate::pattern::Program;
use crate::place::Place;

/// The properties of an object.
pub(crate) struct ObjectOutline {
    pub(crate) properties: Vec<PropertyOutline>,
    /// The properties whose schema accepts nothing: name and place of the schema.
    pub(crate) forbidden: Vec<(String, Place)>,
    pub(crate) patterns: Vec<PatternOutline>,
    pub(crate) rest: Rest,
    /// The place of a pattern that the types cannot match: then any name may be meant by it, and all
    /// properties that are not listed are any values.
    pub(crate) opaque_pattern: Option<Place>,
}

/// A listed property.
pub(crate) struct PropertyOutline {
    /// The name in JSON.
    pub(crate) name: String,
    pub(crate) node: Node,
    /// The schemas that it must satisfy, in the order of the node's parts; none if it is only required.
    pub(crate) places: Vec<Place>,
    pub(crate) required: bool,
}

/// The properties whose names match a pattern.
pub(crate) struct PatternOutline {
    pub(crate) pattern: String,
    pub(crate) program: Program,
    pub(crate) node: Node,
    pub(crate) places: Vec<Place>,
}

/// What is said of properties that are neither listed nor matched by a pattern.
pub(crate) enum Rest {
    Any,
    /// They satisfy the node, which is made of the schemas at the places.
    Of(Node, Vec<Place>),
    /// There are none.
    None,
}

pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    if schemas.types(node) != TypeSet::OBJECT {
        return None;
    }
    let names_any = node.keywords(schemas.bundle).any(|keywords| {
        let mut patterns = keywords.patterns();
        keywords.property_names().next().is_some() || !keywords.required().is_empty() || patterns.next().is_some()
    });
    if names_any {
        return Some(Outline::Object(Box::new(object(schemas, node))));
    }
    Some(match rest(schemas, node) {
        Rest::Any => Outline::Map(None),
        Rest::Of(values, _) => Outline::Map(Some(Box::new(values))),
        Rest::None => Outline::Object(Box::new(object(schemas, node))),
    })
}

/// Returns the properties of an object, in the schema's order, and what is said of others.
fn object(schemas: &Schemas<'_>, node: &Node) -> ObjectOutline {
    let listing = PropertyIndex::of(schemas.bundle, node);
    let mut properties = Vec::new();
    let mut forbidden = Vec::new();
    for name in listing.names() {
        let places = listing.places_of(name);
        let place = places.first().unwrap_or(&node.origin);
        let value = Node::of(schemas.bundle, &places).unwrap_or_else(|| Node::anything(place));
        if schemas.types(&value) == TypeSet::NONE && !listing.requires(name) {
            forbidden.push(((*name).to_owned(), place.clone()));
            continue;
        }
        let (name, required) = ((*name).to_owned(), listing.requires(name));
        properties.push(PropertyOutline { name, node: value, places, required });
    }
    let (patterns, rest, opaque_pattern) = match patterns(schemas, node) {
        Ok(patterns) => (patterns, rest(schemas, node), None),
        Err(place) => (Vec::new(), Rest::Any, Some(place)),
    };
    ObjectOutline { properties, forbidden, patterns, rest, opaque_pattern }
}

/// Returns the patterns of property names, each with the schemas of all parts that have it, but for
/// those whose schemas accept nothing.
///
/// # Errors
/// The place of a pattern that the types cannot match.
fn patterns(schemas: &Schemas<'_>, node: &Node) -> Result<Vec<PatternOutline>, Place> {
    let mut found: Vec<(&str, Program, Vec<Place>)> = Vec::new();
    let mut indices = HashMap::new();
    for keywords in node.keywords(schemas.bundle) {
        for (pattern, place) in keywords.patterns() {
            if let Some((_, _, places)) = indices.get(pattern).and_then(|index: &usize| found.get_mut(*index)) {
                places.push(place);
                continue;
            }
            let Some(program) = Program::new(pattern) else { return Err(place) };
            indices.insert(pattern, found.len());
            found.push((pattern, program, vec![place]));
        }
    }
    let outlines = found.into_iter().filter_map(|(pattern, program, places)| {
        let node = Node::of(schemas.bundle, &places)?;
        let accepts_any = schemas.types(&node) != TypeSet::NONE;
        accepts_any.then(|| PatternOutline { pattern: pattern.to_owned(), program, node, places })
    });
    Ok(outlines.collect())
}

fn rest(schemas: &Schemas<'_>, node: &Node) -> Rest {
    let places: Vec<Place> =
        node.keywords(schemas.bundle).filter_map(|keywords| keywords.additional_properties()).collect();
    if places.iter().any(|place| schemas.is_nothing(place)) {
        return Rest::None;
    }
    match Node::of(schemas.bundle, &places) {
        Some(values) if !values.parts.is_empty() => Rest::Of(values, places),
        _ => Rest::Any,
    }
}
