//! What is made is accepted, and as varied as the schema allows.

mod common;

use common::{fixtures, samples};
use json_schema_documents::{accepted, accepted_at};
use proptest::prelude::Strategy;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// What is to turn up, and how to tell it.
type Expectation = (&'static str, fn(&Value) -> bool);

#[test]
fn every_document_is_accepted() {
    for (name, schema) in common::schemas() {
        let validator = jsonschema::validator_for(&schema).unwrap();
        for document in samples(&accepted(&schema), 300) {
            assert!(validator.is_valid(&document), "{name}: {document}");
        }
    }
}

#[test]
fn every_document_is_read_as_it_is_written() {
    for (name, schema) in common::schemas() {
        for document in samples(&accepted(&schema), 300) {
            let read: Value = serde_json::from_str(&document.to_string()).unwrap();
            assert_eq!(read.to_string(), document.to_string(), "{name}");
            assert_eq!(read, document, "{name}");
        }
    }
}

#[test]
fn every_document_of_a_subschema_is_accepted() {
    let schema = fixtures::events();
    let level = samples(&accepted_at(&schema, "/$defs/Level"), 50);
    for value in ["debug", "info", "warning"] {
        assert!(level.contains(&json!(value)), "{value} does not turn up");
    }
    let click = samples(&accepted_at(&schema, "/$defs/Click"), 50);
    assert!(click.iter().all(|all| all["type"] == "click"));
    let property = accepted_at(&schema, "/$defs/Key/properties/code");
    assert!(samples(&property, 50).iter().all(Value::is_string));
}

#[test]
fn every_branch_and_every_enum_value_turns_up() {
    let documents = samples(&accepted(&fixtures::unions()), 200);
    let expected: [Expectation; 9] = [
        ("red", |all| all == "red"),
        ("green", |all| all == "green"),
        ("7", |all| all.as_u64() == Some(7)),
        ("8", |all| all.as_u64() == Some(8)),
        ("9", |all| all.as_u64() == Some(9)),
        ("kind a", |all| all["kind"] == "a"),
        ("kind b", |all| all["kind"] == "b"),
        ("a", |all| all.get("a").is_some()),
        ("null", Value::is_null),
    ];
    for (name, is_it) in expected {
        assert!(documents.iter().any(is_it), "{name} does not turn up");
    }
}

#[test]
fn an_object_has_its_optional_properties_or_has_them_not_and_has_others() {
    let schema = json!({
        "type": "object",
        "properties": { "a": { "type": "string" }, "b": { "type": "array" } },
        "required": ["b"],
    });
    let documents = samples(&accepted(&schema), 500);
    let expected: [Expectation; 9] = [
        ("an optional property", |all| all.get("a").is_some()),
        ("none", |all| all.get("a").is_none()),
        ("an empty array", |all| all["b"] == json!([])),
        ("an unknown property", |all| all.get("unknown").is_some()),
        ("an empty name", |all| all.get("").is_some()),
        ("a name with a dot", |all| all.get("a.b").is_some()),
        ("a name in Unicode", |all| all.get("été").is_some()),
        ("a name in upper case", |all| all.get("A").is_some()),
        ("nesting", |all| all["b"][0].is_object() || all["b"][0].is_array()),
    ];
    for (name, is_it) in expected {
        assert!(documents.iter().any(is_it), "{name} does not turn up");
    }
}

#[test]
fn scalars_are_varied() {
    let integers = samples(&accepted(&json!({ "type": "integer" })), 500);
    assert!(integers.contains(&json!(u64::MAX)) && integers.contains(&json!(i64::MIN)));
    assert!(integers.contains(&json!(0)) && integers.iter().any(Value::is_f64));
    let numbers = samples(&accepted(&json!({ "type": "number" })), 500);
    let fraction = |number: f64| number.fract() != 0.0;
    assert!(numbers.iter().filter_map(Value::as_f64).any(fraction));
    assert!(numbers.iter().any(Value::is_u64));
    let texts = samples(&accepted(&json!({ "type": "string" })), 1000);
    for text in ["", "-1", "2024-02-29", "a\"b\\c/d", "\u{0}\u{1f}\u{7f}"] {
        assert!(texts.contains(&json!(text)), "{text:?} does not turn up");
    }
}

#[test]
fn recursion_goes_deep_and_comes_to_an_end() {
    let documents = samples(&accepted(&fixtures::recursive()), 300);
    assert!(documents.iter().any(|all| all["next"]["next"].is_object()));
    let longest = documents.iter().map(|all| all.to_string().len()).max();
    assert!(longest.unwrap() < 100_000, "{longest:?}");
}

#[test]
fn odd_schemas_give_up_and_do_not_panic() {
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
        let made = accepted(&schema).new_tree(&mut runner);
        assert!(made.is_err(), "{schema}");
    }
}

#[test]
fn odd_schemas_that_can_be_met_are_met() {
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
            assert_eq!(samples(&accepted(&schema), 20).len(), 20, "{schema}");
        }
    }
}

#[test]
#[should_panic(expected = "does not compile")]
fn what_is_no_schema_panics() {
    let _ = accepted(&json!({ "type": "no type" }));
}

#[test]
#[should_panic(expected = "does not compile")]
fn a_pointer_to_nothing_panics() {
    let _ = accepted_at(&json!({}), "/$defs/None");
}

#[test]
fn a_failing_document_shrinks_to_what_matters() {
    let strategy = accepted(&fixtures::events());
    let mut runner = TestRunner::deterministic();
    let failure = runner.run(&strategy, |document| {
        let fails = document["data"]["x"].as_i64().is_some_and(|x| x > 4);
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
