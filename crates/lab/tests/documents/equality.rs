//! Checks that two values of the generated types are equal exactly if they are written as equal JSON.

use std::collections::HashSet;
use std::fmt::Debug;
use std::fs;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::fixture::Fixture;
use crate::fixtures::equality::{Entry, EntryLevel, EntryState};

/// Reads the instances of the fixture `case` as `T`, each also with its properties in the opposite order. Checks for
/// each two of the values that they are equal exactly if they are written as equal JSON.
pub fn check_equality_of_instances<T: DeserializeOwned + Serialize + PartialEq + Debug>(case: &str) {
    let fixture = Fixture::list_all_fixtures().into_iter().find(|fixture| fixture.name() == case).unwrap();
    let samples = fs::read_to_string(fixture.file_path("documents.json")).unwrap();
    let samples: Vec<Value> = serde_json::from_str(&samples).unwrap();
    let documents = samples.iter().filter_map(|sample| sample.get("document"));
    let texts = documents.flat_map(|document| [document.to_string(), reverse_properties(document).to_string()]);
    let values: Vec<T> = texts.filter_map(|text| serde_json::from_str(&text).ok()).collect();
    for (one, other) in values.iter().flat_map(|one| values.iter().map(move |other| (one, other))) {
        let written = serde_json::to_value(one).unwrap() == serde_json::to_value(other).unwrap();
        assert_eq!(one == other, written, "{case}: {one:?} and {other:?}");
    }
}

/// Returns `value` with the properties of all objects inside in the opposite order.
fn reverse_properties(value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().rev().map(|(name, value)| (name.clone(), reverse_properties(value))).collect(),
        Value::Array(list) => list.iter().map(reverse_properties).collect(),
        scalar => scalar.clone(),
    }
}

/// Reads the JSON `text` as an [`Entry`].
fn read_entry(text: &Value) -> Entry {
    serde_json::from_value(text.clone()).unwrap()
}

/// Checks that `value` is equal to the value that its JSON is read as, and that both have the same unlisted values.
fn assert_equal_after_round_trip(value: &Entry) {
    let written = serde_json::to_value(value).unwrap();
    assert_eq!(value, &read_entry(&written));
    assert_eq!(value.unlisted(), read_entry(&written).unlisted(), "{written}");
}

#[test]
fn overwritten_null_does_not_affect_equality() {
    let nulls = json!({"a": null, "b": null});
    let mut value = read_entry(&json!({"id": "1", "open": nulls, "typed": nulls, "closed": nulls, "matched": nulls}));
    assert_equal_after_round_trip(&value);
    value.open.as_mut().unwrap().a = Some("x".to_owned());
    value.typed.as_mut().unwrap().a = Some("x".to_owned());
    value.closed.as_mut().unwrap().b = Some("x".to_owned());
    value.matched.as_mut().unwrap().b = Some("x".to_owned());
    assert_equal_after_round_trip(&value);
    let before = value.clone();
    value.closed.as_mut().unwrap().b = None;
    assert_ne!(before, value, "the null is written again");
}

#[test]
fn overwritten_kept_property_does_not_affect_equality() {
    let mut value = read_entry(&json!({"id": "1", "typed": {"b": "b"}}));
    value.extra.insert("id".to_owned(), json!("2"));
    value.typed.as_mut().unwrap().extra.insert("b".to_owned(), 1);
    assert_equal_after_round_trip(&value);
}

#[test]
fn listed_value_kept_as_unlisted_is_equal_to_the_listed_one() {
    assert_eq!(EntryLevel::Unknown(json!(1)), EntryLevel::N1);
    assert_ne!(EntryLevel::Unknown(json!(2)), EntryLevel::N1);
    assert_eq!(EntryState::Unknown("on".to_owned()), EntryState::On);
    let states = HashSet::from([EntryState::Unknown("on".to_owned()), EntryState::On, EntryState::Off]);
    assert_eq!(states.len(), 2);
}
