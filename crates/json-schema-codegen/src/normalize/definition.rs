//! The small dialect: what every schema is turned into before it becomes Rust.

use std::collections::HashMap;

use serde_json::Value;

pub(crate) use crate::normalize::type_set::TypeSet;
use crate::pattern::Program;
use crate::place::Place;

/// Named definitions, in the order in which the roots reach them.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    pub(crate) all: Vec<Definition>,
    /// The definition of each root, and the name that the root has itself.
    pub(crate) roots: Vec<Root>,
    /// The names of the places that are roots or referred to.
    pub(crate) place_names: HashMap<Place, String>,
}

impl Definitions {
    pub(crate) fn get(&self, id: DefinitionId) -> Option<&Definition> {
        self.all.get(id.0)
    }

    pub(crate) fn name(&self, id: DefinitionId) -> &str {
        self.get(id).map_or("", |definition| &definition.name)
    }
}

/// A root: its definition, and its own name when that is another one's.
#[derive(Debug)]
pub(crate) struct Root {
    pub(crate) name: String,
    pub(crate) ty: Type,
}

/// The number of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct DefinitionId(pub(crate) usize);

/// A type of the output.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) name: String,
    /// The name that it would have without a rename, when it has been renamed.
    pub(crate) alias: Option<String>,
    pub(crate) place: Place,
    pub(crate) docs: Docs,
    pub(crate) is_root: bool,
    pub(crate) shape: Shape,
}

/// What a schema says of itself for people to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) default: Option<String>,
    pub(crate) examples: Vec<String>,
    pub(crate) deprecated: bool,
}

#[derive(Debug)]
pub(crate) enum Shape {
    Struct(Struct),
    Enum(Enum),
    Union(Union),
    Tuple(Tuple),
    /// Another name for a type.
    Alias(Type),
    /// A type around another: an alias that refers to itself, or one that needs a reader of its own.
    Newtype(Type),
}

impl Shape {
    /// Returns the types inside the shape.
    pub(crate) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(object) => {
                let extra = if let Extra::Typed { ty, .. } = &object.extra { Some(ty) } else { None };
                let listed = object.properties.iter().map(|property| &property.ty);
                listed.chain(object.patterns.iter().map(|pattern| &pattern.ty)).chain(extra).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest).collect(),
            Self::Alias(ty) | Self::Newtype(ty) => vec![ty],
            Self::Enum(_) => Vec::new(),
        }
    }

    /// Returns the definition that an alias is another name for, or an option of; else `None`.
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

/// An object.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) properties: Vec<Property>,
    /// Properties that are told by the pattern of their names; the first that matches counts.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) extra: Extra,
}

/// Properties whose names match a pattern: a map.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) pattern: String,
    pub(crate) program: Program,
    pub(crate) field: String,
    pub(crate) ty: Type,
    pub(crate) place: Place,
}

#[derive(Debug)]
pub(crate) struct Property {
    /// The name in the document.
    pub(crate) wire: String,
    /// The name of the field.
    pub(crate) field: String,
    pub(crate) ty: Type,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    pub(crate) place: Place,
}

/// What becomes of properties that the schema does not list.
#[derive(Debug)]
pub(crate) enum Extra {
    /// They are kept, whatever they are, in a field of this name.
    Open { field: String },
    /// They are kept in a field of this name, and all have a type.
    Typed { field: String, ty: Type },
    /// They are an error.
    Closed,
}

/// A list of values, open to others.
#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) values: Vec<EnumValue>,
    /// The variant that holds a value that is not listed.
    pub(crate) unknown: String,
    /// Whether a value that is not listed is one that the schema allows.
    pub(crate) open: bool,
}

impl Enum {
    pub(crate) fn is_text(&self) -> bool {
        self.values.iter().all(|value| value.value.is_string())
    }
}

#[derive(Clone, Debug)]
pub(crate) struct EnumValue {
    pub(crate) value: Value,
    pub(crate) variant: String,
    pub(crate) docs: Docs,
}

/// One of several types.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) variants: Vec<Variant>,
    pub(crate) tag: Option<Tag>,
    /// Whether the JSON type of a value alone tells its variant.
    pub(crate) by_type: bool,
    pub(crate) fallback: Fallback,
}

/// What becomes of a value that is none of a union's members.
#[derive(Debug)]
pub(crate) enum Fallback {
    /// The schema does not allow it; this variant holds it all the same.
    Unknown(String),
    /// The schema allows it, and this variant holds it.
    Other(String),
    /// The members' types leave no doubt that it is an error.
    Reject,
}

impl Fallback {
    /// The name of the variant.
    pub(crate) fn variant(&self) -> Option<&str> {
        match self {
            Self::Unknown(name) | Self::Other(name) => Some(name),
            Self::Reject => None,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) types: TypeSet,
    /// The values of the tag that mean this variant.
    pub(crate) tags: Vec<Value>,
    /// The properties that an object of this variant must have.
    pub(crate) required: Vec<String>,
    pub(crate) docs: Docs,
}

/// The property that tells the variants of a union apart.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) property: String,
    pub(crate) kind: TagKind,
}

/// How far a tag tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// Each member that is an object insists on values of its own (`const`, `enum`): no other one
    /// can hold a document with such a value.
    Exclusive,
    /// Some insist on a value (`const`); a document with it may still be one of those that do not.
    Partial,
    /// `discriminator` alone says so: the schema accepts a document whatever its tag is.
    Discriminator,
}

/// A list whose first items have types of their own.
#[derive(Debug)]
pub(crate) struct Tuple {
    pub(crate) items: Vec<TupleItem>,
    /// The type of the items after those; none may come when there is none.
    pub(crate) rest: Option<Type>,
}

#[derive(Debug)]
pub(crate) struct TupleItem {
    pub(crate) ty: Type,
    pub(crate) required: bool,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    /// Any JSON value.
    Any,
    Null,
    Bool,
    /// A whole number; unsigned when the schema's bounds leave `i64`.
    Integer {
        unsigned: bool,
    },
    Number,
    Text,
    List(Box<Type>),
    Map(Box<Type>),
    Nullable(Box<Type>),
    /// A definition that holds itself here.
    Boxed(DefinitionId),
    Named(DefinitionId),
    /// A Rust path from the settings.
    Path(String),
}
