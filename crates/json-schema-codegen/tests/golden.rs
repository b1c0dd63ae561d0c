//! The generated text of each fixture is the expected one. `EXPECTORATE=overwrite` writes down what is
//! generated now; a review then reads the difference.
//!
//! `expected.rs` ends before the module `runtime`, whose items are those of `src/runtime/`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod fixture;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use fixture::Fixture;

/// The source files of the runtime, in the order of the output.
const RUNTIME: &[&str] = &["properties", "objects", "enums", "values", "unions", "candidates", "patterns", "inspect"];

#[test]
fn generated_types_are_expected() {
    let failed: Vec<String> =
        Fixture::all().iter().filter(|fixture| catch_unwind(|| check(fixture)).is_err()).map(Fixture::name).collect();
    assert!(failed.is_empty(), "the text differs for {failed:?}");
}

fn check(fixture: &Fixture) {
    expectorate::assert_contents(fixture.file("expected.rs"), &output(fixture).0);
}

/// Each property that a schema names is a field, or the report says why it is not.
#[test]
fn no_property_is_lost_in_silence() {
    for fixture in Fixture::all() {
        let report = fixture.generated().report();
        assert!(report.faults.is_empty(), "{}: {:#?}", fixture.name(), report.faults);
    }
}

/// Each output has some of the items of `src/runtime/`, unchanged and in their order, and no others.
#[test]
fn generated_runtime_is_a_part_of_the_source() {
    let source: String = RUNTIME
        .iter()
        .map(|name| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/runtime/{name}.rs"));
            fs::read_to_string(path).unwrap() + "\n"
        })
        .collect();
    let source = items(&source);
    for fixture in Fixture::all() {
        let mut rest = source.iter();
        let (_, runtime) = output(&fixture);
        for item in items(&runtime) {
            assert!(rest.any(|other| *other == item), "{}: not an item of the source:\n{item}", fixture.name());
        }
    }
}

/// Returns the generated text before the module `runtime`, and the text inside that module; the
/// second is empty where the output has no such module.
fn output(fixture: &Fixture) -> (String, String) {
    let text = fixture.generated().types().to_owned();
    let start = "\n#[allow(dead_code, unused_imports)]\nmod runtime {\n";
    match text.split_once(start) {
        Some((types, runtime)) => (types.to_owned(), runtime.strip_suffix("}\n").unwrap().to_owned()),
        None => (text, String::new()),
    }
}

/// Returns the items of a module, each with its documentation, without indentation.
fn items(text: &str) -> Vec<String> {
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
