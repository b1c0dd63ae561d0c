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

/// The rules, each with what it says of a schema that it applies to. A rule is true for any schema;
/// what is particular to one is a correction.
pub(crate) const RULES: &[(&str, Rule)] = &[
    ("the settings name a type for it", mapped::rule),
    ("it says nothing of values", anything::rule),
    ("it does nothing but refer to another schema", reference::rule),
    ("it allows null beside other values", nullable::rule),
    ("`enum` or `const` lists its values", enumeration::rule),
    ("`oneOf` or `anyOf` has a variant for each member", union::rule),
    ("it allows several JSON types, a variant for each", mixed::rule),
    ("it is an object: a struct where names are listed, else a map", object::rule),
    ("it is an array: a tuple where first items have schemas of their own, else a list", array::rule),
    ("it has one JSON type", scalar::rule),
];
