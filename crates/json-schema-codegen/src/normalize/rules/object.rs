//! Objects: maps, and structs where properties are listed.

use std::collections::HashMap;

use crate::normalize::definition::{Docs, Extra, Pattern, Property, Struct, Type, TypeSet};
use crate::normalize::listing::Listing;
use crate::normalize::names::Taken;
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;
use crate::normalize::{Normalizer, describe, names, naming};
use crate::pattern::Program;
use crate::place::Place;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    if normalizer.types(node) != TypeSet::OBJECT {
        return None;
    }
    let has_names = node.keywords(normalizer.bundle).any(|keywords| {
        let mut patterns = keywords.patterns();
        keywords.property_names().next().is_some() || !keywords.required().is_empty() || patterns.next().is_some()
    });
    if has_names {
        return Some(Outline::Object);
    }
    Some(match rest(normalizer, node) {
        Rest::Any => Outline::Plain(Type::Map(Box::new(Type::Any))),
        Rest::Of(values) => Outline::Map(Box::new(values)),
        Rest::None => Outline::Object,
    })
}

/// The properties of an object, in the schema's order, and what becomes of others.
pub(crate) fn structure(normalizer: &mut Normalizer<'_>, node: &Node, name: &str) -> Struct {
    // The private field that notes explicit nulls.
    let mut fields = Taken::with(&["nulls"]);
    let mut properties = Vec::new();
    let listing = Listing::of(normalizer.bundle, node);
    let names = fields.distinct(listing.names(), names::field_name);
    for (wire, field) in listing.names().iter().zip(names) {
        properties.push(property(normalizer, node, name, &listing, wire, field));
    }
    let (patterns, extra) = match programs(normalizer, node) {
        Some(programs) => {
            (patterns(normalizer, node, name, programs, &mut fields), extra(normalizer, node, name, &mut fields))
        }
        None => (Vec::new(), Extra::Open { field: fields.unique("extra") }),
    };
    normalizer.notes.rename(&node.origin, "field", fields.changed());
    Struct { properties, patterns, extra }
}

fn property(
    normalizer: &mut Normalizer<'_>,
    node: &Node,
    owner: &str,
    listing: &Listing<'_>,
    wire: &str,
    field: String,
) -> Property {
    let places = listing.places_of(wire);
    let place = places.first().cloned().unwrap_or_else(|| node.origin.clone());
    let value = Node::of(normalizer.bundle, &places).unwrap_or_else(|| Node::anything(&place));
    let owner = naming::owner(&normalizer.place_names, &node.origin, owner, &places);
    let ty = normalizer.type_of(&value, &format!("{owner}{}", names::type_name(wire)));
    let docs = places.iter().map(|place| describe::docs(normalizer.bundle, place));
    let docs = docs.reduce(first_of_each).unwrap_or_default();
    Property { required: listing.requires(wire), wire: wire.to_owned(), field, ty, docs, place }
}

/// The words of the first schema that has any of a sort.
fn first_of_each(one: Docs, other: Docs) -> Docs {
    Docs {
        title: one.title.or(other.title),
        description: one.description.or(other.description),
        examples: if one.examples.is_empty() { other.examples } else { one.examples },
        deprecated: one.deprecated || other.deprecated,
    }
}

/// The patterns of property names, each with its program and the places of its schemas; nothing
/// when one of them is past what the types can match, and any name may be meant by it.
fn programs(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Vec<(String, Program, Vec<Place>)>> {
    let mut programs: Vec<(String, Program, Vec<Place>)> = Vec::new();
    let mut numbers = HashMap::new();
    for keywords in node.keywords(normalizer.bundle) {
        for (pattern, place) in keywords.patterns() {
            if let Some((_, _, places)) = numbers.get(pattern).and_then(|number: &usize| programs.get_mut(*number)) {
                places.push(place);
                continue;
            }
            let Some(program) = Program::new(pattern) else {
                normalizer.notes.widen(&place, "the pattern is past the dialect that the types can match");
                return None;
            };
            numbers.insert(pattern, programs.len());
            programs.push((pattern.to_owned(), program, vec![place]));
        }
    }
    Some(programs)
}

fn patterns(
    normalizer: &mut Normalizer<'_>,
    node: &Node,
    owner: &str,
    programs: Vec<(String, Program, Vec<Place>)>,
    fields: &mut Taken,
) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for (pattern, program, places) in programs {
        let word = names::pattern_word(&pattern);
        let place = places.first().unwrap_or(&node.origin).clone();
        let value = Node::of(normalizer.bundle, &places).unwrap_or_else(|| Node::anything(&place));
        let owner = naming::owner(&normalizer.place_names, &node.origin, owner, &places);
        let ty = normalizer.type_of(&value, &format!("{owner}{}", names::type_name(&word)));
        let field = fields.unique(&names::field_name(&word));
        patterns.push(Pattern { pattern, program, field, ty, place });
    }
    patterns
}

fn extra(normalizer: &mut Normalizer<'_>, node: &Node, owner: &str, fields: &mut Taken) -> Extra {
    let rest = rest(normalizer, node);
    if matches!(rest, Rest::None) {
        return Extra::Closed;
    }
    let field = fields.unique("extra");
    let Rest::Of(values) = rest else { return Extra::Open { field } };
    let owner = naming::owner(&normalizer.place_names, &node.origin, owner, &additional(normalizer, node));
    match normalizer.type_of(&values, &format!("{owner}Extra")) {
        Type::Any => Extra::Open { field },
        ty => Extra::Typed { field, ty },
    }
}

/// What is said of properties that are neither listed nor matched by a pattern.
enum Rest {
    Any,
    Of(Node),
    None,
}

fn rest(normalizer: &Normalizer<'_>, node: &Node) -> Rest {
    let places = additional(normalizer, node);
    if places.iter().any(|place| normalizer.is_nothing(place)) {
        return Rest::None;
    }
    match Node::of(normalizer.bundle, &places) {
        Some(values) if !values.parts.is_empty() => Rest::Of(values),
        _ => Rest::Any,
    }
}

/// The places of the schemas for such properties.
fn additional(normalizer: &Normalizer<'_>, node: &Node) -> Vec<Place> {
    node.keywords(normalizer.bundle).filter_map(|keywords| keywords.additional_properties()).collect()
}
