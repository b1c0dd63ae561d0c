//! `accepted_instances` makes instances that the schema accepts, and as varied as it allows.

#![cfg(feature = "proptest")]

mod common;

use common::{draw_values, fixtures};
use json_schema_instances::{accepted_instances, accepted_instances_at};
use proptest::prelude::Strategy;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// A property that at least one instance must have: (in words, as a predicate).
type InstanceExpectation = (&'static str, fn(&Value) -> bool);

#[test]
fn schema_accepts_each_of_its_instances() {
    for (name, schema) in common::list_named_schemas() {
        let validator = jsonschema::validator_for(&schema).unwrap();
        for instance in draw_values(&accepted_instances(&schema), 300) {
            assert!(validator.is_valid(&instance), "{name}: {instance}");
        }
    }
}

#[test]
fn each_instance_is_unchanged_after_writing_and_parsing() {
    for (name, schema) in common::list_named_schemas() {
        for instance in draw_values(&accepted_instances(&schema), 300) {
            let read: Value = serde_json::from_str(&instance.to_string()).unwrap();
            assert_eq!(read.to_string(), instance.to_string(), "{name}");
            assert_eq!(read, instance, "{name}");
        }
    }
}

#[test]
fn subschema_accepts_each_of_its_instances() {
    let schema = fixtures::make_event_schema();
    let level = draw_values(&accepted_instances_at(&schema, "/$defs/Level"), 50);
    for value in ["debug", "info", "warning"] {
        assert!(level.contains(&json!(value)), "{value} is never made");
    }
    let click = draw_values(&accepted_instances_at(&schema, "/$defs/Click"), 50);
    assert!(click.iter().all(|instance| instance["type"] == "click"));
    let property = accepted_instances_at(&schema, "/$defs/Key/properties/code");
    assert!(draw_values(&property, 50).iter().all(Value::is_string));
}

#[test]
fn each_member_of_a_union_and_each_enum_value_is_made() {
    let instances = draw_values(&accepted_instances(&fixtures::make_union_schema()), 200);
    let expected: [InstanceExpectation; 9] = [
        ("red", |instance| instance == "red"),
        ("green", |instance| instance == "green"),
        ("7", |instance| instance.as_u64() == Some(7)),
        ("8", |instance| instance.as_u64() == Some(8)),
        ("9", |instance| instance.as_u64() == Some(9)),
        ("kind a", |instance| instance["kind"] == "a"),
        ("kind b", |instance| instance["kind"] == "b"),
        ("a", |instance| instance.get("a").is_some()),
        ("null", Value::is_null),
    ];
    for (name, predicate) in expected {
        assert!(instances.iter().any(predicate), "{name} is never made");
    }
}

#[test]
fn objects_with_and_without_optional_and_additional_properties_are_made() {
    let schema = json!({
        "type": "object",
        "properties": { "a": { "type": "string" }, "b": { "type": "array" } },
        "required": ["b"],
    });
    let instances = draw_values(&accepted_instances(&schema), 500);
    let expected: [InstanceExpectation; 9] = [
        ("an optional property", |instance| instance.get("a").is_some()),
        ("no optional property", |instance| instance.get("a").is_none()),
        ("an empty array", |instance| instance["b"] == json!([])),
        ("an unknown property", |instance| instance.get("unknown").is_some()),
        ("an empty name", |instance| instance.get("").is_some()),
        ("a name with a dot", |instance| instance.get("a.b").is_some()),
        ("a name in Unicode", |instance| instance.get("été").is_some()),
        ("a name in upper case", |instance| instance.get("A").is_some()),
        ("nesting", |instance| instance["b"][0].is_object() || instance["b"][0].is_array()),
    ];
    for (name, predicate) in expected {
        assert!(instances.iter().any(predicate), "{name} is never made");
    }
}

#[test]
fn scalars_have_many_different_values() {
    let integers = draw_values(&accepted_instances(&json!({ "type": "integer" })), 500);
    assert!(integers.contains(&json!(u64::MAX)) && integers.contains(&json!(i64::MIN)));
    assert!(integers.contains(&json!(0)) && integers.iter().any(Value::is_f64));
    let numbers = draw_values(&accepted_instances(&json!({ "type": "number" })), 500);
    let fraction = |number: f64| number.fract() != 0.0;
    assert!(numbers.iter().filter_map(Value::as_f64).any(fraction));
    assert!(numbers.iter().any(Value::is_u64));
    let texts = draw_values(&accepted_instances(&json!({ "type": "string" })), 1000);
    for text in ["", "-1", "2024-02-29", "a\"b\\c/d", "\u{0}\u{1f}\u{7f}"] {
        assert!(texts.contains(&json!(text)), "{text:?} is never made");
    }
}

#[test]
fn recursive_instances_are_nested_and_finite() {
    let instances = draw_values(&accepted_instances(&fixtures::make_recursive_schema()), 300);
    assert!(instances.iter().any(|instance| instance["next"]["next"].is_object()));
    let longest = instances.iter().map(|instance| instance.to_string().len()).max();
    assert!(longest.unwrap() < 100_000, "{longest:?}");
}

#[test]
fn unsatisfiable_schemas_give_no_instances_and_do_not_panic() {
    for schema in [
        json!(false),
        json!({ "type": "integer", "minimum": 2, "maximum": 1 }),
        json!({ "type": "number", "minimum": 2, "maximum": 1 }),
        json!({ "type": "string", "minLength": 2, "maxLength": 1 }),
        json!({ "type": "string", "pattern": "^[^\\s\\S]$" }),
        json!({ "type": "array", "items": false, "minItems": 1 }),
        json!({ "type": "object", "additionalProperties": false, "required": ["a"] }),
        json!({ "type": "object", "properties": { "a": { "$ref": "#" } }, "required": ["a"] }),
        json!({ "enum": [1], "type": "string" }),
        json!({ "type": "string", "minLength": 1e12 }),
        json!({ "type": "array", "minItems": 1e12 }),
        json!({ "type": "object", "minProperties": 1e12 }),
        json!({ "type": "number", "minimum": 1e308, "multipleOf": 0.001 }),
        json!({ "allOf": [{ "const": 1 }, { "const": 2 }] }),
        json!({
            "allOf": [
                { "type": "object", "properties": { "a": { "$ref": "#" } } },
                { "type": "object", "required": ["a"] },
            ],
        }),
    ] {
        let config = proptest::test_runner::Config { max_local_rejects: 20, ..Default::default() };
        let mut runner = TestRunner::new(config);
        let made = accepted_instances(&schema).new_tree(&mut runner);
        assert!(made.is_err(), "{schema}");
    }
}

#[test]
fn unusual_valid_schemas_have_instances() {
    for schema in [
        json!({ "anyOf": [{ "$ref": "#" }, { "type": "null" }] }),
        json!({ "properties": { "a": { "type": "x" } }, "$defs": {} }),
        json!({ "type": "array", "minItems": 2.0, "items": { "$ref": "#/x/y" }, "x": { "y": {} } }),
        json!({ "type": ["object", "null"], "properties": { "a": { "$ref": "#" } }, "required": ["a"] }),
        json!({ "type": "integer", "multipleOf": 1e300 }),
        json!({ "type": "number", "multipleOf": 1e-300 }),
        json!({ "type": "number", "multipleOf": 0.1, "minimum": 1e300 }),
        json!({ "minProperties": 30, "type": "object" }),
    ] {
        if jsonschema::validator_for(&schema).is_ok() {
            assert_eq!(draw_values(&accepted_instances(&schema), 20).len(), 20, "{schema}");
        }
    }
}

#[test]
#[should_panic(expected = "does not compile")]
fn invalid_schema_panics() {
    let _ = accepted_instances(&json!({ "type": "unknown" }));
}

#[test]
#[should_panic(expected = "does not compile")]
fn pointer_to_no_schema_panics() {
    let _ = accepted_instances_at(&json!({}), "/$defs/None");
}

#[test]
fn failing_instance_shrinks_to_its_relevant_properties() {
    let strategy = accepted_instances(&fixtures::make_event_schema());
    let mut runner = TestRunner::deterministic();
    let failure = runner.run(&strategy, |instance| {
        let fails = instance["data"]["x"].as_i64().is_some_and(|x| x > 4);
        proptest::prop_assert!(!fails);
        Ok(())
    });
    let Err(proptest::test_runner::TestError::Fail(_, smallest)) = failure else {
        panic!("{failure:?}");
    };
    let data = smallest["data"].as_object().unwrap();
    let names: Vec<&String> = data.keys().collect();
    assert_eq!(names, ["type", "x"], "{smallest}");
    assert!(data["x"].as_i64().unwrap() <= 9, "{smallest}");
    assert_eq!(smallest.as_object().unwrap().len(), 2, "{smallest}");
}
