//! Compares the generated text of each fixture with its `expected.rs`. With `EXPECTORATE=overwrite`, the expected texts
//! are rewritten instead, and their difference is to be reviewed.
//!
//! `expected.rs` leaves out the module `runtime`, whose items are those of `src/runtime/`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod fixture;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use fixture::Fixture;

/// The names of the runtime's source files (`NAME` for `src/runtime/NAME.rs`), in the order in which the output has
/// their items.
const RUNTIME_FILES: &[&str] = &[
    "properties",
    "objects",
    "presence",
    "kept_properties",
    "enums",
    "json_enums",
    "closed_enums",
    "closed_json_enums",
    "values",
    "numbers",
    "builders",
    "unions",
    "value_reader",
    "candidates",
    "others",
    "plain_objects",
    "map_types",
    "patterns",
    "assertion",
    "assertion_bounds",
    "assertion_checker",
    "assertions",
    "checked_values",
    "checked_texts",
    "narrow_integers",
    "inspect",
    "lenient",
    "lenient_reading",
    "lenient_objects",
    "lenient_presence",
    "lenient_types",
    "lenient_tables",
    "any",
    "access",
    "access_methods",
    "access_fields",
    "access_kept",
    "access_wrappers",
    "access_types",
    "views",
    "view_values",
    "found_values",
    "view_unlisted",
];

#[test]
fn generated_types_of_each_fixture_are_as_expected() {
    let failed: Vec<String> = Fixture::list_all_fixtures()
        .iter()
        .filter(|fixture| catch_unwind(|| compare_types_with_expected(fixture)).is_err())
        .map(Fixture::name)
        .collect();
    assert!(failed.is_empty(), "the generated text of these fixtures differs from their expected.rs: {failed:?}");
}

/// Compares the generated types of a fixture with its `expected.rs`. Panics if they differ.
fn compare_types_with_expected(fixture: &Fixture) {
    let (types, _) = split_types_and_runtime(fixture);
    expectorate::assert_contents(fixture.file_path("expected.rs"), &types);
}

/// The report has a fault for each property of a schema that has neither a field nor an entry with the reason.
#[test]
fn report_of_each_fixture_has_no_faults() {
    for fixture in Fixture::list_all_fixtures() {
        let report = fixture.generate_types().report();
        assert!(report.faults.is_empty(), "{}: {:#?}", fixture.name(), report.faults);
    }
}

/// The module `runtime` of each output consists of items of `src/runtime/`, unchanged and in the same order.
#[test]
fn generated_runtime_consists_of_source_items_in_order() {
    let source: String = RUNTIME_FILES
        .iter()
        .map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/runtime/{name}.rs"));
            fs::read_to_string(path).unwrap() + "\n"
        })
        .collect();
    let source = split_module_items(&source);
    for fixture in Fixture::list_all_fixtures() {
        let mut source = source.iter();
        let (_, runtime) = split_types_and_runtime(&fixture);
        for item in split_module_items(&runtime) {
            let is_next = source.any(|source_item| *source_item == item);
            assert!(is_next, "{}: not an item of src/runtime/, or not in its order:\n{item}", fixture.name());
        }
    }
}

/// Returns (the generated text before the module `runtime`, the text inside this module). The second text is empty if
/// the output does not have the module.
fn split_types_and_runtime(fixture: &Fixture) -> (String, String) {
    let text = fixture.generate_types().types().to_owned();
    let start = "\n#[allow(dead_code, unused_imports)]\nmod runtime {\n";
    match text.split_once(start) {
        Some((types, runtime)) => (types.to_owned(), runtime.strip_suffix("}\n").unwrap().to_owned()),
        None => (text, String::new()),
    }
}

/// Splits the text of a module into its items, each with its documentation and without the indentation of the module.
fn split_module_items(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    let lines = if text.starts_with(' ') { lines } else { text.lines().collect() };
    let mut items = vec![String::new()];
    for line in lines {
        let ends = items.last().is_some_and(|item| item.ends_with("\n\n")) && !line.starts_with(' ');
        if ends {
            items.push(String::new());
        }
        let item = items.last_mut().unwrap();
        item.push_str(line);
        item.push('\n');
    }
    items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}
