//! `lenient_instances` and `mutated_instances` also make values that the schema rejects.

#![cfg(feature = "proptest")]

mod common;

use common::{draw_values, fixtures};
use json_schema_instances::{Leniency, lenient_instances, mutated_instances};
use serde_json::{Value, json};

/// The leniency that only accepts `null` in addition.
const NULL_LENIENCY: Leniency = Leniency::new().nulls();

/// The leniency that only accepts unknown enum values in addition.
const UNKNOWN_ENUM_VALUE_LENIENCY: Leniency = Leniency::new().unknown_enum_values();

#[test]
fn null_leniency_replaces_optional_properties_only() {
    let instances = draw_values(&lenient_instances(&fixtures::make_event_schema(), "", NULL_LENIENCY), 500);
    for name in ["at", "level", "tags"] {
        assert!(instances.iter().any(|instance| instance[name].is_null() && instance.get(name).is_some()));
        assert!(instances.iter().any(|instance| instance.get(name).is_some_and(|value| !value.is_null())));
    }
    assert!(instances.iter().all(|instance| instance["id"].is_string()));
    assert!(instances.iter().all(|instance| instance["data"].is_object()));
    let nested = |instance: &Value| instance["data"].get("level") == Some(&Value::Null);
    assert!(instances.iter().any(nested));
    assert!(instances.iter().all(|instance| instance["level"] != "unknown"));
}

#[test]
fn unknown_enum_values_are_similar_or_arbitrary_strings() {
    let instances =
        draw_values(&lenient_instances(&fixtures::make_event_schema(), "", UNKNOWN_ENUM_VALUE_LENIENCY), 1000);
    let levels: Vec<&str> = instances.iter().filter_map(|instance| instance["level"].as_str()).collect();
    for level in ["debug", "info", "warning", "DEBUG", "info "] {
        assert!(levels.contains(&level), "{level} is never made");
    }
    assert!(levels.iter().any(|level| !level.to_lowercase().contains(['d', 'i', 'w'])));
    assert!(instances.iter().any(|instance| instance["state"] == "OPEN"));
    assert!(instances.iter().any(|instance| instance["data"]["type"] == "CLICK"));
    assert!(instances.iter().all(|instance| instance.get("level").is_none_or(Value::is_string)));
}

#[test]
fn schema_accepts_instances_made_without_leniency() {
    for (name, schema) in common::list_named_schemas() {
        // Its `oneOf` has branches that overlap, and the `anyOf` that replaces it accepts more.
        if ["unions"].contains(&name) {
            continue;
        }
        let validator = jsonschema::validator_for(&schema).unwrap();
        for instance in draw_values(&lenient_instances(&schema, "", Leniency::default()), 100) {
            assert!(validator.is_valid(&instance), "{name}: {instance}");
        }
    }
}

#[test]
fn references_to_moved_subschemas_still_resolve() {
    let schema = json!({
        "type": "object",
        "properties": {
            "a": { "type": "object", "properties": { "b": { "oneOf": [{ "const": 1 }] } } },
            "c": { "$ref": "#/properties/a/properties/b/oneOf/0" },
            "d": { "$ref": "#/properties/a/properties/b" },
        },
        "required": ["c", "d"],
    });
    let both = Leniency::new().nulls().unknown_enum_values();
    for instance in draw_values(&lenient_instances(&schema, "", both), 200) {
        assert_eq!((&instance["c"], &instance["d"]), (&json!(1), &json!(1)));
    }
    let inner = draw_values(&lenient_instances(&schema, "/properties/a/properties/b", both), 50);
    assert!(inner.iter().all(|instance| instance == &json!(1)), "{inner:?}");
}

#[test]
fn each_schema_has_lenient_instances() {
    let both = Leniency::new().nulls().unknown_enum_values();
    for (name, schema) in common::list_named_schemas() {
        assert_eq!(draw_values(&lenient_instances(&schema, "", both), 50).len(), 50, "{name}");
    }
}

#[test]
fn many_but_not_all_mutated_instances_are_invalid() {
    let schema = fixtures::make_event_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let instances = draw_values(&mutated_instances(&schema, ""), 1000);
    let invalid = instances.iter().filter(|instance| !validator.is_valid(instance)).count();
    assert!((300..950).contains(&invalid), "{invalid} of 1000 are invalid");
    assert!(instances.iter().any(|instance| instance.get("id").is_none()));
    assert!(instances.iter().any(|instance| instance["data"].is_array()));
    assert!(instances.iter().any(|instance| instance["id"].is_number()));
    let unknown = |instance: &Value| instance["data"]["type"] == "click" && instance["data"].get("x-fault").is_some();
    assert!(instances.iter().any(unknown));
}

#[test]
fn each_schema_has_mutated_instances() {
    for (name, schema) in common::list_named_schemas() {
        assert_eq!(draw_values(&mutated_instances(&schema, ""), 100).len(), 100, "{name}");
    }
}
