//! Tests the properties that the fuzz targets test too, in about a minute: no schema makes the generator panic, and no
//! event makes a parser panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Debug;

use json_schema_codegen::{Dangling, Documents, Settings, generate};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use webex_event::{Event, EventPage};

/// The number of nested lists or objects in the deep values that parsers read: more than any stack has room for.
const DEEP_LEVELS: usize = 100_000;

/// The property names of random schemas: keywords, and a few other names.
const SCHEMA_PROPERTY_NAMES: &[&str] = &[
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "default",
    "definitions",
    "description",
    "discriminator",
    "enum",
    "example",
    "format",
    "if",
    "items",
    "minItems",
    "minimum",
    "not",
    "nullable",
    "oneOf",
    "openapi",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyName",
    "required",
    "title",
    "type",
    "x-rust-type",
    "a",
    "b",
    "*/",
];

/// The strings of random schemas: references, type names, and texts that could escape from the output.
const SCHEMA_STRINGS: &[&str] = &[
    "#",
    "#/$defs/a",
    "#/properties/a",
    "#/items",
    "schema.json#/a",
    "../a",
    "/etc/passwd",
    "file:///etc/passwd",
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "array",
    "object",
    "date-time",
    "a",
    "b",
    "3.0.1",
    "http://json-schema.org/draft-07/schema#",
    "*/ fn main() {}",
    "#![x]",
    "\"]",
    "```\ncode\n```",
    "    code",
    "<b>",
    "\u{2028}",
    "\u{202E}`\u{202E}`",
    "\r",
    "`\r`",
    "\0",
    "^a+$",
    "[",
    "Self",
    "",
];

/// Returns a strategy for JSON values, most of which look like schemas.
fn any_schema() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(SCHEMA_STRINGS).prop_map(Value::from),
        prop::sample::select(SCHEMA_STRINGS).prop_map(|word| json!({ "$ref": word })),
        prop::sample::select(SCHEMA_STRINGS).prop_map(|word| json!({ "type": word })),
    ];
    scalar.prop_recursive(6, 48, 6, |inner| {
        let key = prop_oneof![4 => prop::sample::select(SCHEMA_PROPERTY_NAMES).prop_map(str::to_owned), 1 => ".{0,4}"];
        let members = prop::collection::vec((key, inner.clone()), 0..6);
        prop_oneof![
            3 => members.prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            1 => prop::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    })
}

/// The property names of random events: some of the schema, and one that it does not list.
const EVENT_PROPERTY_NAMES: &[&str] =
    &["id", "resource", "type", "actorId", "created", "orgId", "appId", "data", "items", "recipients", "x"];

/// Returns a strategy for JSON values, most of which look like events: objects have the properties that events require.
fn any_event() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(json!("messages")),
    ];
    let value = scalar.prop_recursive(4, 32, 8, |inner| {
        let members = prop::collection::vec((prop::sample::select(EVENT_PROPERTY_NAMES), inner.clone()), 0..8);
        prop_oneof![
            members.prop_map(|members| {
                Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
            prop::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    });
    value.prop_map(|value| match value {
        Value::Object(mut map) => {
            for (name, value) in [("id", json!("e")), ("resource", json!("files")), ("type", json!("read"))] {
                map.entry(name).or_insert(value);
            }
            for (name, value) in [("actorId", json!("p")), ("created", json!("now")), ("data", json!({}))] {
                map.entry(name).or_insert(value);
            }
            Value::Object(map)
        }
        value => value,
    })
}

/// Reads `text` as a `T` with each parser, and checks that each value that a parser accepts is unchanged after it is
/// written and read again.
fn read_with_all_parsers<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &[u8]) {
    let read = [
        serde_json::from_slice::<T>(text).ok(),
        simd_json::serde::from_slice::<T>(&mut text.to_vec()).ok(),
        sonic_rs::from_slice::<T>(text).ok(),
    ];
    for event in read.into_iter().flatten() {
        let again: T = serde_json::from_value(serde_json::to_value(&event).unwrap()).unwrap();
        assert_eq!(event, again);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_json_as_schema_gives_an_error_or_rust(schema in any_schema(), second in any_schema(), widen in any::<bool>()) {
        let texts = [("schema.json", schema.to_string()), ("a.json", second.to_string())];
        let mut settings = Settings::default();
        settings.dangling = if widen { Dangling::Widen } else { Dangling::Error };
        let documents = Documents::from_texts("schema", texts);
        if let Ok(generated) = documents.and_then(|documents| generate(documents, &settings)) {
            prop_assert!(syn::parse_file(generated.types()).is_ok());
            prop_assert!(syn::parse_file(&generated.json_schema_impls().unwrap()).is_ok());
            let _ = (generated.report(), generated.schema(), generated.schema_pointers());
        }
    }

    #[test]
    fn any_text_as_schema_file_gives_an_error_or_documents(text in ".{0,200}") {
        let _ = Documents::from_texts("schema", [("schema.json", text)]);
    }

    #[test]
    fn any_event_gives_an_error_or_is_written_back_unchanged(value in any_event()) {
        read_with_all_parsers::<Event>(value.to_string().as_bytes());
        read_with_all_parsers::<EventPage>(json!({ "items": [value] }).to_string().as_bytes());
    }

    #[test]
    fn any_bytes_give_an_error_or_an_event(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_with_all_parsers::<Event>(&bytes);
        read_with_all_parsers::<EventPage>(&bytes);
    }
}

/// Returns the text of an event in which the property `place` has the value `json`. `place` is `data`, `data.x` or a
/// property of the event; a property that an event requires, such as `id`, is then in the text twice.
fn write_event_with(place: &str, json: &str) -> String {
    let (outer, inner) = match place {
        "data" => (String::new(), json.to_owned()),
        "data.x" => (String::new(), format!("{{\"x\": {json}}}")),
        place => (format!("\"{place}\": {json}, "), "{}".to_owned()),
    };
    format!(
        "{{{outer}\"id\": \"e\", \"resource\": \"messages\", \"type\": \"created\", \"actorId\": \"p\", \
         \"created\": \"now\", \"data\": {inner}}}"
    )
}

/// Runs `run` on a thread with a stack of `mebibytes` MiB, so that the result does not depend on the stacks of the test
/// runner's threads. Panics if `run` panics.
fn run_on_thread_with_stack_of(mebibytes: usize, run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(mebibytes << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn deeply_nested_values_are_an_error() {
    let nested = [
        "[".repeat(DEEP_LEVELS) + &"]".repeat(DEEP_LEVELS),
        "{\"a\":".repeat(DEEP_LEVELS) + "1" + &"}".repeat(DEEP_LEVELS),
    ];
    for json in nested {
        for place in ["x", "data", "data.x", "id", "orgId", "resource"] {
            let text = write_event_with(place, &json);
            let for_sonic = text.clone();
            run_on_thread_with_stack_of(2, move || assert!(serde_json::from_str::<Event>(&text).is_err(), "{place}"));
            // sonic-rs stops after 255 levels of a value that is kept, with large stack frames in an unoptimized
            // build. A value of a wrong type it skips without a limit, which overflows any stack.
            if ["x", "data.x"].contains(&place) {
                run_on_thread_with_stack_of(8, move || {
                    assert!(sonic_rs::from_str::<Event>(&for_sonic).is_err(), "{place}")
                });
            }
        }
    }
}

#[test]
fn deeply_nested_values_are_an_error_through_simd_json() {
    let json = "[".repeat(DEEP_LEVELS) + &"]".repeat(DEEP_LEVELS);
    for place in ["x", "data", "data.x"] {
        let text = write_event_with(place, &json);
        run_on_thread_with_stack_of(2, move || {
            assert!(simd_json::serde::from_slice::<Event>(&mut text.into_bytes()).is_err(), "{place}");
        });
    }
}

#[test]
fn invalid_strings_and_numbers_in_events_are_an_error() {
    for invalid in ["\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\u{1}\"", "1e999999", "-", "\"\\x\"", "nul"]
    {
        let text = write_event_with("x", invalid);
        assert!(serde_json::from_str::<Event>(&text).is_err(), "{invalid}");
        read_with_all_parsers::<Event>(text.as_bytes());
    }
    let mut bytes = write_event_with("x", "\"?\"").into_bytes();
    let position = bytes.iter().position(|byte| *byte == b'?').unwrap();
    for not_utf8 in [0xFF, 0xC0, 0xED, 0x80] {
        bytes[position] = not_utf8;
        assert!(serde_json::from_slice::<Event>(&bytes).is_err());
        assert!(simd_json::serde::from_slice::<Event>(&mut bytes.clone()).is_err());
        assert!(sonic_rs::from_slice::<Event>(&bytes).is_err());
    }
}

#[test]
fn events_with_large_texts_and_numbers_are_read() {
    for value in [format!("\"{}\"", "a".repeat(10 << 20)), "9".repeat(300), format!("0.{}", "1".repeat(1 << 20))] {
        let text = write_event_with("x", &value);
        assert!(serde_json::from_str::<Event>(&text).is_ok());
        read_with_all_parsers::<Event>(text.as_bytes());
    }
}

#[test]
fn repeated_property_is_an_error_or_its_last_value_counts() {
    assert!(serde_json::from_str::<Event>(&write_event_with("id", "\"again\"")).is_err());
    let text = write_event_with("x", "1").replacen("\"x\": 1", "\"x\": 1, \"x\": 2", 1);
    let event: Event = serde_json::from_str(&text).unwrap();
    assert_eq!(event.extra["x"], 2);
    read_with_all_parsers::<Event>(text.as_bytes());
}
