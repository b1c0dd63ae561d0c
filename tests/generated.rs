//! Checks that the files that a build generates from `schema/` are equal to those in `generated/`, so that the types
//! are the same with the feature `codegen` and without it.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Returns the texts of the files in the folder `folder`, by their names.
fn read_folder_texts(folder: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(Path::new(folder)).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())).collect()
}

#[test]
fn build_generates_the_checked_in_files() {
    let built = read_folder_texts(env!("OUT_DIR"));
    let checked_in = read_folder_texts(concat!(env!("CARGO_MANIFEST_DIR"), "/generated"));

    assert!(built.contains_key("event.rs"), "the build has not written event.rs");
    assert_eq!(
        built.keys().collect::<Vec<_>>(),
        checked_in.keys().collect::<Vec<_>>(),
        "generated/ has other files; run `cargo codegen regenerate`"
    );
    for (name, text) in &built {
        // Not `assert_eq!`, which would print both texts whole.
        assert!(*text == checked_in[name], "generated/{name} is stale; run `cargo codegen regenerate`");
    }
}
