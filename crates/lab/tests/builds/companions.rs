//! Checks that the project builds, and reads real events as before, when the publisher's own files replace those that this
//! project has written. `WEBEX_EVENT_TEST_DATA` names the folder with the data; the files are in its
//! `corpus/webex-messaging/`.
//!
//! ```text
//! WEBEX_EVENT_TEST_DATA=/path/to/data cargo test --package lab --features slow --test builds -- --ignored
//! ```

use std::path::PathBuf;
use std::{env, fs};

use crate::copy::{Copy, copy_all, project, succeed};

/// The schemas that `webex-event-schema.json` refers to, or that refer to it.
const COMPANIONS: &[&str] = &["eventcollectionresponse", "eventresourceenum", "eventtypeenum", "recipient"];

/// Puts the publisher's files of these names into a copy of the project, and runs the tests of real
/// events there.
fn reads_real_events_with(names: &[&str]) {
    let published = PathBuf::from(env::var_os("WEBEX_EVENT_TEST_DATA").unwrap()).join("corpus/webex-messaging");
    let copy = Copy::new();
    for name in ["tests/real_events", "tests/real_events.rs"] {
        fs::create_dir_all(copy.path("tests")).unwrap();
        copy_all(&project().join(name), &copy.path(name));
    }
    for name in names {
        let name = format!("webex-{name}-schema.json");
        copy.write(&format!("schema/{name}"), &fs::read_to_string(published.join(&name)).unwrap());
    }

    succeed(copy.cargo().args(["test", "--quiet", "--test", "real_events"]));

    assert!(
        copy.types().contains("    /// `read`: The file, or its preview, was downloaded.\n    Read,\n"),
        "{names:?}"
    );
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn each_companion_is_replaced_alone() {
    for name in COMPANIONS {
        reads_real_events_with(&[name]);
    }
}

#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn all_companions_are_replaced_at_once() {
    reads_real_events_with(COMPANIONS);
}
