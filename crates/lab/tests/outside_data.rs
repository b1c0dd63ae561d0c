//! Tests with data that is not part of the project. The environment variable `WEBEX_EVENT_TEST_DATA` has the path of
//! the folder with the data: `payloads/` has documented events, `schema/` the event schema as upstream publishes it,
//! and `history/` this schema and those that it refers to, as they were on two dates.
//!
//! ```text
//! WEBEX_EVENT_TEST_DATA=/path/to/data cargo test --workspace --test outside_data -- --ignored
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::path::PathBuf;
use std::{env, fs};

use json_schema_codegen::changes::{self, Bump, Compatibility, Verdict};
use json_schema_codegen::{Documents, Generated, Generator, generate};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use webex_event::{Event, EventPage};

/// Returns the path of the folder with the data.
fn find_test_data_folder() -> PathBuf {
    env::var_os("WEBEX_EVENT_TEST_DATA")
        .map(PathBuf::from)
        .expect("set WEBEX_EVENT_TEST_DATA to the folder of the data")
}

/// Reads `text` as a `T`, and returns the JSON that is written for it.
fn write_back<T: DeserializeOwned + Serialize>(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str::<T>(text).and_then(|read| serde_json::to_value(read))
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn documented_events_are_written_back_unchanged() {
    let files: Vec<PathBuf> =
        fs::read_dir(find_test_data_folder().join("payloads")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty(), "there is no file in payloads/");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let instance: Value = serde_json::from_str(&text).unwrap();
        let is_page = instance.get("items").is_some();
        let written = if is_page { write_back::<EventPage>(&text) } else { write_back::<Event>(&text) };
        let written = written.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert_eq!(written, instance, "{}", file.display());
    }
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn event_schema_is_the_one_that_upstream_published() {
    let name = "schema/webex-event-schema.json";
    let project = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    assert!(
        fs::read(find_test_data_folder().join(name)).unwrap() == fs::read(project.join(name)).unwrap(),
        "{name} is not upstream's byte for byte"
    );
}

/// Generates types from the schemas that were published on `date`, such as `2026-03-18`, with the settings of the
/// project. Each schema is a document of its own.
fn generate_published_types(date: &str) -> Generated {
    let text = fs::read_to_string(find_test_data_folder().join(format!("history/{date}.json"))).unwrap();
    let schemas: Map<String, Value> = serde_json::from_str(&text).unwrap();
    let documents = schemas.into_iter().map(|(name, mut schema)| {
        schema["$id"] = json!(format!("#/components/schemas/{name}"));
        schema["title"] = json!(name);
        (format!("webex-{}-schema.json", name.to_lowercase()), schema.to_string())
    });
    let job = Generator::from_file(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../codegen.toml")).unwrap();
    let job = job.with(|settings| {
        settings.roots = vec!["webex-event-schema.json".to_owned()];
        settings.rename.retain(|name, _| ["EventResourceEnum", "EventTypeEnum"].contains(&name.as_str()));
        settings.mismatch_errors.clear();
        settings.views.clear();
    });
    generate(Documents::from_texts("", documents).unwrap(), job.settings()).unwrap()
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn published_versions_differ_in_one_additive_change() {
    let changes =
        changes::compare(&generate_published_types("2025-06-09"), &generate_published_types("2026-03-18")).unwrap();
    let [only] = changes.changes.as_slice() else { panic!("{:#?}", changes.changes) };
    assert_eq!(only.id, "value_added:EventResource.convergedRecordings");
    assert_eq!(only.rust.verdict, Verdict::Additive);
    assert_eq!(only.rust.items, ["`EventResource::ConvergedRecordings` was added"]);
    assert_eq!((&only.wire.old_reads_new, &only.wire.new_reads_old), (&Compatibility::Holds, &Compatibility::Holds));
    assert_eq!((changes.summary.step.before_1_0, changes.summary.step.from_1_0), (Bump::Patch, Bump::Minor));
}
