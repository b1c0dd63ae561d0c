//! The rules that decide what a node becomes, in the order in which they are tried.
//!
//! A rule takes a node and returns an outline, or `None` if it does not apply. It changes nothing:
//! an outline holds the nodes inside as nodes, and [`Normalizer`](super::Normalizer) turns them into
//! types.

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

use crate::normalize::definition::Type;
use crate::normalize::node::Node;
use crate::normalize::schemas::Schemas;
use crate::place::Place;

pub(crate) use array::{TupleOutline, TupleRest};
pub(crate) use enumeration::Listed;
pub(crate) use mapped::Mapped;
pub(crate) use members::{Members, Others};
pub(crate) use object::{ObjectOutline, PatternOutline, PropertyOutline, Rest};
pub(crate) use union::variants;

/// What a node becomes, before the nodes inside it are looked at.
pub(crate) enum Outline {
    /// Any JSON value; the reason, where the schema says more than the type does.
    Any(Option<String>),
    /// A boolean, a text, a number or null.
    Scalar(Type),
    /// The type that the settings name.
    Mapped(Mapped),
    /// The definition of the schema at this place.
    Reference(Place),
    /// What the only member of a union becomes.
    Only {
        member: Box<Node>,
        /// The members that accept no value.
        dropped: Vec<Place>,
    },
    /// Null, or a value of another node.
    Nullable(Box<Node>),
    /// A list; of any values if there is no node.
    List(Option<Box<Node>>),
    /// A map whose keys are not listed; of any values if there is no node.
    Map(Option<Box<Node>>),
    Object(Box<ObjectOutline>),
    Tuple(TupleOutline),
    Enum(Listed),
    Union(Members),
}

impl Outline {
    /// Checks whether the type needs no definition and holds no other one than by reference.
    pub(crate) fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::Any(_) | Self::Scalar(_) | Self::Mapped(_) | Self::Reference(_) | Self::List(None) | Self::Map(None)
        )
    }
}

type Rule = fn(&Schemas<'_>, &Node) -> Option<Outline>;

/// The rules, each with what it says of a schema that it applies to. A rule is true for any schema;
/// what is particular to one schema is a correction.
const RULES: &[(&str, Rule)] = &[
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

/// Returns the outline that the first rule gives for a node, and why the rule applies.
pub(crate) fn outline(schemas: &Schemas<'_>, node: &Node) -> (&'static str, Outline) {
    let first = RULES.iter().find_map(|(why, rule)| Some((*why, rule(schemas, node)?)));
    first.unwrap_or(("it says nothing of values", Outline::Any(None)))
}
