//! Changes that cannot be made, and journals that are of none.

use std::path::Path;
use std::{fs, io};

use super::super::moves::Names;
use super::super::{JOURNAL, apply, apply_with};
use super::{Job, LAYOUTS, RENAMES_ALONE, changed, relative};

#[test]
fn change_that_cannot_be_made_changes_nothing() {
    let job = Job::new(("schema", "generated"));
    let [schema, mut output] = job.changes();
    // A file stands where the folder of the output has to be.
    output.folder = job.path("codegen.toml");
    let old = job.tree();

    assert!(apply(job.folder.path(), &[schema, output]).is_err());

    assert_eq!(job.tree(), old);
    assert!(!job.recover().unwrap_or(true), "there is nothing to finish");
}

fn is_named(path: &Path, name: &str) -> bool {
    path.file_name().is_some_and(|found| found == name)
}

#[test]
fn change_is_made_where_names_cannot_be_exchanged() {
    for layout in LAYOUTS {
        let job = Job::new(*layout);
        apply_with(RENAMES_ALONE, job.folder.path(), &job.changes()).unwrap_or_else(|_| panic!("{layout:?}"));
        assert_eq!(relative(&job, job.tree()), changed(*layout).0, "{layout:?}");
    }
}

#[test]
fn folder_whose_new_one_cannot_be_put_in_its_place_is_back() {
    let names = Names {
        rename: |from, to| match is_named(from, ".schema.new") {
            true => Err(io::Error::other("no")),
            false => fs::rename(from, to),
        },
        ..RENAMES_ALONE
    };
    let job = Job::new(("schema", "generated"));
    let old = job.tree();

    assert!(apply_with(names, job.folder.path(), &job.changes()).is_err());

    assert_eq!(job.tree(), old);
    assert_eq!(job.leftovers(), [""; 0], "nothing is left beside the files");
    assert!(!job.recover().unwrap_or(true), "there is nothing to finish");
}

/// As a process that is killed between the two: the next command finds both folders beside the place.
#[test]
fn folder_that_cannot_come_back_either_is_kept_until_the_change_is_finished() {
    let names = Names {
        rename: |from, to| match is_named(to, "schema") {
            true => Err(io::Error::other("no")),
            false => fs::rename(from, to),
        },
        ..RENAMES_ALONE
    };
    let layout = ("schema", "generated");
    let job = Job::new(layout);

    assert!(apply_with(names, job.folder.path(), &job.changes()).is_err());

    assert_eq!(job.leftovers(), [".codegen-update.json", ".generated.new", ".schema.new", ".schema.old"]);
    assert_eq!(fs::read_to_string(job.path(".schema.old/a.json")).unwrap(), "old a");
    assert!(job.recover().unwrap_or(false), "the change was made, and is finished");
    assert_eq!(relative(&job, job.tree()), changed(layout).0);
    assert_eq!(job.leftovers(), [""; 0]);
}

/// A link in a folder that came with a journal leads nothing out of it.
#[cfg(unix)]
#[test]
fn journal_removes_nothing_through_a_link() {
    let job = Job::new(("schema", "generated"));
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("kept.patch.json"), "kept").unwrap();
    std::os::unix::fs::symlink(other.path(), job.path("schema/link")).unwrap();
    let journal = r#"[{"folder": "schema", "what": {"files": {"written": [], "removed": ["link/kept.patch.json"]}}}]"#;
    fs::write(job.path(JOURNAL), journal).unwrap();

    assert!(job.recover().is_err());

    assert_eq!(fs::read_to_string(other.path().join("kept.patch.json")).unwrap(), "kept");
}
