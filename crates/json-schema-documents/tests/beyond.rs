//! What `lenient` and `mutated` make beyond the documents that the schema accepts.

mod common;

use common::{fixtures, samples};
use json_schema_documents::{Leniency, lenient, mutated};
use serde_json::{Value, json};

const NULLS: Leniency = Leniency { nulls: true, unknown_enum_values: false };

const UNKNOWN_ENUM_VALUES: Leniency = Leniency { nulls: false, unknown_enum_values: true };

#[test]
fn nulls_stand_for_optional_properties_only() {
    let documents = samples(&lenient(&fixtures::events(), "", NULLS), 500);
    for name in ["at", "level", "tags"] {
        assert!(documents.iter().any(|all| all[name].is_null() && all.get(name).is_some()));
        assert!(documents.iter().any(|all| all.get(name).is_some_and(|value| !value.is_null())));
    }
    assert!(documents.iter().all(|all| all["id"].is_string()));
    assert!(documents.iter().all(|all| all["data"].is_object()));
    let nested = |all: &Value| all["data"].get("level") == Some(&Value::Null);
    assert!(documents.iter().any(nested));
    assert!(documents.iter().all(|all| all["level"] != "unknown"));
}

#[test]
fn unknown_enum_values_are_texts_close_to_the_known_ones_or_not() {
    let documents = samples(&lenient(&fixtures::events(), "", UNKNOWN_ENUM_VALUES), 1000);
    let levels: Vec<&str> = documents.iter().filter_map(|all| all["level"].as_str()).collect();
    for level in ["debug", "info", "warning", "DEBUG", "info "] {
        assert!(levels.contains(&level), "{level} does not turn up");
    }
    assert!(levels.iter().any(|level| !level.to_lowercase().contains(['d', 'i', 'w'])));
    assert!(documents.iter().any(|all| all["state"] == "OPEN"));
    assert!(documents.iter().any(|all| all["data"]["type"] == "CLICK"));
    assert!(documents.iter().all(|all| all.get("level").is_none_or(Value::is_string)));
}

#[test]
fn without_leniency_documents_are_accepted() {
    for (name, schema) in common::schemas() {
        // Where `oneOf` overlaps, `anyOf` in its place accepts more.
        if ["unions"].contains(&name) {
            continue;
        }
        let validator = jsonschema::validator_for(&schema).unwrap();
        for document in samples(&lenient(&schema, "", Leniency::default()), 100) {
            assert!(validator.is_valid(&document), "{name}: {document}");
        }
    }
}

#[test]
fn references_into_what_relaxing_moves_still_lead_there() {
    let schema = json!({
        "type": "object",
        "properties": {
            "a": { "type": "object", "properties": { "b": { "oneOf": [{ "const": 1 }] } } },
            "c": { "$ref": "#/properties/a/properties/b/oneOf/0" },
            "d": { "$ref": "#/properties/a/properties/b" },
        },
        "required": ["c", "d"],
    });
    let both = Leniency { nulls: true, unknown_enum_values: true };
    for document in samples(&lenient(&schema, "", both), 200) {
        assert_eq!((&document["c"], &document["d"]), (&json!(1), &json!(1)));
    }
    let inner = samples(&lenient(&schema, "/properties/a/properties/b", both), 50);
    assert!(inner.iter().all(|all| all == &json!(1)), "{inner:?}");
}

#[test]
fn every_schema_can_be_relaxed() {
    let both = Leniency { nulls: true, unknown_enum_values: true };
    for (name, schema) in common::schemas() {
        assert_eq!(samples(&lenient(&schema, "", both), 50).len(), 50, "{name}");
    }
}

#[test]
fn faults_make_most_documents_wrong_but_not_all() {
    let schema = fixtures::events();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let documents = samples(&mutated(&schema, ""), 1000);
    let wrong = documents.iter().filter(|all| !validator.is_valid(all)).count();
    assert!((300..950).contains(&wrong), "{wrong} of 1000 are wrong");
    assert!(documents.iter().any(|all| all.get("id").is_none()));
    assert!(documents.iter().any(|all| all["data"].is_array()));
    assert!(documents.iter().any(|all| all["id"].is_number()));
    let unknown = |all: &Value| all["data"]["type"] == "click" && all["data"].get("x-fault").is_some();
    assert!(documents.iter().any(unknown));
}

#[test]
fn every_schema_can_be_made_wrong() {
    for (name, schema) in common::schemas() {
        assert_eq!(samples(&mutated(&schema, ""), 100).len(), 100, "{name}");
    }
}
