//! Draws values from strategies, and has schemas that together use all keywords that guide the making.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

pub mod fixtures;

use fixtures::{events, recursive, unions};
use proptest::prelude::{BoxedStrategy, Strategy};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Returns the first `count` values of `strategy`: the same at every call.
pub fn samples(strategy: &BoxedStrategy<Value>, count: usize) -> Vec<Value> {
    let mut runner = TestRunner::deterministic();
    let mut sample = || strategy.new_tree(&mut runner).unwrap().current();
    (0..count).map(|_| sample()).collect()
}

/// Returns the fixtures and their names.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("anything", json!(true)),
        ("untyped", json!({ "title": "Anything at all" })),
        ("untyped with keywords", json!({ "required": ["a"], "minLength": 2, "maximum": 3 })),
        ("scalars", scalars()),
        ("numbers", numbers()),
        ("texts", texts()),
        ("arrays", arrays()),
        ("objects", objects()),
        ("maps", maps()),
        ("unions", unions()),
        ("conjunctions", conjunctions()),
        ("checked only", checked_only()),
        ("events", events()),
        ("recursive", recursive()),
        ("awkward names", awkward_names()),
    ]
}

fn object_of(properties: &Value) -> Value {
    let names: Vec<&String> = properties.as_object().into_iter().flatten().map(|p| p.0).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": false,
    })
}

fn scalars() -> Value {
    object_of(&json!({
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

fn numbers() -> Value {
    object_of(&json!({
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

fn texts() -> Value {
    object_of(&json!({
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

fn arrays() -> Value {
    object_of(&json!({
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

fn objects() -> Value {
    object_of(&json!({
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

fn maps() -> Value {
    object_of(&json!({
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

fn conjunctions() -> Value {
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

fn checked_only() -> Value {
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

fn awkward_names() -> Value {
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
