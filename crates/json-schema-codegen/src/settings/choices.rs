//! Defines the settings that choose one of several treatments.

use serde::Deserialize;

/// A choice of several settings at once (`style`). Each of these settings can still be set to another value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Style {
    /// Each setting has its default: nothing that was read is lost.
    #[default]
    Lossless,
    /// The generated types are as close to those of typify 0.8 as settings can make them, for a program that was
    /// written for typify: `unknown_variants = "error"`, `unknown_fields = "ignore"`, `optional_collections = "empty"`,
    /// `struct_builder = true`, `strict = true`, `number_type = "f64"`, `map_type = "::std::collections::HashMap"`. In
    /// `[formats]`, `date-time` and `date` are types of the crate `chrono`, `uuid` is a type of the crate `uuid`, and
    /// `ip`, `ipv4` and `ipv6` are types of `std::net`; formats that no schema uses have no effect. Variants of unions
    /// for a JSON type are named `Boolean`, `String` and `Array`, and the first two and `Integer` have `From`.
    Typify,
}

/// The treatment of a value that an `enum`, `const`, `oneOf` or `anyOf` does not allow (`unknown_variants`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UnknownVariants {
    /// The fallback variant `Unknown` keeps a value that the schema does not allow.
    #[default]
    Keep,
    /// A value that the schema does not allow makes reading fail, and there is no variant `Unknown`. The error lists
    /// the values that are allowed.
    Error,
}

/// The treatment of additional properties that the schema allows, but does not define (`unknown_fields`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UnknownFields {
    /// The field `extra` keeps each additional property.
    #[default]
    Keep,
    /// An additional property is lost: it is not written back. An explicit `null` of an optional property is lost too:
    /// it is read as if the property were absent. Structs have no field `extra`, and only public fields.
    Ignore,
    /// An additional property makes reading fail. As with `ignore`, an explicit `null` of an optional property is lost,
    /// and structs have only public fields.
    Error,
}

/// The type of the fields for lists and maps that may be absent (`optional_collections`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OptionalCollections {
    /// The type of the field is an `Option`, such as `Option<Vec<T>>`: an absent list is `None`.
    #[default]
    Option,
    /// The type of the field is that of the list or map, such as `Vec<T>`: an absent list is empty. An empty list is
    /// not written back.
    Empty,
}

/// The treatment of a property's value that does not have the type in the schema (`mismatch`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Mismatch {
    /// A value of another type makes reading fail.
    #[default]
    Error,
    /// A value of another type is kept, whole, in the field `extra` of the nearest struct around it that has this
    /// field, and written back as it was read. The field of the property has no value, and `unlisted()` returns the
    /// kept value. Reading still fails if a required property is missing, or has such a value and a type without a
    /// default.
    Keep,
}

/// The treatment of references whose target does not exist (`dangling`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Dangling {
    /// A reference whose target does not exist is an error.
    #[default]
    Error,
    /// The schema with the reference accepts any value; the report lists the reference.
    Widen,
}
