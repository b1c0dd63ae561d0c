//! A copy of the project that a test may edit and build.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

/// The files and folders that a build of the root package needs, except `Cargo.toml`.
const NEEDED: &[&str] = &["Cargo.lock", "build.rs", "codegen.toml", "generated", "schema", "src"];

/// Held by the test that builds a copy, so that only one does at a time: Cargo takes copies in different folders for the same
/// package, and does not build again if no file is newer than the last build.
static TURN: Mutex<()> = Mutex::new(());

/// A copy of the root package in a folder of its own, with the generator of the checkout.
pub struct Copy {
    folder: TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// Waits until no other test builds a copy, and returns the lock that keeps others waiting.
pub fn turn() -> MutexGuard<'static, ()> {
    // A test that fails while it has the lock does not affect the next one: that one uses another copy.
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the path of the workspace.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns the command `cargo` in `folder`, without the network, and with the target folder that all copies share.
pub fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copies");
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true");
    cargo.env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Runs `command` and returns its output. Panics with its standard error if it fails.
pub fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

impl Copy {
    pub fn new() -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap(), _turn: turn() };
        for name in NEEDED {
            copy_all(&project().join(name), &copy.path(name));
        }
        fs::copy(project().join("Cargo.toml"), copy.path("Cargo.toml")).unwrap();
        let generator = project().join("crates/json-schema-codegen");
        copy.edit("Cargo.toml", "members = [\"crates/*\"]", "members = []");
        copy.edit("Cargo.toml", "\"crates/json-schema-codegen\"", &format!("'{}'", generator.display()));
        copy
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces the text `old` in a file by `new`. Panics unless the file has `old` exactly once.
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(old).count(), 1, "{old} in {file}");
        self.write(file, &text.replace(old, new));
    }

    pub fn cargo(&self) -> Command {
        cargo(self.folder.path())
    }

    /// Builds the copy, and returns the text of the types that were compiled.
    pub fn types(&self) -> String {
        self.types_with(&[])
    }

    /// Does the same as `types`, with more arguments for `cargo build`.
    pub fn types_with(&self, arguments: &[&str]) -> String {
        let mut build = self.cargo();
        build.args(["build", "--message-format=json-render-diagnostics"]).args(arguments);
        let messages = String::from_utf8(succeed(&mut build).stdout).unwrap();
        let out = messages.lines().filter_map(out_dir).next().unwrap();
        fs::read_to_string(out.join("event.rs")).unwrap()
    }

    /// Compiles and runs the source of a program that uses the crate, and returns its standard output.
    pub fn run(&self, program: &str) -> String {
        self.write("examples/program.rs", program);
        let output = succeed(self.cargo().args(["run", "--example", "program"]));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Builds the copy, and returns Cargo's standard error. Panics if the build succeeds.
    pub fn failure(&self) -> String {
        let output = self.cargo().arg("build").output().unwrap();
        assert!(!output.status.success(), "this builds");
        String::from_utf8(output.stderr).unwrap()
    }
}

/// Returns the `OUT_DIR` of the root package from `message`, one of Cargo's messages in JSON; `None` if the message does not
/// have it.
fn out_dir(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).unwrap();
    let is_ours = message["package_id"].as_str()?.contains("webex-event@");
    message["out_dir"].as_str().filter(|_| is_ours).map(PathBuf::from)
}

/// Copies a file, or a folder with everything in it. The copies have the present time as their modification time, so that
/// Cargo takes them for changed.
pub fn copy_all(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy_all(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}
