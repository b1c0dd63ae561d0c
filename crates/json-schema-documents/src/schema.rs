//! A JSON Schema as making documents needs it: keywords read, subschemas by number.

use std::collections::HashMap;
use std::ops::{BitAnd, BitOr};

use serde_json::{Number, Value};

use crate::format::Format;
use crate::pattern::Pattern;

/// The place of a schema in its [`Document`](crate::document::Document).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SchemaId(pub(crate) usize);

/// The keywords of one schema, each at its do-nothing value where absent.
#[derive(Default)]
pub(crate) struct Schema {
    pub(crate) types: Types,
    /// The types that the schema's keywords speak about, whether or not it has `type`.
    pub(crate) subject: Types,
    /// `enum`, or `const` as an `enum` of one.
    pub(crate) values: Option<Vec<Value>>,
    /// `$ref` and `allOf`.
    pub(crate) all_of: Vec<SchemaId>,
    /// `anyOf` and `oneOf`: of each, one branch is made.
    pub(crate) unions: Vec<Vec<SchemaId>>,
    /// Whether a union takes this branch less often than the others.
    pub(crate) rare: bool,
    pub(crate) object: ObjectKeywords,
    pub(crate) array: ArrayKeywords,
    pub(crate) string: StringKeywords,
    pub(crate) number: NumberKeywords,
    /// Where the schema is, if it has keywords that making does not heed by itself.
    pub(crate) unheeded_at: Option<String>,
}

#[derive(Default)]
pub(crate) struct ObjectKeywords {
    pub(crate) properties: HashMap<String, SchemaId>,
    /// The names of `properties`, in the schema's order.
    pub(crate) names: Vec<String>,
    pub(crate) required: Vec<String>,
    pub(crate) pattern_properties: Vec<(Pattern, SchemaId)>,
    pub(crate) additional_properties: Option<SchemaId>,
    pub(crate) property_names: Option<SchemaId>,
    pub(crate) min_properties: usize,
    pub(crate) max_properties: Option<usize>,
    /// Whether `unevaluatedProperties` is `false`.
    pub(crate) closed: bool,
}

#[derive(Default)]
pub(crate) struct ArrayKeywords {
    pub(crate) prefix_items: Vec<SchemaId>,
    pub(crate) items: Option<SchemaId>,
    pub(crate) min_items: usize,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique_items: bool,
}

#[derive(Default)]
pub(crate) struct StringKeywords {
    pub(crate) min_length: usize,
    pub(crate) max_length: Option<usize>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) format: Option<Format>,
}

#[derive(Default)]
pub(crate) struct NumberKeywords {
    pub(crate) minimum: Option<Number>,
    pub(crate) exclusive_minimum: Option<Number>,
    pub(crate) maximum: Option<Number>,
    pub(crate) exclusive_maximum: Option<Number>,
    pub(crate) multiple_of: Option<Number>,
}

/// A set of JSON Schema's types; the numbers are split so that `integer` is a part of `number`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Types(u8);

impl Types {
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

    /// The set that a name in `type` stands for; none for a name that is no type.
    pub(crate) fn named(name: &str) -> Self {
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

    /// The types that `value` counts as one of.
    pub(crate) fn of(value: &Value) -> Self {
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

    pub(crate) fn meets(self, other: Self) -> bool {
        (self & other) != Self::NONE
    }

    /// This set without `other`.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The members, with `number` as one where both its halves are there.
    pub(crate) fn members(self) -> Vec<Self> {
        let numbers = self & Self::NUMBER;
        let others = [Self::NULL, Self::BOOLEAN, Self::STRING, Self::ARRAY, Self::OBJECT];
        others.into_iter().chain([numbers]).filter(|kind| self.meets(*kind)).collect()
    }
}

/// A schema without `type` allows all of them.
impl Default for Types {
    fn default() -> Self {
        Self::ALL
    }
}

impl BitAnd for Types {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
