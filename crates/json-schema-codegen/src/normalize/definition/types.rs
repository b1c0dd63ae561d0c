//! Defines the types that fields, variants and items have in the intermediate form.

use crate::normalize::assertion_lists::AssertionListId;
use crate::normalize::definition_id::DefinitionId;

/// The type of a field, variant or item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    /// Any JSON value.
    Any,
    Null,
    Bool,
    /// A whole number: `i64`, or `u64` if `unsigned`.
    Integer {
        unsigned: bool,
    },
    /// A whole number of a narrower type: that of an integer format, such as `u8` for `uint8`; without 0 if `positive`.
    NarrowInteger {
        format: &'static str,
        positive: bool,
    },
    /// `serde_json::Number`.
    Number,
    /// `String`.
    String,
    /// `Vec` of this type.
    Array(Box<Type>),
    /// `BTreeMap` from strings to this type.
    Map(Box<Type>),
    /// `Option` of this type, where the schema allows null.
    Nullable(Box<Type>),
    /// A definition behind a `Box`, which breaks a cycle of types.
    Boxed(DefinitionId),
    Named(DefinitionId),
    /// A Rust type from the settings, such as `::uuid::Uuid`.
    Path(String),
    /// The inner type, with values that are checked against a list of assertions when they are read.
    Checked(Box<Type>, AssertionListId),
}

impl Type {
    /// Checks whether the type is a map whose values have a type other than `Any`, or contains such a map inside lists,
    /// maps and nullables. Definitions that the type names are not looked into.
    pub(crate) fn contains_typed_map(&self) -> bool {
        match self {
            Self::Map(values) => **values != Self::Any || values.contains_typed_map(),
            Self::Array(inner) | Self::Nullable(inner) | Self::Checked(inner, _) => inner.contains_typed_map(),
            _ => false,
        }
    }

    /// Returns the type without `Checked` around it: the type of the values, without the assertions that they are
    /// checked against. Types inside lists, maps and nullables keep their assertions.
    pub(crate) fn without_assertions(&self) -> &Self {
        match self {
            Self::Checked(inner, _) => inner.without_assertions(),
            ty => ty,
        }
    }

    /// Returns the type with `Checked` around it, so that its values are checked against `list`; the type itself if
    /// `list` is `None`. In a nullable, `Checked` is around the inner type, since `null` is not checked.
    pub(crate) fn with_assertions(self, list: Option<AssertionListId>) -> Self {
        match (self, list) {
            (ty, None) => ty,
            (Self::Nullable(inner), list) => Self::Nullable(Box::new(inner.with_assertions(list))),
            (ty, Some(list)) => Self::Checked(Box::new(ty), list),
        }
    }
}
