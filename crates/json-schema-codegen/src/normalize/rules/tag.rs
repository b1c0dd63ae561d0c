//! Finds the property whose value tells the members of a union apart.

use std::cmp::Reverse;
use std::collections::HashSet;

use serde_json::Value;

use crate::normalize::Normalizer;
use crate::normalize::definition::{Tag, Told, TypeSet};
use crate::normalize::keywords::Keywords;
use crate::normalize::node::{self, Node};
use crate::normalize::rules::{Members, object, union};
use crate::place::Place;
use crate::runtime::equal;

/// How deep unions in unions are looked into for the values of a tag.
const UNION_DEPTH: usize = 4;

/// A tag and the values of it that mean each member; none for a member that has no value of its own.
pub(crate) struct Found {
    pub(crate) tag: Tag,
    pub(crate) values: Vec<Vec<Value>>,
}

/// The tag of a union: a property that each object among the members gives values of its own, the
/// one that `discriminator` names, or one that some of the objects give a value.
pub(crate) fn find(normalizer: &Normalizer<'_>, members: &Members) -> Option<Found> {
    let objects = members.nodes.iter().filter(|node| normalizer.types(node).has(TypeSet::OBJECT)).count();
    if objects < 2 || members.by_type.is_some() {
        return None;
    }
    if let Some(found) = discriminated(normalizer, members, objects) {
        return Some(found);
    }
    let candidates: Vec<Candidate> =
        names(normalizer, members).into_iter().map(|name| Candidate::new(normalizer, members, name)).collect();
    let all = candidates.iter().filter(|one| one.fixing == objects && are_disjoint(&one.values));
    if let Some(candidate) = all.min_by_key(|one| Reverse(one.requiring)) {
        return Some(candidate.found(Told::All));
    }
    let some = candidates.iter().filter(|one| one.listing > 1 && one.apart() > 0 && one.values_are_single());
    some.min_by_key(|one| Reverse((one.apart(), one.requiring))).map(|one| one.found(Told::Some))
}

/// The names of all properties of the members, each once, in order.
fn names(normalizer: &Normalizer<'_>, members: &Members) -> Vec<String> {
    let mut seen = HashSet::new();
    let properties = members.nodes.iter().flat_map(|node| node.keywords(normalizer.bundle));
    let names = properties.flat_map(|keywords| keywords.properties()).map(|(name, _)| name);
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// A property that may be the tag.
struct Candidate {
    property: String,
    values: Vec<Vec<Value>>,
    /// How many members give it values, list it, and give it values and require it.
    fixing: usize,
    listing: usize,
    requiring: usize,
}

impl Candidate {
    fn new(normalizer: &Normalizer<'_>, members: &Members, property: String) -> Self {
        let fixed = |node: &Node| fixed(normalizer, node, &property, UNION_DEPTH).unwrap_or_default();
        let values: Vec<Vec<Value>> = members.nodes.iter().map(fixed).collect();
        let lists = |node: &&Node| !object::places_of(normalizer, node, &property).is_empty();
        let requires = |node: &Node| object::required(normalizer, node).contains(&property);
        let fixing = || members.nodes.iter().zip(&values).filter(|(_, values)| !values.is_empty());
        Self {
            fixing: fixing().count(),
            listing: members.nodes.iter().filter(lists).count(),
            requiring: fixing().filter(|(node, _)| requires(node)).count(),
            property,
            values,
        }
    }

    /// How many members have values that no other one has.
    fn apart(&self) -> usize {
        let shared = |index: usize, value: &Value| {
            self.values.iter().enumerate().any(|(other, values)| other != index && contains(values, value))
        };
        let told = self
            .values
            .iter()
            .enumerate()
            .filter(|(index, values)| !values.is_empty() && !values.iter().any(|value| shared(*index, value)));
        told.count()
    }

    /// A property with a list of values may get new ones, and is no tag where another member lacks it.
    fn values_are_single(&self) -> bool {
        self.values.iter().all(|values| values.len() < 2)
    }

    fn found(&self, told: Told) -> Found {
        Found { tag: Tag { property: self.property.clone(), told }, values: self.values.clone() }
    }
}

/// The values that a member allows for a property: scalars only. Those of a union are those of its
/// members.
fn fixed(normalizer: &Normalizer<'_>, member: &Node, property: &str, depth: usize) -> Option<Vec<Value>> {
    let places = object::places_of(normalizer, member, property);
    if let Some(values) = Node::of(normalizer.bundle, &places).and_then(|node| normalizer.enumerated(&node)) {
        let are_scalars = values.iter().all(|value| !value.is_object() && !value.is_array() && !value.is_null());
        return (are_scalars && !values.is_empty()).then_some(values);
    }
    let inner = union::members(normalizer, member).filter(|_| depth > 0)?;
    let values: Option<Vec<Vec<Value>>> =
        inner.nodes.iter().map(|node| fixed(normalizer, node, property, depth - 1)).collect();
    values.map(|values| values.concat())
}

fn contains(values: &[Value], value: &Value) -> bool {
    values.iter().any(|other| equal(value, other))
}

fn are_disjoint(values: &[Vec<Value>]) -> bool {
    values
        .iter()
        .enumerate()
        .all(|(index, own)| own.iter().all(|value| !values[index + 1..].iter().any(|others| contains(others, value))))
}

/// The tag that `discriminator` names. The values of a member are those that it allows itself, else
/// those that are mapped to it, else its name.
fn discriminated(normalizer: &Normalizer<'_>, members: &Members, objects: usize) -> Option<Found> {
    let place = members.discriminator.as_ref()?;
    let (property, mapping) = normalizer.keywords(place)?.discriminator()?;
    let candidate = Candidate::new(normalizer, members, property.to_owned());
    if candidate.fixing == objects && are_disjoint(&candidate.values) {
        return Some(candidate.found(Told::All));
    }
    let values = members.nodes.iter().zip(candidate.values).map(|(node, own)| {
        if !normalizer.types(node).has(TypeSet::OBJECT) {
            return own;
        }
        let target = node::target(normalizer.bundle, &node.origin).unwrap_or(&node.origin);
        let name = target.last_step().unwrap_or_default();
        let leads_here = |text: &str| text == name || text.rsplit('/').next() == Some(&name);
        let mapped = mapping.into_iter().flatten().filter(|(_, to)| to.as_str().is_some_and(leads_here));
        let mapped: Vec<Value> = mapped.map(|(value, _)| Value::String(value.clone())).collect();
        match (own.is_empty(), mapped.is_empty()) {
            (false, _) => own,
            (true, false) => mapped,
            (true, true) => vec![Value::String(name)],
        }
    });
    let values: Vec<Vec<Value>> = values.collect();
    let tag = Tag { property: property.to_owned(), told: Told::ByName };
    are_disjoint(&values).then_some(Found { tag, values })
}

impl Normalizer<'_> {
    /// The keywords at a place, for as long as the place is held.
    pub(crate) fn keywords<'a>(&'a self, place: &'a Place) -> Option<Keywords<'a>> {
        Keywords::at(self.bundle, place)
    }
}
