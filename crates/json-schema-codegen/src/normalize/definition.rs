//! The intermediate form: the definitions that schemas are turned into before they become Rust.

use std::collections::HashMap;

use serde_json::Value;

use crate::location::Location;
pub(crate) use crate::normalize::assertion_lists::{AssertionLists, ListId};
pub(crate) use crate::normalize::definition_id::DefinitionId;
pub(crate) use crate::normalize::docs::Docs;
pub(crate) use crate::normalize::type_set::TypeSet;
use crate::normalize::views::Views;
use crate::pattern::PatternProgram;
#[cfg(feature = "changes")]
use crate::runtime::is_equal_json;

/// Named definitions, in the order in which the roots reach them.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    /// Indexed by [`DefinitionId`].
    pub(crate) all: Vec<Definition>,
    pub(crate) roots: Vec<Root>,
    /// The definitions that only refer to another schema, of documents whose definitions are all generated. Each
    /// becomes a type alias, although it may be that nothing refers to it.
    pub(crate) aliases: Vec<Root>,
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
pub(crate) struct Root {
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
    pub(crate) assertions: Option<ListId>,
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
                let extra = if let Extra::Typed { ty, .. } = &object.extra { Some(ty) } else { None };
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

/// An object with named properties.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) properties: Vec<Property>,
    /// The maps for properties whose names match a pattern. A property goes to the first that matches.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) extra: Extra,
}

#[cfg(feature = "changes")]
impl Struct {
    /// Returns the property with the JSON name `name`; `None` if the schema does not define one.
    pub(crate) fn find_property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.json_name == name)
    }
}

/// A map of the properties whose names match a pattern (`patternProperties`).
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The regular expression as the schema writes it.
    pub(crate) pattern: String,
    /// The pattern compiled for the generated code.
    pub(crate) program: PatternProgram,
    /// The name of the field with the map.
    pub(crate) field: String,
    /// The type of the values.
    pub(crate) ty: Type,
    /// The location of the pattern's subschema.
    pub(crate) location: Location,
}

/// A property that the schema names.
#[derive(Debug)]
pub(crate) struct Property {
    /// The JSON name.
    pub(crate) json_name: String,
    /// The name of the field in the Rust struct.
    pub(crate) field: String,
    /// The type when the property is present; an optional one adds an `Option` later.
    pub(crate) ty: Type,
    pub(crate) required: bool,
    /// Whether the schemas for it may accept `null`.
    pub(crate) accepts_null: bool,
    /// Whether the struct's schema accepts values of other types than `ty` too: they are kept with the additional
    /// properties, whatever the settings say.
    pub(crate) accepts_others: bool,
    /// True if an explicit `null` makes reading fail although the property is optional.
    pub(crate) refuses_null: bool,
    /// The treatment of a value of another type.
    pub(crate) on_mismatch: OnMismatch,
    pub(crate) docs: Docs,
    /// The `default` of an optional property, which its schema accepts, if the settings ask for accessors of defaults.
    pub(crate) default: Option<Value>,
    /// The location of the first schema for it; of the object if the property is only required.
    pub(crate) location: Location,
}

/// The treatment of a value of another type than a property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnMismatch {
    /// The whole object does not fit its struct. A property or union around the object may keep the object; if none
    /// does, reading fails.
    Pass,
    /// The value is kept whole in the object's field for unlisted properties. The field of the property has no value,
    /// or the default value of its type.
    Keep,
    /// Reading fails, even if a property or union around the object could keep the object.
    Fail,
}

/// The treatment of additional properties.
#[derive(Debug)]
pub(crate) enum Extra {
    /// They are kept as any values in the field named `field`.
    Open { field: String },
    /// They are kept in the field named `field`; the schema gives them the type `ty`.
    Typed { field: String, ty: Type },
    /// They may have any values, and are lost.
    Ignored,
    /// They make reading fail.
    Closed,
}

#[cfg(feature = "changes")]
impl Extra {
    /// Returns the name of the field that keeps the additional properties; `None` if they are lost or make reading
    /// fail.
    pub(crate) fn field_name(&self) -> Option<&String> {
        match self {
            Self::Open { field } | Self::Typed { field, .. } => Some(field),
            Self::Ignored | Self::Closed => None,
        }
    }
}

/// The values of an `enum`.
#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) values: Vec<EnumValue>,
    /// The name of the fallback variant, which keeps any other value; `None` if any other value makes reading fail.
    pub(crate) unknown: Option<String>,
    /// True if the schema allows other values too; otherwise they are reported as unlisted.
    pub(crate) open: bool,
}

impl Enum {
    /// Checks whether all values that the schema lists are strings.
    pub(crate) fn has_only_strings(&self) -> bool {
        self.values.iter().all(|value| value.value.is_string())
    }

    /// Checks whether a value that the schema does not list makes reading fail: the enum has no fallback variant.
    pub(crate) fn is_closed(&self) -> bool {
        self.unknown.is_none()
    }

    /// Checks whether reading `value` as this enum succeeds. Without a fallback variant, only listed values do; with
    /// one, any string does if all listed values are strings, else any value.
    #[cfg(feature = "changes")]
    pub(crate) fn reads_value(&self, value: &Value) -> bool {
        match self.is_closed() {
            true => self.values.iter().any(|listed| is_equal_json(&listed.value, value)),
            false => !self.has_only_strings() || value.is_string(),
        }
    }
}

/// One value of an enum and its variant.
#[derive(Clone, Debug)]
pub(crate) struct EnumValue {
    pub(crate) value: Value,
    /// The name of the variant.
    pub(crate) variant: String,
    pub(crate) docs: Docs,
}

/// A value of one of several types.
#[derive(Debug)]
pub(crate) struct Union {
    pub(crate) variants: Vec<Variant>,
    /// `None` if no property distinguishes the variants: then they are tried one by one.
    pub(crate) tag: Option<Tag>,
    /// True if the JSON type of a value decides its variant.
    pub(crate) by_type: bool,
    pub(crate) fallback: Fallback,
}

/// The treatment of a value that fits no member of a union.
#[derive(Debug)]
pub(crate) enum Fallback {
    /// The schema does not allow the value; the fallback variant of this name keeps it.
    Unknown(String),
    /// The schema allows the value; the variant of this name holds it.
    Other(String),
    /// Reading fails: the JSON type of the value is that of no member, or the settings close the union.
    Reject,
}

impl Fallback {
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
    pub(crate) tests: Vec<ListId>,
    /// The JSON names of the properties that the member requires.
    pub(crate) required: Vec<String>,
    pub(crate) docs: Docs,
}

/// The property whose value decides the variant of an object.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
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
    Checked(Box<Type>, ListId),
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
    pub(crate) fn with_assertions(self, list: Option<ListId>) -> Self {
        match (self, list) {
            (ty, None) => ty,
            (Self::Nullable(inner), list) => Self::Nullable(Box::new(inner.with_assertions(list))),
            (ty, Some(list)) => Self::Checked(Box::new(ty), list),
        }
    }
}
