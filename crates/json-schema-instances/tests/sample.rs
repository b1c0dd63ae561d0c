//! A `Sample` gives the same instances for the same seed, and an error for an invalid schema.
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeSet;

use json_schema_instances::Sample;
use serde_json::{Value, json};

/// Returns a schema of orders, which contain lists of orders.
fn make_order_schema() -> Value {
    json!({
        "$ref": "#/$defs/Order",
        "$defs": { "Order": {
            "type": "object",
            "properties": { "id": { "type": "string" }, "lines": { "type": "array", "items": { "$ref": "#/$defs/Order" } } },
            "required": ["id"],
        } },
    })
}

/// Returns the first 200 instances of the sample with this seed.
fn make_order_instances(seed: u64) -> Vec<Value> {
    let sample = Sample::new(&make_order_schema(), "/$defs/Order", seed).unwrap();
    sample.instances().take(200).collect()
}

#[test]
fn same_seed_gives_the_same_instances() {
    assert_eq!(make_order_instances(1), make_order_instances(1));
    assert_ne!(make_order_instances(1), make_order_instances(2));
}

#[test]
fn schema_accepts_the_instances_of_a_sample() {
    let validator = jsonschema::validator_for(&make_order_schema()).unwrap();
    let instances = make_order_instances(1);
    assert_eq!(instances.len(), 200);
    assert!(instances.iter().all(|instance| validator.is_valid(instance)));
}

#[test]
fn minimized_instance_has_only_necessary_parts() {
    let sample = Sample::new(&make_order_schema(), "", 1).unwrap();
    let has_lines = |instance: &Value| instance["lines"].as_array().is_some_and(|lines| !lines.is_empty());
    let instance = sample.instances().find(has_lines).unwrap();
    assert_eq!(sample.minimize(instance, has_lines), json!({ "id": "", "lines": [{ "id": "" }] }));
}

#[test]
fn invalid_schema_is_an_error() {
    let wrong = Sample::new(&json!({ "type": "no such type" }), "", 1).unwrap_err();
    assert!(wrong.to_string().contains("no such type"), "{wrong}");
    assert!(Sample::new(&json!({}), "/$defs/Nothing", 1).is_err());
}

#[test]
fn unsatisfiable_schema_has_no_instances() {
    for schema in [
        json!({ "allOf": [{ "type": "string" }, { "type": "null" }] }),
        json!({ "type": "object", "properties": { "a": { "enum": ["x"], "minLength": 2 } }, "required": ["a"] }),
        json!({ "allOf": [{ "enum": ["x"] }, { "minLength": 2 }] }),
    ] {
        let sample = Sample::new(&schema, "", 1).unwrap();
        assert_eq!(sample.instances().next(), None, "{schema}");
    }
}

/// `$ref` to an anchor does not guide the making, and no random string equals the constant by chance.
#[test]
fn sample_is_empty_if_no_instance_is_found() {
    let word = json!({ "$anchor": "word", "const": "the only one" });
    let sample = Sample::new(&json!({ "$ref": "#word", "$defs": { "Word": word } }), "", 1).unwrap();
    assert!(sample.accepts(&json!("the only one")));
    assert_eq!(sample.instances().next(), None);
}

#[test]
fn enum_values_of_instances_satisfy_the_other_keywords() {
    let values: Vec<String> = (0..1_000).map(|at| format!("{}", at * 10)).collect();
    let schema = json!({
        "type": "object",
        "properties": { "a": { "enum": values, "minLength": 2, "maxLength": 2, "pattern": "^[89]" } },
        "required": ["a"],
    });
    let found: BTreeSet<String> =
        Sample::new(&schema, "", 1).unwrap().instances().take(50).map(|instance| instance["a"].to_string()).collect();
    assert_eq!(Vec::from_iter(found), ["\"80\"", "\"90\""]);
}

#[test]
fn array_in_items_is_a_tuple_in_draft_7() {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "array",
        "items": [{ "const": "a" }, { "type": "integer" }],
        "additionalItems": { "type": "null" },
        "minItems": 3,
    });
    let sample = Sample::new(&schema, "", 1).unwrap();
    let instances: Vec<Value> = sample.instances().take(50).collect();
    assert_eq!(instances.len(), 50);
    assert!(instances.iter().all(|instance| instance[0] == "a" && instance[1].is_number() && instance[2].is_null()));
}

#[test]
fn schema_whose_instances_nest_too_deep_has_no_instances() {
    let chain = |count: usize| {
        let definition = |at: usize| {
            let next = json!({ "$ref": format!("#/$defs/D{}", at + 1) });
            (format!("D{at}"), json!({ "type": "array", "items": next, "minItems": 1, "maxItems": 1 }))
        };
        let last = (format!("D{count}"), json!({ "type": "null" }));
        json!({ "$ref": "#/$defs/D0", "$defs": serde_json::Map::from_iter((0..count).map(definition).chain([last])) })
    };
    let first = |count| Sample::new(&chain(count), "", 1).unwrap().instances().next();
    assert!(first(126).is_some_and(|instance| serde_json::from_str::<Value>(&instance.to_string()).is_ok()));
    assert!(first(127).is_none());
}
