//! Reads the files of the test suite.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A schema of the suite, and the instances on which it is tested.
pub struct SuiteGroup {
    pub file: String,
    pub description: String,
    pub schema: Value,
    pub cases: Vec<SuiteCase>,
}

/// An instance, and whether the schema accepts it.
pub struct SuiteCase {
    pub description: String,
    pub document: Value,
    pub valid: bool,
}

/// Returns the suite's folder, from the environment variable `JSON_SCHEMA_TEST_SUITE`.
///
/// # Panics
/// If the variable is not set.
pub fn find_suite_folder() -> PathBuf {
    std::env::var_os("JSON_SCHEMA_TEST_SUITE").expect("JSON_SCHEMA_TEST_SUITE names the suite's folder").into()
}

/// Returns all groups of draft 2020-12 in the folder `suite`, sorted by file. Leaves out the optional tests, which are
/// in subfolders.
pub fn read_groups(suite: &Path) -> Vec<SuiteGroup> {
    let entries = fs::read_dir(suite.join("draft2020-12")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files.iter().flat_map(|file| read_groups_of_file(file)).collect()
}

/// Returns the groups in one file of the suite.
fn read_groups_of_file(file: &Path) -> Vec<SuiteGroup> {
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let groups: Vec<Value> = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let text = |value: &Value| value["description"].as_str().unwrap().to_owned();
    let case = |case: &Value| SuiteCase {
        description: text(case),
        document: case["data"].clone(),
        valid: case["valid"].as_bool().unwrap(),
    };
    let group = |group: &Value| SuiteGroup {
        file: name.clone(),
        description: text(group),
        schema: group["schema"].clone(),
        cases: group["tests"].as_array().unwrap().iter().map(case).collect(),
    };
    groups.iter().map(group).collect()
}
