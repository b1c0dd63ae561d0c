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

use crate::copy::{ProjectCopy, copy_all, run_successfully, workspace_folder};

/// The names of the schemas that `webex-event-schema.json` refers to, or that refer to it.
const COMPANIONS: &[&str] = &["eventcollectionresponse", "eventresourceenum", "eventtypeenum", "recipient"];

/// Returns the folder with the publisher's schemas of the set `name`, such as `webex-messaging`.
fn published_folder(name: &str) -> PathBuf {
    PathBuf::from(env::var_os("WEBEX_EVENT_TEST_DATA").unwrap()).join("corpus").join(name)
}

/// Returns the paths of the publisher's files for the schemas `names`, some of [`COMPANIONS`].
fn companion_files(names: &[&str]) -> Vec<PathBuf> {
    names.iter().map(|name| published_folder("webex-messaging").join(format!("webex-{name}-schema.json"))).collect()
}

/// Returns the paths of the publisher's files for the resources that events are about.
fn resource_files() -> Vec<PathBuf> {
    fs::read_dir(published_folder("webex-resources")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Replaces schemas in a copy of the project by the publisher's `files` of the same names, and runs the tests of real
/// events and of views there.
fn check_events_with(files: &[PathBuf]) {
    let copy = ProjectCopy::new();
    fs::create_dir_all(copy.path("tests")).unwrap();
    for name in ["tests/real_events", "tests/real_events.rs", "tests/views", "tests/views.rs"] {
        copy_all(&workspace_folder().join(name), &copy.path(name));
    }
    for file in files {
        let name = Path::new("schema").join(file.file_name().unwrap());
        copy.write(name.to_str().unwrap(), &fs::read_to_string(file).unwrap());
    }

    run_successfully(copy.cargo().args(["test", "--quiet", "--test", "real_events", "--test", "views"]));

    assert!(
        copy.build_types().contains("    /// `read`: The file, or its preview, was downloaded.\n    Read,\n"),
        "{files:?}"
    );
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn each_companion_is_replaced_alone() {
    for name in COMPANIONS {
        check_events_with(&companion_files(&[name]));
    }
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn schemas_of_resources_are_replaced_at_once() {
    let resources = resource_files();
    assert_eq!(resources.len(), 17);
    check_events_with(&resources);
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn all_companions_are_replaced_at_once() {
    check_events_with(&[companion_files(COMPANIONS), resource_files()].concat());
}
