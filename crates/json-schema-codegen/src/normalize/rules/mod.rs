//! The rules that decide which kind of type a node becomes, in the order in which they are tried.
//!
//! A rule takes a node and returns an outline, or `None` if it does not apply. It only reads: an outline
//! contains the nodes inside it as they are, and [`Normalizer`](super::Normalizer) turns them into types.

mod anything;
mod array;
mod enumeration;
mod integer;
mod mapped;
mod member;
mod members;
mod mixed;
mod nullable;
mod object;
mod reference;
mod scalar;
mod tag;
mod union;
mod variant_name;

use crate::location::Location;
use crate::normalize::definition::Type;
use crate::normalize::node::Node;
use crate::normalize::schemas::Schemas;

pub(crate) use array::{TupleOutline, TupleRest};
pub(crate) use enumeration::EnumOutline;
pub(crate) use integer::integer_type;
pub(crate) use mapped::Mapped;
pub(crate) use members::{Members, OtherTypes};
pub(crate) use object::{Additional, ObjectOutline, PatternOutline, PropertyOutline};
pub(crate) use union::variants;

/// The kind of type that a node becomes, with the nodes inside it not normalized yet.
pub(crate) enum Outline {
    /// Any JSON value. Holds the reason if the schema has constraints nevertheless, else `None`.
    Any(Option<String>),
    /// A boolean, string, number or null.
    Scalar(Type),
    /// A type that the settings name.
    Mapped(Mapped),
    /// The definition of the schema at this location.
    Reference(Location),
    /// A union with only one possible member, whose type it has.
    Only {
        member: Box<Node>,
        /// The members that accept no value.
        dropped: Vec<Location>,
    },
    /// Null, or a value of this node.
    Nullable(Box<Node>),
    /// A list with items of this node; of any values if `None`.
    Array(Option<Box<Node>>),
    /// A map with any keys and with values of this node; of any values if `None`.
    Map(Option<Box<Node>>),
    Object(Box<ObjectOutline>),
    Tuple(TupleOutline),
    Enum(EnumOutline),
    Union(Members),
}

impl Outline {
    /// Checks whether the type needs no definition and contains no node of its own.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::Any(_) | Self::Scalar(_) | Self::Mapped(_) | Self::Reference(_) | Self::Array(None) | Self::Map(None)
        )
    }
}

/// A rule: returns the outline of a node, or `None` if it does not apply.
type Rule = fn(&Schemas<'_>, &Node) -> Option<Outline>;

/// The rules in the order in which they are tried, each with the reason that the report gives for a schema
/// it applies to. Rules are general; a flaw of a single schema is fixed by a correction instead.
const RULES: &[(&str, Rule)] = &[
    ("the settings name a Rust type for it", mapped::rule),
    ("it accepts any value, or none", anything::rule),
    ("it only refers to another schema", reference::rule),
    ("it allows null beside other values", nullable::rule),
    ("`enum` or `const` lists its values", enumeration::rule),
    ("`oneOf` or `anyOf` has a variant for each member", union::rule),
    ("it allows several JSON types, a variant for each", mixed::rule),
    ("it is an object: a struct if properties are named, else a map", object::rule),
    ("it is an array: a tuple if its first items have schemas of their own, else a list", array::rule),
    ("it has one JSON type", scalar::rule),
];

/// Returns (reason, outline) of the first rule that applies to `node`; any value if none does.
pub(crate) fn outline(schemas: &Schemas<'_>, node: &Node) -> (&'static str, Outline) {
    let first = RULES.iter().find_map(|(why, rule)| Some((*why, rule(schemas, node)?)));
    first.unwrap_or(("it accepts any value, or none", Outline::Any(None)))
}
