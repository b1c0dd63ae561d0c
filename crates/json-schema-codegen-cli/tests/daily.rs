//! `update` does not overwrite uncommitted edits, and every command removes the staged files of a killed update.
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A job with the schema `order.json`, and a newer version of it beside the schema folder.
struct OrderJob(TempDir);

impl OrderJob {
    /// Creates a job whose schema `Order` has the property `id`, and in the newer version the property `number`.
    fn new() -> Self {
        let job = Self(tempfile::tempdir().unwrap());
        fs::create_dir(job.path("schema")).unwrap();
        fs::write(job.path("codegen.toml"), "").unwrap();
        fs::write(job.path("schema/order.json"), format_order_schema("id")).unwrap();
        fs::create_dir(job.path("newer")).unwrap();
        fs::write(job.path("newer/order.json"), format_order_schema("number")).unwrap();
        job
    }

    /// Returns the path of `name` in the folder of the job.
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs git in the folder of the job, and asserts that it succeeds.
    fn run_git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").arg("-C").arg(self.0.path()).args(who).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    /// Runs a command of the job, and returns (exit code, standard error).
    fn run_command(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
        let command = command.args(arguments).current_dir(self.0.path()).env("SOURCE_DATE_EPOCH", "0");
        let Output { status, stderr, .. } = command.output().unwrap();
        (status.code(), String::from_utf8(stderr).unwrap())
    }
}

/// Returns the text of the schema `Order` with the one property `property`.
fn format_order_schema(property: &str) -> String {
    format!("{{\"title\": \"Order\", \"type\": \"object\", \"properties\": {{\"{property}\": {{}}}}}}\n")
}

#[test]
fn uncommitted_edits_are_overwritten_only_by_force() {
    let job = OrderJob::new();
    job.run_git(&["init", "--quiet"]);
    job.run_git(&["add", "--all"]);
    job.run_git(&["commit", "--quiet", "--message=As it is"]);
    fs::write(job.path("schema/order.json"), format_order_schema("edited")).unwrap();

    let (code, error) = job.run_command(&["update", "--from", "newer"]);
    assert_eq!(code, Some(2), "{error}");
    let message = "the update would overwrite edits that are not committed: schema/order.json";
    assert!(error.contains(message) && error.contains("--force"), "{error}");
    assert_eq!(fs::read_to_string(job.path("schema/order.json")).unwrap(), format_order_schema("edited"));

    let (code, error) = job.run_command(&["update", "--from", "newer", "--force"]);
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(fs::read_to_string(job.path("schema/order.json")).unwrap(), format_order_schema("number"));
}

#[test]
fn update_keeps_the_line_ends_of_a_replaced_file() {
    let job = OrderJob::new();
    fs::write(job.path("schema/order.json"), format_order_schema("id").replace('\n', "\r\n")).unwrap();
    let (code, error) = job.run_command(&["update", "--from", "newer"]);
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(
        fs::read_to_string(job.path("schema/order.json")).unwrap(),
        format_order_schema("number").replace('\n', "\r\n")
    );
}

#[test]
fn staged_files_of_a_killed_update_are_removed_with_a_note() {
    let job = OrderJob::new();
    assert_eq!(job.run_command(&["regenerate"]).0, Some(0));
    fs::create_dir(job.path(".schema.new")).unwrap();
    fs::write(job.path(".schema.new/order.json"), format_order_schema("number")).unwrap();
    let (code, notes) = job.run_command(&["check"]);
    assert_eq!(code, Some(0), "{notes}");
    let note = "an earlier update of schema was interrupted before it changed anything; removed what it left";
    assert!(notes.contains(note), "{notes}");
    assert!(!job.path(".schema.new").exists());
    assert!(!job.run_command(&["check"]).1.contains("interrupted"));
}
