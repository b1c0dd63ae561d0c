//! Makes values from the structure of the Rust types, for types of whose schema no instance was found.

use serde_json::{Map, Value, json};

use crate::changes::question::QuestionFocus;
use crate::normalize::{AdditionalProperties, DefinitionId, Definitions, Property, Shape, Struct, Type};

/// Most definitions inside one another for which values are made.
const MAX_DEFINITION_DEPTH: usize = 4;

/// Most values that are made for one type.
const MAX_VALUES_PER_TYPE: usize = 24;

/// Makes objects with the property that `focus` names, and the empty object if the property is optional. The values fit
/// the type of the property, without regard to keywords that the types do not enforce. Empty if the definition `id` is
/// not a struct or `focus` is not a property.
pub(super) fn make_typical_values(definitions: &Definitions, id: DefinitionId, focus: &QuestionFocus) -> Vec<Value> {
    let (Some(Shape::Struct(object)), QuestionFocus::Property(name)) =
        (definitions.get(id).map(|definition| &definition.shape), focus)
    else {
        return Vec::new();
    };
    let property = object.find_property(name);
    let ty = match (property, &object.extra) {
        (Some(property), _) if property.accepts_others => Some(&Type::Any),
        (Some(property), _) => Some(&property.ty),
        (None, AdditionalProperties::Open { .. } | AdditionalProperties::Ignored) => Some(&Type::Any),
        (None, AdditionalProperties::Typed { ty, .. }) => Some(ty),
        (None, AdditionalProperties::Closed) => None,
    };
    let values = ty.map(|ty| make_values_of_type(definitions, ty, MAX_DEFINITION_DEPTH)).unwrap_or_default();
    let absent = property.is_none_or(|property| !property.required).then(|| json!({}));
    values.into_iter().map(|value| json!({ name: value })).chain(absent).collect()
}

/// Makes values that fit a type, at least one of each JSON type that it allows, with at most `depth` definitions inside
/// one another. Empty if the type needs more, and for tuples and Rust types from the settings, for which no values are
/// made.
fn make_values_of_type(definitions: &Definitions, ty: &Type, depth: usize) -> Vec<Value> {
    let mut values = match ty {
        Type::Any => vec![json!(false), json!(0), json!(0.5), json!(""), json!([]), json!({})],
        Type::Null => vec![Value::Null],
        Type::Bool => vec![json!(false)],
        Type::Integer { .. } | Type::NarrowInteger { positive: false, .. } => vec![json!(0)],
        Type::NarrowInteger { .. } => vec![json!(1)],
        Type::Checked(inner, _) => make_values_of_type(definitions, inner, depth),
        Type::Number => vec![json!(0), json!(0.5)],
        Type::String => vec![json!("")],
        Type::Array(items) => {
            make_values_of_type(definitions, items, depth).into_iter().map(|value| json!([value])).collect()
        }
        Type::Map(inner) => {
            make_values_of_type(definitions, inner, depth).into_iter().map(|value| json!({ "a": value })).collect()
        }
        Type::Nullable(inner) => {
            let values = make_values_of_type(definitions, inner, depth);
            std::iter::once(Value::Null).chain(values).collect()
        }
        Type::Boxed(id) | Type::Named(id) => match (definitions.get(*id), depth.checked_sub(1)) {
            (Some(definition), Some(depth)) => make_values_of_shape(definitions, &definition.shape, depth),
            _ => Vec::new(),
        },
        Type::Path(_) => Vec::new(),
    };
    values.truncate(MAX_VALUES_PER_TYPE);
    values
}

/// Makes values that fit a definition of the shape `shape`; see [`make_values_of_type`].
fn make_values_of_shape(definitions: &Definitions, shape: &Shape, depth: usize) -> Vec<Value> {
    match shape {
        Shape::Struct(object) => make_values_of_struct(definitions, object, depth),
        Shape::Enum(listed) => listed.values.iter().map(|value| value.value.clone()).collect(),
        Shape::Union(union) => {
            union.variants.iter().flat_map(|variant| make_values_of_type(definitions, &variant.ty, depth)).collect()
        }
        Shape::Alias(ty) | Shape::Newtype(ty) => make_values_of_type(definitions, ty, depth),
        // How many items a tuple needs depends on keywords.
        Shape::Tuple(_) => Vec::new(),
    }
}

/// Makes objects that fit a struct: one with the required properties alone, and for each value of each property one
/// that has this value too. Empty if no value can be made for a required property.
fn make_values_of_struct(definitions: &Definitions, object: &Struct, depth: usize) -> Vec<Value> {
    let values = |property: &Property| make_values_of_type(definitions, &property.ty, depth);
    let required = object.properties.iter().filter(|property| property.required);
    let required: Option<Map<String, Value>> =
        required.map(|property| Some((property.json_name.clone(), values(property).into_iter().next()?))).collect();
    let Some(required) = required else { return Vec::new() };
    let with = object.properties.iter().flat_map(|property| {
        let with_value = |value| {
            let mut members = required.clone();
            members.insert(property.json_name.clone(), value);
            members
        };
        values(property).into_iter().map(with_value).collect::<Vec<_>>()
    });
    std::iter::once(required.clone()).chain(with).take(MAX_VALUES_PER_TYPE).map(Value::Object).collect()
}
