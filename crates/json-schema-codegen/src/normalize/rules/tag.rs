//! Finds the property whose value tells the members of a union apart.

use serde_json::Value;

use crate::normalize::Normalizer;
use crate::normalize::definition::{Tag, TypeSet};
use crate::normalize::keywords::Keywords;
use crate::normalize::node::{self, Node};
use crate::normalize::rules::{Members, object};
use crate::place::Place;
use crate::runtime::equal;

/// A tag and the values of it that mean each member.
pub(crate) struct Found {
    pub(crate) tag: Tag,
    pub(crate) values: Vec<Vec<Value>>,
}

/// The tag of a union: a property that each member gives values of its own, or the one that
/// `discriminator` names.
pub(crate) fn find(normalizer: &Normalizer<'_>, members: &Members) -> Option<Found> {
    let objects = |node: &Node| normalizer.types(node) == TypeSet::OBJECT;
    if members.nodes.len() < 2 || !members.nodes.iter().all(objects) {
        return None;
    }
    if let Some(found) = discriminated(normalizer, members) {
        return Some(found);
    }
    let first = members.nodes.first()?;
    let names = first.keywords(normalizer.bundle).flat_map(|keywords| keywords.properties());
    names.map(|(name, _)| name).find_map(|property| by_values(normalizer, members, property))
}

fn by_values(normalizer: &Normalizer<'_>, members: &Members, property: String) -> Option<Found> {
    let values: Option<Vec<_>> = members.nodes.iter().map(|node| fixed(normalizer, node, &property)).collect();
    let values = values.filter(|values| are_disjoint(values))?;
    Some(Found { tag: Tag { property, decisive: true }, values })
}

/// The values that a member allows for a property: scalars only.
fn fixed(normalizer: &Normalizer<'_>, member: &Node, property: &str) -> Option<Vec<Value>> {
    let places = object::places_of(normalizer, member, property);
    let values = normalizer.enumerated(&Node::of(normalizer.bundle, &places)?)?;
    let are_scalars = values.iter().all(|value| !value.is_object() && !value.is_array() && !value.is_null());
    (are_scalars && !values.is_empty()).then_some(values)
}

fn are_disjoint(values: &[Vec<Value>]) -> bool {
    let all: Vec<&Value> = values.iter().flatten().collect();
    all.iter().enumerate().all(|(index, value)| !all[index + 1..].iter().any(|other| equal(value, other)))
}

/// The tag that `discriminator` names. The values of a member are those that are mapped to it, else
/// the ones that it allows itself, else its name.
fn discriminated(normalizer: &Normalizer<'_>, members: &Members) -> Option<Found> {
    let place = members.discriminator.as_ref()?;
    let (property, mapping) = normalizer.keywords(place)?.discriminator()?;
    if let Some(found) = by_values(normalizer, members, property.to_owned()) {
        return Some(found);
    }
    let values = members.nodes.iter().map(|node| {
        let target = node::target(normalizer.bundle, &node.origin).unwrap_or(&node.origin);
        let name = target.last_step().unwrap_or_default();
        let leads_here = |text: &str| text == name || text.rsplit('/').next() == Some(&name);
        let mapped = mapping.into_iter().flatten().filter(|(_, to)| to.as_str().is_some_and(leads_here));
        let mapped: Vec<Value> = mapped.map(|(value, _)| Value::String(value.clone())).collect();
        if mapped.is_empty() { vec![Value::String(name)] } else { mapped }
    });
    let values: Vec<Vec<Value>> = values.collect();
    let tag = Tag { property: property.to_owned(), decisive: false };
    are_disjoint(&values).then_some(Found { tag, values })
}

impl Normalizer<'_> {
    /// The keywords at a place, for as long as the place is held.
    pub(crate) fn keywords<'a>(&'a self, place: &'a Place) -> Option<Keywords<'a>> {
        Keywords::at(self.bundle, place)
    }
}
