//! Finds the contents of types, which the proofs compare: aliases, wrappers and boxes are followed.

use serde_json::Value;

use crate::normalize::{Definitions, Enum, Property, Shape, Struct, Tuple, Type, Union};

/// A type after aliases, wrappers and boxes are followed: a type that does not refer to a definition, or the content of
/// the definition.
pub(super) enum ResolvedType<'a> {
    Type(&'a Type),
    Struct(&'a Struct),
    Enum(&'a Enum),
    Union(&'a Union),
    Tuple(&'a Tuple),
}

/// Returns the type of all values that the schema accepts for `property`: any value if it accepts values of other types
/// than the field's, else the type of the field.
pub(super) fn accepted_value_type(property: &Property) -> &Type {
    if property.accepts_others { &Type::Any } else { &property.ty }
}

/// Follows aliases, wrappers and boxes from `ty` to a type or to the content of a definition. `None` if aliases or
/// wrappers refer to each other in a circle, or if a definition does not exist.
pub(super) fn resolve_type<'t>(definitions: &'t Definitions, ty: &'t Type) -> Option<ResolvedType<'t>> {
    let mut ty = ty;
    for _ in 0..=definitions.all.len() {
        let (Type::Named(id) | Type::Boxed(id)) = ty else { return Some(ResolvedType::Type(ty)) };
        match &definitions.get(*id)?.shape {
            Shape::Struct(object) => return Some(ResolvedType::Struct(object)),
            Shape::Enum(listed) => return Some(ResolvedType::Enum(listed)),
            Shape::Union(union) => return Some(ResolvedType::Union(union)),
            Shape::Tuple(tuple) => return Some(ResolvedType::Tuple(tuple)),
            Shape::Alias(next) | Shape::Newtype(next) => ty = next,
        }
    }
    None
}

/// Checks whether a type provably reads the single value `value`. Always false for structs, maps, lists, tuples, unions
/// and nullables, for which this has no proof.
pub(super) fn type_reads_value(reader: &ResolvedType<'_>, value: &Value) -> bool {
    match reader {
        ResolvedType::Enum(listed) => listed.reads_value(value),
        ResolvedType::Type(Type::String) => value.is_string(),
        ResolvedType::Type(Type::Number) => value.is_number(),
        ResolvedType::Type(Type::Integer { unsigned: false }) => value.is_i64(),
        ResolvedType::Type(Type::Integer { unsigned: true }) => value.is_u64(),
        ResolvedType::Type(Type::Bool) => value.is_boolean(),
        ResolvedType::Type(Type::Null) => value.is_null(),
        _ => false,
    }
}
