//! The rules that decide which kind of type a node becomes, in the order in which they are tried.
//!
//! A rule takes a node and returns an outline, or `None` if it does not apply. It only reads: an outline
//! contains the nodes inside it as they are, and [`Normalizer`](super::Normalizer) turns them into types.

mod any_of;
mod anything;
mod array;
mod enumeration;
pub(crate) mod integer;
mod mapped;
mod member;
mod members;
mod mixed;
mod nullable;
mod object;
pub(crate) mod reference;
mod scalar;
mod tag;
pub(crate) mod union;
mod variant_name;

use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::RuleInput;

/// A rule: a function that returns the outline of a node, or `None` if the rule does not apply to the node.
type Rule = fn(&RuleInput<'_>, &Node) -> Option<Outline>;

/// (reason, rule) in the order in which the rules are tried. The report gives the reason for a schema to which the rule
/// applies. Rules are general; a flaw of a single schema is fixed by a correction instead.
const RULES: &[(&str, Rule)] = &[
    ("the settings name a Rust type for it", mapped::outline_if_mapped),
    ("it accepts any value, or none", anything::outline_if_any_value),
    ("it only refers to another schema", reference::outline_if_reference),
    ("it allows null beside other values", nullable::outline_if_nullable),
    ("`enum` or `const` lists its values", enumeration::outline_if_enumeration),
    (
        "`anyOf` has members that are objects and do not contradict one another: a struct for all",
        any_of::outline_if_any_of,
    ),
    ("`oneOf` or `anyOf` has a variant for each member", union::outline_if_union),
    ("it allows several JSON types, a variant for each", mixed::outline_if_mixed),
    ("it is an object: a struct if properties are named, else a map", object::outline_if_object),
    ("it is an array: a tuple if its first items have schemas of their own, else a list", array::outline_if_array),
    ("it has one JSON type", scalar::outline_if_scalar),
];

/// Returns (reason, outline) of the first rule that applies to `node`; if none applies, the outline of any value.
pub(crate) fn outline_node(schemas: &RuleInput<'_>, node: &Node) -> (&'static str, Outline) {
    let first = RULES.iter().find_map(|(why, rule)| Some((*why, rule(schemas, node)?)));
    first.unwrap_or(("it accepts any value, or none", Outline::Any(None)))
}
