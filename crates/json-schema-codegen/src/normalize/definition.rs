//! Defines the intermediate form: the definitions that schemas are turned into before they become Rust.

mod enums;
mod structs;
mod types;
mod unions;

use std::collections::HashMap;

use crate::location::Location;
pub(crate) use crate::normalize::assertion_lists::{AssertionListId, AssertionLists};
pub(crate) use crate::normalize::definition_id::DefinitionId;
pub(crate) use crate::normalize::docs::Docs;
pub(crate) use crate::normalize::type_set::TypeSet;
use crate::normalize::views::Views;

pub(crate) use enums::{Enum, EnumValue};
pub(crate) use structs::{AdditionalProperties, MismatchTreatment, PatternField, Property, Struct};
pub(crate) use types::Type;
pub(crate) use unions::{TagKind, Union, UnionFallback, UnionTag, Variant};

/// Named definitions, in the order in which the roots reach them.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    /// Indexed by [`DefinitionId`].
    pub(crate) all: Vec<Definition>,
    pub(crate) roots: Vec<RootType>,
    /// The definitions that only refer to another schema, of documents whose definitions are all generated. Each
    /// becomes a type alias, although it may be that nothing refers to it.
    pub(crate) aliases: Vec<RootType>,
    /// The type names of all schemas that are roots or targets of references, by location.
    pub(crate) type_names: HashMap<Location, String>,
    pub(crate) views: Views,
    /// The lists of assertions that strict types check.
    pub(crate) assertions: AssertionLists,
}

impl Definitions {
    /// Returns the definition with the id `id`; `None` if `id` belongs to other definitions.
    pub(crate) fn get(&self, id: DefinitionId) -> Option<&Definition> {
        self.all.get(id.0)
    }

    /// Returns the type name of the definition `id`; empty if there is no such definition.
    pub(crate) fn name(&self, id: DefinitionId) -> &str {
        self.get(id).map_or("", |definition| &definition.name)
    }
}

/// A schema for which a type is generated although nothing refers to it.
#[derive(Debug)]
pub(crate) struct RootType {
    /// The root's own type name. It differs from its definition's if the root only refers to another
    /// schema.
    pub(crate) name: String,
    pub(crate) ty: Type,
}

/// A named type of the generated code.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) name: String,
    /// The old name, if `[rename]` gave the definition its name; else `None`.
    pub(crate) alias: Option<String>,
    /// The location of the schema that the definition is made from.
    pub(crate) location: Location,
    pub(crate) docs: Docs,
    pub(crate) is_root: bool,
    /// The list of assertions that a value is checked against when it is read as this struct, union or tuple; `None` if
    /// there are none. The other shapes have their lists in their types (`Type::Checked`).
    pub(crate) assertions: Option<AssertionListId>,
    pub(crate) shape: Shape,
}

impl Definition {
    /// Returns the name that the definition has without any rename.
    pub(crate) fn old_name(&self) -> &String {
        self.alias.as_ref().unwrap_or(&self.name)
    }
}

/// The kind and content of a definition.
#[derive(Debug)]
pub(crate) enum Shape {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
    Tuple(Tuple),
    /// Another name for a type.
    Alias(Type),
    /// A struct around one type. It takes the place of an alias that contains itself, that is nested too
    /// deep, or that is a root with integers in it, which need a `Deserialize` of their own.
    Newtype(Type),
}

impl Shape {
    /// Returns the types that the shape contains directly: the types of its fields, variants or items, or the type that
    /// an alias or newtype is for. Empty for an enum of values.
    pub(crate) fn contained_types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(object) => {
                let extra = if let AdditionalProperties::Typed { ty, .. } = &object.extra { Some(ty) } else { None };
                let properties = object.properties.iter().map(|property| &property.ty);
                properties.chain(object.patterns.iter().map(|pattern| &pattern.ty)).chain(extra).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest).collect(),
            Self::Alias(ty) | Self::Newtype(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// Returns the definition that an alias names, directly or as `Option` of it; `None` for any other shape.
    pub(crate) fn aliased_definition(&self) -> Option<DefinitionId> {
        match self {
            Self::Alias(Type::Named(id)) => Some(*id),
            Self::Alias(Type::Nullable(inner)) => match **inner {
                Type::Named(id) => Some(id),
                _ => None,
            },
            _ => None,
        }
    }
}

/// An array whose first items have types of their own.
#[derive(Debug)]
pub(crate) struct Tuple {
    pub(crate) items: Vec<TupleItem>,
    /// The type of the items after the first ones; `None` if no more are allowed.
    pub(crate) rest: Option<Type>,
}

/// One of the first items of a tuple.
#[derive(Debug)]
pub(crate) struct TupleItem {
    pub(crate) ty: Type,
    /// True if `minItems` requires the item.
    pub(crate) required: bool,
}
