//! The members of a union: what `oneOf` or `anyOf` lists, each together with what stands beside it.

use std::collections::HashSet;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::schemas::{Choice, Schemas};
use crate::place::Place;

/// How many `anyOf` and `oneOf` of one value are combined; the variants of more would multiply.
const COMBINED: usize = 3;

/// The members of a union.
pub(crate) struct Members {
    pub(crate) nodes: Vec<Node>,
    /// Set if the members differ by their JSON type alone: then whether values of other types are
    /// accepted too.
    pub(crate) by_type: Option<Others>,
    /// The schema with the `discriminator`, if there is one.
    pub(crate) discriminator: Option<Place>,
    /// The members that accept no value, together with what stands beside the union.
    pub(crate) dropped: Vec<Place>,
}

/// What the schema says of values whose JSON type is not that of any member.
#[derive(Clone, Copy)]
pub(crate) enum Others {
    Allowed,
    Refused,
}

/// Returns the members of the first `oneOf` or `anyOf` of the node that says anything of types.
pub(crate) fn members(schemas: &Schemas<'_>, node: &Node) -> Option<Members> {
    let settled = node.parts.iter().filter(|part| part.any_of_settled || part.one_of_settled).count();
    if settled >= COMBINED {
        return None;
    }
    let mut choices = schemas.choices(node);
    for choice in &mut choices {
        choice.members = choice.members.iter().flat_map(|member| flattened(schemas, member, COMBINED)).collect();
    }
    let (choice, (nodes, dropped)) = choices.iter().find_map(|choice| {
        let base = settle(node, choice);
        let shapes = |member: &Place| shapes_values(schemas, &base, member);
        choice.members.iter().any(shapes).then(|| (choice, distinct(schemas, &base, choice)))
    })?;
    let place = &node.parts.get(choice.part)?.place;
    let has_discriminator = schemas.keywords(place).is_some_and(|keywords| keywords.discriminator().is_some());
    let discriminator = has_discriminator.then(|| place.clone());
    (!nodes.is_empty()).then_some(Members { nodes, by_type: None, discriminator, dropped })
}

/// Returns a member, or its own members if it is nothing but another union without a title.
fn flattened(schemas: &Schemas<'_>, member: &Place, depth: usize) -> Vec<Place> {
    let inner = schemas.keywords(member).filter(|_| depth > 0).and_then(|keywords| keywords.only_union());
    match inner {
        Some(inner) => inner.iter().flat_map(|member| flattened(schemas, member, depth - 1)).collect(),
        None => vec![member.clone()],
    }
}

/// Returns the node without the `anyOf` or `oneOf` of a choice.
fn settle(node: &Node, choice: &Choice) -> Node {
    let mut base = node.clone();
    if let Some(part) = base.parts.get_mut(choice.part) {
        part.any_of_settled |= choice.keyword == "anyOf";
        part.one_of_settled |= choice.keyword == "oneOf";
    }
    base
}

/// Checks whether a member says more of types than the node says without it. A member that only
/// requires properties which the node lists says nothing that a type could hold.
fn shapes_values(schemas: &Schemas<'_>, base: &Node, member: &Place) -> bool {
    let member = Node::at(schemas.bundle, member);
    let narrows = !schemas.types(base).within(schemas.types(&member));
    let lists = member.keywords(schemas.bundle).any(|keywords| {
        ["properties", "patternProperties", "additionalProperties", "enum", "const", "oneOf", "anyOf"]
            .iter()
            .any(|keyword| keywords.has(keyword))
    });
    let requires = member.keywords(schemas.bundle).any(|keywords| !keywords.required().is_empty());
    let base_lists = base.keywords(schemas.bundle).any(|keywords| keywords.has("properties"));
    narrows || lists || (requires && !base_lists) || schemas.has_array_structure(&member)
}

/// Returns the members that accept any value, each once, and the places of those that accept none.
fn distinct(schemas: &Schemas<'_>, base: &Node, choice: &Choice) -> (Vec<Node>, Vec<Place>) {
    let mut seen = HashSet::new();
    let (mut nodes, mut dropped) = (Vec::new(), Vec::new());
    for member in &choice.members {
        let node = combined(schemas, base, member);
        if schemas.types(&node) == TypeSet::NONE {
            dropped.push(member.clone());
        } else if seen.insert(node.key()) {
            nodes.push(node);
        }
    }
    (nodes, dropped)
}

/// Returns a member together with what is said beside the union; the member alone when that adds
/// nothing, so that a reference stays one.
fn combined(schemas: &Schemas<'_>, base: &Node, member: &Place) -> Node {
    let member = Node::at(schemas.bundle, member);
    let adds = schemas.has_object_structure(base)
        || schemas.has_array_structure(base)
        || !schemas.choices(base).is_empty()
        || !schemas.types(&member).within(schemas.types(base));
    if adds { base.with(&member) } else { member.with_types(base.types) }
}
