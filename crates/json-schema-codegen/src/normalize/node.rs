//! Defines nodes. A node is all schemas that one value must satisfy at once.
//!
//! `$ref` and `allOf` are followed, so a node lists the locations of the schemas whose own keywords
//! count. Schemas are not merged into a new one; nodes with the same locations are equal.

use std::collections::{HashMap, HashSet};

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::resolve::Resolved;
use crate::vocabulary::{ENFORCED_KEYWORDS, UNENFORCED_KEYWORDS};

/// All schemas that one value must satisfy at once, and the JSON types that it may have.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The location of the schema from which the node was made; its `$ref` and `allOf` lead to the other schemas of the
    /// node.
    pub(crate) origin: Location,
    /// The schemas that have constraints or are `false`; empty if any value is accepted.
    pub(crate) parts: Vec<NodePart>,
    /// The JSON types to which the node is restricted in addition to its schemas: for example only strings, for one
    /// variant of a schema that allows several types.
    pub(crate) types: TypeSet,
    /// The schemas that references led to when the parts were collected, in the order in which they were found.
    pub(crate) references: Vec<Location>,
}

/// One schema of a node: one of the schemas that a value must satisfy at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodePart {
    pub(crate) location: Location,
    /// True if the `anyOf` of the schema is to be ignored: the node already includes one of its members, or the `anyOf`
    /// was found to have no effect, or the schema is `false`.
    pub(crate) any_of_settled: bool,
    /// True if the `oneOf` of the schema is to be ignored, for the same reasons as its `anyOf`.
    pub(crate) one_of_settled: bool,
}

/// The identity of a node, without its origin: its parts, sorted, and its JSON types. Nodes with equal keys become one
/// type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeKey(Vec<NodePart>, TypeSet);

impl Node {
    /// Creates the node of the schema at `location`: this schema, and those that its `$ref`s and `allOf`s lead to. The
    /// members of `anyOf` and `oneOf` are not added. The node is not restricted to JSON types.
    pub(crate) fn from_location(resolved: &Resolved, location: &Location) -> Self {
        Self::from_locations(resolved, std::slice::from_ref(location))
            .unwrap_or_else(|| Self::accepting_anything(location))
    }

    /// Creates the node of values that satisfy the schemas at all `places` at once, as [`Node::from_location`] does for
    /// one schema. Its origin is the first of `places`; `None` if `places` is empty.
    pub(crate) fn from_locations(resolved: &Resolved, places: &[Location]) -> Option<Self> {
        let origin = places.first()?.clone();
        let (parts, references) = collect_parts(resolved, places);
        Some(Self { origin, parts, types: TypeSet::ALL, references })
    }

    /// Creates a node that accepts any value, whose origin is `location`.
    pub(crate) fn accepting_anything(location: &Location) -> Self {
        Self { origin: location.clone(), parts: Vec::new(), types: TypeSet::ALL, references: Vec::new() }
    }

    /// Returns a copy of the node that is restricted to those of its JSON types that are in `types`.
    pub(crate) fn restricted_to_types(&self, types: TypeSet) -> Self {
        Self { types: self.types.intersect(types), ..self.clone() }
    }

    /// Returns the node of values that satisfy both nodes; its origin is that of `other`.
    pub(crate) fn intersected_with(&self, other: &Self) -> Self {
        let own: HashSet<&NodePart> = self.parts.iter().collect();
        let parts = self.parts.iter().chain(other.parts.iter().filter(|part| !own.contains(part))).cloned().collect();
        let references = self.references.iter().chain(&other.references).cloned().collect();
        Self { origin: other.origin.clone(), parts, types: self.types.intersect(other.types), references }
    }

    /// Returns the identity of the node, which is equal for nodes with the same parts and JSON types.
    pub(crate) fn node_key(&self) -> NodeKey {
        let mut parts = self.parts.clone();
        parts.sort();
        NodeKey(parts, self.types)
    }

    /// Returns the keywords of each schema of the node that is not a boolean schema, in their order.
    pub(crate) fn read_keywords<'a>(&self, resolved: &'a Resolved) -> impl Iterator<Item = SchemaKeywords<'a>> {
        self.parts.iter().filter_map(move |part| SchemaKeywords::read_at(resolved, &part.location))
    }
}

/// Returns (parts, targets of references) of the node for `places`. There is a part for each schema at `places`, and
/// for each schema that their `$ref`s and `allOf`s lead to, if the schema has a constraint or is `false`. Each schema
/// is visited once, so cycles end.
fn collect_parts(resolved: &Resolved, places: &[Location]) -> (Vec<NodePart>, Vec<Location>) {
    let mut seen = HashSet::new();
    let (mut parts, mut references) = (Vec::new(), Vec::new());
    let mut waiting: Vec<Location> = places.iter().rev().cloned().collect();
    while let Some(location) = waiting.pop() {
        if !seen.insert(location.clone()) {
            continue;
        }
        if let Some(target) = find_alias_target(resolved, &location) {
            references.push(target.clone());
            waiting.push(target.clone());
            continue;
        }
        let Some(keywords) = SchemaKeywords::read_at(resolved, &location) else {
            if resolved.find_value(&location).is_some_and(|schema| schema.as_bool() == Some(false)) {
                parts.push(NodePart { location, any_of_settled: true, one_of_settled: true });
            }
            continue;
        };
        waiting.extend(keywords.all_of_members().into_iter().rev());
        if let Some(next) = resolved.find_target(&location).filter(|_| keywords.has_reference()) {
            references.push(find_alias_target(resolved, next).unwrap_or(next).clone());
            waiting.push(next.clone());
        }
        parts.push(NodePart { location, any_of_settled: false, one_of_settled: false });
    }
    parts.retain(|part| has_constraining_keyword(resolved, &part.location));
    (parts, references)
}

/// Checks whether the schema at `location` has a keyword that constrains values, other than `$ref` and `allOf`. True
/// for a boolean schema too.
fn has_constraining_keyword(resolved: &Resolved, location: &Location) -> bool {
    SchemaKeywords::read_at(resolved, location).is_none_or(|keywords| {
        let constrains = |name: &&str| ENFORCED_KEYWORDS.contains(name) || UNENFORCED_KEYWORDS.contains(name);
        // OpenAPI 3.0: `nullable` says nothing without a `type` beside it.
        let counts = |name: &str| name != "nullable" || keywords.has_keyword("type");
        keywords.keyword_names().any(|name| constrains(&name) && keywords.has_keyword(name) && counts(name))
    })
}

/// Returns the location of the schema at the end of a chain of references that begins at `location`. A schema belongs
/// to the chain if it consists of a `$ref`, or of an `allOf` with one member. `None` if the schema at `location` does
/// not.
pub(crate) fn find_alias_target<'a>(resolved: &'a Resolved, location: &Location) -> Option<&'a Location> {
    resolved.alias_targets_or_find(find_alias_targets).get(location)
}

/// Returns, for each schema that only refers to another one, the end of the chain of references: `A` maps to `C` if `A`
/// is a `$ref` to `B` and `B` is a `$ref` to `C`. Schemas that refer to each other in a circle map to the first `$ref`
/// target on the circle. Each link is followed once, so the time is linear however long the chains are.
fn find_alias_targets(resolved: &Resolved) -> HashMap<Location, Location> {
    let mut known: HashMap<Location, Option<Location>> = HashMap::new();
    for start in resolved.reached_schemas() {
        let mut path: Vec<(Location, Option<&Location>)> = Vec::new();
        let mut on_path = HashSet::new();
        let mut location = start.clone();
        while !known.contains_key(&location) && on_path.insert(location.clone()) {
            let Some(next) = find_alias_link(resolved, &location) else { break };
            let (next, target) = match next {
                AliasLink::Reference(target) => (target.clone(), Some(target)),
                AliasLink::Member(member) => (member, None),
            };
            path.push((std::mem::replace(&mut location, next), target));
        }
        let mut end = known.get(&location).cloned().flatten();
        let closes = path.iter().any(|(at, _)| *at == location);
        if closes {
            end = path.iter().skip_while(|(at, _)| *at != location).find_map(|(_, target)| target.cloned());
        }
        for (at, target) in path.into_iter().rev() {
            end = end.or_else(|| target.cloned());
            known.insert(at, end.clone());
        }
        known.entry(start.clone()).or_insert(None);
    }
    known.into_iter().filter_map(|(location, end)| Some((location, end?))).collect()
}

/// The link from a schema that only refers to another schema to that schema.
enum AliasLink<'a> {
    /// The schema consists of a `$ref` to the schema at this location.
    Reference(&'a Location),
    /// The schema consists of an `allOf` whose only member is at this location.
    Member(Location),
}

/// Returns the link of the schema at `location` if it consists of a `$ref`, or of an `allOf` with one member; `None` if
/// it has constraints, both, or neither.
fn find_alias_link<'a>(resolved: &'a Resolved, location: &Location) -> Option<AliasLink<'a>> {
    if has_constraining_keyword(resolved, location) {
        return None;
    }
    let keywords = SchemaKeywords::read_at(resolved, location)?;
    match (resolved.find_target(location), keywords.all_of_members()) {
        (Some(target), members) if members.is_empty() => Some(AliasLink::Reference(target)),
        (None, members) if !keywords.has_reference() => match <[Location; 1]>::try_from(members) {
            Ok([member]) => Some(AliasLink::Member(member)),
            Err(_) => None,
        },
        _ => None,
    }
}
