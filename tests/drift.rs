//! Checks the output and the exit code of the example `drift`. Each case is a folder in `drift/`; if `stdout.txt` or
//! `stderr.txt` is missing, this output must be empty.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Returns the path of the built example, which Cargo builds along with the tests of the package.
///
/// # Panics
/// If the example is not built.
fn example_path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let example = profile.join("examples").join(format!("drift{}", std::env::consts::EXE_SUFFIX));
    assert!(example.exists(), "{} is not built; run `cargo build --example drift`", example.display());
    example
}

/// Runs the example in the folder of the case `case`. Compares its output with the `stdout.txt` and `stderr.txt` there,
/// and its exit code with `code`.
fn check_drift_output(case: &str, arguments: &[&str], input: Stdio, code: i32) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drift").join(case);
    let output = Command::new(example_path()).args(arguments).current_dir(&folder).stdin(input).output().unwrap();

    let expected = |file| fs::read_to_string(folder.join(file)).unwrap_or_default();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected("stderr.txt"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected("stdout.txt"));
    assert_eq!(output.status.code(), Some(code));
}

#[test]
fn without_arguments_drift_reads_the_page_in_examples() {
    check_drift_output("default_page", &[], Stdio::null(), 0);
}

#[test]
fn unlisted_values_are_counted_and_broken_events_are_reported() {
    check_drift_output("archive_of_all_forms", &["archive.json"], Stdio::null(), 1);
}

#[test]
fn an_empty_archive_has_no_unlisted_values() {
    check_drift_output("nothing", &["-"], Stdio::null(), 0);
}

#[test]
fn a_file_that_does_not_exist_is_an_error() {
    check_drift_output("file_does_not_exist", &["nowhere.json"], Stdio::null(), 2);
}

#[test]
fn an_unknown_option_is_an_error() {
    check_drift_output("option_is_unknown", &["--colour"], Stdio::null(), 2);
}
