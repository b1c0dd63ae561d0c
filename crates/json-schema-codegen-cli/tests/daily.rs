//! `update` does not overwrite edits that git does not have, and every command removes what a killed update left.
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A job with the schema `order.json`, and a newer version of it beside the schema folder.
struct Job(TempDir);

impl Job {
    fn new() -> Self {
        let job = Self(tempfile::tempdir().unwrap());
        fs::create_dir(job.path("schema")).unwrap();
        fs::write(job.path("codegen.toml"), "").unwrap();
        fs::write(job.path("schema/order.json"), order("id")).unwrap();
        fs::create_dir(job.path("newer")).unwrap();
        fs::write(job.path("newer/order.json"), order("number")).unwrap();
        job
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").arg("-C").arg(self.0.path()).args(who).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    /// Runs a command of the job, and returns (exit code, standard error).
    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
        let command = command.args(arguments).current_dir(self.0.path()).env("SOURCE_DATE_EPOCH", "0");
        let Output { status, stderr, .. } = command.output().unwrap();
        (status.code(), String::from_utf8(stderr).unwrap())
    }
}

/// Returns the text of a schema with one property.
fn order(property: &str) -> String {
    format!("{{\"title\": \"Order\", \"type\": \"object\", \"properties\": {{\"{property}\": {{}}}}}}\n")
}

#[test]
fn uncommitted_edits_are_overwritten_only_by_force() {
    let job = Job::new();
    job.git(&["init", "--quiet"]);
    job.git(&["add", "--all"]);
    job.git(&["commit", "--quiet", "--message=As it is"]);
    fs::write(job.path("schema/order.json"), order("edited")).unwrap();

    let (code, error) = job.run(&["update", "--from", "newer"]);
    assert_eq!(code, Some(2), "{error}");
    let message = "the update would overwrite edits that are not committed: schema/order.json";
    assert!(error.contains(message) && error.contains("--force"), "{error}");
    assert_eq!(fs::read_to_string(job.path("schema/order.json")).unwrap(), order("edited"));

    let (code, error) = job.run(&["update", "--from", "newer", "--force"]);
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(fs::read_to_string(job.path("schema/order.json")).unwrap(), order("number"));
}

#[test]
fn line_ends_of_a_replaced_file_stay() {
    let job = Job::new();
    fs::write(job.path("schema/order.json"), order("id").replace('\n', "\r\n")).unwrap();
    let (code, error) = job.run(&["update", "--from", "newer"]);
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(fs::read_to_string(job.path("schema/order.json")).unwrap(), order("number").replace('\n', "\r\n"));
}

#[test]
fn what_a_killed_update_left_is_removed_with_a_note() {
    let job = Job::new();
    assert_eq!(job.run(&["regenerate"]).0, Some(0));
    fs::create_dir(job.path(".schema.new")).unwrap();
    fs::write(job.path(".schema.new/order.json"), order("number")).unwrap();
    let (code, notes) = job.run(&["check"]);
    assert_eq!(code, Some(0), "{notes}");
    let note = "an earlier update of schema was interrupted before it changed anything; removed what it left";
    assert!(notes.contains(note), "{notes}");
    assert!(!job.path(".schema.new").exists());
    assert!(!job.run(&["check"]).1.contains("interrupted"));
}
