//! A sample is for programs: the same each time, within the schema, and an error where there is none.
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use json_schema_documents::Sample;
use serde_json::{Value, json};

fn schema() -> Value {
    json!({
        "$ref": "#/$defs/Order",
        "$defs": { "Order": {
            "type": "object",
            "properties": { "id": { "type": "string" }, "lines": { "type": "array", "items": { "$ref": "#/$defs/Order" } } },
            "required": ["id"],
        } },
    })
}

fn documents(seed: u64) -> Vec<Value> {
    let sample = Sample::new(&schema(), "/$defs/Order", seed).unwrap();
    sample.documents().take(200).collect()
}

#[test]
fn one_seed_gives_the_same_documents() {
    assert_eq!(documents(1), documents(1));
    assert_ne!(documents(1), documents(2));
}

#[test]
fn documents_are_within_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let documents = documents(1);
    assert_eq!(documents.len(), 200);
    assert!(documents.iter().all(|document| validator.is_valid(document)));
}

#[test]
fn no_part_of_the_smallest_can_go() {
    let sample = Sample::new(&schema(), "", 1).unwrap();
    let has_lines = |document: &Value| document["lines"].as_array().is_some_and(|lines| !lines.is_empty());
    let document = sample.documents().find(has_lines).unwrap();
    assert_eq!(sample.smallest(document, has_lines), json!({ "id": "", "lines": [{ "id": "" }] }));
}

#[test]
fn what_is_no_schema_is_an_error() {
    let wrong = Sample::new(&json!({ "type": "no such type" }), "", 1).unwrap_err();
    assert!(wrong.to_string().contains("no such type"), "{wrong}");
    assert!(Sample::new(&json!({}), "/$defs/Nothing", 1).is_err());
}

#[test]
fn a_schema_without_documents_gives_none() {
    let sample = Sample::new(&json!({ "allOf": [{ "type": "string" }, { "type": "null" }] }), "", 1).unwrap();
    assert_eq!(sample.documents().next(), None);
}
