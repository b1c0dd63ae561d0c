//! Transactions that fail, and journals that no transaction wrote.

use std::path::Path;
use std::{fs, io};

use super::super::moves::RenameOperations;
use super::super::{JOURNAL_NAME, apply_changes, apply_changes_with};
use super::{JOB_LAYOUTS, RENAMES_WITHOUT_EXCHANGE, TestJob, relative_tree, tree_after_transaction};

#[test]
fn failed_transaction_changes_nothing() {
    let job = TestJob::new(("schema", "generated"));
    let [schema, mut output] = job.make_changes();
    // There is a file at the path of the output folder.
    output.folder = job.path("codegen.toml");
    let old = job.read_job_tree();

    assert!(apply_changes(job.folder.path(), &[schema, output]).is_err());

    assert_eq!(job.read_job_tree(), old);
    assert!(!job.finish_interrupted().unwrap_or(true), "there is no journal");
}

/// Checks whether the last step of `path` is `name`.
fn has_file_name(path: &Path, name: &str) -> bool {
    path.file_name().is_some_and(|found| found == name)
}

#[test]
fn changes_are_made_without_exchange_of_names() {
    for layout in JOB_LAYOUTS {
        let job = TestJob::new(*layout);
        apply_changes_with(RENAMES_WITHOUT_EXCHANGE, job.folder.path(), &job.make_changes())
            .unwrap_or_else(|_| panic!("{layout:?}"));
        assert_eq!(relative_tree(&job, job.read_job_tree()), tree_after_transaction(*layout).0, "{layout:?}");
    }
}

#[test]
fn old_folder_is_put_back_if_the_new_one_cannot_be_moved() {
    let renaming = RenameOperations {
        rename: |from, to| match has_file_name(from, ".schema.new") {
            true => Err(io::Error::other("no")),
            false => fs::rename(from, to),
        },
        ..RENAMES_WITHOUT_EXCHANGE
    };
    let job = TestJob::new(("schema", "generated"));
    let old = job.read_job_tree();

    assert!(apply_changes_with(renaming, job.folder.path(), &job.make_changes()).is_err());

    assert_eq!(job.read_job_tree(), old);
    assert_eq!(job.list_hidden_names(), [""; 0], "no staged files are left");
    assert!(!job.finish_interrupted().unwrap_or(true), "there is no journal");
}

/// Both folders are then beside the target, as if the process had been killed between the two renames.
#[test]
fn old_folder_that_cannot_be_put_back_is_kept_until_recovery() {
    let renaming = RenameOperations {
        rename: |from, to| match has_file_name(to, "schema") {
            true => Err(io::Error::other("no")),
            false => fs::rename(from, to),
        },
        ..RENAMES_WITHOUT_EXCHANGE
    };
    let layout = ("schema", "generated");
    let job = TestJob::new(layout);

    assert!(apply_changes_with(renaming, job.folder.path(), &job.make_changes()).is_err());

    assert_eq!(job.list_hidden_names(), [".codegen-update.json", ".generated.new", ".schema.new", ".schema.old"]);
    assert_eq!(fs::read_to_string(job.path(".schema.old/a.json")).unwrap(), "old a");
    assert!(job.finish_interrupted().unwrap_or(false), "the journal was written, so the transaction is finished");
    assert_eq!(relative_tree(&job, job.read_job_tree()), tree_after_transaction(layout).0);
    assert_eq!(job.list_hidden_names(), [""; 0]);
}

/// Somebody else may have written the journal and the link.
#[cfg(unix)]
#[test]
fn journal_cannot_remove_files_through_a_link() {
    let job = TestJob::new(("schema", "generated"));
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("kept.patch.json"), "kept").unwrap();
    std::os::unix::fs::symlink(other.path(), job.path("schema/link")).unwrap();
    let journal =
        r#"[{"folder": "schema", "staged": {"files": {"written": [], "removed": ["link/kept.patch.json"]}}}]"#;
    fs::write(job.path(JOURNAL_NAME), journal).unwrap();

    assert!(job.finish_interrupted().is_err());

    assert_eq!(fs::read_to_string(other.path().join("kept.patch.json")).unwrap(), "kept");
}
