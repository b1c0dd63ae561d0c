//! `impl JsonSchema` gives back the schema that a type was made from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use json_schema_codegen::Generator;
use jsonschema::canonical::{CanonicalSchema, Containment};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};
use webex_event::{Event, EventData, EventPage, EventResource, EventType, Recipient};

fn derived<T: JsonSchema>() -> CanonicalSchema {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    jsonschema::canonicalize(schema.as_value()).unwrap()
}

fn source(type_name: &str) -> CanonicalSchema {
    let job = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codegen.toml");
    let generated = Generator::from_file(job).unwrap().generate().unwrap();
    let mut schema: Value = generated.schema();
    schema["$ref"] = json!(format!("#{}", generated.schema_pointers()[type_name]));
    jsonschema::canonicalize(&schema).unwrap()
}

/// Both accept the same documents, and neither is a schema that canonicalization gave up on.
fn is_given_back<T: JsonSchema>(type_name: &str) {
    let (derived, source) = (derived::<T>(), source(type_name));
    assert_eq!(derived.covers(&source).unwrap(), Containment::Yes, "{type_name}: source in derived");
    assert_eq!(source.covers(&derived).unwrap(), Containment::Yes, "{type_name}: derived in source");
}

#[test]
fn each_type_gives_its_source_back() {
    is_given_back::<Event>("Event");
    is_given_back::<EventPage>("EventPage");
    is_given_back::<EventData>("EventData");
    is_given_back::<Recipient>("Recipient");
    is_given_back::<EventResource>("EventResource");
    is_given_back::<EventType>("EventType");
}
