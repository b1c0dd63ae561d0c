//! Objects: maps, and structs where properties are listed.

use std::collections::BTreeSet;

use crate::normalize::definition::{Docs, Extra, Pattern, Property, Struct, Type, TypeSet};
use crate::normalize::keywords::Keywords;
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
        !keywords.properties().is_empty() || !keywords.required().is_empty() || !keywords.patterns().is_empty()
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
    let required: BTreeSet<String> = required(normalizer, node).into_iter().collect();
    let wires = listed(normalizer, node);
    let names = fields.distinct(&wires, names::field_name);
    for (wire, field) in wires.into_iter().zip(names) {
        properties.push(property(normalizer, node, name, wire, field, &required));
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
    wire: String,
    field: String,
    required: &BTreeSet<String>,
) -> Property {
    let places = places_of(normalizer, node, &wire);
    let place = places.first().cloned().unwrap_or_else(|| node.origin.clone());
    let value = Node::of(normalizer.bundle, &places).unwrap_or_else(|| Node::anything(&place));
    let owner = naming::owner(&normalizer.place_names, &node.origin, owner, &places);
    let ty = normalizer.type_of(&value, &format!("{owner}{}", names::type_name(&wire)));
    let docs = places.iter().map(|place| describe::docs(normalizer.bundle, place));
    let docs = docs.reduce(first_of_each).unwrap_or_default();
    Property { required: required.contains(&wire), wire, field, ty, docs, place }
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

/// The names of the listed properties, then of those that are only required.
fn listed(normalizer: &Normalizer<'_>, node: &Node) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let named = node.keywords(normalizer.bundle).flat_map(|keywords| keywords.properties());
    let names = named.map(|(name, _)| name).chain(required(normalizer, node));
    names.filter(|name| seen.insert(name.clone())).collect()
}

pub(crate) fn required(normalizer: &Normalizer<'_>, node: &Node) -> Vec<String> {
    node.keywords(normalizer.bundle).flat_map(|keywords| keywords.required()).map(str::to_owned).collect()
}

/// The places of all schemas that the property of a name must satisfy.
pub(crate) fn places_of(normalizer: &Normalizer<'_>, node: &Node, name: &str) -> Vec<Place> {
    node.keywords(normalizer.bundle).flat_map(|keywords| places_in(keywords, name)).collect()
}

/// `properties` and `patternProperties` both count; `additionalProperties` where neither does.
fn places_in(keywords: Keywords<'_>, name: &str) -> Vec<Place> {
    let own = keywords.properties().into_iter().filter(|(own, _)| own == name);
    let programs = keywords.patterns().into_iter().map(|(pattern, place)| (Program::new(&pattern), place));
    let programs: Vec<_> = programs.collect();
    let is_clear = programs.iter().all(|(program, _)| program.is_some());
    let matching = programs.into_iter().filter(|(program, _)| program.as_ref().is_some_and(|it| it.matches(name)));
    let places: Vec<Place> = own.map(|(_, place)| place).chain(matching.map(|(_, place)| place)).collect();
    if places.is_empty() && is_clear { keywords.additional_properties().into_iter().collect() } else { places }
}

/// The patterns of property names, each with its program and the places of its schemas; nothing
/// when one of them is past what the types can match, and any name may be meant by it.
fn programs(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Vec<(String, Program, Vec<Place>)>> {
    let mut programs: Vec<(String, Program, Vec<Place>)> = Vec::new();
    let all: Vec<_> = node.keywords(normalizer.bundle).flat_map(|keywords| keywords.patterns()).collect();
    for (pattern, place) in all {
        let Some(program) = Program::new(&pattern) else {
            normalizer.notes.widen(&place, "the pattern is past the dialect that the types can match");
            return None;
        };
        match programs.iter_mut().find(|(other, ..)| *other == pattern) {
            Some((_, _, places)) => places.push(place),
            None => programs.push((pattern, program, vec![place])),
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
        let value = Node::of(normalizer.bundle, &places).unwrap_or_else(|| Node::anything(&node.origin));
        let owner = naming::owner(&normalizer.place_names, &node.origin, owner, &places);
        let ty = normalizer.type_of(&value, &format!("{owner}{}", names::type_name(&word)));
        let field = fields.unique(&names::field_name(&word));
        patterns.push(Pattern { pattern, program, field, ty });
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
