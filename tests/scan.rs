//! Checks the output and the exit code of the example `scan`. Each case is a folder in `scan/`; if `stdout.txt` or
//! `stderr.txt` is missing, this output must be empty.

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
    let example = profile.join("examples").join(format!("scan{}", std::env::consts::EXE_SUFFIX));
    assert!(example.exists(), "{} is not built; run `cargo build --example scan`", example.display());
    example
}

/// Returns the path of the folder of the case `case`.
fn case_folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scan").join(case)
}

/// Runs the example in the folder of the case `case`. Compares its output with the `stdout.txt` and `stderr.txt` there,
/// and its exit code with `code`.
fn check_scan_output(case: &str, arguments: &[&str], input: Stdio, code: i32) {
    let folder = case_folder(case);
    let output = Command::new(example_path()).args(arguments).current_dir(&folder).stdin(input).output().unwrap();

    let expected = |file| fs::read_to_string(folder.join(file)).unwrap_or_default();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected("stderr.txt"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected("stdout.txt"));
    assert_eq!(output.status.code(), Some(code));
}

#[test]
fn without_a_file_scan_reads_the_page_in_examples() {
    check_scan_output("default_page", &["meet"], Stdio::null(), 0);
}

#[test]
fn texts_in_cards_are_found_at_any_depth() {
    check_scan_output("cards", &["atlas", "events.ndjson"], Stdio::null(), 0);
}

#[test]
fn inputs_of_cards_are_found_whatever_their_names_and_types() {
    check_scan_output("inputs", &["atlas", "events.ndjson"], Stdio::null(), 0);
}

#[test]
fn titles_of_meetings_are_found_with_their_people() {
    check_scan_output("titles", &["atlas", "events.ndjson"], Stdio::null(), 0);
}

#[test]
fn calls_over_an_hour_are_found_if_their_length_is_a_text_or_a_number() {
    check_scan_output("calls", &["atlas", "events.ndjson"], Stdio::null(), 0);
}

#[test]
fn an_event_that_cannot_be_read_is_reported_and_the_next_is_scanned() {
    let events = File::open(case_folder("broken_event").join("events.ndjson")).unwrap();
    check_scan_output("broken_event", &["atlas", "-"], events.into(), 0);
}

#[test]
fn a_file_that_does_not_exist_is_an_error() {
    check_scan_output("file_does_not_exist", &["atlas", "nowhere.json"], Stdio::null(), 2);
}

#[test]
fn without_a_word_scan_shows_its_usage() {
    check_scan_output("word_is_missing", &[], Stdio::null(), 2);
}
