//! What people would call a variant of a union: after the type that it refers to, its title, its
//! tag, its JSON type, or what is in it.

use std::collections::HashSet;

use serde_json::Value;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::rules::enumeration::number;
use crate::normalize::rules::{object, tag};
use crate::normalize::{Normalizer, describe, names};
use crate::place::Place;

/// How many values of a tag make a name.
const TAGS: usize = 3;

/// The name of the member of a union by its number.
pub(super) fn find(
    normalizer: &Normalizer<'_>,
    members: &[Node],
    index: usize,
    tag: Option<&tag::Found>,
    union: &Place,
) -> String {
    let member = &members[index];
    let types = normalizer.types(member);
    let is_alone = members.iter().filter(|other| normalizer.types(other).has(types)).count() == 1;
    referred(normalizer, member)
        .or_else(|| titled(normalizer, members, member, union))
        .or_else(|| tag.and_then(|found| tagged(normalizer, members, index, found)))
        .or_else(|| is_alone.then(|| type_word(normalizer, member)))
        .or_else(|| (types == TypeSet::ARRAY).then(|| list_word(normalizer, member)))
        .or_else(|| own_property(normalizer, members, index))
        .or_else(|| tag.filter(|found| is_untold(normalizer, member, found)).map(|_| "Other".to_owned()))
        .or_else(|| property_type(normalizer, members, index))
        .or_else(|| properties(normalizer, member).first().map(|name| names::type_name(name)))
        .unwrap_or_else(|| type_word(normalizer, member))
}

fn referred(normalizer: &Normalizer<'_>, member: &Node) -> Option<String> {
    let place = node::target(normalizer.bundle, &member.origin)?;
    normalizer.place_names.get(place).cloned()
}

/// The title, unless it is that of the union, or of several members that stand at one place.
fn titled(normalizer: &Normalizer<'_>, members: &[Node], member: &Node, union: &Place) -> Option<String> {
    let alike = members.iter().filter(|other| other.origin == member.origin).count();
    let is_shared = alike > 1 || member.origin == *union;
    let title = describe::docs(normalizer.bundle, &member.origin).title?;
    (!is_shared && names::is_name(&title)).then(|| names::type_name(&title))
}

/// The values of its tag in words; where other members have one of them too, with the property that
/// is this one's.
fn tagged(normalizer: &Normalizer<'_>, members: &[Node], index: usize, found: &tag::Found) -> Option<String> {
    let words = tag_words(&found.tag.property, &found.values[index])?;
    let shares = |other: &usize| found.values[*other].iter().any(|value| found.values[index].contains(value));
    let sharing: Vec<usize> = (0..members.len()).filter(shares).collect();
    let nodes: Vec<Node> = sharing.iter().map(|other| members[*other].clone()).collect();
    let own = sharing.iter().position(|other| *other == index).filter(|_| sharing.len() > 1);
    let own = own.and_then(|index| own_property(normalizer, &nodes, index));
    Some(words + &own.unwrap_or_default())
}

/// `kind: circle` is `Circle`, `version: 2` is `Version2`, `ok: false` is `NotOk`.
fn tag_words(property: &str, tags: &[Value]) -> Option<String> {
    match tags {
        [Value::Bool(true)] => Some(names::type_name(property)),
        [Value::Bool(false)] => Some(names::type_name(&format!("not {property}"))),
        [Value::Number(value)] => {
            let number = number(&value.to_string());
            Some(format!("{}{}", names::type_name(property), number.trim_start_matches('N')))
        }
        tags if tags.len() <= TAGS => {
            let texts: Option<Vec<&str>> = tags.iter().map(Value::as_str).collect();
            texts.filter(|texts| !texts.is_empty()).map(|texts| names::type_name(&texts.join(" or ")))
        }
        _ => None,
    }
}

/// Whether others have values of a property that this member lists too, without a value of its own.
fn is_untold(normalizer: &Normalizer<'_>, member: &Node, found: &tag::Found) -> bool {
    !object::places_of(normalizer, member, &found.tag.property).is_empty()
}

/// The first property that a member has and no other one, required ones before others.
fn own_property(normalizer: &Normalizer<'_>, members: &[Node], index: usize) -> Option<String> {
    let others = members.iter().enumerate().filter(|(other, _)| *other != index);
    let others: HashSet<String> = others.flat_map(|(_, node)| properties(normalizer, node)).collect();
    let own = properties(normalizer, &members[index]).into_iter().find(|name| !others.contains(name));
    own.map(|name| names::type_name(&name))
}

/// The names of the properties, required ones before others.
fn properties(normalizer: &Normalizer<'_>, node: &Node) -> Vec<String> {
    let known = node.keywords(normalizer.bundle).flat_map(|keywords| keywords.properties());
    let known: Vec<String> = known.map(|(name, _)| name).collect();
    object::required(normalizer, node).into_iter().chain(known).collect()
}

/// The first property whose JSON type only this member gives it, with that type: `ValueText`.
fn property_type(normalizer: &Normalizer<'_>, members: &[Node], index: usize) -> Option<String> {
    let types = |node: &Node, name: &str| {
        let places = object::places_of(normalizer, node, name);
        Node::of(normalizer.bundle, &places).map_or(TypeSet::ALL, |node| normalizer.types(&node))
    };
    properties(normalizer, &members[index]).into_iter().find_map(|name| {
        let own = types(&members[index], &name);
        let mut others = members.iter().enumerate().filter(|(other, _)| *other != index);
        let is_own = own.each().count() == 1 && !others.any(|(_, node)| types(node, &name).has(own));
        is_own.then(|| names::type_name(&format!("{name} {}", word(own))))
    })
}

/// A list among others: `Texts`, or `FilterList` for a list of `Filter`.
fn list_word(normalizer: &Normalizer<'_>, member: &Node) -> String {
    let items = member.keywords(normalizer.bundle).find_map(|keywords| keywords.items());
    let items = items.map(|place| Node::at(normalizer.bundle, &place));
    match items.as_ref().map(|items| (referred(normalizer, items), normalizer.types(items))) {
        Some((Some(name), _)) => format!("{name}List"),
        Some((None, types)) if types.each().count() == 1 => format!("{}s", word(types)),
        _ => "List".to_owned(),
    }
}

fn type_word(normalizer: &Normalizer<'_>, member: &Node) -> String {
    let types = normalizer.types(member);
    let is_map = types == TypeSet::OBJECT && properties(normalizer, member).is_empty();
    let holds = |place: Place| !normalizer.is_anything(&place) && !normalizer.is_nothing(&place);
    let mut rest = member.keywords(normalizer.bundle).filter_map(|keywords| keywords.additional_properties());
    if is_map && rest.any(holds) { "Map".to_owned() } else { word(types).to_owned() }
}

fn word(types: TypeSet) -> &'static str {
    match types {
        TypeSet::NULL => "Null",
        TypeSet::BOOLEAN => "Bool",
        TypeSet::INTEGER => "Integer",
        TypeSet::NUMBER => "Number",
        TypeSet::STRING => "Text",
        TypeSet::ARRAY => "List",
        TypeSet::OBJECT => "Object",
        _ => "Value",
    }
}
