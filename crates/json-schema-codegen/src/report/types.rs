//! The part of the report about types: the kind of each type, and the types that it contains.

use serde::Serialize;

use crate::location::Location;
use crate::normalize::Notes;
use crate::normalize::{Definition, DefinitionId, Definitions, Extra, Shape, Type};
use crate::report::source::SourceLocation;

/// A type of the output.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TypeReport {
    /// The Rust name of the type.
    pub name: String,
    /// The kind of Rust type.
    pub kind: TypeKind,
    /// The reason for this kind, in words; it may be empty.
    pub why: String,
    /// The generated types that this one contains, in the order of its fields or variants.
    pub holds: Vec<Reference>,
    /// The location of the type's schema.
    #[serde(flatten)]
    pub source: SourceLocation,
}

/// The kind of a generated Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TypeKind {
    /// A struct with a field for each property.
    Struct,
    /// An enum with a variant for each value of an `enum`.
    Enum,
    /// An enum with a variant for each member of a `oneOf` or `anyOf`.
    Union,
    /// A struct with an unnamed field for each of the first items of an array, and one for all further items.
    Tuple,
    /// A type alias: `pub type Amount = i64;`.
    Alias,
    /// A struct around one value, where Rust does not allow an alias (one that contains itself) or an alias
    /// would not do.
    Newtype,
}

/// A generated type that another one contains.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reference {
    /// The field or variant that contains the type; empty for an alias, a newtype or a tuple.
    pub member: String,
    /// The Rust name of the contained type.
    pub name: String,
    /// True if there may be more than one value of the type: in a list or a map.
    pub many: bool,
}

/// Returns a report on each type, in the order of the output.
pub(super) fn types(
    definitions: &Definitions,
    notes: &Notes,
    source: &dyn Fn(&Location) -> SourceLocation,
) -> Vec<TypeReport> {
    let report = |definition: &Definition| {
        let references = members(&definition.shape).into_iter();
        TypeReport {
            name: definition.name.clone(),
            kind: kind(&definition.shape),
            why: notes.why(&definition.location),
            holds: references.filter_map(|(member, ty)| reference(definitions, member, ty)).collect(),
            source: source(&definition.location),
        }
    };
    definitions.all.iter().map(report).collect()
}

fn kind(shape: &Shape) -> TypeKind {
    match shape {
        Shape::Struct(_) => TypeKind::Struct,
        Shape::Enum(_) => TypeKind::Enum,
        Shape::Union(_) => TypeKind::Union,
        Shape::Tuple(_) => TypeKind::Tuple,
        Shape::Alias(_) => TypeKind::Alias,
        Shape::Newtype(_) => TypeKind::Newtype,
    }
}

/// Returns (name, type) of each field or variant of a type. The name is empty for tuples, aliases and
/// newtypes; an enum of values has no members.
fn members(shape: &Shape) -> Vec<(&str, &Type)> {
    match shape {
        Shape::Struct(object) => {
            let properties = object.properties.iter().map(|property| (property.field.as_str(), &property.ty));
            let patterns = object.patterns.iter().map(|pattern| (pattern.field.as_str(), &pattern.ty));
            let additional = match &object.extra {
                Extra::Typed { field, ty } => Some((field.as_str(), ty)),
                Extra::Open { .. } | Extra::Ignored | Extra::Closed => None,
            };
            properties.chain(patterns).chain(additional).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| (variant.name.as_str(), &variant.ty)).collect(),
        Shape::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest).map(|ty| ("", ty)).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![("", ty)],
        Shape::Enum(_) => Vec::new(),
    }
}

/// Returns the reference from the field or variant `member` to the generated type in its type `ty`; `None`
/// if `ty` contains no generated type.
fn reference(definitions: &Definitions, member: &str, ty: &Type) -> Option<Reference> {
    let (id, many) = innermost(ty)?;
    Some(Reference { member: member.to_owned(), name: definitions.name(id).to_owned(), many })
}

/// Returns (the generated type in `ty`, whether it is in a list or map), looking through lists, maps, boxes
/// and nullables; `None` for a type such as `String`.
fn innermost(ty: &Type) -> Option<(DefinitionId, bool)> {
    match ty {
        Type::Named(id) | Type::Boxed(id) => Some((*id, false)),
        Type::Nullable(inner) => innermost(inner),
        Type::Array(inner) | Type::Map(inner) => innermost(inner).map(|(id, _)| (id, true)),
        _ => None,
    }
}
