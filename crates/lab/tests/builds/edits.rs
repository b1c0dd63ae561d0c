//! Checks that the next build generates the types from an edited `schema/`, without any other command.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::copy::{ProjectCopy, run_successfully};

/// The schema of events, relative to the project.
const EVENT_SCHEMA_FILE: &str = "schema/webex-event-schema.json";
/// The schema that lists the resources of events, relative to the project.
const RESOURCE_SCHEMA_FILE: &str = "schema/webex-eventresourceenum-schema.json";

#[test]
fn edited_description_becomes_documentation() {
    let copy = ProjectCopy::new();
    assert!(!copy.build_types().contains("What tells this event from all others."));

    copy.replace_text(
        EVENT_SCHEMA_FILE,
        "The unique identifier for the event.",
        "What tells this event from all others.",
    );

    let types = copy.build_types();
    assert!(types.contains("    /// What tells this event from all others.\n"));
    assert!(!types.contains("The unique identifier for the event."));
}

#[test]
fn added_property_becomes_a_field() {
    let copy = ProjectCopy::new();
    assert!(!copy.build_types().contains("moon_phase"));

    copy.replace_text(
        EVENT_SCHEMA_FILE,
        "\"corelationId\": {",
        "\"moonPhase\": { \"type\": \"integer\" },\n        \"corelationId\": {",
    );

    assert_eq!(copy.run_program(include_str!("programs/new_field.rs")), "Some(3)");
}

#[test]
fn added_enum_value_becomes_a_variant() {
    let copy = ProjectCopy::new();
    assert!(!copy.build_types().contains("Whiteboards"));

    copy.replace_text(RESOURCE_SCHEMA_FILE, "\"tabs\"", "\"tabs\",\n    \"whiteboards\"");

    assert_eq!(copy.run_program(include_str!("programs/new_variant.rs")), "Whiteboards");
}

/// The edit adds a property to the schema that was kept in `extra` before, and a resource that was unknown before.
#[test]
fn program_finds_a_property_by_name_before_and_after_the_schema_lists_it() {
    let copy = ProjectCopy::new();
    let program = include_str!("programs/access.rs");
    let before = copy.run_program(program);
    assert!(before.contains("inputs.name: Ann") && before.contains("whiteboards"), "{before}");
    assert!(!copy.build_types().contains("pub inputs:"));

    let inputs = r#""inputs": { "type": "object", "properties": { "name": { "type": "string" } } }"#;
    copy.replace_text(EVENT_SCHEMA_FILE, "\"corelationId\": {", &format!("{inputs},\n        \"corelationId\": {{"));
    copy.replace_text(RESOURCE_SCHEMA_FILE, "\"tabs\"", "\"tabs\",\n    \"whiteboards\"");

    assert_eq!(copy.run_program(program), before);
    assert!(copy.build_types().contains("pub inputs:") && copy.build_types().contains("Whiteboards"));
}

#[test]
fn new_patch_is_applied_and_a_removed_one_is_not() {
    let copy = ProjectCopy::new();
    assert!(!copy.build_types().contains("guest_phone"));
    let patch = "schema/webex-recipient-schema.patch.json";

    copy.write_text(
        patch,
        r#"[
            { "op": "test", "path": "/properties/guestEmail/type", "value": "string", "why": "Guests have telephones." },
            { "op": "add", "path": "/properties/guestPhone", "value": { "type": "string" } }
        ]"#,
    );
    assert!(copy.build_types().contains("    pub guest_phone: Option<String>,\n"));

    fs::remove_file(copy.path(patch)).unwrap();
    assert!(!copy.build_types().contains("guest_phone"));
}

#[test]
fn rename_in_codegen_toml_renames_the_type() {
    let copy = ProjectCopy::new();
    assert!(copy.build_types().contains("pub struct EventPage"));

    copy.replace_text("codegen.toml", "\"EventPage\"", "\"Page\"");
    copy.replace_text("codegen.toml", "\"EventPage.items\"", "\"Page.items\"");

    assert!(copy.build_types().contains("pub struct Page"));
}

#[test]
fn stale_generated_copy_is_a_warning_and_unchanged() {
    let copy = ProjectCopy::new();
    copy.replace_text(
        EVENT_SCHEMA_FILE,
        "The unique identifier for the event.",
        "What tells this event from all others.",
    );
    let before = read_all_files(&copy.path(""));

    let output = run_successfully(copy.new_cargo_command().arg("build"));

    let stderr = String::from_utf8(output.stderr).unwrap();
    let warnings: Vec<&str> = stderr.lines().filter(|line| line.starts_with("warning: webex-event@")).collect();
    let expected = "warning: webex-event@0.1.0: generated/event.rs is not what the schema says now; regenerate it";
    assert!(warnings.contains(&expected), "{warnings:?}");
    assert!(read_all_files(&copy.path("")) == before, "the build has written beside OUT_DIR");
}

#[test]
fn without_codegen_the_checked_in_copy_is_used() {
    let copy = ProjectCopy::new();
    copy.replace_text("generated/event.rs", "pub struct EventPage {", "/// As checked in.\npub struct EventPage {");
    assert!(copy.build_types_with(&["--no-default-features"]).contains("/// As checked in.\n"));

    copy.replace_text("generated/event.rs", "/// As checked in.", "/// As checked in since.");
    assert!(copy.build_types_with(&["--no-default-features"]).contains("/// As checked in since.\n"));
}

/// Returns the texts of the files in a folder and its subfolders by their paths. Leaves out `Cargo.lock`, which Cargo
/// changes.
fn read_all_files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::read_all_files(&path));
        } else if !path.ends_with("Cargo.lock") {
            files.insert(path.to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap());
        }
    }
    files
}
