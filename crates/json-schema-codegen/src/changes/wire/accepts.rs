//! Finds what becomes of an instance that the generated types of one version read. This says of one instance what the
//! schema of [`language`](super::language) says of all, and needs no validator, which takes long to compile.

use serde_json::{Map, Value};

use crate::changes::question::Focus;
use crate::normalize::{
    DefinitionId, Definitions, Extra, Fallback, OnMismatch, Property, Shape, Struct, TagKind, Tuple, Type, TypeSet,
    Union, Variant, integer_range,
};
use crate::runtime::whole;

/// What becomes of a value that is read as a type. In the order of `Ord`, the worst comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// It is read.
    Read,
    /// It is of another type: a property around it that keeps such values keeps it; else reading fails.
    Mismatch,
    /// Reading fails, whatever is around it.
    Failure,
}

impl Outcome {
    /// Returns `Read` if `is_read` is true, else `Mismatch`.
    fn read_if(is_read: bool) -> Self {
        if is_read { Self::Read } else { Self::Mismatch }
    }

    /// Returns the first of `outcomes` that is not `Read`, since what comes after that is not looked at; `Read` if there is
    /// none.
    fn first_problem(outcomes: impl IntoIterator<Item = Self>) -> Self {
        outcomes.into_iter().find(|outcome| *outcome != Self::Read).unwrap_or(Self::Read)
    }
}

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

    /// Checks whether the `focus` of a definition reads `value`; see [`Self::read`].
    pub(super) fn accepts(self, id: DefinitionId, focus: &Focus, value: &Value) -> bool {
        self.read(id, focus, value) == Outcome::Read
    }

    /// Returns what becomes of `value` if the `focus` of a definition reads it; the rest of the value may be anything. A
    /// focus other than the whole definition only matters for a struct. `Read` if there is no such definition.
    pub(super) fn read(self, id: DefinitionId, focus: &Focus, value: &Value) -> Outcome {
        let Some(definition) = self.definitions.get(id) else { return Outcome::Read };
        match (&definition.shape, focus, value) {
            (Shape::Struct(_), Focus::Property(_) | Focus::AdditionalProperties, value) if !value.is_object() => {
                Outcome::Mismatch
            }
            (Shape::Struct(object), Focus::Property(name), Value::Object(members)) => {
                self.read_property(object, name, members)
            }
            (Shape::Struct(object), Focus::AdditionalProperties, Value::Object(members)) => {
                self.read_additional_properties(object, members)
            }
            (shape, ..) => self.read_shape(shape, value),
        }
    }

    /// Checks whether the value of `property` in an object is of another type, so that a struct that keeps such values keeps
    /// it. False if the object does not have the property.
    pub(super) fn is_mismatch(self, property: &Property, object: &Value) -> bool {
        let value = object.get(&property.json_name);
        value.is_some_and(|value| self.read_value(property, value) == Outcome::Mismatch)
    }

    /// Returns what becomes of `value` if a type reads it. A Rust type from the settings counts as reading every value,
    /// since it is not known which it reads.
    fn read_type(self, ty: &Type, value: &Value) -> Outcome {
        match (ty, value) {
            (Type::Any | Type::Path(_), _) => Outcome::Read,
            (Type::Null, value) => Outcome::read_if(value.is_null()),
            (Type::Bool, value) => Outcome::read_if(value.is_boolean()),
            (Type::Integer { unsigned }, value) => Outcome::read_if(is_integer(value, *unsigned)),
            (Type::NarrowInteger { .. }, value) => {
                let number = value.as_number().and_then(whole);
                let range = integer_range(ty).zip(number);
                Outcome::read_if(range.is_some_and(|((least, most), number)| (least..=most).contains(&number)))
            }
            (Type::Checked(inner, list), value) => match self.definitions.assertions.accept(*list, value) {
                true => self.read_type(inner, value),
                false => Outcome::Mismatch,
            },
            (Type::Number, value) => Outcome::read_if(value.is_number()),
            (Type::String, value) => Outcome::read_if(value.is_string()),
            (Type::Array(items), Value::Array(values)) => {
                Outcome::first_problem(values.iter().map(|value| self.read_type(items, value)))
            }
            (Type::Map(inner), Value::Object(members)) => {
                Outcome::first_problem(members.values().map(|value| self.read_type(inner, value)))
            }
            (Type::Array(_) | Type::Map(_), _) => Outcome::Mismatch,
            (Type::Nullable(_), Value::Null) => Outcome::Read,
            (Type::Nullable(inner), value) => self.read_type(inner, value),
            (Type::Boxed(id) | Type::Named(id), value) => {
                self.definitions.get(*id).map_or(Outcome::Read, |definition| self.read_shape(&definition.shape, value))
            }
        }
    }

    /// Returns what becomes of `value` if a definition of this shape reads it. Enums of strings read any string, other enums
    /// any value, unless they are closed. Unions, tuples and wrappers hand back a value that fails inside them, so that it can be kept.
    fn read_shape(self, shape: &Shape, value: &Value) -> Outcome {
        match (shape, value) {
            (Shape::Struct(object), Value::Object(members)) => self.read_object(object, members),
            (Shape::Struct(_), _) => Outcome::Mismatch,
            (Shape::Enum(listed), value) => Outcome::read_if(listed.reads(value)),
            (Shape::Union(union), value) if union.by_type => Outcome::read_if(self.accepts_by_type(union, value)),
            (Shape::Union(union), value) => Outcome::read_if(self.accepts_by_tag(union, value)),
            (Shape::Tuple(tuple), Value::Array(values)) => Outcome::read_if(self.accepts_items(tuple, values)),
            (Shape::Tuple(_), _) => Outcome::Mismatch,
            (Shape::Alias(ty), value) => self.read_type(ty, value),
            (Shape::Newtype(ty), value) => Outcome::read_if(self.accepts_type(ty, value)),
        }
    }

    /// Checks whether a type reads `value`; see [`Self::read_type`].
    fn accepts_type(self, ty: &Type, value: &Value) -> bool {
        self.read_type(ty, value) == Outcome::Read
    }

    /// Returns what becomes of an object with these members if a struct reads it: its properties are read in the order of
    /// the object, and those that are missing are found at its end.
    fn read_object(self, object: &Struct, members: &Map<String, Value>) -> Outcome {
        let present = members.keys().map(|name| self.read_property(object, name, members));
        let missing = object.properties.iter().filter(|property| !members.contains_key(&property.json_name));
        Outcome::first_problem(present.chain(missing.map(|property| self.read_defined(property, None))))
    }

    /// Returns what becomes of the property `name` of an object with these members, or of its absence, if a struct reads it.
    /// A property that the struct does not define is read as an additional one.
    fn read_property(self, object: &Struct, name: &str, members: &Map<String, Value>) -> Outcome {
        match (object.property(name), members.get(name)) {
            (Some(property), value) => self.read_defined(property, value),
            (None, Some(value)) => self.read_additional_property(object, name, value),
            (None, None) => Outcome::Read,
        }
    }

    /// Returns what becomes of `value`, or of its absence if that is `None`, if a property is read from it. A value that the
    /// struct keeps beside the field of the property is read.
    fn read_defined(self, property: &Property, value: Option<&Value>) -> Outcome {
        let Some(value) = value else { return Outcome::read_if(!property.required) };
        match (self.read_value(property, value), property.on_mismatch) {
            (Outcome::Mismatch, OnMismatch::Keep) => Outcome::Read,
            (Outcome::Mismatch, OnMismatch::Fail) => Outcome::Failure,
            (outcome, _) => outcome,
        }
    }

    /// Returns what becomes of `value` if the field of a property reads it. An optional property is read from `null` too,
    /// unless the settings make that an error.
    fn read_value(self, property: &Property, value: &Value) -> Outcome {
        let refuses_null = property.required || property.refuses_null || property.on_mismatch == OnMismatch::Fail;
        if value.is_null() && !refuses_null { Outcome::Read } else { self.read_type(&property.ty, value) }
    }

    /// Returns what becomes of those of these members that a struct does not define by name, if it reads them.
    fn read_additional_properties(self, object: &Struct, members: &Map<String, Value>) -> Outcome {
        let is_defined = |name: &str| object.property(name).is_some();
        let additional = members.iter().filter(|(name, _)| !is_defined(name));
        Outcome::first_problem(additional.map(|(name, value)| self.read_additional_property(object, name, value)))
    }

    /// Returns what becomes of a property that a struct does not define by name: it is read by the first pattern that
    /// matches the name, else as an additional property.
    fn read_additional_property(self, object: &Struct, name: &str, value: &Value) -> Outcome {
        if let Some(pattern) = object.patterns.iter().find(|pattern| pattern.program.matches(name)) {
            return self.read_type(&pattern.ty, value);
        }
        match &object.extra {
            Extra::Open { .. } | Extra::Ignored => Outcome::Read,
            Extra::Typed { ty, .. } => self.read_type(ty, value),
            Extra::Closed => Outcome::Mismatch,
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
