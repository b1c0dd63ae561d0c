//! Reads events in a program outside the workspace, where another crate turns on serde_json's features
//! `arbitrary_precision` and `preserve_order`.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the absolute path of the workspace.
fn find_workspace_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Writes a package called `name` with the program of `program.rs`, which turns on the given features of serde_json.
/// Returns the package's folder.
fn write_reading_package(name: &str, features: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("src/main.rs"), include_str!("program.rs")).unwrap();
    fs::copy(find_workspace_folder().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest = include_str!("manifest.toml")
        .replace("{name}", name)
        .replace("{features}", &format!("{features:?}"))
        .replace("{project}", &format!("'{}'", find_workspace_folder().display()));
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    folder
}

/// Builds and runs the package in `folder`.
///
/// # Panics
/// If a check of the program fails.
fn run_reading_package(folder: &Path) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reading_outside");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--offline"]).current_dir(folder).env("CARGO_TARGET_DIR", target);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn events_are_read_with_arbitrary_precision() {
    run_reading_package(&write_reading_package("arbitrary_precision", &["arbitrary_precision"]));
}

#[test]
fn events_are_read_with_preserve_order() {
    run_reading_package(&write_reading_package("preserve_order", &["preserve_order"]));
}

#[test]
fn events_are_read_with_both_features() {
    run_reading_package(&write_reading_package("both", &["arbitrary_precision", "preserve_order"]));
}

#[test]
fn events_are_read_without_both_features() {
    run_reading_package(&write_reading_package("neither", &[]));
}
