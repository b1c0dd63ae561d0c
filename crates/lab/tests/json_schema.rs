//! Checks that `impl JsonSchema` returns a schema equivalent to the one that a type was generated from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use json_schema_codegen::Generator;
use jsonschema::canonical::{CanonicalSchema, Containment};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};
use webex_event::{Event, EventData, EventPage, EventResource, EventType, Recipient};

/// Returns the schema that the `impl JsonSchema` of `T` returns, in canonical form.
fn read_implemented_schema<T: JsonSchema>() -> CanonicalSchema {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    jsonschema::canonicalize(schema.as_value()).unwrap()
}

/// Returns the schema from which the type with the name `type_name` was generated, in canonical form.
fn read_source_schema(type_name: &str) -> CanonicalSchema {
    let job = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codegen.toml");
    let generated = Generator::from_file(job).unwrap().generate().unwrap();
    let mut schema: Value = generated.schema();
    schema["$ref"] = json!(format!("#{}", generated.schema_pointers()[type_name]));
    jsonschema::canonicalize(&schema).unwrap()
}

/// Checks that the implemented schema of `T` and the schema from which it was generated accept exactly the same
/// instances. Fails too if the comparison of the canonical forms cannot decide that.
fn assert_equivalent<T: JsonSchema>(type_name: &str) {
    let (implemented, source) = (read_implemented_schema::<T>(), read_source_schema(type_name));
    assert_eq!(implemented.covers(&source).unwrap(), Containment::Yes, "{type_name}: source in implemented");
    assert_eq!(source.covers(&implemented).unwrap(), Containment::Yes, "{type_name}: implemented in source");
}

#[test]
fn each_type_implements_its_source_schema() {
    assert_equivalent::<Event>("Event");
    assert_equivalent::<EventPage>("EventPage");
    assert_equivalent::<EventData>("EventData");
    assert_equivalent::<Recipient>("Recipient");
    assert_equivalent::<EventResource>("EventResource");
    assert_equivalent::<EventType>("EventType");
}
