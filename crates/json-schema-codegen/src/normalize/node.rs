//! A node: all schemas that one value must satisfy at once.
//!
//! `$ref` and `allOf` are followed, so a node lists the locations of the schemas whose own keywords
//! count. Schemas are not merged into a new one; nodes with the same locations are equal.

use std::collections::{HashMap, HashSet};

use crate::bundle::Bundle;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::{ENFORCED, Keywords, UNENFORCED};
use crate::place::Place;

/// The schemas that a value must satisfy, restricted to some JSON types.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The location of the schema that the node was made from, before `$ref` and `allOf` are followed.
    pub(crate) origin: Place,
    /// The schemas with constraints; empty if any value is accepted.
    pub(crate) parts: Vec<Part>,
    /// The JSON types that the node is restricted to, such as one variant of a schema with several.
    pub(crate) types: TypeSet,
}

/// One schema of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) place: Place,
    /// True if the `anyOf` of the schema is to be ignored, because the node is for one of its members
    /// already, or because the schema is `false`.
    pub(crate) any_of_settled: bool,
    /// True if the `oneOf` of the schema is to be ignored, for the same reasons.
    pub(crate) one_of_settled: bool,
}

/// The identity of a node: its parts, sorted, and its types, without its origin.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeKey(Vec<Part>, TypeSet);

impl Node {
    /// Returns the node of all that a value of the schema at `place` must satisfy.
    pub(crate) fn at(bundle: &Bundle, place: &Place) -> Self {
        Self::of(bundle, std::slice::from_ref(place)).unwrap_or_else(|| Self::anything(place))
    }

    /// Returns the node of all that a value must satisfy that is described by the schemas at all of
    /// `places` at once; `None` if `places` is empty. Its origin is the first of them.
    pub(crate) fn of(bundle: &Bundle, places: &[Place]) -> Option<Self> {
        let origin = places.first()?.clone();
        Some(Self { origin, parts: flatten(bundle, places), types: TypeSet::ALL })
    }

    /// Returns a node without any constraint, whose origin is `place`.
    pub(crate) fn anything(place: &Place) -> Self {
        Self { origin: place.clone(), parts: Vec::new(), types: TypeSet::ALL }
    }

    /// Returns the node restricted further to the JSON types `types`.
    pub(crate) fn with_types(&self, types: TypeSet) -> Self {
        Self { types: self.types.and(types), ..self.clone() }
    }

    /// Returns the node with the constraints of both; its origin is that of `other`.
    pub(crate) fn with(&self, other: &Self) -> Self {
        let own: HashSet<&Part> = self.parts.iter().collect();
        let parts = self.parts.iter().chain(other.parts.iter().filter(|part| !own.contains(part))).cloned().collect();
        Self { origin: other.origin.clone(), parts, types: self.types.and(other.types) }
    }

    /// Returns the identity of the node, which is equal for nodes with the same constraints.
    pub(crate) fn key(&self) -> NodeKey {
        let mut parts = self.parts.clone();
        parts.sort();
        NodeKey(parts, self.types)
    }

    /// Returns the keywords of each part that is not a boolean schema, in the order of the parts.
    pub(crate) fn keywords<'a>(&self, bundle: &'a Bundle) -> impl Iterator<Item = Keywords<'a>> {
        self.parts.iter().filter_map(move |part| Keywords::at(bundle, &part.place))
    }
}

/// Returns a part for each schema at `places` and each one that their `$ref`s and `allOf`s lead to, if it
/// has a constraint or is `false`. Each schema comes once, so cycles end.
fn flatten(bundle: &Bundle, places: &[Place]) -> Vec<Part> {
    let mut seen = HashSet::new();
    let mut parts = Vec::new();
    let mut waiting: Vec<Place> = places.iter().rev().cloned().collect();
    while let Some(place) = waiting.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        if let Some(target) = target(bundle, &place) {
            waiting.push(target.clone());
            continue;
        }
        let Some(keywords) = Keywords::at(bundle, &place) else {
            if bundle.value(&place).is_some_and(|schema| schema.as_bool() == Some(false)) {
                parts.push(Part { place, any_of_settled: true, one_of_settled: true });
            }
            continue;
        };
        waiting.extend(keywords.all_of().into_iter().rev());
        if keywords.has_reference() {
            waiting.extend(bundle.target(&place).cloned());
        }
        parts.push(Part { place, any_of_settled: false, one_of_settled: false });
    }
    parts.retain(|part| is_constrained(bundle, &part.place));
    parts
}

/// Checks whether the schema at `place` has a keyword that constrains values, `$ref` and `allOf` apart.
/// True for a boolean schema too.
fn is_constrained(bundle: &Bundle, place: &Place) -> bool {
    Keywords::at(bundle, place).is_none_or(|keywords| {
        let constrains = |name: &&str| ENFORCED.contains(name) || UNENFORCED.contains(name);
        // OpenAPI 3.0: `nullable` says nothing without a `type` beside it.
        let counts = |name: &str| name != "nullable" || keywords.has("type");
        keywords.names().any(|name| constrains(&name) && keywords.has(name) && counts(name))
    })
}

/// Returns the location that the schema at `place` refers to through any number of references, if all of
/// these schemas consist of a `$ref` or an `allOf` of one. `None` if the schema has constraints.
pub(crate) fn target<'a>(bundle: &'a Bundle, place: &Place) -> Option<&'a Place> {
    bundle.alias_targets(find_alias_targets).get(place)
}

/// Returns the target of each schema that only refers to another one: `A` maps to `C` if `A` is a `$ref`
/// to `B` and `B` is a `$ref` to `C`. Schemas that refer to each other in a circle map to the first `$ref`
/// target on the circle. Each link is followed once, so the time is linear however long the chains are.
fn find_alias_targets(bundle: &Bundle) -> HashMap<Place, Place> {
    let mut known: HashMap<Place, Option<Place>> = HashMap::new();
    for start in bundle.schemas() {
        let mut path: Vec<(Place, Option<&Place>)> = Vec::new();
        let mut on_path = HashSet::new();
        let mut place = start.clone();
        while !known.contains_key(&place) && on_path.insert(place.clone()) {
            let Some(next) = find_link(bundle, &place) else { break };
            let (next, target) = match next {
                Link::Reference(target) => (target.clone(), Some(target)),
                Link::Member(member) => (member, None),
            };
            path.push((std::mem::replace(&mut place, next), target));
        }
        let mut end = known.get(&place).cloned().flatten();
        let closes = path.iter().any(|(at, _)| *at == place);
        if closes {
            end = path.iter().skip_while(|(at, _)| *at != place).find_map(|(_, target)| target.cloned());
        }
        for (at, target) in path.into_iter().rev() {
            end = end.or_else(|| target.cloned());
            known.insert(at, end.clone());
        }
        known.entry(start.clone()).or_insert(None);
    }
    known.into_iter().filter_map(|(place, end)| Some((place, end?))).collect()
}

/// A link from a schema without constraints to the next schema.
enum Link<'a> {
    /// The target of its `$ref`.
    Reference(&'a Place),
    /// The only member of its `allOf`.
    Member(Place),
}

/// Returns the link of a schema that consists of a `$ref`, or of an `allOf` with one member; `None` if
/// it has constraints, both, or neither.
fn find_link<'a>(bundle: &'a Bundle, place: &Place) -> Option<Link<'a>> {
    if is_constrained(bundle, place) {
        return None;
    }
    let keywords = Keywords::at(bundle, place)?;
    match (bundle.target(place), keywords.all_of()) {
        (Some(target), members) if members.is_empty() => Some(Link::Reference(target)),
        (None, members) if !keywords.has_reference() => match <[Place; 1]>::try_from(members) {
            Ok([member]) => Some(Link::Member(member)),
            Err(_) => None,
        },
        _ => None,
    }
}
