//! Decides what happens when the generated types of one version read an instance. This says of one instance what the
//! schema of [`language`](super::language) says of all, and needs no validator, which takes long to compile.

use serde_json::{Map, Value};

use crate::changes::question::QuestionFocus;
use crate::normalize::{
    AdditionalProperties, DefinitionId, Definitions, MismatchTreatment, Property, Shape, Struct, TagKind, Tuple, Type,
    TypeSet, Union, UnionFallback, Variant, integer_range,
};
use crate::runtime::to_whole_number;

/// What happens when a type reads a value. In the order of `Ord`, the worst comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ReadOutcome {
    /// The type reads the value.
    Read,
    /// The value is of another type. A property around it that keeps such values keeps it; without such a property,
    /// reading fails.
    Mismatch,
    /// Reading fails, even if a property around the value keeps values of another type.
    Failure,
}

impl ReadOutcome {
    /// Returns `Read` if `is_read` is true, else `Mismatch`.
    fn from_is_read(is_read: bool) -> Self {
        if is_read { Self::Read } else { Self::Mismatch }
    }

    /// Returns the first of `outcomes` that is not `Read`, since reading stops there; `Read` if all are.
    fn find_first_problem(outcomes: impl IntoIterator<Item = Self>) -> Self {
        outcomes.into_iter().find(|outcome| *outcome != Self::Read).unwrap_or(Self::Read)
    }
}

/// Decides which instances the types of one version read.
#[derive(Clone, Copy)]
pub(super) struct ReadSimulator<'a> {
    definitions: &'a Definitions,
}

impl<'a> ReadSimulator<'a> {
    /// Creates the reader for the types in `definitions`.
    pub(super) fn new(definitions: &'a Definitions) -> Self {
        Self { definitions }
    }

    /// Checks whether the part `focus` of a definition reads `value`; see [`Self::read_at_focus`].
    pub(super) fn accepts_at_focus(self, id: DefinitionId, focus: &QuestionFocus, value: &Value) -> bool {
        self.read_at_focus(id, focus, value) == ReadOutcome::Read
    }

    /// Returns what happens when the part `focus` of a definition reads `value`; the rest of `value` may be anything.
    /// If the definition is not a struct, all of it reads `value`, whatever `focus` is. `Read` if there is no such
    /// definition.
    pub(super) fn read_at_focus(self, id: DefinitionId, focus: &QuestionFocus, value: &Value) -> ReadOutcome {
        let Some(definition) = self.definitions.get(id) else { return ReadOutcome::Read };
        match (&definition.shape, focus, value) {
            (Shape::Struct(_), QuestionFocus::Property(_) | QuestionFocus::AdditionalProperties, value)
                if !value.is_object() =>
            {
                ReadOutcome::Mismatch
            }
            (Shape::Struct(object), QuestionFocus::Property(name), Value::Object(members)) => {
                self.read_named_property(object, name, members)
            }
            (Shape::Struct(object), QuestionFocus::AdditionalProperties, Value::Object(members)) => {
                self.read_additional_properties(object, members)
            }
            (shape, ..) => self.read_as_shape(shape, value),
        }
    }

    /// Checks whether the value of `property` in the instance `object` is of another type, so that a struct with
    /// `mismatch = "keep"` keeps it. False if `object` does not have the property.
    pub(super) fn has_mismatch(self, property: &Property, object: &Value) -> bool {
        let value = object.get(&property.json_name);
        value.is_some_and(|value| self.read_as_property_type(property, value) == ReadOutcome::Mismatch)
    }

    /// Returns what happens when a type reads `value`. A Rust type from the settings counts as reading every value,
    /// since it is not known which values it reads.
    fn read_as_type(self, ty: &Type, value: &Value) -> ReadOutcome {
        match (ty, value) {
            (Type::Any | Type::Path(_), _) => ReadOutcome::Read,
            (Type::Null, value) => ReadOutcome::from_is_read(value.is_null()),
            (Type::Bool, value) => ReadOutcome::from_is_read(value.is_boolean()),
            (Type::Integer { unsigned }, value) => ReadOutcome::from_is_read(is_integer_in_range(value, *unsigned)),
            (Type::NarrowInteger { .. }, value) => {
                let number = value.as_number().and_then(to_whole_number);
                let range = integer_range(ty).zip(number);
                ReadOutcome::from_is_read(range.is_some_and(|((least, most), number)| (least..=most).contains(&number)))
            }
            (Type::Checked(inner, list), value) => match self.definitions.assertions.list_accepts_value(*list, value) {
                true => self.read_as_type(inner, value),
                false => ReadOutcome::Mismatch,
            },
            (Type::Number, value) => ReadOutcome::from_is_read(value.is_number()),
            (Type::String, value) => ReadOutcome::from_is_read(value.is_string()),
            (Type::Array(items), Value::Array(values)) => {
                ReadOutcome::find_first_problem(values.iter().map(|value| self.read_as_type(items, value)))
            }
            (Type::Map(inner), Value::Object(members)) => {
                ReadOutcome::find_first_problem(members.values().map(|value| self.read_as_type(inner, value)))
            }
            (Type::Array(_) | Type::Map(_), _) => ReadOutcome::Mismatch,
            (Type::Nullable(_), Value::Null) => ReadOutcome::Read,
            (Type::Nullable(inner), value) => self.read_as_type(inner, value),
            (Type::Boxed(id) | Type::Named(id), value) => self
                .definitions
                .get(*id)
                .map_or(ReadOutcome::Read, |definition| self.read_as_shape(&definition.shape, value)),
        }
    }

    /// Returns what happens when a definition of the shape `shape` reads `value`. Enums of strings read any string and
    /// other enums any value, unless they are closed. If something inside a union, a tuple or a wrapper makes reading
    /// fail, the result is only `Mismatch`, since a property around it can still keep the value.
    fn read_as_shape(self, shape: &Shape, value: &Value) -> ReadOutcome {
        match (shape, value) {
            (Shape::Struct(object), Value::Object(members)) => self.read_as_struct(object, members),
            (Shape::Struct(_), _) => ReadOutcome::Mismatch,
            (Shape::Enum(listed), value) => ReadOutcome::from_is_read(listed.reads_value(value)),
            (Shape::Union(union), value) if union.by_type => {
                ReadOutcome::from_is_read(self.accepts_by_json_type(union, value))
            }
            (Shape::Union(union), value) => ReadOutcome::from_is_read(self.accepts_by_tag(union, value)),
            (Shape::Tuple(tuple), Value::Array(values)) => {
                ReadOutcome::from_is_read(self.accepts_as_tuple(tuple, values))
            }
            (Shape::Tuple(_), _) => ReadOutcome::Mismatch,
            (Shape::Alias(ty), value) => self.read_as_type(ty, value),
            (Shape::Newtype(ty), value) => ReadOutcome::from_is_read(self.accepts_as_type(ty, value)),
        }
    }

    /// Checks whether a type reads `value`; see [`Self::read_as_type`].
    fn accepts_as_type(self, ty: &Type, value: &Value) -> bool {
        self.read_as_type(ty, value) == ReadOutcome::Read
    }

    /// Returns what happens when a struct reads an object with these members: first its properties are read in the
    /// order of `members`, then the missing ones are found.
    fn read_as_struct(self, object: &Struct, members: &Map<String, Value>) -> ReadOutcome {
        let present = members.keys().map(|name| self.read_named_property(object, name, members));
        let missing = object.properties.iter().filter(|property| !members.contains_key(&property.json_name));
        ReadOutcome::find_first_problem(
            present.chain(missing.map(|property| self.read_defined_property(property, None))),
        )
    }

    /// Returns what happens when a struct reads the property `name` of an object with these members, or finds that it
    /// is absent. A property that the struct does not define is read as an additional property.
    fn read_named_property(self, object: &Struct, name: &str, members: &Map<String, Value>) -> ReadOutcome {
        match (object.find_property(name), members.get(name)) {
            (Some(property), value) => self.read_defined_property(property, value),
            (None, Some(value)) => self.read_additional_property(object, name, value),
            (None, None) => ReadOutcome::Read,
        }
    }

    /// Returns what happens when a struct reads `value` as the property `property`, or finds that it is absent if
    /// `value` is `None`. A value of another type that the struct keeps beside the field counts as read.
    fn read_defined_property(self, property: &Property, value: Option<&Value>) -> ReadOutcome {
        let Some(value) = value else { return ReadOutcome::from_is_read(!property.required) };
        match (self.read_as_property_type(property, value), property.on_mismatch) {
            (ReadOutcome::Mismatch, MismatchTreatment::Keep) => ReadOutcome::Read,
            (ReadOutcome::Mismatch, MismatchTreatment::Fail) => ReadOutcome::Failure,
            (outcome, _) => outcome,
        }
    }

    /// Returns what happens when the field of `property` reads `value`. An optional property also reads `null`, unless
    /// the settings make that an error.
    fn read_as_property_type(self, property: &Property, value: &Value) -> ReadOutcome {
        let refuses_null =
            property.required || property.refuses_null || property.on_mismatch == MismatchTreatment::Fail;
        if value.is_null() && !refuses_null { ReadOutcome::Read } else { self.read_as_type(&property.ty, value) }
    }

    /// Returns what happens when a struct reads those of these members that it does not define by name.
    fn read_additional_properties(self, object: &Struct, members: &Map<String, Value>) -> ReadOutcome {
        let is_defined = |name: &str| object.find_property(name).is_some();
        let additional = members.iter().filter(|(name, _)| !is_defined(name));
        ReadOutcome::find_first_problem(
            additional.map(|(name, value)| self.read_additional_property(object, name, value)),
        )
    }

    /// Returns what happens when a struct reads `value` as the property `name`, which it does not define by name: the
    /// first pattern that matches the name reads the value, else the type of additional properties.
    fn read_additional_property(self, object: &Struct, name: &str, value: &Value) -> ReadOutcome {
        if let Some(pattern) = object.patterns.iter().find(|pattern| pattern.program.matches_text(name)) {
            return self.read_as_type(&pattern.ty, value);
        }
        match &object.extra {
            AdditionalProperties::Open { .. } | AdditionalProperties::Ignored => ReadOutcome::Read,
            AdditionalProperties::Typed { ty, .. } => self.read_as_type(ty, value),
            AdditionalProperties::Closed => ReadOutcome::Mismatch,
        }
    }

    /// Checks whether a tuple reads an array of these values.
    fn accepts_as_tuple(self, tuple: &Tuple, values: &[Value]) -> bool {
        let required = tuple.items.iter().filter(|item| item.required).count();
        values.len() >= required
            && values.iter().enumerate().all(|(index, value)| {
                let ty = tuple.items.get(index).map(|item| &item.ty).or(tuple.rest.as_ref());
                ty.is_some_and(|ty| self.accepts_as_type(ty, value))
            })
    }

    /// Checks whether a union that chooses its member by JSON type reads `value`. If no member has the JSON type of
    /// `value`, it is read too, unless the union rejects such values. If a member is an integer, a number with a
    /// fraction counts as having a member's type: it is refused unless another member reads it.
    fn accepts_by_json_type(self, union: &Union, value: &Value) -> bool {
        let json_type = TypeSet::of_value(value);
        let has_type = |variant: &&Variant| json_type.is_within(variant.types);
        let mut members = union.variants.iter().filter(has_type);
        let known = union.variants.iter().fold(TypeSet::NONE, |all, variant| all.unite(variant.types));
        let is_known = known.overlaps(json_type);
        members.any(|variant| self.accepts_as_type(&variant.ty, value))
            || (!is_known && !matches!(union.fallback, UnionFallback::Reject))
    }

    /// Checks whether a union that does not choose its member by JSON type reads `value`. Without a fallback variant,
    /// one of the members must read it. With one, every value is read, except that a value whose tag belongs to exactly
    /// one variant must be read by that variant's type, unless the variant shares another tag value with a second
    /// variant.
    fn accepts_by_tag(self, union: &Union, value: &Value) -> bool {
        if union.fallback.variant_name().is_none() {
            return union.variants.iter().any(|variant| self.accepts_as_type(&variant.ty, value));
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
                is_shared || self.accepts_as_type(&variant.ty, value)
            }
            _ => true,
        }
    }
}

/// Checks whether `value` is a number without a fraction (`1.0` too) in the range of `i64`, or of `u64` if `unsigned`.
fn is_integer_in_range(value: &Value, unsigned: bool) -> bool {
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
