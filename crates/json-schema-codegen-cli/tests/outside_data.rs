//! Tests `update` and `diff` with published schemas that are not part of the project. The environment variable
//! `WEBEX_EVENT_TEST_DATA` names the folder that has them: `history/` with the schemas of two dates, and
//! `corpus/webex-messaging/` with 303 schemas, one in each file, `corpus/webex-resources/` with 17 schemas of the resources
//! that events are about, and `pairs/` with two versions of nine schemas.
//!
//! ```text
//! WEBEX_EVENT_TEST_DATA=/path/to/data cargo test --workspace --test outside_data -- --ignored
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use tempfile::TempDir;

/// The file of the root schema, relative to the job's folder.
const EVENT: &str = "schema/webex-event-schema.json";
/// The arguments that select the root schema in an OpenAPI document.
const POINTER: [&str; 2] = ["--pointer", "/components/schemas/Event"];

/// Returns the path of the file or folder `name` of the test data.
fn data_path(name: &str) -> PathBuf {
    let folder = env::var_os("WEBEX_EVENT_TEST_DATA").expect("set WEBEX_EVENT_TEST_DATA to the folder of the data");
    PathBuf::from(folder).join(name)
}

/// Returns the path of the project's root folder.
fn project_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A copy of the project's own job in a temporary folder.
struct Job(TempDir);

impl Job {
    /// Copies `codegen.toml`, `schema/` and `generated/` of the project to a temporary folder.
    fn new() -> Self {
        let job = Self(tempfile::tempdir().unwrap());
        fs::copy(project_folder().join("codegen.toml"), job.path("codegen.toml")).unwrap();
        for folder in ["schema", "generated"] {
            fs::create_dir(job.path(folder)).unwrap();
            for entry in fs::read_dir(project_folder().join(folder)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), job.path(folder).join(entry.file_name())).unwrap();
            }
        }
        job
    }

    /// Returns the path of `name` in the folder of the job.
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Returns the text of the file `name` of the job.
    fn read_file(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes `text` to the file `name` of the job.
    fn write_file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Returns the texts of the JSON files in the schema folder of the job, by name.
    fn read_schemas(&self) -> BTreeMap<String, String> {
        let entries = fs::read_dir(self.path("schema")).unwrap().map(|entry| entry.unwrap().file_name());
        let names = entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".json"));
        names.map(|name| (name.clone(), self.read_file(&format!("schema/{name}")))).collect()
    }

    /// Runs the command line with these arguments in the folder of the job, asserts that it succeeds, and returns its
    /// output.
    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.new_command(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// Returns the command line with these arguments, in the folder of the job.
    fn new_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    /// Writes the schemas published at `date` to `openapi.json`, as an OpenAPI document.
    fn write_publication(&self, date: &str) {
        let schemas = fs::read_to_string(data_path(&format!("history/{date}.json"))).unwrap();
        self.write_file("openapi.json", &make_openapi_document(&schemas));
    }

    /// Runs `update` from `openapi.json`, and returns the change report.
    fn run_update(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["update", "--from", "openapi.json"], arguments].concat());
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Returns an OpenAPI document whose component schemas are the JSON object with the text `schemas`.
fn make_openapi_document(schemas: &str) -> String {
    format!(r#"{{"openapi": "3.0.0", "info": {{}}, "paths": {{}}, "components": {{"schemas": {schemas}}}}}"#)
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn update_to_a_newer_publication_adds_a_variant() {
    let job = Job::new();
    job.write_publication("2025-06-09");
    job.run_update(&POINTER);
    assert!(!job.read_file("generated/event.rs").contains("    ConvergedRecordings,\n"));

    job.write_publication("2026-03-18");
    let report = job.run_update(&POINTER);

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
fn published_schema_is_written_byte_for_byte() {
    let job = Job::new();
    let ours = job.read_file(EVENT);
    let other = ours.replacen("\"orgId\",", "", 1);
    assert_ne!(other, ours);
    job.write_file(EVENT, &other);
    job.write_publication("2026-03-18");

    job.run_update(&[&POINTER[..], &["--drop-stale"]].concat());

    assert!(job.read_file(EVENT) == ours, "{EVENT} is not what it was");
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn only_schemas_that_the_root_reaches_are_written() {
    let job = Job::new();
    let before = job.read_schemas();
    let corpus = read_corpus();
    assert_eq!(corpus.len(), 303);
    job.write_file("openapi.json", &make_openapi_document(&join_schemas(&corpus)));

    job.run_update(&POINTER);

    let after = job.read_schemas();
    let written: Vec<&String> =
        after.iter().filter(|(name, text)| before.get(*name) != Some(text)).map(|(name, _)| name).collect();
    let reached = ["eventresourceenum", "eventtypeenum", "recipient"].map(|name| format!("webex-{name}-schema.json"));
    assert_eq!(written, reached.iter().collect::<Vec<_>>());
    for name in reached {
        let published = fs::read_to_string(data_path("corpus/webex-messaging").join(&name)).unwrap();
        assert_eq!(after[&name], published + "\n");
    }
}

/// Schemas taken out of an OpenAPI document become the same files as the publisher's.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn all_files_are_written_in_the_publishers_form() {
    let job = Job::new();
    let corpus = read_corpus();
    job.write_file("openapi.json", &make_openapi_document(&join_schemas(&corpus)));
    fs::remove_dir_all(job.path("schema")).unwrap();
    fs::create_dir(job.path("schema")).unwrap();
    // `update` names new files after the pattern of those that exist.
    let seed = r##"{"$id": "#/components/schemas/Event", "title": "Event"}"##;
    job.write_file(EVENT, seed);
    job.write_file("codegen.toml", "dangling = \"widen\"\n");
    let pointers: Vec<String> = corpus.keys().map(|name| format!("--pointer=/components/schemas/{name}")).collect();

    job.run_update(&pointers.iter().map(String::as_str).collect::<Vec<_>>());

    let written = job.read_schemas();
    assert_eq!(written.len(), corpus.len());
    for entry in fs::read_dir(data_path("corpus/webex-messaging")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let published = fs::read_to_string(entry.path()).unwrap();
        assert!(written[&name] == published + "\n", "{name} is not as published");
    }
}

/// Replaces files that this project has written by those of the publisher, and checks that the corrections still fit.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn companions_are_replaced_by_the_publishers_own() {
    let companions = ["eventcollectionresponse", "eventresourceenum", "eventtypeenum", "recipient"];
    let companions = companions.map(|name| data_path(&format!("corpus/webex-messaging/webex-{name}-schema.json")));
    let resources = fs::read_dir(data_path("corpus/webex-resources")).unwrap().map(|entry| entry.unwrap().path());
    let all: Vec<PathBuf> = companions.into_iter().chain(resources).collect();
    assert_eq!(all.len(), 21);
    let is_new = |file: &&PathBuf| !project_folder().join("schema").join(file.file_name().unwrap()).exists();
    let referred: Vec<&PathBuf> = all.iter().filter(is_new).collect();
    for replaced in all.iter().map(std::slice::from_ref).chain([&all[..]]) {
        let job = Job::new();
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
const OUR_OWN: [&str; 5] =
    ["business-text.json", "call-record.json", "event-file.json", "meeting-message.json", "room-type.json"];

/// Updates from all schemas of the publisher at once: those of resources replace the companions of their names, all
/// corrections fit them, and nothing replaces a file that the publisher has no schema for.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn schemas_of_resources_are_taken_without_a_stale_correction() {
    let job = Job::new();
    let before = job.read_schemas();
    fs::create_dir(job.path("published")).unwrap();
    for folder in ["corpus/webex-messaging", "corpus/webex-resources"] {
        for entry in fs::read_dir(data_path(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("published/{}", entry.file_name().into_string().unwrap());
            job.write_file(&name, &fs::read_to_string(entry.path()).unwrap());
        }
    }

    let report = String::from_utf8(job.run(&["update", "--from", "published"]).stdout).unwrap();

    let after = job.read_schemas();
    let is_kept = |name: &String| before[name] == after[name];
    let kept: Vec<&String> = before.keys().filter(|name| !name.ends_with(".patch.json") && is_kept(name)).collect();
    let mut unreplaced = OUR_OWN.to_vec();
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
fn correction_that_the_publisher_has_made_is_stale() {
    let job = Job::new();
    let name = "webex-eventtypeenum-schema.json";
    let published = fs::read_to_string(data_path("corpus/webex-messaging").join(name)).unwrap();
    job.write_file(&format!("schema/{name}"), &published.replacen("\"ended\"", "\"ended\",\n    \"read\"", 1));

    let output = job.new_command(&["regenerate"]).output().unwrap();

    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("`add` expected no \"read\" in /enum, found one"), "{told}");
    assert!(told.contains("schema/webex-eventtypeenum-schema.patch.json:2:3"), "{told}");
}

/// Returns the texts of the 303 published schemas by name, without the lines with `$schema` and `$id`, which only files
/// have.
fn read_corpus() -> BTreeMap<String, String> {
    let files = fs::read_dir(data_path("corpus/webex-messaging")).unwrap().map(|entry| entry.unwrap().path());
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
fn join_schemas(schemas: &BTreeMap<String, String>) -> String {
    let members: Vec<String> = schemas.iter().map(|(name, text)| format!("\"{name}\": {text}")).collect();
    format!("{{{}}}", members.join(","))
}

/// Most lines of the overview at the beginning of a change report.
const FIRST_SCREEN: usize = 25;

/// The report on each pair of versions begins with the expected overview, which is in `pairs/` beside this file.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn reports_on_published_changes_begin_with_their_overview() {
    let mut pairs: Vec<PathBuf> =
        fs::read_dir(data_path("pairs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    pairs.sort();
    assert_eq!(pairs.len(), 9);
    for pair in pairs {
        let name = pair.file_name().unwrap().to_string_lossy().into_owned();
        let report = run_diff_on_pair(&pair, if name == "cyclonedx" { &["--root", "bom.schema.json"] } else { &[] });
        let first_screen: Vec<&str> = report.lines().take(FIRST_SCREEN).collect();
        let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pairs/{name}.txt"));
        expectorate::assert_contents(expected, &(first_screen.join("\n") + "\n"));
    }
}

/// Runs `diff` on the schemas in the folders `old` and `new` of the folder `pair`, and returns the change report.
/// `roots` are arguments that name the roots.
fn run_diff_on_pair(pair: &Path, roots: &[&str]) -> String {
    let jobs = tempfile::tempdir().unwrap();
    for version in ["old", "new"] {
        let schema = jobs.path().join(version).join("schema");
        fs::create_dir_all(&schema).unwrap();
        for entry in fs::read_dir(pair.join(version)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), schema.join(entry.file_name())).unwrap();
        }
        let init = [&["init", "-q"], roots].concat();
        run_command_line(&jobs.path().join(version), &init);
    }
    let old = jobs.path().join("old");
    let diff =
        run_command_line(&jobs.path().join("new"), &["diff", "--color", "never", "--baseline", old.to_str().unwrap()]);
    String::from_utf8(diff.stdout).unwrap().replace(old.to_str().unwrap(), "old")
}

/// Runs the command line with these arguments in `folder`, and returns its output.
fn run_command_line(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_json-schema-codegen")).args(arguments).current_dir(folder).output().unwrap()
}
