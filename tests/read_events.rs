//! Checks the output and the exit code of the example `read_events`. Each case is a folder in `read_events/`; if
//! `stdout.txt` or `stderr.txt` is missing, this output must be empty.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Returns the path of the built example, which Cargo builds along with the tests of the package.
///
/// # Panics
/// If the example is not built.
fn example_path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let example = profile.join("examples").join(format!("read_events{}", std::env::consts::EXE_SUFFIX));
    assert!(example.exists(), "{} is not built; run `cargo build --example read_events`", example.display());
    example
}

/// Runs the example in the folder of the case `case`. Compares its output with the `stdout.txt` and `stderr.txt` there,
/// and its exit code with `code`.
fn check_read_events_output(case: &str, arguments: &[&str], input: Stdio, code: i32) {
    let folder = case_folder(case);
    let output = Command::new(example_path()).args(arguments).current_dir(&folder).stdin(input).output().unwrap();

    let expected = |file| fs::read_to_string(folder.join(file)).unwrap_or_default();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected("stderr.txt"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected("stdout.txt"));
    assert_eq!(output.status.code(), Some(code));
}

/// Returns the path of the folder of the case `case`.
fn case_folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read_events").join(case)
}

#[test]
fn without_arguments_the_page_in_examples_is_read() {
    check_read_events_output("default_page", &[], Stdio::null(), 0);
}

#[test]
fn a_page_is_read_from_a_file() {
    check_read_events_output("page_from_file", &["page.json"], Stdio::null(), 0);
}

#[test]
fn an_event_is_read_from_standard_input() {
    let event = File::open(case_folder("event_from_standard_input").join("event.json")).unwrap();
    check_read_events_output("event_from_standard_input", &["-"], event.into(), 0);
}

#[test]
fn input_that_is_no_json_is_an_error() {
    check_read_events_output("input_is_no_json", &["page.json"], Stdio::null(), 2);
}

#[test]
fn input_that_is_neither_page_nor_event_is_an_error() {
    check_read_events_output("input_is_no_event", &["event.json"], Stdio::null(), 2);
}

#[test]
fn a_property_of_the_wrong_type_is_an_error() {
    check_read_events_output("property_has_wrong_type", &["page.json"], Stdio::null(), 2);
}

#[test]
fn a_file_that_does_not_exist_is_an_error() {
    check_read_events_output("file_does_not_exist", &["nowhere.json"], Stdio::null(), 2);
}

#[test]
fn an_unknown_option_is_an_error() {
    check_read_events_output("option_is_unknown", &["--colour"], Stdio::null(), 2);
}

#[test]
fn more_than_one_argument_is_an_error() {
    check_read_events_output("arguments_are_too_many", &["one.json", "two.json"], Stdio::null(), 2);
}
