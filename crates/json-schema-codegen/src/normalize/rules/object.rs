//! Objects: maps, and structs where properties are listed.

use std::collections::BTreeSet;

use crate::normalize::definition::{Docs, Extra, Property, Struct, Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;
use crate::normalize::{Normalizer, describe, names};
use crate::place::Place;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    if normalizer.types(node) != TypeSet::OBJECT {
        return None;
    }
    let has_names = node
        .keywords(normalizer.bundle)
        .any(|keywords| !keywords.properties().is_empty() || !keywords.required().is_empty());
    if has_names {
        return Some(Outline::Object);
    }
    Some(match extra(normalizer, node) {
        Rest::Any => Outline::Plain(Type::Map(Box::new(Type::Any))),
        Rest::Of(values) => Outline::Map(Box::new(values)),
        Rest::None => Outline::Object,
    })
}

/// The properties of an object, in the schema's order, and what becomes of others.
pub(crate) fn structure(normalizer: &mut Normalizer<'_>, node: &Node, name: &str) -> Struct {
    let mut fields = BTreeSet::new();
    let mut properties = Vec::new();
    let required: BTreeSet<String> = required(normalizer, node).into_iter().collect();
    for wire in listed(normalizer, node) {
        let field = names::unique(&names::field_name(&wire), &mut fields);
        properties.push(property(normalizer, node, name, wire, field, &required));
    }
    let mut free = |name: &str| names::unique(name, &mut fields);
    let extra = match extra(normalizer, node) {
        Rest::Any => Extra::Open { field: free("extra") },
        Rest::Of(values) => {
            let ty = normalizer.type_of(&values, &format!("{name}Extra"));
            let field = free("extra");
            if ty == Type::Any { Extra::Open { field } } else { Extra::Typed { field, ty } }
        }
        Rest::None => Extra::Closed,
    };
    Struct { properties, extra }
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
    let in_part = |keywords: crate::normalize::keywords::Keywords<'_>| {
        let own = keywords.properties().into_iter().find(|(own, _)| own == name);
        own.map(|(_, place)| place)
            .or_else(|| keywords.additional_properties().filter(|_| keywords.patterns().is_empty()))
    };
    node.keywords(normalizer.bundle).filter_map(in_part).collect()
}

/// What is said of properties that are not listed.
enum Rest {
    Any,
    Of(Node),
    None,
}

fn extra(normalizer: &Normalizer<'_>, node: &Node) -> Rest {
    let mut places = Vec::new();
    for keywords in node.keywords(normalizer.bundle) {
        let additional = keywords.additional_properties();
        let patterns = keywords.patterns();
        match (additional, patterns.as_slice()) {
            (Some(additional), []) if normalizer.is_nothing(&additional) => return Rest::None,
            (Some(additional), []) => places.push(additional),
            (Some(additional), [(_, one)]) if normalizer.is_nothing(&additional) => places.push(one.clone()),
            _ => {}
        }
    }
    match Node::of(normalizer.bundle, &places) {
        Some(values) if !values.parts.is_empty() => Rest::Of(values),
        _ => Rest::Any,
    }
}
