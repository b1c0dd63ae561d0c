//! Compares the list of files of each published package with the lists in `lists/`, and checks the package's metadata.
//!
//! With `EXPECTORATE=overwrite`, the lists are rewritten instead.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::{find_workspace_folder, is_publishable, read_metadata, run_cargo};

/// Returns the packages of the workspace that may be published, as entries of the JSON of `cargo metadata`.
fn list_published_packages() -> Vec<Value> {
    let metadata = read_metadata(&["--no-deps"]);
    metadata["packages"].as_array().unwrap().iter().filter(|package| is_publishable(package)).cloned().collect()
}

/// Returns the names of the packages of the workspace that may be published.
fn list_published_names() -> BTreeSet<String> {
    list_published_packages().iter().map(|package| package["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_package_contains_the_files_of_its_list() {
    for name in list_published_names() {
        let files = run_cargo(&["package", "--list", "--offline", "--locked", "--allow-dirty", "--package", &name]);
        // Cargo adds this file if the folder is in a git repository.
        let files = files.lines().filter(|&file| file != ".cargo_vcs_info.json");
        let files: String = files.map(|file| file.replace('\\', "/") + "\n").collect();
        expectorate::assert_contents(format!("tests/packages/lists/{name}.txt"), &files);
    }
}

#[test]
fn each_list_of_files_is_of_a_published_package() {
    let lists = find_workspace_folder().join("crates/lab/tests/packages/lists").read_dir().unwrap();
    let name = |list: PathBuf| list.file_stem().unwrap().to_str().unwrap().to_owned();
    let lists: BTreeSet<_> = lists.map(|list| name(list.unwrap().path())).collect();
    assert_eq!(lists, list_published_names());
}

#[test]
fn each_package_has_the_metadata_that_a_registry_shows() {
    for package in list_published_packages() {
        for part in ["description", "license", "repository", "readme", "rust_version"] {
            assert!(package[part].is_string(), "{} has no {part}", package["name"]);
        }
        for part in ["keywords", "categories"] {
            let count = package[part].as_array().unwrap().len();
            assert!((1..=5).contains(&count), "{} has {count} {part}", package["name"]);
        }
    }
}

#[test]
fn ci_run_builds_each_feature_alone() {
    let ci = std::fs::read_to_string(find_workspace_folder().join(".ci/run")).unwrap();
    for package in list_published_packages() {
        let features: Vec<_> =
            package["features"].as_object().unwrap().keys().filter(|&key| key != "default").collect();
        let (name, line) = (package["name"].as_str().unwrap(), |line: &&str| line.trim().starts_with('['));
        let line = ci.lines().filter(line).find_map(|line| line.trim().strip_prefix(&format!("[{name}]=")));
        let listed: Vec<_> = line.unwrap_or_default().trim_matches('"').split_whitespace().collect();
        assert_eq!(listed, features, "the features of {name} in .ci/run");
    }
}

/// The licence of the schema demands this credit wherever the schema is distributed.
#[test]
fn package_with_the_schema_credits_its_authors() {
    for file in ["README.md", "schema/PROVENANCE.md"] {
        let text = std::fs::read_to_string(find_workspace_folder().join(file)).unwrap();
        let credit =
            ["Cisco", "https://creativecommons.org/licenses/by/4.0/", "https://github.com/api-evangelist/webex"];
        for part in credit {
            assert!(text.contains(part), "{file} lacks {part}");
        }
    }
}
