//! Checks that the same schemas give the same output, byte for byte, in each run and for each order of the files.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};

use json_schema_codegen::{Documents, Generated, Generator, generate};

/// The number of runs or orders that are compared.
const COMPARED_RUNS: usize = 20;

/// Returns the path of the workspace.
fn find_workspace_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Reads the job of the workspace from `codegen.toml`.
fn read_project_job() -> Generator {
    Generator::from_file(find_workspace_folder().join("codegen.toml")).unwrap()
}

/// Returns (file name, text) of each JSON file in the schema folder of the workspace.
fn read_project_schemas() -> Vec<(String, String)> {
    let files = fs::read_dir(read_project_job().schema_path()).unwrap().map(|entry| entry.unwrap().path());
    let schemas = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    schemas.map(|path| (get_file_name(&path), fs::read_to_string(path).unwrap())).collect()
}

/// Returns the name of the file at `path`.
fn get_file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

/// Returns `list` in an order that depends on `seed` alone (Fisher–Yates, with a linear congruential generator).
fn shuffle_by_seed<T>(mut list: Vec<T>, seed: usize) -> Vec<T> {
    let mut state = seed as u64 + 1;
    for last in (1..list.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(last, (state >> 33) as usize % (last + 1));
    }
    list
}

/// Returns the names and texts of all files of the output, one after another.
fn format_output(generated: &Generated) -> String {
    let parts = read_project_job().parts(generated).unwrap();
    parts.into_iter().map(|part| format!("== {}\n{}", part.name, part.text)).collect()
}

/// Returns the report of the generator as JSON.
fn format_report(generated: &Generated) -> String {
    serde_json::to_string_pretty(&generated.report()).unwrap()
}

#[test]
fn each_run_gives_the_same_output() {
    let first = read_project_job().generate().unwrap();
    for run in 1..COMPARED_RUNS {
        let again = read_project_job().generate().unwrap();
        assert!(format_output(&again) == format_output(&first), "run {run} gives other types");
        assert!(format_report(&again) == format_report(&first), "run {run} gives another report");
    }
}

#[test]
fn order_of_schema_texts_does_not_change_the_output() {
    let settings = read_project_job().settings().clone();
    let ordered = generate(Documents::from_texts("schema", read_project_schemas()).unwrap(), &settings).unwrap();
    for run in 0..COMPARED_RUNS {
        let texts = shuffle_by_seed(read_project_schemas(), run);
        let names: Vec<String> = texts.iter().map(|(name, _)| name.clone()).collect();
        let again = generate(Documents::from_texts("schema", texts).unwrap(), &settings).unwrap();
        assert!(format_output(&again) == format_output(&ordered), "another output for {names:?}");
        assert!(format_report(&again) == format_report(&ordered), "another report for {names:?}");
    }
}

#[test]
fn order_of_creating_files_does_not_change_the_output() {
    let expected = format_output(&read_project_job().generate().unwrap());
    for run in 0..COMPARED_RUNS {
        let folder = tempfile::tempdir().unwrap();
        let files = shuffle_by_seed(read_project_schemas(), run);
        for (name, text) in &files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let generated = read_project_job().schema_dir(folder.path().to_str().unwrap()).generate().unwrap();
        let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
        assert!(format_output(&generated) == expected, "another output for {names:?}");
    }
}
