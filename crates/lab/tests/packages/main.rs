//! The packages that are published: what they contain, what a registry shows of them, and whose code
//! they depend on.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

mod contents;
mod licences;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The root of the project.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What Cargo prints on standard output.
#[track_caller]
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}: {error}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

/// What Cargo knows of the packages, with all features on and for all platforms; what was never built
/// here is downloaded for it.
fn metadata(arguments: &[&str]) -> Value {
    let common = ["metadata", "--locked", "--all-features", "--format-version", "1"];
    serde_json::from_str(&cargo(&[&common, arguments].concat())).unwrap()
}

/// Whether a package may be published.
fn is_published(package: &Value) -> bool {
    package["publish"].is_null()
}
