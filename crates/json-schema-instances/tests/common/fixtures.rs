//! The schemas that single tests use by name.

use serde_json::{Value, json};

/// Returns a schema with nested unions: strings, integers, objects with a tag, objects without one, and null.
pub fn make_union_schema() -> Value {
    json!({
        "anyOf": [
            { "type": "string", "enum": ["red", "green"] },
            { "type": "integer", "minimum": 7, "maximum": 9 },
            { "oneOf": [
                {
                    "type": "object",
                    "properties": { "kind": { "const": "a" }, "value": { "type": "string" } },
                    "required": ["kind"],
                },
                {
                    "type": "object",
                    "properties": { "kind": { "const": "b" }, "value": { "type": "null" } },
                    "required": ["kind"],
                },
                { "type": "object", "maxProperties": 3, "required": ["a"] },
            ]},
            { "type": "null" },
        ]
    })
}

/// Returns a schema of events with a union of objects in the property `data`.
pub fn make_event_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.com/event.json",
        "$ref": "#/$defs/Event",
        "$defs": {
            "Event": {
                "type": "object",
                "properties": {
                    "id": { "type": "string", "format": "uuid" },
                    "at": { "type": "string", "format": "date-time" },
                    "level": { "$ref": "#/$defs/Level" },
                    "tags": { "type": "object", "additionalProperties": { "type": "string" } },
                    "data": { "$ref": "#/$defs/EventData" },
                    "state": { "type": ["string", "null"], "enum": ["open", "done", null] },
                },
                "required": ["id", "data"],
            },
            "Level": { "type": "string", "enum": ["debug", "info", "warning"] },
            "EventData": {
                "oneOf": [{ "$ref": "#/$defs/Click" }, { "$ref": "#/$defs/Key" }],
            },
            "Click": {
                "type": "object",
                "properties": {
                    "type": { "type": "string", "enum": ["click"] },
                    "x": { "type": "integer" },
                    "level": { "$ref": "#/$defs/Event/properties/level" },
                },
                "required": ["type", "x"],
                "additionalProperties": false,
            },
            "Key": {
                "type": "object",
                "properties": {
                    "type": { "type": "string", "enum": ["key"] },
                    "code": { "type": "string", "minLength": 1 },
                },
                "required": ["type"],
            },
        },
    })
}

/// Returns a schema of objects that contain objects of the same schema.
pub fn make_recursive_schema() -> Value {
    json!({
        "$ref": "#/$defs/Tree",
        "$defs": {
            "Tree": {
                "type": "object",
                "properties": {
                    "value": { "$ref": "#/$defs/Expression" },
                    "children": { "type": "array", "items": { "$ref": "#/$defs/Tree" } },
                    "next": { "anyOf": [{ "$ref": "#" }, { "type": "null" }] },
                },
                "required": ["value", "next"],
            },
            "Expression": {
                "oneOf": [
                    { "type": "number" },
                    {
                        "type": "array",
                        "prefixItems": [
                            { "enum": ["+", "-"] },
                            { "$ref": "#/$defs/Expression" },
                            { "$ref": "#/$defs/Expression" },
                        ],
                        "minItems": 3,
                        "items": false,
                    },
                ],
            },
        },
    })
}
