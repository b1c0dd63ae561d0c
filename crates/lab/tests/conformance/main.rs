//! Generates one crate of types from the schemas of the official test suite of JSON Schema, draft 2020-12, and runs the
//! suite with these types.
//!
//! `JSON_SCHEMA_TEST_SUITE` names the suite's folder, which contains the folders `draft2020-12` and `remotes`. The
//! resulting figures are compared with `docs/CONFORMANCE.md`, the list of the schemas whose types accept any value with
//! `widened.txt`, and the list of the invalid instances that strict types accept with `accepted_by_strict.txt`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../consumer/mod.rs"]
mod consumer;
mod reader;
mod schema_verdict;
mod suite;
mod table;

use std::fmt::Write as _;
use std::path::Path;

use json_schema_codegen::{Documents, Generated, Settings, generate};

use reader::ReaderProgram;
use suite::SuiteGroup;
use table::FileRow;

#[test]
#[ignore = "needs JSON_SCHEMA_TEST_SUITE"]
fn figures_are_those_of_the_committed_page() {
    let suite = suite::find_suite_folder();
    let groups = suite::read_groups(&suite);
    let open: Vec<Generated> = groups.iter().map(|group| generate_group_types(group, &suite, false)).collect();
    let strict: Vec<Generated> = groups.iter().map(|group| generate_group_types(group, &suite, true)).collect();
    let reader = ReaderProgram::build_and_start(&open.iter().chain(&strict).map(Generated::types).collect::<Vec<_>>());

    let mut rows: Vec<FileRow> = Vec::new();
    let mut faults = String::new();
    let mut accepted_by_strict = String::new();
    for (number, group) in groups.iter().enumerate() {
        let row = table::find_or_add_row(&mut rows, &group.file);
        row.groups += 1;
        let validator = schema_verdict::build_validator(&group.schema, &suite);
        for case in &group.cases {
            let read = reader.read_instance(number, &case.document);
            let read_strictly = reader.read_instance(groups.len() + number, &case.document);
            let must_reject = schema_verdict::types_must_reject(&validator, &group.schema, &case.document);
            let fault = row.count_lenient_case(case, &read, validator.is_valid(&case.document), must_reject);
            let strict_fault = row.count_strict_case(case, &read_strictly).map(|fault| format!("strict: {fault}"));
            if !case.valid && read_strictly.is_ok() {
                let (file, group) = (&group.file, &group.description);
                writeln!(accepted_by_strict, "{file} / {group} / {}: {}", case.description, case.document).unwrap();
            }
            for fault in fault.into_iter().chain(strict_fault) {
                writeln!(faults, "{} / {} / {}: {fault}", group.file, group.description, case.description).unwrap();
            }
        }
    }
    println!("{}\n{faults}", table::format_table(&rows));
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let lists = project.join("crates/lab/tests/conformance");
    expectorate::assert_contents(lists.join("widened.txt"), &list_widened_schemas(&groups, &open));
    expectorate::assert_contents(lists.join("accepted_by_strict.txt"), &accepted_by_strict);
    expectorate::assert_contents(project.join("docs/CONFORMANCE.md"), &table::format_conformance_page(&rows));
    assert_eq!(faults, "", "valid documents are refused or changed, or invalid ones taken");
}

/// Generates types from the schema of `group`, with the setting `strict`; the type of its root is `Root`. `suite` is
/// the suite's folder.
///
/// # Panics
/// If the generator rejects the schema.
fn generate_group_types(group: &SuiteGroup, suite: &Path, strict: bool) -> Generated {
    let documents = Documents::from_texts("suite", [("schema.json", group.schema.to_string())]);
    let documents = documents.and_then(|own| own.with_mapped("http://localhost:1234", suite.join("remotes")));
    let mut settings = Settings::default();
    settings.type_name = Some("Root".to_owned());
    settings.strict = strict;
    settings.roots = vec!["schema.json".to_owned()];
    match documents.and_then(|documents| generate(documents, &settings)) {
        Ok(generated) => generated,
        Err(errors) => panic!("{} / {} (strict: {strict}):\n{errors}", group.file, group.description),
    }
}

/// Returns a line for each schema of which the type accepts any value although the schema has constraints.
fn list_widened_schemas(groups: &[SuiteGroup], generated: &[Generated]) -> String {
    let mut text = String::new();
    for (group, generated) in groups.iter().zip(generated) {
        for place in generated.report().widened {
            let file = place.source.file.rsplit('/').next().unwrap_or_default();
            writeln!(text, "{} / {} / {file}#{}: {}", group.file, group.description, place.source.pointer, place.text)
                .unwrap();
        }
    }
    text
}
