//! Checks that `impl JsonSchema` returns a schema equivalent to the one that a type was generated from.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use json_schema_codegen::Generator;
use jsonschema::canonical::{CanonicalSchema, Containment};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};
use webex_event::{
    Event, EventData, EventPage, EventResource, EventType, EventView, Meeting, Message, Recipient, RoomType,
};

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
    // Views have a definition by their name.
    let pointer = generated.schema_pointers().remove(type_name).unwrap_or_else(|| format!("/$defs/{type_name}"));
    assert!(schema.pointer(&pointer).is_some(), "{type_name}");
    schema["$ref"] = json!(format!("#{pointer}"));
    jsonschema::canonicalize(&schema).unwrap()
}

/// Checks that the implemented schema of `T` and the schema from which it was generated accept exactly the same
/// instances. Fails too if the comparison of the canonical forms cannot decide that.
fn assert_same_instances_are_accepted<T: JsonSchema>(type_name: &str) {
    let (implemented, source) = (read_implemented_schema::<T>(), read_source_schema(type_name));
    assert_eq!(implemented.covers(&source).unwrap(), Containment::Yes, "{type_name}: source in implemented");
    assert_eq!(source.covers(&implemented).unwrap(), Containment::Yes, "{type_name}: implemented in source");
}

#[test]
fn each_type_implements_json_schema_with_its_source_schema() {
    assert_same_instances_are_accepted::<Event>("Event");
    assert_same_instances_are_accepted::<EventPage>("EventPage");
    assert_same_instances_are_accepted::<EventData>("EventData");
    assert_same_instances_are_accepted::<Recipient>("Recipient");
    assert_same_instances_are_accepted::<EventResource>("EventResource");
    assert_same_instances_are_accepted::<EventType>("EventType");
    assert_same_instances_are_accepted::<RoomType>("RoomType");
}

#[test]
fn each_view_implements_json_schema_with_its_source_schema() {
    assert_same_instances_are_accepted::<Message<'_>>("Message");
    assert_same_instances_are_accepted::<Meeting<'_>>("Meeting");
}

/// The schema of an enum of views is that of events; a value is checked against the schema of its own view.
#[test]
fn json_schema_of_the_enum_of_views_has_the_conditions_of_events() {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<EventView<'_>>();
    let validator = jsonschema::validator_for(schema.as_value()).unwrap();
    let event = |resource: &str| {
        let data = json!({ "isLocked": "no" });
        json!({ "id": "1", "resource": resource, "type": "created", "actorId": "a", "created": "t", "data": data })
    };
    assert!(validator.is_valid(&event("messages")));
    assert!(!validator.is_valid(&event("rooms")));
    assert!(!validator.is_valid(&json!({ "resource": "messages" })));
}
