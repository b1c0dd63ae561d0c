//! Checks the reports on the changes between two versions of published schemas.

use std::fs;
use std::path::{Path, PathBuf};

use crate::job::{run_command_line, test_data_path};

/// Most lines of the overview at the beginning of a change report.
const MAX_OVERVIEW_LINES: usize = 25;

/// The report on each pair of versions begins with the expected overview, which is in `tests/pairs/`.
#[test]
#[ignore = "needs WEBEX_EVENT_TEST_DATA"]
fn reports_on_published_changes_begin_with_their_overview() {
    let mut pairs: Vec<PathBuf> =
        fs::read_dir(test_data_path("pairs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    pairs.sort();
    assert_eq!(pairs.len(), 9);
    for pair in pairs {
        let name = pair.file_name().unwrap().to_string_lossy().into_owned();
        let report = run_diff_on_pair(&pair, if name == "cyclonedx" { &["--root", "bom.schema.json"] } else { &[] });
        let first_screen: Vec<&str> = report.lines().take(MAX_OVERVIEW_LINES).collect();
        let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pairs/{name}.txt"));
        expectorate::assert_contents(expected, &(first_screen.join("\n") + "\n"));
    }
}

/// Runs `diff` on the schemas in the folders `old` and `new` of the folder `pair`, and returns the change report.
/// `roots` are arguments that name the roots.
fn run_diff_on_pair(pair: &Path, roots: &[&str]) -> String {
    let jobs = tempfile::tempdir().unwrap();
    for version in ["old", "new"] {
        let schema = jobs.path().join(version).join("schema");
        fs::create_dir_all(&schema).unwrap();
        for entry in fs::read_dir(pair.join(version)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), schema.join(entry.file_name())).unwrap();
        }
        let init = [&["init", "-q"], roots].concat();
        run_command_line(&jobs.path().join(version), &init);
    }
    let old = jobs.path().join("old");
    let diff =
        run_command_line(&jobs.path().join("new"), &["diff", "--color", "never", "--baseline", old.to_str().unwrap()]);
    String::from_utf8(diff.stdout).unwrap().replace(old.to_str().unwrap(), "old")
}
