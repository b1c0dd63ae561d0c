//! Types as a report shows them: as people would write the Rust.

use crate::normalize::{Definition, Definitions, Extra, Property, Shape, Struct, Tuple, Type};

/// A type.
pub(crate) fn ty(definitions: &Definitions, ty: &Type) -> String {
    let inner = |inner: &Type| self::ty(definitions, inner);
    match ty {
        Type::Any => "Value".to_owned(),
        Type::Null => "()".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer { unsigned: false } => "i64".to_owned(),
        Type::Integer { unsigned: true } => "u64".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::Text => "String".to_owned(),
        Type::List(items) => format!("Vec<{}>", inner(items)),
        Type::Map(values) => format!("BTreeMap<String, {}>", inner(values)),
        Type::Nullable(value) => format!("Option<{}>", inner(value)),
        Type::Boxed(id) => format!("Box<{}>", definitions.name(*id)),
        Type::Named(id) => definitions.name(*id).to_owned(),
        Type::Path(path) => path.clone(),
    }
}

/// The type of the field of a property.
pub(crate) fn property(definitions: &Definitions, property: &Property) -> String {
    let ty = ty(definitions, &property.ty);
    let is_plain = property.required || matches!(property.ty, Type::Nullable(_));
    if is_plain { ty } else { format!("Option<{ty}>") }
}

/// What an object allows that is not listed.
pub(crate) fn extra(definitions: &Definitions, extra: &Extra) -> String {
    match extra {
        Extra::Open { .. } => "any".to_owned(),
        Extra::Typed { ty, .. } => self::ty(definitions, ty),
        Extra::Closed => "none".to_owned(),
    }
}

/// The patterns of the names of properties.
pub(crate) fn patterns(definitions: &Definitions, object: &Struct) -> String {
    let all = object.patterns.iter().map(|one| format!("{}: {}", one.pattern, ty(definitions, &one.ty)));
    all.collect::<Vec<_>>().join(", ")
}

/// The items of a list.
pub(crate) fn tuple(definitions: &Definitions, tuple: &Tuple) -> String {
    let items = tuple.items.iter().map(|item| {
        let ty = ty(definitions, &item.ty);
        if item.required { ty } else { format!("Option<{ty}>") }
    });
    let rest = tuple.rest.iter().map(|rest| format!("Vec<{}>", ty(definitions, rest)));
    format!("({})", items.chain(rest).collect::<Vec<_>>().join(", "))
}

/// What sort of type a definition is.
pub(crate) fn shape(definition: &Definition) -> &'static str {
    match definition.shape {
        Shape::Struct(_) => "an object",
        Shape::Enum(_) => "listed values",
        Shape::Union(_) => "a union",
        Shape::Tuple(_) => "a list of items with types of their own",
        Shape::Alias(_) => "another name for a type",
        Shape::Newtype(_) => "a type around another",
    }
}
