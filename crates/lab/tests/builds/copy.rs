//! Makes a copy of the project that a test may edit and build.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, fs};

use serde_json::Value;
use tempfile::TempDir;

/// The files and folders that a build of the root package needs, besides `Cargo.toml`.
const COPIED_PATHS: &[&str] = &["Cargo.lock", "build.rs", "codegen.toml", "generated", "schema", "src"];

/// The lock that a test holds while it builds a copy, so that only one does at a time. Cargo takes copies in different
/// folders for one package, and does not build again if no file is newer than the last build.
static BUILD_LOCK: Mutex<()> = Mutex::new(());

/// A copy of the root package in a folder of its own. It uses the generator of the checkout.
pub struct ProjectCopy {
    folder: TempDir,
    _lock: MutexGuard<'static, ()>,
}

/// Waits until no other test builds a copy, and returns the lock, which keeps other tests waiting.
pub fn lock_builds() -> MutexGuard<'static, ()> {
    // A test that fails while it has the lock does not affect the next one: that one uses another copy.
    BUILD_LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the absolute path of the workspace.
pub fn find_workspace_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns a command for `cargo` in `folder`, without the network, and with the target folder that all copies share.
pub fn new_cargo_command_in(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("copies");
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true");
    cargo.env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Runs `command` and returns its output.
///
/// # Panics
/// With the command's standard error, if it fails.
pub fn run_successfully(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

impl ProjectCopy {
    /// Copies the root package to a new folder, and waits until no other test builds a copy.
    pub fn new() -> Self {
        let copy = Self { folder: tempfile::tempdir().unwrap(), _lock: lock_builds() };
        for name in COPIED_PATHS {
            copy_file_or_folder(&find_workspace_folder().join(name), &copy.path(name));
        }
        fs::copy(find_workspace_folder().join("Cargo.toml"), copy.path("Cargo.toml")).unwrap();
        let generator = find_workspace_folder().join("crates/json-schema-codegen");
        copy.replace_text("Cargo.toml", "members = [\"crates/*\"]", "members = []");
        copy.replace_text("Cargo.toml", "\"crates/json-schema-codegen\"", &format!("'{}'", generator.display()));
        copy
    }

    /// Returns the path of the file or folder `name` in the copy.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns the text of the file `file` of the copy.
    pub fn read_text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Writes `text` to the file `file` of the copy, and creates its folder if needed.
    pub fn write_text(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces the text `old` in the file `file` of the copy by `new`.
    ///
    /// # Panics
    /// Unless the file contains `old` exactly once.
    pub fn replace_text(&self, file: &str, old: &str, new: &str) {
        let text = self.read_text(file);
        assert_eq!(text.matches(old).count(), 1, "{old} in {file}");
        self.write_text(file, &text.replace(old, new));
    }

    /// Returns a command for `cargo` in the folder of the copy.
    pub fn new_cargo_command(&self) -> Command {
        new_cargo_command_in(self.folder.path())
    }

    /// Builds the copy, and returns the text of the generated types that were compiled.
    pub fn build_types(&self) -> String {
        self.build_types_with(&[])
    }

    /// Builds the copy with more arguments for `cargo build`, and returns the text of the generated types that were
    /// compiled.
    pub fn build_types_with(&self, arguments: &[&str]) -> String {
        let mut build = self.new_cargo_command();
        build.args(["build", "--message-format=json-render-diagnostics"]).args(arguments);
        let messages = String::from_utf8(run_successfully(&mut build).stdout).unwrap();
        let out = messages.lines().filter_map(find_out_dir_in_message).next().unwrap();
        fs::read_to_string(out.join("event.rs")).unwrap()
    }

    /// Compiles and runs `program`, the source of a program that uses the crate. Returns its standard output.
    pub fn run_program(&self, program: &str) -> String {
        self.write_text("examples/program.rs", program);
        let output = run_successfully(self.new_cargo_command().args(["run", "--example", "program"]));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Builds the copy, and returns Cargo's standard error.
    ///
    /// # Panics
    /// If the build succeeds.
    pub fn build_with_errors(&self) -> String {
        let output = self.new_cargo_command().arg("build").output().unwrap();
        assert!(!output.status.success(), "this builds");
        String::from_utf8(output.stderr).unwrap()
    }
}

/// Returns the `OUT_DIR` of the root package from `message`, one of Cargo's messages in JSON; `None` if the message is
/// about another package or has no `OUT_DIR`.
fn find_out_dir_in_message(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).unwrap();
    let is_ours = message["package_id"].as_str()?.contains("webex-event@");
    message["out_dir"].as_str().filter(|_| is_ours).map(PathBuf::from)
}

/// Copies the file `from`, or the folder `from` with everything in it, to `to`. The copies have the present time as
/// their modification time, so that Cargo builds them again.
pub fn copy_file_or_folder(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy_file_or_folder(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}
