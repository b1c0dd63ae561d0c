//! Checks the packages that are published: their files, their metadata, and the licences of their dependencies.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

mod contents;
mod licences;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Returns the path of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs cargo in the workspace, and returns its standard output. Panics if it fails.
#[track_caller]
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}: {error}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the output of `cargo metadata` with all features and for all platforms. Cargo may download packages for it.
fn metadata(arguments: &[&str]) -> Value {
    let common = ["metadata", "--locked", "--all-features", "--format-version", "1"];
    serde_json::from_str(&cargo(&[&common, arguments].concat())).unwrap()
}

/// Checks whether `package`, from `cargo metadata`, may be published.
fn is_published(package: &Value) -> bool {
    package["publish"].is_null()
}
