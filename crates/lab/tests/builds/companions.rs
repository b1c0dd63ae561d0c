//! Checks that the project builds, and that real events and views are read as before, when the schemas that this
//! project has written are replaced by the publisher's own files.
//!
//! The environment variable `WEBEX_EVENT_TEST_DATA` names the folder with the publisher's files: those in
//! `corpus/webex-messaging/`, and those of the resources that events are about in `corpus/webex-resources/`.
//!
//! ```text
//! WEBEX_EVENT_TEST_DATA=/path/to/data cargo test --package lab --features slow --test builds -- --ignored
//! ```

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::copy::{ProjectCopy, copy_file_or_folder, find_workspace_folder, run_successfully};

/// The names of the schemas that `webex-event-schema.json` refers to, or that refer to it.
const COMPANION_SCHEMAS: &[&str] = &["eventcollectionresponse", "eventresourceenum", "eventtypeenum", "recipient"];

/// Returns the folder with the publisher's schemas of the set `name`, such as `webex-messaging`.
fn find_published_folder(name: &str) -> PathBuf {
    PathBuf::from(env::var_os("WEBEX_EVENT_TEST_DATA").unwrap()).join("corpus").join(name)
}

/// Returns the paths of the publisher's files for the schemas `names`, some of [`COMPANION_SCHEMAS`].
fn list_companion_files(names: &[&str]) -> Vec<PathBuf> {
    names
        .iter()
        .map(|name| find_published_folder("webex-messaging").join(format!("webex-{name}-schema.json")))
        .collect()
}

/// Returns the paths of the publisher's files for the resources that events are about.
fn list_resource_files() -> Vec<PathBuf> {
    fs::read_dir(find_published_folder("webex-resources")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Replaces schemas in a copy of the project by the publisher's `files` of the same names, and runs the tests of real
/// events and of views there.
fn check_event_tests_with_files(files: &[PathBuf]) {
    let copy = ProjectCopy::new();
    fs::create_dir_all(copy.path("tests")).unwrap();
    for name in ["tests/real_events", "tests/real_events.rs", "tests/views", "tests/views.rs"] {
        copy_file_or_folder(&find_workspace_folder().join(name), &copy.path(name));
    }
    for file in files {
        let name = Path::new("schema").join(file.file_name().unwrap());
        copy.write_text(name.to_str().unwrap(), &fs::read_to_string(file).unwrap());
    }

    run_successfully(copy.new_cargo_command().args(["test", "--quiet", "--test", "real_events", "--test", "views"]));

    assert!(
        copy.build_types().contains("    /// `read`: The file, or its preview, was downloaded.\n    Read,\n"),
        "{files:?}"
    );
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn event_tests_pass_with_each_published_companion() {
    for name in COMPANION_SCHEMAS {
        check_event_tests_with_files(&list_companion_files(&[name]));
    }
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn event_tests_pass_with_all_published_resources() {
    let resources = list_resource_files();
    assert_eq!(resources.len(), 17);
    check_event_tests_with_files(&resources);
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn event_tests_pass_with_all_published_companions() {
    check_event_tests_with_files(&[list_companion_files(COMPANION_SCHEMAS), list_resource_files()].concat());
}
