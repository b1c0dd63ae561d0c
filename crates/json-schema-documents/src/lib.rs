//! The JSON documents that a JSON Schema accepts: proptest strategies for tests, and a [`Sample`] for
//! programs.
//!
//! The schemas are of draft 2020-12 and self-contained: each `$ref` is a JSON pointer into the
//! document it is in, such as `#/$defs/Event` or `#`. The subschemas to make documents of are
//! named by JSON pointers too, as [`Value::pointer`] takes them: `/$defs/Event`, or the empty
//! text for the whole schema.
//!
//! Numbers stay within what `serde_json` carries without `arbitrary_precision`, and are read back
//! as they are written.
//!
//! Making a document heeds most of the keywords. Where that is not enough, each part of it is made
//! again if it misses those that making does not heed (`not`, `if`, `contains`, `dependentRequired`,
//! `dependentSchemas`, `unevaluatedItems`, ...). A schema that hardly any such document satisfies
//! makes the strategy give up, as filters do in proptest: with too many local rejects.

mod document;
mod fault;
mod format;
mod height;
mod make;
mod pattern;
mod place;
mod pointer;
mod relaxed;
mod sample;
mod schema;
mod shrink;
mod strategy;
mod validation;

/// The README, whose code is run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}

use std::sync::Arc;

use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, Strategy};
use serde_json::Value;

use document::Document;
use strategy::Documents;

pub use sample::{NoSchema, Sample};

/// What [`lenient`] mixes into documents that the schema does not accept, but its readers may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leniency {
    /// An explicit `null` for properties that are not `required` in the schema that lists them.
    pub nulls: bool,
    /// Texts that an `enum` of texts, with or without a `null`, does not list: some of them close
    /// to one that it lists, others any text. A `const` stays as it is.
    pub unknown_enum_values: bool,
}

/// A schema that accepts what lenient readers of `schema` do, and the pointer to where in it the
/// subschema at `pointer` stands then.
pub fn relaxed(schema: &Value, pointer: &str, leniency: Leniency) -> (Value, String) {
    relaxed::relaxed(schema, pointer, leniency)
}

/// Documents that `schema` accepts.
///
/// # Panics
///
/// Panics if `schema` is no JSON Schema that the `jsonschema` crate compiles.
pub fn accepted(schema: &Value) -> BoxedStrategy<Value> {
    accepted_at(schema, "")
}

/// Documents that the subschema of `schema` at `pointer` accepts.
///
/// # Panics
///
/// Panics if `schema` is no JSON Schema that the `jsonschema` crate compiles, or has nothing at
/// `pointer`.
#[allow(clippy::panic)] // a test's fixture that is no schema: there is nothing to go on with
pub fn accepted_at(schema: &Value, pointer: &str) -> BoxedStrategy<Value> {
    let document = match Document::new(schema, pointer) {
        Ok(document) => Arc::new(document),
        Err(error) => panic!("the schema at `{pointer}` does not compile: {error}"),
    };
    let filtering = Arc::clone(&document);
    Documents(document)
        .prop_filter("the schema does not accept the document", move |value| filtering.validator.is_valid(value))
        .boxed()
}

/// Documents that the subschema of `schema` at `pointer` accepts once it is relaxed as `leniency`
/// says: some of them `schema` itself accepts, others it does not.
///
/// Relaxing reaches the subschemas under JSON Schema's own keywords, except for those under `not`
/// and `if`. It turns `oneOf` into `anyOf`, as branches that only an `enum` tells apart overlap
/// once they are relaxed.
///
/// # Panics
///
/// Panics where [`accepted_at`] does.
pub fn lenient(schema: &Value, pointer: &str, leniency: Leniency) -> BoxedStrategy<Value> {
    let (relaxed, pointer) = relaxed::relaxed(schema, pointer, leniency);
    accepted_at(&relaxed, &pointer)
}

/// Documents that the subschema of `schema` at `pointer` accepts, with one or two faults put in
/// at random: a value of another type, a property left out or added, a text or a number out of
/// bounds. Some of them it accepts all the same.
///
/// # Panics
///
/// Panics where [`accepted_at`] does.
pub fn mutated(schema: &Value, pointer: &str) -> BoxedStrategy<Value> {
    (accepted_at(schema, pointer), vec(fault::fault(), 1..=2))
        .prop_map(|(document, faults)| {
            let put = |document, fault: fault::Fault| fault.put_into(document);
            faults.into_iter().fold(document, put)
        })
        .boxed()
}
