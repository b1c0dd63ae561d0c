//! Defines sets of JSON types.

use serde_json::Value;

/// A set of JSON types, with a bit for each. `integer` is a subset of `number`: the bit of value 4 is for whole
/// numbers, and the bit of value 8 for numbers with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeSet(u8);

/// The names of the JSON types in the keyword `type`, each with its set.
const TYPE_NAMES: &[(TypeSet, &str)] = &[
    (TypeSet::NULL, "null"),
    (TypeSet::BOOLEAN, "boolean"),
    (TypeSet::INTEGER, "integer"),
    (TypeSet::NUMBER, "number"),
    (TypeSet::STRING, "string"),
    (TypeSet::ARRAY, "array"),
    (TypeSet::OBJECT, "object"),
];

impl TypeSet {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    pub(crate) const NUMBER: Self = Self(4 | 8);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ALL: Self = Self(127);

    /// Returns the set of the JSON type with a name in the keyword `type`, such as `string`; all types for an unknown
    /// name.
    pub(crate) fn from_type_name(name: &str) -> Self {
        TYPE_NAMES.iter().find(|(_, listed)| *listed == name).map_or(Self::ALL, |(set, _)| *set)
    }

    /// Returns the set of the JSON type of `value`: `INTEGER` for a number without a fraction (`1.0` too), `NUMBER` for
    /// any other number.
    pub(crate) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() == 0.0) => Self::INTEGER,
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// Returns the types that are both in this set and in `other`.
    pub(crate) fn intersect(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the types that are in this set, in `other`, or in both.
    pub(crate) fn unite(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the types of this set that are not in `other`.
    pub(crate) fn subtract(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Checks whether each type of this set is in `other` too.
    pub(crate) fn is_within(self, other: Self) -> bool {
        self.subtract(other) == Self::NONE
    }

    /// Checks whether this set and `other` have a JSON type in common.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.intersect(other) != Self::NONE
    }

    /// Returns a set with one JSON type for each type in this set; `INTEGER` only if `NUMBER` is not in it, since
    /// `NUMBER` includes it.
    pub(crate) fn single_types(self) -> impl Iterator<Item = Self> {
        let number = if self.overlaps(Self(8)) { Self::NUMBER } else { Self::INTEGER };
        let singles = [Self::NULL, Self::BOOLEAN, number, Self::STRING, Self::ARRAY, Self::OBJECT];
        singles.into_iter().filter(move |single| single.is_within(self))
    }

    /// Returns the names of the JSON types in this set for the keyword `type`, such as `string`. If the set has all
    /// numbers, `number` stands for `integer` too.
    pub(crate) fn type_names(self) -> impl Iterator<Item = &'static str> {
        let name = |single| TYPE_NAMES.iter().find(|(set, _)| *set == single).map(|(_, name)| *name);
        self.single_types().filter_map(name)
    }
}
