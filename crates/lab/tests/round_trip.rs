//! Checks that the event types write back what they read, and that they read every value that has what they cannot do
//! without.

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
const INSTANCES: u32 = 10_000;

/// The intended leniencies: `null` for an optional property, and enum values that the schema does not list.
const INTENDED: Leniency = Leniency::new().nulls().unknown_enum_values();

/// The types of the event schema as they are generated now.
static GENERATED: LazyLock<Generated> = LazyLock::new(|| {
    let job = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codegen.toml");
    Generator::from_file(job).unwrap().generate().unwrap()
});

/// Returns a runner that tries [`INSTANCES`] random instances.
fn runner() -> TestRunner {
    TestRunner::new(Config { cases: INSTANCES, failure_persistence: None, ..Config::default() })
}

/// Returns the JSON pointer of a type's schema in the schema of all types.
fn pointer(type_name: &str) -> String {
    GENERATED.schema_pointers().remove(type_name).unwrap()
}

/// Checks that instances that the schema accepts, or accepts with the leniencies, are unchanged after they are read
/// as a `T` and written.
fn assert_round_trip<T: DeserializeOwned + Serialize>(type_name: &str) {
    let instances = lenient_instances(&GENERATED.schema(), &pointer(type_name), INTENDED);
    let outcome = runner().run(&instances, |instance| {
        let read: T = serde_json::from_str(&instance.to_string())
            .map_err(|error| TestCaseError::fail(format!("{instance} is refused: {error}")))?;
        prop_assert_eq!(serde_json::to_value(&read).unwrap(), instance);
        Ok(())
    });
    outcome.unwrap();
}

/// Checks that instances, mutated so that many are invalid, are read as a `T` exactly if they have what the type
/// cannot do without; any other value of another type is kept. Checks that they are unchanged after they are written.
fn assert_agreement<T: DeserializeOwned + Serialize>(type_name: &str) {
    let outcome = runner().run(&mutated_instances(&GENERATED.schema(), &pointer(type_name)), |instance| {
        let read = serde_json::from_str::<T>(&instance.to_string());
        prop_assert_eq!(read.is_ok(), has_essentials(type_name, &instance), "{}: {:?}", instance, read.map(drop));
        if let Ok(read) = read {
            prop_assert_eq!(serde_json::to_value(&read).unwrap(), instance);
        }
        Ok(())
    });
    outcome.unwrap();
}

/// Appends the texts in a JSON value to `texts`.
fn collect_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, texts)),
        Value::Object(object) => object.values().for_each(|value| collect_texts(value, texts)),
        _ => {}
    }
}

/// Checks `get`, `properties`, `texts`, `for_each_text` and `redact` of instances of the struct `$type`: they find what
/// is in the JSON that the instance is written as.
macro_rules! assert_access {
    ($type:ident) => {
        let instances = lenient_instances(&GENERATED.schema(), &pointer(stringify!($type)), INTENDED);
        let outcome = runner().run(&instances, |instance| {
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

/// Checks whether a value has what the type cannot do without: strings for the identity of an event, `data` of any
/// kind, and whole events in a page.
fn has_essentials(type_name: &str, value: &Value) -> bool {
    let has_string = |name: &&str| value.get(name).is_some_and(Value::is_string);
    match type_name {
        "Event" => {
            ["id", "resource", "type", "actorId", "created"].iter().all(has_string) && value.get("data").is_some()
        }
        "EventPage" => {
            let items = value.get("items").and_then(Value::as_array);
            items.is_some_and(|items| items.iter().all(|item| has_essentials("Event", item)))
        }
        "EventResource" | "EventType" => value.is_string(),
        _ => value.is_object(),
    }
}

/// Declares the tests of types, each as `module: Type`.
macro_rules! types {
    ($($test:ident: $type:ident),* $(,)?) => {
        $(mod $test {
            use super::*;

            #[test]
            fn writes_back_what_it_reads() {
                assert_round_trip::<$type>(stringify!($type));
            }

            #[test]
            fn agrees_with_the_schema() {
                assert_agreement::<$type>(stringify!($type));
            }
        })*
    };
}

types! {
    event: Event,
    event_page: EventPage,
    event_data: EventData,
    recipient: Recipient,
    event_resource: EventResource,
    event_type: EventType,
}

/// Declares the tests of access to the properties and texts of structs, each as `test: Type`.
macro_rules! structs {
    ($($test:ident: $type:ident),* $(,)?) => {
        mod access {
            use super::*;

            $(#[test]
            fn $test() {
                assert_access!($type);
            })*
        }
    };
}

structs! {
    event: Event,
    event_page: EventPage,
    event_data: EventData,
    recipient: Recipient,
}

/// An enum of strings is one text itself.
#[test]
fn values_that_no_schema_lists_are_known_as_such() {
    assert!(EventResource::from("whiteboards").is_unknown());
    assert_eq!(EventResource::listed_values().len(), 13);
    assert!(EventResource::listed_values().iter().all(|value| !value.is_unknown()));
    assert_eq!(EventType::listed_values().iter().map(EventType::as_str).next(), Some("created"));
}
