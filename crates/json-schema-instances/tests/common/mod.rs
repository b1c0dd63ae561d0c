//! Draws values from strategies, and has schemas that together use all keywords that guide the making.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

pub mod fixtures;

use fixtures::{make_event_schema, make_recursive_schema, make_union_schema};
use proptest::prelude::{BoxedStrategy, Strategy};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Returns the first `count` values of `strategy`; every call returns the same values.
pub fn draw_values(strategy: &BoxedStrategy<Value>, count: usize) -> Vec<Value> {
    let mut runner = TestRunner::deterministic();
    let mut sample = || strategy.new_tree(&mut runner).unwrap().current();
    (0..count).map(|_| sample()).collect()
}

/// Returns (name for messages, schema) of each schema that all tests use.
pub fn list_named_schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("anything", json!(true)),
        ("untyped", json!({ "title": "Anything at all" })),
        ("untyped with keywords", json!({ "required": ["a"], "minLength": 2, "maximum": 3 })),
        ("scalars", make_scalar_schema()),
        ("numbers", make_number_schema()),
        ("texts", make_text_schema()),
        ("arrays", make_array_schema()),
        ("objects", make_object_schema()),
        ("maps", make_map_schema()),
        ("unions", make_union_schema()),
        ("conjunctions", make_conjunction_schema()),
        ("checked only", make_checked_only_schema()),
        ("events", make_event_schema()),
        ("recursive", make_recursive_schema()),
        ("awkward names", make_awkward_name_schema()),
    ]
}

/// Returns the schema of an object that requires all of `properties`, an object with a schema for each property, and
/// allows no other property.
fn make_closed_object_schema(properties: &Value) -> Value {
    let names: Vec<&String> = properties.as_object().into_iter().flatten().map(|p| p.0).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    })
}

/// Returns a schema with the keywords `type`, `enum` and `const`.
fn make_scalar_schema() -> Value {
    make_closed_object_schema(&json!({
        "null": { "type": "null" },
        "boolean": { "type": "boolean" },
        "integer": { "type": "integer" },
        "number": { "type": "number" },
        "string": { "type": "string" },
        "several": { "type": ["string", "integer", "null"] },
        "enum": { "enum": ["a", 1, null, { "b": [] }] },
        "enum of a type": { "type": "string", "enum": ["a", "b", 1] },
        "const": { "const": { "c": 1 } },
    }))
}

/// Returns a schema with the keywords for numbers.
fn make_number_schema() -> Value {
    make_closed_object_schema(&json!({
        "byte": { "type": "integer", "minimum": 0, "maximum": 255 },
        "unsigned": { "type": "integer", "minimum": 0 },
        "exclusive": { "type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 3 },
        "huge": { "type": "integer", "minimum": 18_446_744_073_709_551_000_u64 },
        "beyond": { "type": "integer", "maximum": 1e30 },
        "ratio": { "type": "number", "minimum": 0, "maximum": 1 },
        "open ratio": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 },
        "narrow": { "type": "number", "exclusiveMinimum": 0.1, "maximum": 0.2 },
        "dozens": { "type": "integer", "multipleOf": 12, "minimum": -100 },
        "cents": { "type": "number", "multipleOf": 0.01, "minimum": 0.5 },
        "halves": { "type": "integer", "multipleOf": 2.5 },
    }))
}

/// Returns a schema with the keywords for strings.
fn make_text_schema() -> Value {
    make_closed_object_schema(&json!({
        "any": { "type": "string" },
        "short": { "type": "string", "maxLength": 3 },
        "long": { "type": "string", "minLength": 40 },
        "exact": { "type": "string", "minLength": 5, "maxLength": 5 },
        "code": { "type": "string", "pattern": "^[A-Z]{2}-\\d+$" },
        "part": { "type": "string", "pattern": "@" },
        "bounded": { "type": "string", "pattern": "^\\w+$", "maxLength": 6 },
        "look-ahead": { "type": "string", "pattern": "^(?!x)" },
        "date-time": { "type": "string", "format": "date-time" },
        "date": { "type": "string", "format": "date" },
        "time": { "type": "string", "format": "time" },
        "uuid": { "type": "string", "format": "uuid" },
        "email": { "type": "string", "format": "email" },
        "ipv4": { "type": "string", "format": "ipv4" },
        "ipv6": { "type": "string", "format": "ipv6" },
        "uri": { "type": "string", "format": "uri" },
        "unknown": { "type": "string", "format": "colour" },
    }))
}

/// Returns a schema with the keywords for arrays.
fn make_array_schema() -> Value {
    make_closed_object_schema(&json!({
        "any": { "type": "array" },
        "texts": { "type": "array", "items": { "type": "string" } },
        "few": { "type": "array", "items": { "type": "null" }, "minItems": 1, "maxItems": 2 },
        "set": { "type": "array", "items": { "enum": [1, 2, 3] }, "uniqueItems": true },
        "pair": {
            "type": "array",
            "prefixItems": [{ "type": "string" }, { "type": "integer" }],
            "items": false,
            "minItems": 2,
        },
        "open": { "type": "array", "prefixItems": [{ "const": "head" }], "items": { "type": "null" } },
    }))
}

/// Returns a schema with the keywords for objects.
fn make_object_schema() -> Value {
    make_closed_object_schema(&json!({
        "any": { "type": "object" },
        "closed": {
            "type": "object",
            "properties": { "a": { "type": "string" }, "b": { "type": "null" } },
            "required": ["a"],
            "additionalProperties": false,
        },
        "typed rest": {
            "type": "object",
            "properties": { "a": { "type": "string" } },
            "additionalProperties": { "type": "integer" },
        },
        "undeclared": { "type": "object", "required": ["not in properties"] },
        "impossible": { "type": "object", "properties": { "never": false } },
        "counted": { "type": "object", "minProperties": 2, "maxProperties": 3 },
        "one of": {
            "type": "object",
            "properties": { "a": {}, "b": {}, "c": {} },
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 1,
        },
    }))
}

/// Returns a schema with the keywords for properties that are not in `properties`: `additionalProperties`,
/// `patternProperties` and `propertyNames`.
fn make_map_schema() -> Value {
    make_closed_object_schema(&json!({
        "map": { "type": "object", "additionalProperties": { "type": "boolean" } },
        "patterned": {
            "type": "object",
            "patternProperties": { "^x-": {}, "^[0-9]+$": { "type": "integer" } },
            "additionalProperties": false,
        },
        "overlapping": {
            "type": "object",
            "properties": { "count": { "type": "integer" } },
            "patternProperties": { "^c": { "minimum": 5 } },
        },
        "named": {
            "type": "object",
            "propertyNames": { "enum": ["north", "south"] },
            "additionalProperties": { "type": "number" },
        },
        "short names": { "type": "object", "propertyNames": { "maxLength": 2 }, "minProperties": 1 },
    }))
}

/// Returns a schema whose values have to satisfy several schemas together, by `allOf` and `$ref`.
fn make_conjunction_schema() -> Value {
    json!({
        "$defs": {
            "named": {
                "type": "object",
                "properties": { "name": { "type": "string" } },
                "required": ["name"],
            },
            "aged": { "properties": { "age": { "type": "integer", "minimum": 0 } } },
        },
        "$ref": "#/$defs/named",
        "allOf": [
            { "$ref": "#/$defs/aged" },
            { "properties": { "age": { "maximum": 120 }, "name": { "minLength": 1 } } },
        ],
        "properties": { "name": { "maxLength": 4 } },
        "unevaluatedProperties": false,
    })
}

/// Returns a schema with the keywords that do not guide how values are made, such as `not`.
fn make_checked_only_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "not": { "type": "integer", "not": { "minimum": 3, "maximum": 5 } },
            "contains": { "type": "array", "contains": { "type": "string" } },
            "card": { "type": "string" },
            "address": { "type": "string" },
            "country": { "enum": ["nl", "us"] },
            "code": { "type": "string" },
        },
        "dependentRequired": { "card": ["address"] },
        "dependentSchemas": { "code": { "required": ["country"] } },
        "if": { "properties": { "country": { "const": "nl" } }, "required": ["country"] },
        "then": { "properties": { "code": { "minLength": 4 } } },
        "additionalProperties": { "type": "null" },
    })
}

/// Returns a schema whose definitions and properties have names that need escaping in a pointer or URI.
fn make_awkward_name_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "a/b~c": { "type": "integer" },
            "é %": { "$ref": "#/properties/a~1b~0c" },
            "": { "$ref": "#/%24defs/with%20space" },
            "self": { "$ref": "#" },
        },
        "$defs": { "with space": { "oneOf": [{ "type": "null" }, { "type": "string" }] } },
    })
}
