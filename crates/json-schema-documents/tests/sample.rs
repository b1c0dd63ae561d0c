//! A sample is for programs: the same each time, within the schema, and an error where there is none.
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeSet;

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
    for schema in [
        json!({ "allOf": [{ "type": "string" }, { "type": "null" }] }),
        json!({ "type": "object", "properties": { "a": { "enum": ["x"], "minLength": 2 } }, "required": ["a"] }),
        json!({ "allOf": [{ "enum": ["x"] }, { "minLength": 2 }] }),
    ] {
        let sample = Sample::new(&schema, "", 1).unwrap();
        assert_eq!(sample.documents().next(), None, "{schema}");
    }
}

/// Making follows no anchor, and no text is this one by chance.
#[test]
fn a_schema_whose_documents_are_not_found_gives_none() {
    let word = json!({ "$anchor": "word", "const": "the only one" });
    let sample = Sample::new(&json!({ "$ref": "#word", "$defs": { "Word": word } }), "", 1).unwrap();
    assert!(sample.accepts(&json!("the only one")));
    assert_eq!(sample.documents().next(), None);
}

#[test]
fn listed_values_are_those_that_the_other_keywords_leave() {
    let values: Vec<String> = (0..1_000).map(|at| format!("{}", at * 10)).collect();
    let schema = json!({
        "type": "object",
        "properties": { "a": { "enum": values, "minLength": 2, "maxLength": 2, "pattern": "^[89]" } },
        "required": ["a"],
    });
    let found: BTreeSet<String> =
        Sample::new(&schema, "", 1).unwrap().documents().take(50).map(|one| one["a"].to_string()).collect();
    assert_eq!(Vec::from_iter(found), ["\"80\"", "\"90\""]);
}

#[test]
fn lists_of_items_are_met_in_older_drafts() {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "array",
        "items": [{ "const": "a" }, { "type": "integer" }],
        "additionalItems": { "type": "null" },
        "minItems": 3,
    });
    let sample = Sample::new(&schema, "", 1).unwrap();
    let documents: Vec<Value> = sample.documents().take(50).collect();
    assert_eq!(documents.len(), 50);
    assert!(documents.iter().all(|all| all[0] == "a" && all[1].is_number() && all[2].is_null()));
}

#[test]
fn what_nests_deeper_than_parsers_read_has_no_documents() {
    let chain = |count: usize| {
        let one = |at: usize| {
            let next = json!({ "$ref": format!("#/$defs/D{}", at + 1) });
            (format!("D{at}"), json!({ "type": "array", "items": next, "minItems": 1, "maxItems": 1 }))
        };
        let last = (format!("D{count}"), json!({ "type": "null" }));
        json!({ "$ref": "#/$defs/D0", "$defs": serde_json::Map::from_iter((0..count).map(one).chain([last])) })
    };
    let first = |count| Sample::new(&chain(count), "", 1).unwrap().documents().next();
    assert!(first(126).is_some_and(|document| serde_json::from_str::<Value>(&document.to_string()).is_ok()));
    assert!(first(127).is_none());
}
