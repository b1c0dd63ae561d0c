//! Runs the program, each time with the same archive.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::server::Server;

/// Runs the program for one test: always with the archive in the same folder, and with the same server.
pub struct Program<'a> {
    pub archive: TempDir,
    server: &'a Server,
}

impl<'a> Program<'a> {
    /// Creates an empty folder for the archive of the pages that `server` sends.
    pub fn new(server: &'a Server) -> Self {
        Self { archive: tempfile::tempdir().unwrap(), server }
    }

    /// Returns a command that runs the program with `arguments`, and with the arguments and environment that all tests
    /// need.
    pub fn new_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_poll"));
        command.args(["--retry-delay", "0.01", "--url", &self.server.url(), "--out"]).arg(self.archive.path());
        command.args(arguments).env("WEBEX_TOKEN", "secret").env("NO_PROXY", "127.0.0.1,localhost");
        command
    }

    /// Starts the program with `arguments`, without waiting for its end.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.new_command(arguments).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs the program with `arguments`. Returns (whether it succeeded, its messages), with `SERVER` for the address
    /// of the server and `ARCHIVE` for the folder in the messages.
    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        self.run_command(&mut self.new_command(arguments))
    }

    /// Runs `command`. Returns (whether it succeeded, its messages), with `SERVER` and `ARCHIVE` for the address and
    /// the folder in the messages.
    pub fn run_command(&self, command: &mut Command) -> (bool, String) {
        let output = command.output().unwrap();
        (output.status.success(), self.replace_temporary_names(&String::from_utf8(output.stderr).unwrap()))
    }

    /// Returns (name, text) of each file in the archive but the lock file, sorted by name, with `SERVER` and `ARCHIVE`
    /// for the address and the folder in the texts.
    pub fn read_archive(&self) -> Vec<(String, String)> {
        let mut files = read_folder(self.archive.path());
        files.retain(|(name, _)| name != ".lock");
        files.into_iter().map(|(name, text)| (name, self.replace_temporary_names(&text))).collect()
    }

    /// Replaces the address of the server in `text` by `SERVER`, and the folder of the archive by `ARCHIVE`.
    fn replace_temporary_names(&self, text: &str) -> String {
        text.replace(&self.server.origin, "SERVER").replace(self.archive.path().to_str().unwrap(), "ARCHIVE")
    }
}

/// Returns (name, text) of each file in `folder`, sorted by name.
pub fn read_folder(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let read =
        |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap());
    let mut files: Vec<_> = entries.map(read).collect();
    files.sort();
    files
}
