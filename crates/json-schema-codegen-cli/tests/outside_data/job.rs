//! Copies the project's own job to a temporary folder, and runs commands on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use tempfile::TempDir;

/// Returns the path of the file or folder `name` of the test data.
pub fn test_data_path(name: &str) -> PathBuf {
    let folder = env::var_os("WEBEX_EVENT_TEST_DATA").expect("set WEBEX_EVENT_TEST_DATA to the folder of the data");
    PathBuf::from(folder).join(name)
}

/// Returns the path of the project's root folder.
pub fn find_project_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A copy of the project's own job in a temporary folder.
pub struct ProjectJob(TempDir);

impl ProjectJob {
    /// Copies `codegen.toml`, `schema/` and `generated/` of the project to a temporary folder.
    pub fn new() -> Self {
        let job = Self(tempfile::tempdir().unwrap());
        fs::copy(find_project_folder().join("codegen.toml"), job.path("codegen.toml")).unwrap();
        for folder in ["schema", "generated"] {
            fs::create_dir(job.path(folder)).unwrap();
            for entry in fs::read_dir(find_project_folder().join(folder)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), job.path(folder).join(entry.file_name())).unwrap();
            }
        }
        job
    }

    /// Returns the path of `name` in the folder of the job.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Returns the text of the file `name` of the job.
    pub fn read_file(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes `text` to the file `name` of the job.
    pub fn write_file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Returns the texts of the JSON files in the schema folder of the job, by name.
    pub fn read_schemas(&self) -> BTreeMap<String, String> {
        let entries = fs::read_dir(self.path("schema")).unwrap().map(|entry| entry.unwrap().file_name());
        let names = entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".json"));
        names.map(|name| (name.clone(), self.read_file(&format!("schema/{name}")))).collect()
    }

    /// Runs the command line with these arguments in the folder of the job, asserts that it succeeds, and returns its
    /// output.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let output = self.new_command(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// Returns the command line with these arguments, in the folder of the job.
    pub fn new_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    /// Writes the schemas published at `date` to `openapi.json`, as an OpenAPI document.
    pub fn write_publication(&self, date: &str) {
        let schemas = fs::read_to_string(test_data_path(&format!("history/{date}.json"))).unwrap();
        self.write_file("openapi.json", &make_openapi_document(&schemas));
    }

    /// Runs `update` from `openapi.json`, and returns the change report.
    pub fn run_update(&self, arguments: &[&str]) -> String {
        let output = self.run(&[&["update", "--from", "openapi.json"], arguments].concat());
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Returns an OpenAPI document whose component schemas are the JSON object with the text `schemas`.
pub fn make_openapi_document(schemas: &str) -> String {
    format!(r#"{{"openapi": "3.0.0", "info": {{}}, "paths": {{}}, "components": {{"schemas": {schemas}}}}}"#)
}

/// Runs the command line with these arguments in `folder`, and returns its output.
pub fn run_command_line(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_json-schema-codegen")).args(arguments).current_dir(folder).output().unwrap()
}
