//! Formats types for the report, as a reader would write them in Rust: `Option<Vec<String>>`.

use crate::normalize::{Definition, Definitions, Extra, Property, Shape, Struct, Tuple, Type};

/// Formats a type, such as `Vec<Box<Node>>`. Paths are shortened: `serde_json::Value` becomes `Value`.
pub(crate) fn format_type(definitions: &Definitions, ty: &Type) -> String {
    let inner = |inner: &Type| format_type(definitions, inner);
    match ty {
        Type::Any => "Value".to_owned(),
        Type::Null => "()".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer { unsigned: false } => "i64".to_owned(),
        Type::Integer { unsigned: true } => "u64".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::String => "String".to_owned(),
        Type::Array(items) => format!("Vec<{}>", inner(items)),
        Type::Map(values) => format!("BTreeMap<String, {}>", inner(values)),
        Type::Nullable(value) => format!("Option<{}>", inner(value)),
        Type::Boxed(id) => format!("Box<{}>", definitions.name(*id)),
        Type::Named(id) => definitions.name(*id).to_owned(),
        Type::Path(path) => path.clone(),
    }
}

/// Formats the type of a property's field. An optional property becomes `Option<…>`, unless its type is nullable, which
/// is an `Option` already. If the schema accepts values of other types too, adds `, or any other value`.
pub(crate) fn format_property_type(definitions: &Definitions, property: &Property) -> String {
    let ty = format_type(definitions, &property.ty);
    let is_unwrapped = property.required || matches!(property.ty, Type::Nullable(_));
    let ty = if is_unwrapped { ty } else { format!("Option<{ty}>") };
    if property.accepts_others { format!("{ty}, or any other value") } else { ty }
}

/// Formats the additional properties of an object: `any`, their type such as `i64`, or `none`.
pub(crate) fn format_extra(definitions: &Definitions, extra: &Extra) -> String {
    match extra {
        Extra::Open { .. } => "any".to_owned(),
        Extra::Ignored => "any, which are lost".to_owned(),
        Extra::Typed { ty, .. } => format_type(definitions, ty),
        Extra::Closed => "none".to_owned(),
    }
}

/// Formats the `patternProperties` of an object: `^x-: String, ^y-: i64`.
pub(crate) fn format_patterns(definitions: &Definitions, object: &Struct) -> String {
    let all =
        object.patterns.iter().map(|pattern| format!("{}: {}", pattern.pattern, format_type(definitions, &pattern.ty)));
    all.collect::<Vec<_>>().join(", ")
}

/// Formats a tuple: `(String, Option<i64>, Vec<bool>)`, where `Option` marks an item that may be missing, and `Vec` any
/// number of further items.
pub(crate) fn format_tuple(definitions: &Definitions, tuple: &Tuple) -> String {
    let items = tuple.items.iter().map(|item| {
        let ty = format_type(definitions, &item.ty);
        if item.required { ty } else { format!("Option<{ty}>") }
    });
    let rest = tuple.rest.iter().map(|rest| format!("Vec<{}>", format_type(definitions, rest)));
    format!("({})", items.chain(rest).collect::<Vec<_>>().join(", "))
}

/// Returns the kind of a type, with its article.
pub(crate) fn describe_shape(definition: &Definition) -> &'static str {
    match definition.shape {
        Shape::Struct(_) => "an object",
        Shape::Enum(_) => "an enum",
        Shape::Union(_) => "a union",
        Shape::Tuple(_) => "a tuple",
        Shape::Alias(_) => "an alias",
        Shape::Newtype(_) => "a wrapper around a type",
    }
}
