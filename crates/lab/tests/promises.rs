//! Checks that each test in the table of promises in `CONTRIBUTING.md` exists.

#![allow(clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::Path;

/// The page with the table of promises.
const CONTRIBUTING_PAGE: &str = include_str!("../../../CONTRIBUTING.md");

#[test]
fn each_promise_names_a_test_that_exists() {
    let section =
        CONTRIBUTING_PAGE.split("## Promises").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap_or_default();
    let rows: Vec<&str> =
        section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| **")).skip(2).collect();
    assert!(rows.len() > 30, "{rows:#?}");
    for row in rows {
        // Each odd part is code; the names of tests are the code with `::`.
        let tests: Vec<&str> = row.split('`').skip(1).step_by(2).filter(|code| code.contains(".rs::")).collect();
        assert!(!tests.is_empty(), "no test: {row}");
        tests.into_iter().for_each(assert_test_exists);
    }
}

/// Asserts that a test such as `tests/readme.rs::type_in_readme_is_part_of_the_generated_types` exists: in this file of
/// the project there is a function of this name, with `#[test]` before it.
#[track_caller]
fn assert_test_exists(test: &str) {
    let (file, name) = test.split_once("::").unwrap_or_default();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{test}: {error}"));
    let Some((before, _)) = text.split_once(&format!("fn {name}(")) else { panic!("there is no test {test}") };
    let attributes = before.rsplit("\n\n").next().unwrap_or_default();
    assert!(attributes.contains("#[test]"), "{test} is not a test");
}
