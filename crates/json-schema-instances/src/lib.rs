//! Makes JSON values that a JSON Schema accepts ("instances" of the schema): a [`Sample`] for programs, and proptest
//! strategies for tests.
//!
//! # Schemas
//!
//! The schemas are of draft 2020-12. Each `$ref` must be a JSON pointer into the same document, such as
//! `#/$defs/Event` or `#`. Every function takes a schema document and a JSON pointer to the subschema whose instances are
//! wanted, as [`Value::pointer`] takes it: `/$defs/Event`, or `""` for the whole document.
//!
//! # How instances are made
//!
//! Most keywords guide the making. The others (`not`, `if`, `contains`, `dependentRequired`, `dependentSchemas`,
//! `unevaluatedItems`, ...) are checked afterwards: a part that violates them is made again. If hardly any attempt
//! succeeds, a strategy gives up with too many local rejects, as a proptest filter does, and a [`Sample`] ends.
//!
//! Numbers stay within what `serde_json` holds without its feature `arbitrary_precision`; each is read back as it was
//! written.
//!
//! # Features
//!
//! `proptest` (on by default): the strategies `accepted`, `accepted_at`, `lenient` and `mutated`. Without it, this crate
//! does not depend on proptest.

mod compiled;
mod format;
mod make;
mod min_depth;
#[cfg(feature = "proptest")]
mod mutation;
mod pattern;
mod pointer;
mod relax;
mod sample;
mod schema;
mod shrink;
mod slot;
#[cfg(feature = "proptest")]
mod strategies;
mod validators;

/// The README, so that `cargo test --doc` runs its example.
#[cfg(all(doctest, feature = "proptest"))]
#[doc = include_str!("../README.md")]
pub mod readme {}

use serde_json::Value;

pub use sample::{InvalidSchema, Sample};
#[cfg(feature = "proptest")]
pub use strategies::{accepted, accepted_at, lenient, mutated};

/// Which values a relaxed schema accepts in addition to those of the original; see [`relax_schema`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leniency {
    /// Accept `null` for each property in `properties` that the same schema does not list in `required`.
    pub nulls: bool,
    /// Accept every string where `enum` lists only strings, or strings and `null`. A `const` is unchanged.
    ///
    /// Instances made from the relaxed schema have strings similar to the listed ones (`"OPEN"` for `"open"`) as well as
    /// arbitrary ones.
    pub unknown_enum_values: bool,
}

/// Returns a copy of `schema` that also accepts the values that `leniency` names, and the JSON pointer to where the
/// subschema at `pointer` is in the copy.
///
/// The subschemas of JSON Schema's own keywords are relaxed, except those under `not` and `if`. Each `oneOf` becomes
/// `anyOf`, because relaxed branches may overlap; a `oneOf` beside an `anyOf` stays.
pub fn relax_schema(schema: &Value, pointer: &str, leniency: Leniency) -> (Value, String) {
    relax::relax(schema, pointer, leniency)
}
