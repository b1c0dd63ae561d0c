//! Reading in a program outside the workspace, where another crate switches on serde_json's
//! `arbitrary_precision` and `preserve_order`.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Writes a package called `name` with the program, which turns on the given features of serde_json. Returns its folder.
fn package(name: &str, features: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("src/main.rs"), include_str!("program.rs")).unwrap();
    fs::copy(project().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let manifest = include_str!("manifest.toml")
        .replace("{name}", name)
        .replace("{features}", &format!("{features:?}"))
        .replace("{project}", &format!("'{}'", project().display()));
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    folder
}

/// Builds and runs the program in `folder`. Panics if one of the program's checks fails.
fn run(folder: &Path) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reading_outside");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--offline"]).current_dir(folder).env("CARGO_TARGET_DIR", target);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn with_arbitrary_precision() {
    run(&package("arbitrary_precision", &["arbitrary_precision"]));
}

#[test]
fn with_preserve_order() {
    run(&package("preserve_order", &["preserve_order"]));
}

#[test]
fn with_both() {
    run(&package("both", &["arbitrary_precision", "preserve_order"]));
}

#[test]
fn with_neither() {
    run(&package("neither", &[]));
}
