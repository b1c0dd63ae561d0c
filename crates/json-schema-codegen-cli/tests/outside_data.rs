//! Tests `update` and `diff` with published schemas that are not part of the project. The environment variable
//! `WEBEX_EVENT_TEST_DATA` names the folder that has them: `history/` with the schemas of two dates, and
//! `corpus/webex-messaging/` with 303 schemas, one in each file, `corpus/webex-resources/` with 17 schemas of the
//! resources that events are about, and `pairs/` with two versions of nine schemas.
//!
//! ```text
//! WEBEX_EVENT_TEST_DATA=/path/to/data cargo test --workspace --test outside_data -- --ignored
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

#[path = "outside_data/job.rs"]
mod job;
#[path = "outside_data/pairs.rs"]
mod pairs;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use job::{ProjectJob, find_project_folder, make_openapi_document, test_data_path};

/// The file of the root schema, relative to the job's folder.
const EVENT_SCHEMA_FILE: &str = "schema/webex-event-schema.json";
/// The arguments that select the root schema in an OpenAPI document.
const EVENT_POINTER_ARGUMENTS: [&str; 2] = ["--pointer", "/components/schemas/Event"];

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn update_to_a_newer_publication_adds_a_variant() {
    let job = ProjectJob::new();
    job.write_publication("2025-06-09");
    job.run_update(&EVENT_POINTER_ARGUMENTS);
    assert!(!job.read_file("generated/event.rs").contains("    ConvergedRecordings,\n"));

    job.write_publication("2026-03-18");
    let report = job.run_update(&EVENT_POINTER_ARGUMENTS);

    let summary = report.lines().next().unwrap();
    assert_eq!(
        summary, "1 change since `the old schema`: 0 breaking, 1 additive, 0 without effect on Rust",
        "{report}"
    );
    assert!(report.contains("EventResource"), "{report}");
    assert!(job.read_file("generated/event.rs").contains("    ConvergedRecordings,\n"));
    job.run(&["check"]);
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn update_writes_the_published_schema_byte_for_byte() {
    let job = ProjectJob::new();
    let ours = job.read_file(EVENT_SCHEMA_FILE);
    let other = ours.replacen("\"orgId\",", "", 1);
    assert_ne!(other, ours);
    job.write_file(EVENT_SCHEMA_FILE, &other);
    job.write_publication("2026-03-18");

    job.run_update(&[&EVENT_POINTER_ARGUMENTS[..], &["--drop-stale"]].concat());

    assert!(job.read_file(EVENT_SCHEMA_FILE) == ours, "{EVENT_SCHEMA_FILE} is not what it was");
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn update_writes_only_schemas_that_the_root_reaches() {
    let job = ProjectJob::new();
    let before = job.read_schemas();
    let corpus = read_corpus_schemas();
    assert_eq!(corpus.len(), 303);
    job.write_file("openapi.json", &make_openapi_document(&join_schemas_to_object(&corpus)));

    job.run_update(&EVENT_POINTER_ARGUMENTS);

    let after = job.read_schemas();
    let written: Vec<&String> =
        after.iter().filter(|(name, text)| before.get(*name) != Some(text)).map(|(name, _)| name).collect();
    let reached = ["eventresourceenum", "eventtypeenum", "recipient"].map(|name| format!("webex-{name}-schema.json"));
    assert_eq!(written, reached.iter().collect::<Vec<_>>());
    for name in reached {
        let published = fs::read_to_string(test_data_path("corpus/webex-messaging").join(&name)).unwrap();
        assert_eq!(after[&name], published + "\n");
    }
}

/// Schemas taken out of an OpenAPI document become the same files as the publisher's.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn update_writes_files_as_the_publisher_does() {
    let job = ProjectJob::new();
    let corpus = read_corpus_schemas();
    job.write_file("openapi.json", &make_openapi_document(&join_schemas_to_object(&corpus)));
    fs::remove_dir_all(job.path("schema")).unwrap();
    fs::create_dir(job.path("schema")).unwrap();
    // `update` names new files after the pattern of those that exist.
    let seed = r##"{"$id": "#/components/schemas/Event", "title": "Event"}"##;
    job.write_file(EVENT_SCHEMA_FILE, seed);
    job.write_file("codegen.toml", "dangling = \"widen\"\n");
    let pointers: Vec<String> = corpus.keys().map(|name| format!("--pointer=/components/schemas/{name}")).collect();

    job.run_update(&pointers.iter().map(String::as_str).collect::<Vec<_>>());

    let written = job.read_schemas();
    assert_eq!(written.len(), corpus.len());
    for entry in fs::read_dir(test_data_path("corpus/webex-messaging")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let published = fs::read_to_string(entry.path()).unwrap();
        assert!(written[&name] == published + "\n", "{name} is not as published");
    }
}

/// Replaces files that this project has written by those of the publisher, and checks that the corrections still fit.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn corrections_fit_the_published_companions() {
    let companions = ["eventcollectionresponse", "eventresourceenum", "eventtypeenum", "recipient"];
    let companions = companions.map(|name| test_data_path(&format!("corpus/webex-messaging/webex-{name}-schema.json")));
    let resources = fs::read_dir(test_data_path("corpus/webex-resources")).unwrap().map(|entry| entry.unwrap().path());
    let all: Vec<PathBuf> = companions.into_iter().chain(resources).collect();
    assert_eq!(all.len(), 21);
    let is_new = |file: &&PathBuf| !find_project_folder().join("schema").join(file.file_name().unwrap()).exists();
    let referred: Vec<&PathBuf> = all.iter().filter(is_new).collect();
    for replaced in all.iter().map(std::slice::from_ref).chain([&all[..]]) {
        let job = ProjectJob::new();
        for file in replaced.iter().chain(referred.iter().copied()) {
            let name = file.file_name().and_then(|name| name.to_str()).unwrap();
            job.write_file(&format!("schema/{name}"), &fs::read_to_string(file).unwrap());
        }

        job.run(&["regenerate"]);

        job.run(&["check"]);
        let types = job.read_file("generated/event.rs");
        let is_documented = types.contains("    /// `read`: The file, or its preview, was downloaded.\n    Read,\n");
        assert!(is_documented && types.contains("pub org_id: Option<String>"), "{replaced:?}");
    }
}

/// The files of this project that the publisher has no schemas for.
const OWN_SCHEMA_FILES: [&str; 5] =
    ["business-text.json", "call-record.json", "event-file.json", "meeting-message.json", "room-type.json"];

/// Updates from all schemas of the publisher at once: those of resources replace the companions of their names, all
/// corrections fit them, and nothing replaces a file that the publisher has no schema for.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn corrections_fit_an_update_from_all_published_schemas() {
    let job = ProjectJob::new();
    let before = job.read_schemas();
    fs::create_dir(job.path("published")).unwrap();
    for folder in ["corpus/webex-messaging", "corpus/webex-resources"] {
        for entry in fs::read_dir(test_data_path(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("published/{}", entry.file_name().into_string().unwrap());
            job.write_file(&name, &fs::read_to_string(entry.path()).unwrap());
        }
    }

    let report = String::from_utf8(job.run(&["update", "--from", "published"]).stdout).unwrap();

    let after = job.read_schemas();
    let is_kept = |name: &String| before[name] == after[name];
    let kept: Vec<&String> = before.keys().filter(|name| !name.ends_with(".patch.json") && is_kept(name)).collect();
    let mut unreplaced = OWN_SCHEMA_FILES.to_vec();
    unreplaced.push("webex-event-schema.json");
    assert_eq!(kept, unreplaced, "{report}");
    assert!(before.keys().filter(|name| name.ends_with(".patch.json")).all(is_kept), "a correction was changed");
    let types = job.read_file("generated/event.rs");
    assert!(types.contains("pub enum RoomType") && !types.contains("pub enum MessageRoomType"), "{types}");
    job.run(&["check"]);
    let again = String::from_utf8(job.run(&["update", "--from", "published"]).stdout).unwrap();
    assert!(again.starts_with("nothing has changed"), "{again}");
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn correction_that_the_publisher_has_made_is_an_error() {
    let job = ProjectJob::new();
    let name = "webex-eventtypeenum-schema.json";
    let published = fs::read_to_string(test_data_path("corpus/webex-messaging").join(name)).unwrap();
    job.write_file(&format!("schema/{name}"), &published.replacen("\"ended\"", "\"ended\",\n    \"read\"", 1));

    let output = job.new_command(&["regenerate"]).output().unwrap();

    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("`add` expected no \"read\" in /enum, found one"), "{told}");
    assert!(told.contains("schema/webex-eventtypeenum-schema.patch.json:2:3"), "{told}");
}

/// Returns the texts of the 303 published schemas by name, without the lines with `$schema` and `$id`, which only files
/// have.
fn read_corpus_schemas() -> BTreeMap<String, String> {
    let files = fs::read_dir(test_data_path("corpus/webex-messaging")).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|file| {
            let text = fs::read_to_string(file).unwrap();
            let id = text.lines().nth(2).and_then(|line| line.split('"').nth(3)).unwrap();
            let name = id.strip_prefix("#/components/schemas/").unwrap().to_owned();
            let own = text.lines().skip(4).collect::<Vec<_>>().join("\n");
            (name, format!("{{{own}"))
        })
        .collect()
}

/// Returns the text of a JSON object with the texts of schemas as its properties.
fn join_schemas_to_object(schemas: &BTreeMap<String, String>) -> String {
    let members: Vec<String> = schemas.iter().map(|(name, text)| format!("\"{name}\": {text}")).collect();
    format!("{{{}}}", members.join(","))
}
