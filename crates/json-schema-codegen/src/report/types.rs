//! What each type of the output is, and which others it holds.

use serde::Serialize;

use crate::normalize::Notes;
use crate::normalize::{Definition, DefinitionId, Definitions, Extra, Shape, Type};
use crate::place::Place;
use crate::report::Source;

/// A type of the output.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TypeReport {
    /// Its Rust name.
    pub name: String,
    /// What it is in Rust.
    pub kind: TypeKind,
    /// Why it is that: what the schema is, in words.
    pub why: String,
    /// The types that it holds, in the order of its members.
    pub holds: Vec<Reference>,
    /// Where the schema says so.
    #[serde(flatten)]
    pub source: Source,
}

/// What a type is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TypeKind {
    /// A struct with a field for each property.
    Struct,
    /// An enum with a variant for each value that is listed.
    Enum,
    /// An enum with a variant for each member of a union.
    Union,
    /// A struct with a field for each of the first items of an array.
    Tuple,
    /// Another name for a type.
    Alias,
    /// A struct around one value.
    Newtype,
}

/// A type that stands in another one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reference {
    /// The field or the variant; empty where there is none.
    pub member: String,
    /// The name of the type that is held.
    pub name: String,
    /// Whether there may be more than one: in a list or a map.
    pub many: bool,
}

/// All types, in the order of the output.
pub(super) fn types(definitions: &Definitions, notes: &Notes, source: &dyn Fn(&Place) -> Source) -> Vec<TypeReport> {
    let one = |definition: &Definition| TypeReport {
        name: definition.name.clone(),
        kind: kind(&definition.shape),
        why: notes.why(&definition.place),
        holds: members(&definition.shape).into_iter().flat_map(|(member, ty)| held(definitions, member, ty)).collect(),
        source: source(&definition.place),
    };
    definitions.all.iter().map(one).collect()
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

/// The members of a type and their types; those of a tuple and the like have no name.
fn members(shape: &Shape) -> Vec<(&str, &Type)> {
    match shape {
        Shape::Struct(object) => {
            let listed = object.properties.iter().map(|property| (property.field.as_str(), &property.ty));
            let matched = object.patterns.iter().map(|pattern| (pattern.field.as_str(), &pattern.ty));
            let rest = match &object.extra {
                Extra::Typed { field, ty } => Some((field.as_str(), ty)),
                Extra::Open { .. } | Extra::Closed => None,
            };
            listed.chain(matched).chain(rest).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| (variant.name.as_str(), &variant.ty)).collect(),
        Shape::Tuple(tuple) => tuple.items.iter().map(|item| &item.ty).chain(&tuple.rest).map(|ty| ("", ty)).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![("", ty)],
        Shape::Enum(_) => Vec::new(),
    }
}

/// The definition in the type of a member, if there is one.
fn held(definitions: &Definitions, member: &str, ty: &Type) -> Option<Reference> {
    let (id, many) = innermost(ty)?;
    Some(Reference { member: member.to_owned(), name: definitions.name(id).to_owned(), many })
}

fn innermost(ty: &Type) -> Option<(DefinitionId, bool)> {
    match ty {
        Type::Named(id) | Type::Boxed(id) => Some((*id, false)),
        Type::Nullable(inner) => innermost(inner),
        Type::List(inner) | Type::Map(inner) => innermost(inner).map(|(id, _)| (id, true)),
        _ => None,
    }
}
