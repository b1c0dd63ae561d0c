//! Checks that an event with a value of another type than the schema's is still read: the value is kept, named by
//! `unlisted()`, and written back. The events are those of `tests/real_events`, and one for each resource in `events/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use json_schema_codegen::Generator;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use webex_event::{Event, EventPage};

/// The pointers of the properties of an event for which a value of another type makes reading fail.
const POINTERS_OF_REQUIRED_STRINGS: &[&str] = &["/id", "/resource", "/type", "/actorId", "/created"];

/// The number of random values that replace each leaf of each event.
const VALUES_PER_LEAF: u32 = 40;

/// Returns the events in the files of both folders, in the order of their paths.
fn read_events() -> Vec<Value> {
    let lab = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [lab.join("../../tests/real_events"), lab.join("tests/mismatch/events")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| serde_json::from_slice(&fs::read(path).unwrap()).unwrap()).collect()
}

/// Returns the JSON pointers of all values in `value` that contain no other value: scalars, and empty lists and
/// objects.
fn list_leaf_pointers(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(name, value)| (escape_name(name), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    if children.is_empty() {
        return vec![String::new()];
    }
    let below = children.into_iter().map(|(step, value)| (step, list_leaf_pointers(value)));
    below.flat_map(|(step, leaves)| leaves.into_iter().map(move |leaf| format!("/{step}{leaf}"))).collect()
}

/// Escapes a property name for a JSON pointer (RFC 6901): `a/b` becomes `a~1b`.
fn escape_name(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns a strategy for JSON values of any type, with at most three levels inside.
fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z]{0,6}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Returns a validator for the schema of events.
fn build_event_validator() -> Validator {
    let job = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codegen.toml");
    let generated = Generator::from_file(job).unwrap().generate().unwrap();
    let mut schema = generated.schema();
    schema["$ref"] = json!(format!("#{}", generated.schema_pointers()["Event"]));
    jsonschema::validator_for(&schema).unwrap()
}

/// Checks that `event`, whose value at the pointer `leaf` was replaced by a random one, is read and written back
/// unchanged, and that `unlisted()` names the value if the schema rejects it. If `leaf` is in
/// [`POINTERS_OF_REQUIRED_STRINGS`] and the value is not a string, checks that reading fails.
fn check_event_with_replaced_leaf(validator: &Validator, event: &Value, leaf: &str) -> Result<(), TestCaseError> {
    let read = serde_json::from_str::<Event>(&event.to_string());
    if POINTERS_OF_REQUIRED_STRINGS.contains(&leaf) && !event.pointer(leaf).is_some_and(Value::is_string) {
        prop_assert!(read.is_err(), "{} is accepted at {leaf}", event);
        return Ok(());
    }
    let read = read.map_err(|error| TestCaseError::fail(format!("{event}: {error}")))?;
    prop_assert_eq!(&serde_json::to_value(&read).unwrap(), event);
    let unlisted: Vec<String> =
        read.unlisted().into_iter().map(|unlisted| convert_path_to_pointer(&unlisted.path)).collect();
    if !validator.is_valid(event) {
        let is_named = unlisted.iter().any(|path| leaf == path || leaf.starts_with(&format!("{path}/")));
        prop_assert!(is_named, "{leaf} of {event} is not in {unlisted:?}");
    }
    Ok(())
}

/// Converts a path of `unlisted()`, whose names contain letters only, to a JSON pointer: `data.files[0]` becomes
/// `/data/files/0`.
fn convert_path_to_pointer(path: &str) -> String {
    format!("/{}", path.replace('[', "/").replace(']', "").replace('.', "/"))
}

#[test]
fn any_value_may_replace_any_leaf_except_five_required_strings() {
    let validator = build_event_validator();
    let mut runner = TestRunner::new(Config { cases: VALUES_PER_LEAF, failure_persistence: None, ..Config::default() });
    let mut count = 0;
    for event in read_events() {
        for leaf in list_leaf_pointers(&event) {
            count += 1;
            let outcome = runner.run(&any_value(), |value| {
                let mut event = event.clone();
                *event.pointer_mut(&leaf).unwrap() = value;
                check_event_with_replaced_leaf(&validator, &event, &leaf)
            });
            outcome.unwrap();
        }
    }
    assert!(count > 200, "only {count} leaves");
}

#[test]
fn broken_element_of_a_whole_page_is_an_error() {
    let good = json!({"id": "1", "resource": "rooms", "type": "created", "actorId": "a", "created": "t", "data": {}});
    for broken in [json!(5), json!({}), json!({"id": 1}), Value::Null] {
        let page = json!({ "items": [good, broken] });
        assert!(serde_json::from_value::<EventPage>(page.clone()).is_err(), "{page}");
    }
    for items in [json!({}), json!("x"), Value::Null] {
        let page = json!({ "items": items });
        assert!(serde_json::from_value::<EventPage>(page.clone()).is_err(), "{page}");
    }
    let error = json!({"message": "unauthorized", "trackingId": "t"});
    assert!(serde_json::from_value::<EventPage>(error).is_err());
}

#[test]
fn error_about_a_long_text_instead_of_an_object_is_short() {
    let text = "x".repeat(1 << 20);
    let page = json!({ "items": [text] }).to_string();
    let error = serde_json::from_str::<EventPage>(&page).unwrap_err().to_string();
    assert!(error.len() < 1_000, "{} bytes", error.len());
}
