//! Checks that the event types write back what they have read, and that they read every value in which the essential
//! properties are right.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use json_schema_codegen::{Generated, Generator};
use json_schema_instances::{Leniency, lenient_instances, mutated_instances};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webex_event::{Event, EventData, EventPage, EventResource, EventType, Recipient};

/// The number of random instances for each type.
const INSTANCES_PER_TYPE: u32 = 10_000;

/// The differences from the schema that the types accept on purpose: `null` for an optional property, and unknown enum
/// values.
const ACCEPTED_LENIENCY: Leniency = Leniency::new().nulls().unknown_enum_values();

/// The generated types of the event schema, made from the files of the workspace.
static EVENT_TYPES: LazyLock<Generated> = LazyLock::new(|| {
    let job = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codegen.toml");
    Generator::from_file(job).unwrap().generate().unwrap()
});

/// Creates a test runner that tries [`INSTANCES_PER_TYPE`] random instances.
fn create_test_runner() -> TestRunner {
    TestRunner::new(Config { cases: INSTANCES_PER_TYPE, failure_persistence: None, ..Config::default() })
}

/// Returns the JSON pointer of the schema of the type `type_name`, in the document with the schemas of all types.
fn find_schema_pointer(type_name: &str) -> String {
    EVENT_TYPES.schema_pointers().remove(type_name).unwrap()
}

/// Checks that instances of the type are unchanged after they are read as a `T` and written. The schema accepts these
/// instances, apart from the leniencies in [`ACCEPTED_LENIENCY`].
fn assert_instances_are_written_back_unchanged<T: DeserializeOwned + Serialize>(type_name: &str) {
    let instances = lenient_instances(&EVENT_TYPES.schema(), &find_schema_pointer(type_name), ACCEPTED_LENIENCY);
    let outcome = create_test_runner().run(&instances, |instance| {
        let read: T = serde_json::from_str(&instance.to_string())
            .map_err(|error| TestCaseError::fail(format!("{instance} is refused: {error}")))?;
        prop_assert_eq!(serde_json::to_value(&read).unwrap(), instance);
        Ok(())
    });
    outcome.unwrap();
}

/// Checks that instances, mutated so that many are invalid, are read as a `T` exactly if their essential properties are
/// right, and that they are then written back unchanged.
fn assert_read_exactly_if_essentials_are_right<T: DeserializeOwned + Serialize>(type_name: &str) {
    let outcome = create_test_runner().run(
        &mutated_instances(&EVENT_TYPES.schema(), &find_schema_pointer(type_name)),
        |instance| {
            let read = serde_json::from_str::<T>(&instance.to_string());
            prop_assert_eq!(
                read.is_ok(),
                has_essential_properties(type_name, &instance),
                "{}: {:?}",
                instance,
                read.map(drop)
            );
            if let Ok(read) = read {
                prop_assert_eq!(serde_json::to_value(&read).unwrap(), instance);
            }
            Ok(())
        },
    );
    outcome.unwrap();
}

/// Adds all strings in `value`, at any depth, to `texts`.
fn collect_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, texts)),
        Value::Object(object) => object.values().for_each(|value| collect_texts(value, texts)),
        _ => {}
    }
}

/// Checks the methods `get`, `properties`, `for_each_text` and `redact` for instances of the struct `$type`: they find
/// exactly what is in the JSON of the instance.
macro_rules! assert_access_methods_find_everything {
    ($type:ident) => {
        let instances =
            lenient_instances(&EVENT_TYPES.schema(), &find_schema_pointer(stringify!($type)), ACCEPTED_LENIENCY);
        let outcome = create_test_runner().run(&instances, |instance| {
            let mut read: $type = serde_json::from_value(instance.clone()).unwrap();
            let object = instance.as_object().unwrap();
            for (name, value) in object {
                let found = read.get(name).map(|found| found.to_value());
                prop_assert_eq!(found.as_ref(), Some(value), "{}", name);
            }
            let properties: Vec<String> = read
                .properties()
                .map(|(name, value)| format!("{}:{}", Value::from(name), serde_json::to_string(&value).unwrap()))
                .collect();
            prop_assert_eq!(format!("{{{}}}", properties.join(",")), serde_json::to_string(&read).unwrap());
            let (mut expected, mut found) = (Vec::new(), Vec::new());
            collect_texts(&instance, &mut expected);
            read.for_each_text(|_, text| found.push(text.to_owned()));
            expected.sort();
            found.sort();
            prop_assert_eq!(&found, &expected);
            prop_assert!(read.redact(|_, _| Some("x".to_owned())).is_empty());
            let mut left = Vec::new();
            collect_texts(&serde_json::to_value(&read).unwrap(), &mut left);
            prop_assert_eq!(left, vec!["x".to_owned(); expected.len()]);
            Ok(())
        });
        outcome.unwrap();
    };
}

/// Checks whether the essential properties of `value` are right, without which the type `type_name` cannot be read:
/// strings for the identity of an event, any `data`, and a list of whole events for a page.
fn has_essential_properties(type_name: &str, value: &Value) -> bool {
    let has_string = |name: &&str| value.get(name).is_some_and(Value::is_string);
    match type_name {
        "Event" => {
            ["id", "resource", "type", "actorId", "created"].iter().all(has_string) && value.get("data").is_some()
        }
        "EventPage" => {
            let items = value.get("items").and_then(Value::as_array);
            items.is_some_and(|items| items.iter().all(|item| has_essential_properties("Event", item)))
        }
        "EventResource" | "EventType" => value.is_string(),
        _ => value.is_object(),
    }
}

/// Declares the tests of types, each as `module: Type`.
macro_rules! test_reading_of_types {
    ($($test:ident: $type:ident),* $(,)?) => {
        $(mod $test {
            use super::*;

            #[test]
            fn lenient_instances_are_written_back_unchanged() {
                assert_instances_are_written_back_unchanged::<$type>(stringify!($type));
            }

            #[test]
            fn mutated_instances_are_read_exactly_if_essentials_are_right() {
                assert_read_exactly_if_essentials_are_right::<$type>(stringify!($type));
            }
        })*
    };
}

test_reading_of_types! {
    event: Event,
    event_page: EventPage,
    event_data: EventData,
    recipient: Recipient,
    event_resource: EventResource,
    event_type: EventType,
}

/// Declares the tests of access to the properties and texts of structs, each as `test: Type`.
macro_rules! test_access_to_types {
    ($($test:ident: $type:ident),* $(,)?) => {
        mod access {
            use super::*;

            $(#[test]
            fn $test() {
                assert_access_methods_find_everything!($type);
            })*
        }
    };
}

test_access_to_types! {
    event: Event,
    event_page: EventPage,
    event_data: EventData,
    recipient: Recipient,
}

#[test]
fn enums_distinguish_unknown_values_from_listed_ones() {
    assert!(EventResource::from("whiteboards").is_unknown());
    assert_eq!(EventResource::listed_values().len(), 13);
    assert!(EventResource::listed_values().iter().all(|value| !value.is_unknown()));
    assert_eq!(EventType::listed_values().iter().map(EventType::as_str).next(), Some("created"));
}
