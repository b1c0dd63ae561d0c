//! Checks the packages that are published: their files, their metadata, and the licences of their dependencies.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

mod contents;
mod licences;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Returns the path of the workspace.
fn find_workspace_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs cargo with `arguments` in the workspace, and returns its standard output.
///
/// # Panics
/// If cargo fails.
#[track_caller]
fn run_cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(find_workspace_folder()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}: {error}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the JSON that `cargo metadata` writes, for all features and all platforms. `arguments` are added to the
/// command. Cargo may download packages for it.
fn read_metadata(arguments: &[&str]) -> Value {
    let common = ["metadata", "--locked", "--all-features", "--format-version", "1"];
    serde_json::from_str(&run_cargo(&[&common, arguments].concat())).unwrap()
}

/// Checks whether `package`, an entry of the JSON of `cargo metadata`, may be published to a registry.
fn is_publishable(package: &Value) -> bool {
    package["publish"].is_null()
}
