//! The keywords of a JSON Schema in the form that making instances needs. Subschemas are referred to by number.

use std::collections::HashMap;
use std::ops::{BitAnd, BitOr};

use serde_json::{Number, Value};

use crate::format::StringFormat;
use crate::pattern::StringPattern;

/// Index of a schema among the schemas of a [`CompiledSchema`](crate::compiled::CompiledSchema).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SchemaId(pub(crate) usize);

/// The keywords of one schema. An absent keyword has the value that allows everything.
#[derive(Default)]
pub(crate) struct Schema {
    /// The types that the keyword `type` allows; all types without it.
    pub(crate) types: JsonTypes,
    /// The types that the schema's keywords apply to (objects for `required`). Does not depend on `type`.
    pub(crate) subject: JsonTypes,
    /// The values that `const` or else `enum` allows; `None` without either.
    pub(crate) values: Option<Vec<Value>>,
    /// The target of `$ref`, and the schemas in `allOf`.
    pub(crate) all_of: Vec<SchemaId>,
    /// The branches of `anyOf` and of `oneOf`, if the schema has them. A value is made for one branch of each.
    pub(crate) unions: Vec<Vec<SchemaId>>,
    /// True if the schema has the keyword [`RARE_BRANCH_KEYWORD`](crate::relax::RARE_BRANCH_KEYWORD): it is chosen less
    /// often than other branches of a union.
    pub(crate) rare: bool,
    pub(crate) object: ObjectKeywords,
    pub(crate) array: ArrayKeywords,
    pub(crate) string: StringKeywords,
    pub(crate) number: NumberKeywords,
    /// JSON pointer to this schema if values made for it have to be validated against it, because some of its keywords
    /// do not guide the making; otherwise `None`.
    pub(crate) validate_at: Option<String>,
}

/// The keywords for objects.
#[derive(Default)]
pub(crate) struct ObjectKeywords {
    pub(crate) properties: HashMap<String, SchemaId>,
    /// The names in `properties`, in the order of the schema.
    pub(crate) names: Vec<String>,
    pub(crate) required: Vec<String>,
    pub(crate) pattern_properties: Vec<(StringPattern, SchemaId)>,
    pub(crate) additional_properties: Option<SchemaId>,
    pub(crate) property_names: Option<SchemaId>,
    pub(crate) min_properties: usize,
    pub(crate) max_properties: Option<usize>,
    /// True if `unevaluatedProperties` is `false`.
    pub(crate) rejects_unevaluated: bool,
}

/// The keywords for arrays. `items` applies to the items after those that `prefix_items` has schemas for.
#[derive(Default)]
pub(crate) struct ArrayKeywords {
    pub(crate) prefix_items: Vec<SchemaId>,
    pub(crate) items: Option<SchemaId>,
    pub(crate) min_items: usize,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique_items: bool,
}

/// The keywords for strings. Lengths are in characters.
#[derive(Default)]
pub(crate) struct StringKeywords {
    pub(crate) min_length: usize,
    pub(crate) max_length: Option<usize>,
    pub(crate) pattern: Option<StringPattern>,
    pub(crate) format: Option<StringFormat>,
}

/// The keywords for numbers.
#[derive(Default)]
pub(crate) struct NumberKeywords {
    pub(crate) minimum: Option<Number>,
    pub(crate) exclusive_minimum: Option<Number>,
    pub(crate) maximum: Option<Number>,
    pub(crate) exclusive_maximum: Option<Number>,
    pub(crate) multiple_of: Option<Number>,
}

/// A set of the types of JSON Schema. Numbers count as two types, with and without a fraction, so that `integer` is a
/// subset of `number`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct JsonTypes(u8);

impl JsonTypes {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(1 << 1);
    pub(crate) const INTEGER: Self = Self(1 << 2);
    pub(crate) const FRACTION: Self = Self(1 << 3);
    pub(crate) const STRING: Self = Self(1 << 4);
    pub(crate) const ARRAY: Self = Self(1 << 5);
    pub(crate) const OBJECT: Self = Self(1 << 6);
    pub(crate) const NUMBER: Self = Self(Self::INTEGER.0 | Self::FRACTION.0);
    pub(crate) const CONTAINER: Self = Self(Self::ARRAY.0 | Self::OBJECT.0);
    pub(crate) const ALL: Self = Self((1 << 7) - 1);

    /// Returns the set for a type name in the keyword `type`: `number` gives `NUMBER`. Empty for an unknown name.
    pub(crate) fn from_name(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    /// Returns the set with only the type of `value`. A number without a fraction, such as `1.0`, is an integer.
    pub(crate) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) => match number.as_f64() {
                Some(float) if float.fract() != 0.0 => Self::FRACTION,
                _ => Self::INTEGER,
            },
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// Checks whether the two sets have a type in common.
    pub(crate) fn intersects(self, other: Self) -> bool {
        (self & other) != Self::NONE
    }

    /// Returns the types of this set that are not in `other`.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Splits the set into sets of one type each, except that the two kinds of numbers stay in one set.
    pub(crate) fn split_into_single_types(self) -> Vec<Self> {
        let numbers = self & Self::NUMBER;
        let others = [Self::NULL, Self::BOOLEAN, Self::STRING, Self::ARRAY, Self::OBJECT];
        others.into_iter().chain([numbers]).filter(|types| self.intersects(*types)).collect()
    }
}

/// All types, which is what a schema without `type` allows.
impl Default for JsonTypes {
    fn default() -> Self {
        Self::ALL
    }
}

impl BitAnd for JsonTypes {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for JsonTypes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
