//! A node: all schemas that one value must satisfy at once.
//!
//! `$ref` and `allOf` are followed, so a node lists the places whose own keywords count. Nothing
//! is merged into a new schema: a node is the places, and two nodes with the same places are one.

use std::collections::{HashMap, HashSet};

use crate::bundle::Bundle;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::{ENFORCED, Keywords, UNENFORCED};
use crate::place::Place;

/// The schemas that a value must satisfy, and the JSON types that are asked for.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The place that the node was made from.
    pub(crate) origin: Place,
    pub(crate) parts: Vec<Part>,
    pub(crate) types: TypeSet,
}

/// One schema of a node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Part {
    pub(crate) place: Place,
    /// Whether its `anyOf` is settled: a member has been taken, or it holds nothing of a type.
    pub(crate) any_of_settled: bool,
    /// The same for its `oneOf`.
    pub(crate) one_of_settled: bool,
}

/// What tells nodes apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeKey(Vec<Part>, TypeSet);

impl Node {
    /// All that a value at this place must satisfy.
    pub(crate) fn at(bundle: &Bundle, place: &Place) -> Self {
        Self::of(bundle, std::slice::from_ref(place)).unwrap_or_else(|| Self::anything(place))
    }

    /// All that a value must satisfy that stands at several places at once.
    pub(crate) fn of(bundle: &Bundle, places: &[Place]) -> Option<Self> {
        let origin = places.first()?.clone();
        Some(Self { origin, parts: flatten(bundle, places), types: TypeSet::ALL })
    }

    /// A node without any constraint.
    pub(crate) fn anything(place: &Place) -> Self {
        Self { origin: place.clone(), parts: Vec::new(), types: TypeSet::ALL }
    }

    pub(crate) fn with_types(&self, types: TypeSet) -> Self {
        Self { types: self.types.and(types), ..self.clone() }
    }

    /// The node with the constraints of `other` added, named after `other`.
    pub(crate) fn with(&self, other: &Self) -> Self {
        let own: HashSet<&Part> = self.parts.iter().collect();
        let parts = self.parts.iter().chain(other.parts.iter().filter(|part| !own.contains(part))).cloned().collect();
        Self { origin: other.origin.clone(), parts, types: self.types.and(other.types) }
    }

    pub(crate) fn key(&self) -> NodeKey {
        let mut parts = self.parts.clone();
        parts.sort();
        NodeKey(parts, self.types)
    }

    /// The keywords of each part that is not a boolean schema.
    pub(crate) fn keywords<'a>(&self, bundle: &'a Bundle) -> impl Iterator<Item = Keywords<'a>> {
        self.parts.iter().filter_map(move |part| Keywords::at(bundle, &part.place))
    }
}

/// The places themselves and all that their `$ref`s and `allOf`s add; each once, so cycles end.
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

/// Whether a schema's own keywords, `$ref` and `allOf` apart, say anything about values.
fn is_constrained(bundle: &Bundle, place: &Place) -> bool {
    Keywords::at(bundle, place).is_none_or(|keywords| {
        let constrains = |name: &&str| ENFORCED.contains(name) || UNENFORCED.contains(name);
        // OpenAPI 3.0: `nullable` says nothing without a `type` beside it.
        let counts = |name: &str| name != "nullable" || keywords.has("type");
        keywords.names().any(|name| constrains(&name) && keywords.has(name) && counts(name))
    })
}

/// The place that a schema does nothing but refer to, through any number of steps.
pub(crate) fn target<'a>(bundle: &'a Bundle, place: &Place) -> Option<&'a Place> {
    bundle.alias_targets(find_alias_targets).get(place)
}

/// Where each schema leads that does nothing but refer to another one. Each step is taken once,
/// however long the ways are; a way that ends nowhere but in itself leads to the first place on it
/// that is referred to.
fn find_alias_targets(bundle: &Bundle) -> HashMap<Place, Place> {
    let mut known: HashMap<Place, Option<Place>> = HashMap::new();
    for start in bundle.schemas() {
        let mut way: Vec<(Place, Option<&Place>)> = Vec::new();
        let mut on_way = HashSet::new();
        let mut place = start.clone();
        while !known.contains_key(&place) && on_way.insert(place.clone()) {
            let Some(next) = step(bundle, &place) else { break };
            let (next, target) = match next {
                Step::Reference(target) => (target.clone(), Some(target)),
                Step::Member(member) => (member, None),
            };
            way.push((std::mem::replace(&mut place, next), target));
        }
        let mut end = known.get(&place).cloned().flatten();
        let closes = way.iter().any(|(at, _)| *at == place);
        if closes {
            end = way.iter().skip_while(|(at, _)| *at != place).find_map(|(_, target)| target.cloned());
        }
        for (at, target) in way.into_iter().rev() {
            end = end.or_else(|| target.cloned());
            known.insert(at, end.clone());
        }
        known.entry(start.clone()).or_insert(None);
    }
    known.into_iter().filter_map(|(place, end)| Some((place, end?))).collect()
}

enum Step<'a> {
    Reference(&'a Place),
    Member(Place),
}

/// Where a schema leads that says nothing itself but a `$ref` or an `allOf` of one.
fn step<'a>(bundle: &'a Bundle, place: &Place) -> Option<Step<'a>> {
    if is_constrained(bundle, place) {
        return None;
    }
    let keywords = Keywords::at(bundle, place)?;
    match (bundle.target(place), keywords.all_of()) {
        (Some(target), members) if members.is_empty() => Some(Step::Reference(target)),
        (None, members) if !keywords.has_reference() => match <[Place; 1]>::try_from(members) {
            Ok([member]) => Some(Step::Member(member)),
            Err(_) => None,
        },
        _ => None,
    }
}
