//! Defines unions in the intermediate form: their variants, and what decides which variant a value is.

use serde_json::Value;

use crate::normalize::assertion_lists::AssertionListId;
use crate::normalize::definition::types::Type;
use crate::normalize::docs::Docs;
use crate::normalize::type_set::TypeSet;

/// A value of one of several types.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) variants: Vec<Variant>,
    /// `None` if no property distinguishes the variants: then they are tried one by one.
    pub(crate) tag: Option<UnionTag>,
    /// True if the JSON type of a value decides its variant.
    pub(crate) by_type: bool,
    pub(crate) fallback: UnionFallback,
}

/// The treatment of a value that fits no member of a union.
#[derive(Debug)]
pub(crate) enum UnionFallback {
    /// The schema does not allow the value; the fallback variant of this name keeps it.
    Unknown(String),
    /// The schema allows the value; the variant of this name holds it.
    Other(String),
    /// Reading fails: the JSON type of the value is that of no member, or the settings close the union.
    Reject,
}

impl UnionFallback {
    /// Returns the name of the fallback variant, which holds a value that fits no member; `None` if reading such a
    /// value fails.
    pub(crate) fn variant_name(&self) -> Option<&str> {
        match self {
            Self::Unknown(name) | Self::Other(name) => Some(name),
            Self::Reject => None,
        }
    }
}

/// A variant of a union.
#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// The Rust type that the variant holds.
    pub(crate) ty: Type,
    /// The JSON types of its values.
    pub(crate) types: TypeSet,
    /// The values of the tag that select this variant; empty if none does.
    pub(crate) tags: Vec<Value>,
    /// The lists of assertions of which a value has to satisfy one to be of this variant; empty if all values may.
    pub(crate) tests: Vec<AssertionListId>,
    /// The JSON names of the properties that the member requires.
    pub(crate) required: Vec<String>,
    pub(crate) docs: Docs,
}

/// The property whose value decides the variant of an object.
#[derive(Clone, Debug)]
pub(crate) struct UnionTag {
    /// The JSON name.
    pub(crate) property: String,
    pub(crate) kind: TagKind,
}

/// How reliably the value of a tag decides the variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// Each object member allows only values of its own (`const`, `enum`), so the value decides alone.
    Exclusive,
    /// Only some object members fix a value (`const`), or two fix the same. An instance with such a value
    /// may still belong to a member without.
    Partial,
    /// Only the OpenAPI keyword `discriminator` assigns values to the members. The subschemas themselves
    /// allow any value.
    Discriminator,
}
