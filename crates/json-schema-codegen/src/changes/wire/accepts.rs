//! Checks whether the generated types of one version read an instance. This says of one instance what the schema of
//! [`language`](super::language) says of all, and needs no validator, which takes long to compile.

use serde_json::{Map, Value};

use crate::changes::question::Focus;
use crate::normalize::{
    DefinitionId, Definitions, Extra, Fallback, Property, Shape, Struct, TagKind, Tuple, Type, TypeSet, Union, Variant,
};

/// The types of one version, as readers of instances.
#[derive(Clone, Copy)]
pub(super) struct TypeReader<'a> {
    definitions: &'a Definitions,
}

impl<'a> TypeReader<'a> {
    /// Creates the reader for the types in `definitions`.
    pub(super) fn new(definitions: &'a Definitions) -> Self {
        Self { definitions }
    }

    /// Checks whether the `focus` of a definition reads `value`; the rest of the value may be anything. A focus other
    /// than the whole definition only matters for a struct. True if there is no such definition.
    pub(super) fn accepts(self, id: DefinitionId, focus: &Focus, value: &Value) -> bool {
        let Some(definition) = self.definitions.get(id) else { return true };
        match (&definition.shape, focus) {
            (Shape::Struct(object), Focus::Property(name)) => {
                let accepts = |members: &Map<String, Value>| self.accepts_property(object, name, members);
                value.as_object().is_some_and(accepts)
            }
            (Shape::Struct(object), Focus::AdditionalProperties) => {
                value.as_object().is_some_and(|members| self.accepts_additional_properties(object, members))
            }
            (shape, _) => self.accepts_shape(shape, value),
        }
    }

    /// Checks whether a type reads `value`. A Rust type from the settings counts as reading every value, since it is not
    /// known which it reads.
    pub(super) fn accepts_type(self, ty: &Type, value: &Value) -> bool {
        match ty {
            Type::Any | Type::Path(_) => true,
            Type::Null => value.is_null(),
            Type::Bool => value.is_boolean(),
            Type::Integer { unsigned } => is_integer(value, *unsigned),
            Type::Number => value.is_number(),
            Type::String => value.is_string(),
            Type::Array(items) => {
                value.as_array().is_some_and(|values| values.iter().all(|value| self.accepts_type(items, value)))
            }
            Type::Map(inner) => {
                value.as_object().is_some_and(|members| members.values().all(|value| self.accepts_type(inner, value)))
            }
            Type::Nullable(inner) => value.is_null() || self.accepts_type(inner, value),
            Type::Boxed(id) | Type::Named(id) => {
                self.definitions.get(*id).is_none_or(|definition| self.accepts_shape(&definition.shape, value))
            }
        }
    }

    /// Checks whether a definition of this shape reads `value`. Enums of strings read any string, other enums any value,
    /// unless they are closed.
    fn accepts_shape(self, shape: &Shape, value: &Value) -> bool {
        match shape {
            Shape::Struct(object) => value.as_object().is_some_and(|members| self.accepts_object(object, members)),
            Shape::Enum(listed) => listed.reads(value),
            Shape::Union(union) if union.by_type => self.accepts_by_type(union, value),
            Shape::Union(union) => self.accepts_by_tag(union, value),
            Shape::Tuple(tuple) => value.as_array().is_some_and(|values| self.accepts_items(tuple, values)),
            Shape::Alias(ty) | Shape::Newtype(ty) => self.accepts_type(ty, value),
        }
    }

    /// Checks whether a struct reads an object with these members.
    fn accepts_object(self, object: &Struct, members: &Map<String, Value>) -> bool {
        let mut properties = object.properties.iter();
        properties.all(|property| self.accepts_defined(property, members.get(&property.json_name)))
            && self.accepts_additional_properties(object, members)
    }

    /// Checks whether a struct reads the property `name` of an object with these members, or its absence. A property that the struct does not define is read as an additional one.
    fn accepts_property(self, object: &Struct, name: &str, members: &Map<String, Value>) -> bool {
        match (object.properties.iter().find(|property| property.json_name == name), members.get(name)) {
            (Some(property), value) => self.accepts_defined(property, value),
            (None, Some(value)) => self.accepts_additional_property(object, name, value),
            (None, None) => true,
        }
    }

    /// Checks whether a property is read from `value`, or from its absence if that is `None`. An optional property is read
    /// from `null` too, and one that accepts values of other types from any value.
    fn accepts_defined(self, property: &Property, value: Option<&Value>) -> bool {
        match value {
            None => !property.required,
            Some(_) if property.accepts_others => true,
            Some(Value::Null) if !property.required && !property.refuses_null => true,
            Some(value) => self.accepts_type(&property.ty, value),
        }
    }

    /// Checks whether a struct reads all those of these members that it does not define by name.
    fn accepts_additional_properties(self, object: &Struct, members: &Map<String, Value>) -> bool {
        if object.patterns.is_empty() && matches!(object.extra, Extra::Open { .. } | Extra::Ignored) {
            return true;
        }
        let is_defined = |name: &str| object.properties.iter().any(|property| property.json_name == name);
        members
            .iter()
            .filter(|(name, _)| !is_defined(name))
            .all(|(name, value)| self.accepts_additional_property(object, name, value))
    }

    /// Checks whether a struct reads a property that it does not define by name: by the first pattern that matches the
    /// name, else as an additional property.
    fn accepts_additional_property(self, object: &Struct, name: &str, value: &Value) -> bool {
        if let Some(pattern) = object.patterns.iter().find(|pattern| pattern.program.matches(name)) {
            return self.accepts_type(&pattern.ty, value);
        }
        match &object.extra {
            Extra::Open { .. } | Extra::Ignored => true,
            Extra::Typed { ty, .. } => self.accepts_type(ty, value),
            Extra::Closed => false,
        }
    }

    /// Checks whether a tuple reads an array of these values.
    fn accepts_items(self, tuple: &Tuple, values: &[Value]) -> bool {
        let required = tuple.items.iter().filter(|item| item.required).count();
        values.len() >= required
            && values.iter().enumerate().all(|(index, value)| {
                let ty = tuple.items.get(index).map(|item| &item.ty).or(tuple.rest.as_ref());
                ty.is_some_and(|ty| self.accepts_type(ty, value))
            })
    }

    /// Checks whether a union whose members are distinguished by JSON type reads `value`. A value whose JSON type no
    /// member has is read too, unless the union rejects such values. If a member is an integer, a number with a fraction
    /// does not count as such a value: it is refused unless another member reads it.
    fn accepts_by_type(self, union: &Union, value: &Value) -> bool {
        let json_type = TypeSet::of(value);
        let has_type = |variant: &&Variant| json_type.within(variant.types);
        let mut members = union.variants.iter().filter(has_type);
        let known = union.variants.iter().fold(TypeSet::NONE, |all, variant| all.or(variant.types));
        let is_known = known.has(json_type);
        members.any(|variant| self.accepts_type(&variant.ty, value))
            || (!is_known && !matches!(union.fallback, Fallback::Reject))
    }

    /// Checks whether a union whose members are distinguished by a tag reads `value`. A value whose tag belongs to exactly
    /// one variant must be read by that variant's type. Any other value is read as the fallback variant.
    fn accepts_by_tag(self, union: &Union, value: &Value) -> bool {
        if union.fallback.variant().is_none() {
            return union.variants.iter().any(|variant| self.accepts_type(&variant.ty, value));
        }
        let Some(tag) = union.tag.as_ref().filter(|tag| tag.kind == TagKind::Exclusive) else { return true };
        let Some(tag_value) = value.get(&tag.property) else { return true };
        let mut selected = union.variants.iter().filter(|variant| variant.tags.contains(tag_value));
        match (selected.next(), selected.next()) {
            (Some(variant), None) => {
                let is_shared = union
                    .variants
                    .iter()
                    .any(|other| other.name != variant.name && variant.tags.iter().any(|tag| other.tags.contains(tag)));
                is_shared || self.accepts_type(&variant.ty, value)
            }
            _ => true,
        }
    }
}

/// Checks whether `value` is a number without a fraction (`1.0` too) that an `i64`, or a `u64` if `unsigned`, holds.
fn is_integer(value: &Value, unsigned: bool) -> bool {
    match (value.as_i64(), value.as_u64(), value.as_f64()) {
        (Some(integer), _, _) => !unsigned || integer >= 0,
        (None, Some(_), _) => unsigned,
        (None, None, Some(float)) => {
            // The ends of the ranges are not floats; the next floats beyond them are.
            let (least, past) = if unsigned { (0.0, 2f64.powi(64)) } else { (-(2f64.powi(63)), 2f64.powi(63)) };
            float.fract() == 0.0 && least <= float && float < past
        }
        (None, None, None) => false,
    }
}
