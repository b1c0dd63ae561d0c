//! The rules, in the order in which they are tried: the first that applies to a node outlines it.

mod anything;
pub(crate) mod array;
pub(crate) mod enumeration;
mod mapped;
mod member;
mod mixed;
mod nullable;
pub(crate) mod object;
mod reference;
mod scalar;
mod tag;
pub(crate) mod union;
mod variant_name;

use crate::normalize::Normalizer;
use crate::normalize::definition::Type;
use crate::normalize::node::Node;
use crate::place::Place;

pub(crate) use enumeration::Listed;
pub(crate) use union::Members;

/// What a node is, before the nodes in it are looked at.
pub(crate) enum Outline {
    /// A type that needs no definition.
    Plain(Type),
    /// What the schema at this place is.
    Reference(Place),
    Nullable(Box<Node>),
    List(Box<Node>),
    Map(Box<Node>),
    Object,
    Tuple,
    Enum(Listed),
    Union(Members),
}

type Rule = fn(&mut Normalizer<'_>, &Node) -> Option<Outline>;

/// The rules by name. A rule is true for any schema; what is particular to one is a correction.
pub(crate) const RULES: &[(&str, Rule)] = &[
    ("mapped", mapped::rule),
    ("anything", anything::rule),
    ("reference", reference::rule),
    ("nullable", nullable::rule),
    ("enumeration", enumeration::rule),
    ("union", union::rule),
    ("mixed", mixed::rule),
    ("object", object::rule),
    ("array", array::rule),
    ("scalar", scalar::rule),
];
