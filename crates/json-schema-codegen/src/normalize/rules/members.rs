//! Finds the members of a union: the subschemas of `oneOf` or `anyOf`, each combined with the keywords beside the
//! union.

use std::collections::HashSet;

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::UnionMembers;
use crate::normalize::redundant;
use crate::normalize::schemas::{RuleInput, UnionKeyword};

/// Most `anyOf`s and `oneOf`s of one node that become variants, and most levels of unions inside unions that become one
/// union. The number of variants multiplies with each.
const MAX_COMBINED_UNIONS: usize = 3;

/// Returns the members of the first `oneOf` or `anyOf` of `node` that affects the type of `node`. `None` if there is
/// none, if no member accepts a value, or if [`MAX_COMBINED_UNIONS`] unions of the node have become variants already.
pub(crate) fn find_union_members(schemas: &RuleInput<'_>, node: &Node) -> Option<UnionMembers> {
    let settled = node.parts.iter().filter(|part| part.any_of_settled || part.one_of_settled).count();
    if settled >= MAX_COMBINED_UNIONS {
        return None;
    }
    let mut choices = schemas.list_union_keywords(node);
    for choice in &mut choices {
        choice.members = choice
            .members
            .iter()
            .flat_map(|member| flatten_nested_unions(schemas, member, MAX_COMBINED_UNIONS))
            .collect();
    }
    let (choice, (nodes, dropped)) = choices.iter().find_map(|choice| {
        let base = ignore_union_keyword(node, choice);
        let affects = |member: &Location| !redundant::only_adds_required(schemas, &base, member);
        choice.members.iter().any(affects).then(|| (choice, combine_members_with_base(schemas, &base, choice)))
    })?;
    let location = &node.parts.get(choice.part)?.location;
    let has_discriminator = schemas.read_keywords(location).is_some_and(|keywords| keywords.discriminator().is_some());
    let discriminator = has_discriminator.then(|| location.clone());
    let any_of = (choice.keyword == "anyOf").then(|| location.clone());
    (!nodes.is_empty()).then_some(UnionMembers { nodes, by_type: None, any_of, discriminator, dropped })
}

/// Returns the location of `member`, or, if the schema there consists of another union without a title, the locations
/// of that union's members, and so on to `depth` levels.
fn flatten_nested_unions(schemas: &RuleInput<'_>, member: &Location, depth: usize) -> Vec<Location> {
    let inner =
        schemas.read_keywords(member).filter(|_| depth > 0).and_then(|keywords| keywords.find_sole_union_members());
    match inner {
        Some(inner) => inner.iter().flat_map(|member| flatten_nested_unions(schemas, member, depth - 1)).collect(),
        None => vec![member.clone()],
    }
}

/// Returns a copy of `node` in which `choice`, one of its `anyOf`s and `oneOf`s, is marked to be ignored.
fn ignore_union_keyword(node: &Node, choice: &UnionKeyword) -> Node {
    let mut base = node.clone();
    if let Some(part) = base.parts.get_mut(choice.part) {
        part.any_of_settled |= choice.keyword == "anyOf";
        part.one_of_settled |= choice.keyword == "oneOf";
    }
    base
}

/// Returns (nodes of the members of `choice`, combined with `base`, without duplicates; locations of the members that
/// accept no value together with `base`).
fn combine_members_with_base(
    schemas: &RuleInput<'_>,
    base: &Node,
    choice: &UnionKeyword,
) -> (Vec<Node>, Vec<Location>) {
    let mut seen = HashSet::new();
    let (mut nodes, mut dropped) = (Vec::new(), Vec::new());
    for member in &choice.members {
        let node = combine_member_with_base(schemas, base, member);
        if schemas.allowed_types(&node) == TypeSet::NONE {
            dropped.push(member.clone());
        } else if seen.insert(node.node_key()) {
            nodes.push(node);
        }
    }
    (nodes, dropped)
}

/// Returns the node of `member` together with `base`, the schemas beside the union. If `base` adds nothing to the
/// member's type, returns the node of the member alone, so that a reference remains a reference.
fn combine_member_with_base(schemas: &RuleInput<'_>, base: &Node, member: &Location) -> Node {
    let member = Node::from_location(schemas.resolved, member);
    let adds = schemas.has_object_structure(base)
        || schemas.has_array_structure(base)
        || !schemas.list_union_keywords(base).is_empty()
        || !schemas.allowed_types(&member).is_within(schemas.allowed_types(base));
    if adds { base.intersected_with(&member) } else { member.restricted_to_types(base.types) }
}
