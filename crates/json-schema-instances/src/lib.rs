//! Makes JSON values that a JSON Schema accepts ("instances" of the schema): a [`Sample`] for programs, and proptest
//! strategies for tests.
//!
//! # Schemas
//!
//! The schemas are of draft 2020-12. Each `$ref` must be a JSON pointer into the same document, such as `#/$defs/Event`
//! or `#`. Every function takes a schema document and a JSON pointer to the subschema whose instances are wanted, as
//! [`serde_json::Value::pointer`] takes it: `/$defs/Event`, or `""` for the whole document.
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
//! `proptest` (on by default): the strategies `accepted_instances`, `accepted_instances_at`, `lenient_instances` and
//! `mutated_instances`. Without it, this crate does not depend on proptest.

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

pub use relax::{Leniency, relax_schema};
pub use sample::{InvalidSchema, Sample};
#[cfg(feature = "proptest")]
pub use strategies::{accepted_instances, accepted_instances_at, lenient_instances, mutated_instances};
