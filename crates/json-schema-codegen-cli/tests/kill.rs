//! An `update` that is killed at any time leaves each folder with either its old or its new files.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

/// Number of processes to kill, at times spread evenly over the duration of an update.
const KILLED_PROCESSES: u32 = 30;

/// The contents of a folder's files by name.
type FolderContents = BTreeMap<String, Vec<u8>>;

/// A job in a temporary folder, with newer schemas in `api.json`.
struct UpdateJob(TempDir);

impl UpdateJob {
    /// Copies the job of the transcript `update-openapi` to a temporary folder, and generates its types.
    fn new() -> Self {
        let job = Self(tempfile::tempdir().unwrap());
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/update-openapi.in");
        fs::create_dir(job.path("schema")).unwrap();
        for name in ["codegen.toml", "api.json"] {
            fs::copy(from.join(name), job.path(name)).unwrap();
        }
        for entry in fs::read_dir(from.join("schema")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), job.path("schema").join(entry.file_name())).unwrap();
        }
        assert!(job.new_command(&["regenerate"]).status().unwrap().success());
        job
    }

    /// Returns the path of `name` in the folder of the job.
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Returns the command line with these arguments, in the folder of the job.
    fn new_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
        command.current_dir(self.0.path()).args(arguments).env("SOURCE_DATE_EPOCH", "0");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// Returns the command that updates the job from `api.json`.
    fn new_update_command(&self) -> Command {
        self.new_command(&["update", "--from", "api.json"])
    }

    /// Returns the files of the schema folder and of the output folder.
    fn read_schema_and_output_folders(&self) -> [FolderContents; 2] {
        ["schema", "generated"].map(|folder| {
            let entries = fs::read_dir(self.path(folder)).unwrap().map(Result::unwrap);
            let texts =
                entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
            // The mark of a staged folder stays until the next command.
            texts.filter(|(name, _)| !name.starts_with('.')).collect()
        })
    }
}

#[test]
fn folders_are_complete_whenever_an_update_is_killed() {
    let job = UpdateJob::new();
    let old = job.read_schema_and_output_folders();
    let began = Instant::now();
    assert!(job.new_update_command().status().unwrap().success());
    let duration = began.elapsed();
    let new = job.read_schema_and_output_folders();
    assert!(old[0] != new[0] && old[1] != new[1]);

    for number in 0..=KILLED_PROCESSES {
        let job = UpdateJob::new();
        let mut update = job.new_update_command().spawn().unwrap();
        thread::sleep(duration * number / KILLED_PROCESSES + Duration::from_micros(50));
        update.kill().unwrap();
        update.wait().unwrap();

        let left = job.read_schema_and_output_folders();
        for (index, folder) in left.iter().enumerate() {
            assert!(*folder == old[index] || *folder == new[index], "killed at {number} of {KILLED_PROCESSES}");
        }
        // The next command finishes the update.
        let is_fresh = job.new_command(&["check"]).status().unwrap().success();
        let after = job.read_schema_and_output_folders();
        assert!(is_fresh && (after == old || after == new), "killed at {number} of {KILLED_PROCESSES}");
        assert!(job.new_update_command().status().unwrap().success());
        assert!(job.read_schema_and_output_folders() == new, "killed at {number} of {KILLED_PROCESSES}");
    }
}
