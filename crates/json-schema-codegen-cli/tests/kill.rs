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
const KILLED: u32 = 30;

/// The contents of a folder's files by name.
type Folder = BTreeMap<String, Vec<u8>>;

struct Job(TempDir);

impl Job {
    /// Copies the job of the transcript `update-openapi`, and generates its types.
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
        assert!(job.command(&["regenerate"]).status().unwrap().success());
        job
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
        command.current_dir(self.0.path()).args(arguments).env("SOURCE_DATE_EPOCH", "0");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn update(&self) -> Command {
        self.command(&["update", "--from", "api.json"])
    }

    fn folders(&self) -> [Folder; 2] {
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
fn folders_are_whole_whenever_it_is_killed() {
    let job = Job::new();
    let old = job.folders();
    let began = Instant::now();
    assert!(job.update().status().unwrap().success());
    let whole = began.elapsed();
    let new = job.folders();
    assert!(old[0] != new[0] && old[1] != new[1]);

    for number in 0..=KILLED {
        let job = Job::new();
        let mut update = job.update().spawn().unwrap();
        thread::sleep(whole * number / KILLED + Duration::from_micros(50));
        update.kill().unwrap();
        update.wait().unwrap();

        let left = job.folders();
        for (index, folder) in left.iter().enumerate() {
            assert!(*folder == old[index] || *folder == new[index], "killed at {number} of {KILLED}");
        }
        // The next command finishes the update.
        let is_fresh = job.command(&["check"]).status().unwrap().success();
        let after = job.folders();
        assert!(is_fresh && (after == old || after == new), "killed at {number} of {KILLED}");
        assert!(job.update().status().unwrap().success());
        assert!(job.folders() == new, "killed at {number} of {KILLED}");
    }
}
