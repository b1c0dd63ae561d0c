//! What the types read they write back, and they read just what the schema accepts, but for the
//! leniencies that are meant.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::LazyLock;

use json_schema_codegen::{Generated, Generator};
use json_schema_instances::{Leniency, lenient, mutated, relax_schema};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use webex_event::{Event, EventData, EventPage, EventResource, EventType, Recipient};

/// How many documents are made for each type.
const DOCUMENTS: u32 = 10_000;

/// `null` for an optional property, and a value that an enum does not list.
const MEANT: Leniency = Leniency { nulls: true, unknown_enum_values: true };

static GENERATED: LazyLock<Generated> = LazyLock::new(|| {
    let job = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codegen.toml");
    Generator::from_file(job).unwrap().generate().unwrap()
});

fn runner() -> TestRunner {
    TestRunner::new(Config { cases: DOCUMENTS, failure_persistence: None, ..Config::default() })
}

fn pointer(type_name: &str) -> String {
    GENERATED.schema_pointers().remove(type_name).unwrap()
}

/// Each document that the schema accepts, leniencies included, comes back as it was.
fn comes_back<T: DeserializeOwned + Serialize>(type_name: &str) {
    let documents = lenient(&GENERATED.schema(), &pointer(type_name), MEANT);
    let outcome = runner().run(&documents, |document| {
        let read: T = serde_json::from_str(&document.to_string())
            .map_err(|error| TestCaseError::fail(format!("{document} is refused: {error}")))?;
        prop_assert_eq!(serde_json::to_value(&read).unwrap(), document);
        Ok(())
    });
    outcome.unwrap();
}

/// What is read and what is refused is what the schema accepts and what it does not.
fn agrees<T: DeserializeOwned>(type_name: &str) {
    let schema = GENERATED.schema();
    let validator = lenient_validator(&schema, &pointer(type_name));
    let outcome = runner().run(&mutated(&schema, &pointer(type_name)), |document| {
        let read = serde_json::from_str::<T>(&document.to_string()).map(drop);
        prop_assert_eq!(read.is_ok(), validator.is_valid(&document), "{}: {:?}", document, read);
        Ok(())
    });
    outcome.unwrap();
}

fn lenient_validator(schema: &Value, pointer: &str) -> Validator {
    let (mut schema, pointer) = relax_schema(schema, pointer, MEANT);
    schema["$ref"] = json!(format!("#{pointer}"));
    jsonschema::validator_for(&schema).unwrap()
}

macro_rules! types {
    ($($test:ident: $type:ident),* $(,)?) => {
        $(mod $test {
            use super::*;

            #[test]
            fn comes_back_as_it_was() {
                comes_back::<$type>(stringify!($type));
            }

            #[test]
            fn agrees_with_the_schema() {
                agrees::<$type>(stringify!($type));
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
