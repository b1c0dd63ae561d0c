//! Checks that the project builds, and that real events and views are read as before, when the publisher's own files replace
//! those that this project has written. `WEBEX_EVENT_TEST_DATA` names the folder with the data; the files are in its
//! `corpus/webex-messaging/`, and those of the resources that events are about in `corpus/webex-resources/`.
//!
//! ```text
//! WEBEX_EVENT_TEST_DATA=/path/to/data cargo test --package lab --features slow --test builds -- --ignored
//! ```

use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::copy::{Copy, copy_all, project, succeed};

/// The schemas that `webex-event-schema.json` refers to, or that refer to it.
const COMPANIONS: &[&str] = &["eventcollectionresponse", "eventresourceenum", "eventtypeenum", "recipient"];

/// Returns the folder with the publisher's schemas of the set `name`.
fn published(name: &str) -> PathBuf {
    PathBuf::from(env::var_os("WEBEX_EVENT_TEST_DATA").unwrap()).join("corpus").join(name)
}

/// Returns the paths of the publisher's files that replace the companions `names`.
fn companions(names: &[&str]) -> Vec<PathBuf> {
    names.iter().map(|name| published("webex-messaging").join(format!("webex-{name}-schema.json"))).collect()
}

/// Returns the paths of the publisher's files of the resources that events are about.
fn resources() -> Vec<PathBuf> {
    fs::read_dir(published("webex-resources")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Puts the publisher's files into a copy of the project, and runs the tests of real events and of views there.
fn reads_events_with(files: &[PathBuf]) {
    let copy = Copy::new();
    fs::create_dir_all(copy.path("tests")).unwrap();
    for name in ["tests/real_events", "tests/real_events.rs", "tests/views", "tests/views.rs"] {
        copy_all(&project().join(name), &copy.path(name));
    }
    for file in files {
        let name = Path::new("schema").join(file.file_name().unwrap());
        copy.write(name.to_str().unwrap(), &fs::read_to_string(file).unwrap());
    }

    succeed(copy.cargo().args(["test", "--quiet", "--test", "real_events", "--test", "views"]));

    assert!(
        copy.types().contains("    /// `read`: The file, or its preview, was downloaded.\n    Read,\n"),
        "{files:?}"
    );
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn each_companion_is_replaced_alone() {
    for name in COMPANIONS {
        reads_events_with(&companions(&[name]));
    }
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn schemas_of_resources_are_replaced_at_once() {
    let resources = resources();
    assert_eq!(resources.len(), 17);
    reads_events_with(&resources);
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn all_companions_are_replaced_at_once() {
    reads_events_with(&[companions(COMPANIONS), resources()].concat());
}
