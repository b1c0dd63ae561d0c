//! Builds a program that depends on `webex-event` from outside the workspace, so that only the features that it asks
//! for are on.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::copy::{copy_file_or_folder, find_workspace_folder, new_cargo_command_in, run_successfully};

/// The names of all packages in the dependency tree of a program that switches the feature `codegen` off, with the
/// program.
const EXPECTED_PACKAGES: &[&str] =
    &["itoa", "memchr", "outside", "serde", "serde_core", "serde_json", "webex-event", "zmij"];

/// Copies the program `crates/lab/outside/` to a new folder, with the workspace's `Cargo.lock`.
fn copy_program() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("outside");
    copy_file_or_folder(&source.join("src"), &folder.path().join("src"));
    fs::copy(find_workspace_folder().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(source.join("Cargo.toml")).unwrap();
    let path = format!("'{}'", find_workspace_folder().display());
    fs::write(folder.path().join("Cargo.toml"), manifest.replace("\"../../..\"", &path)).unwrap();
    folder
}

#[test]
fn program_forwards_an_event_without_its_text() {
    let folder = copy_program();
    let event = fs::read_to_string(find_workspace_folder().join("tests/real_events/messages_data.json")).unwrap();

    let mut run = new_cargo_command_in(folder.path());
    run.args(["run", "--quiet"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = run.spawn().unwrap();
    child.stdin.take().unwrap().write_all(event.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let mut expected: Value = serde_json::from_str(&event).unwrap();
    expected["data"].as_object_mut().unwrap().remove("text");
    assert_eq!(serde_json::from_slice::<Value>(&output.stdout).unwrap(), expected);
}

#[test]
fn dependency_tree_without_codegen_has_only_serde_and_serde_json() {
    let folder = copy_program();
    let mut tree = new_cargo_command_in(folder.path());
    tree.args(["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}", "--no-dedupe"]);
    let text = String::from_utf8(run_successfully(&mut tree).stdout).unwrap();

    let mut packages: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    packages.sort_unstable();
    packages.dedup();

    assert_eq!(packages, EXPECTED_PACKAGES);
}
