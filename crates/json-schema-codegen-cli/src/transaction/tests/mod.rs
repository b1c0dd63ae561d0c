//! Kills a transaction after each of its steps, and checks the files then and after recovery.

mod faults;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use tempfile::TempDir;

use super::moves::{RenameOperations, STAGED_MARK};
use super::{FolderChange, TransactionPlan, TransactionStep, apply_changes, finish_interrupted_transaction};
use crate::diagnostics::Failure;

/// The texts of all files in a folder and the folders in it, by path, without hidden files and folders.
type FileTexts = BTreeMap<PathBuf, String>;

/// A job in a temporary folder, with the paths of its schema folder and of its output folder relative to it.
struct TestJob {
    folder: TempDir,
    schema: &'static str,
    output: &'static str,
}

/// The tested layouts of a job: (path of the schema folder, path of the output folder), relative to the job's folder.
const JOB_LAYOUTS: &[(&str, &str)] = &[
    ("schema", "generated"),
    ("schema", "new/generated"),
    (".", "src"),
    ("src/schema", "src"),
    ("schema", "schema"),
    ("schema", "schema/new"),
];

/// The operations of a system that cannot exchange the names of folders.
const RENAMES_WITHOUT_EXCHANGE: RenameOperations =
    RenameOperations { exchange: |_, _| Err(io::ErrorKind::Unsupported.into()), ..RenameOperations::SYSTEM };

impl TestJob {
    /// Creates a job with four files in the schema folder and, unless the path of the output folder has `new` in it,
    /// two files in the output folder.
    fn new((schema, output): (&'static str, &'static str)) -> Self {
        let job = Self { folder: tempfile::tempdir().unwrap(), schema, output };
        fs::write(job.folder.path().join("codegen.toml"), "").unwrap();
        fs::create_dir_all(job.path(schema)).unwrap();
        for (name, text) in [("a.json", "old a"), ("b.json", "old b"), ("b.patch.json", "old patch"), ("c.md", "kept")]
        {
            fs::write(job.path(schema).join(name), text).unwrap();
        }
        if !output.contains("new") {
            fs::create_dir_all(job.path(output)).unwrap();
            fs::write(job.path(output).join("types.rs"), "old types").unwrap();
            fs::write(job.path(output).join("types_more.rs"), "old more").unwrap();
        }
        job
    }

    /// Returns the path of `name` in the folder of the job.
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns the changes to both folders that the tests make: files are changed, added and removed.
    fn make_changes(&self) -> [FolderChange; 2] {
        let new = |name: &str, text: &str| (name.to_owned(), Some(text.to_owned()));
        let schema = vec![new("a.json", "new a"), ("b.patch.json".to_owned(), None), new("d.json", "new d")];
        let output = vec![new("types.rs", "new types"), new("types_more.rs", "new more")];
        [
            FolderChange { folder: self.path(self.schema), files: schema },
            FolderChange { folder: self.path(self.output), files: output },
        ]
    }

    /// Returns the texts of all files of the job that are not hidden.
    fn read_job_tree(&self) -> FileTexts {
        let mut found = FileTexts::new();
        read_tree(self.folder.path(), &mut found);
        found
    }

    /// Returns the names of hidden files and folders in the job's folder.
    fn list_hidden_names(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut hidden: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        hidden.retain(|name| name.starts_with('.'));
        hidden.sort();
        hidden
    }

    /// Returns the texts of the files of the schema folder and of the output folder.
    fn read_folder_trees(&self) -> [FileTexts; 2] {
        [self.schema, self.output].map(|folder| {
            let mut found = FileTexts::new();
            if self.path(folder).exists() {
                read_tree(&self.path(folder), &mut found);
            }
            found
        })
    }

    /// Finishes the interrupted transaction of the job, as the next command does. Returns whether there was one.
    fn finish_interrupted(&self) -> Result<bool, Failure> {
        finish_interrupted_transaction(self.folder.path(), &[self.path(self.schema), self.path(self.output)])
    }

    /// Copies the job to another temporary folder, as if it were moved to another disk.
    fn copy_to_new_folder(self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), folder.path());
        Self { folder, ..self }
    }

    /// Returns all steps of the transaction that makes the changes of [`Self::make_changes`].
    fn list_all_steps(&self) -> Vec<TransactionStep> {
        let plan = TransactionPlan::new(self.folder.path(), &self.make_changes()).unwrap();
        plan.list_staging_steps().chain(plan.list_final_moves().map(TransactionStep::Move)).collect()
    }
}

/// Adds the texts of all files in `folder` and its subfolders to `found`, except hidden ones.
fn read_tree(folder: &Path, found: &mut FileTexts) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            read_tree(&path, found);
        } else {
            found.insert(path.clone(), fs::read_to_string(&path).unwrap());
        }
    }
}

/// Copies the folder `from` with everything in it to the path `to`.
fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_folder(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// Returns `tree` with paths relative to the job's folder instead of absolute ones.
fn relative_tree(job: &TestJob, tree: FileTexts) -> FileTexts {
    tree.into_iter().map(|(path, text)| (path.strip_prefix(job.folder.path()).unwrap().to_owned(), text)).collect()
}

/// Returns the files of a job with this layout after a complete transaction: (of the whole job, of its schema folder
/// and output folder).
fn tree_after_transaction(layout: (&'static str, &'static str)) -> (FileTexts, [FileTexts; 2]) {
    let job = TestJob::new(layout);
    apply_changes(job.folder.path(), &job.make_changes()).unwrap_or_else(|_| panic!("{layout:?}"));
    assert_eq!(job.list_hidden_names(), [""; 0], "no staged files are left");
    assert!(!job.path(job.schema).join(STAGED_MARK).exists() && !job.path(job.output).join(STAGED_MARK).exists());
    (relative_tree(&job, job.read_job_tree()), job.read_folder_trees().map(|tree| relative_tree(&job, tree)))
}

#[test]
fn transaction_changes_all_files() {
    let (tree, _) = tree_after_transaction(("schema", "generated"));
    let expected = [
        ("codegen.toml", ""),
        ("generated/types.rs", "new types"),
        ("generated/types_more.rs", "new more"),
        ("schema/a.json", "new a"),
        ("schema/b.json", "old b"),
        ("schema/c.md", "kept"),
        ("schema/d.json", "new d"),
    ];
    assert_eq!(tree, expected.map(|(path, text)| (PathBuf::from(path), text.to_owned())).into());
}

#[test]
fn recovery_after_any_step_gives_all_changes_or_none() {
    for layout in JOB_LAYOUTS {
        kill_after_each_step(*layout, RenameOperations::SYSTEM, |job| job);
    }
}

#[test]
fn recovery_without_exchange_of_names_gives_all_changes_or_none() {
    for layout in JOB_LAYOUTS {
        kill_after_each_step(*layout, RENAMES_WITHOUT_EXCHANGE, |job| job);
    }
}

#[test]
fn recovery_of_a_moved_job_gives_all_changes_or_none() {
    for layout in JOB_LAYOUTS {
        kill_after_each_step(*layout, RenameOperations::SYSTEM, TestJob::copy_to_new_folder);
    }
}

/// Makes the first steps of a transaction on a job with this layout, for each number of steps, as if the process were
/// killed then; changes the job by `then`; and checks that recovery makes all changes or none.
fn kill_after_each_step(
    layout: (&'static str, &'static str),
    renaming: RenameOperations,
    then: fn(TestJob) -> TestJob,
) {
    let old = {
        let job = TestJob::new(layout);
        relative_tree(&job, job.read_job_tree())
    };
    let (new, _) = tree_after_transaction(layout);
    let mut seen = [false, false];
    for count in 0..=TestJob::new(layout).list_all_steps().len() {
        let job = TestJob::new(layout);
        job.list_all_steps().iter().take(count).for_each(|step| step.make_step(renaming).unwrap());
        let job = then(job);

        let recovered = job.finish_interrupted().unwrap_or_else(|_| panic!("{layout:?} after {count} steps"));

        let tree = relative_tree(&job, job.read_job_tree());
        assert!(tree == old || tree == new, "{layout:?} after {count} steps: {tree:#?}");
        assert!(!recovered || tree == new, "after recovery, all changes are made");
        seen[usize::from(tree == new)] = true;
        // Staged files that are left do not prevent the next transaction.
        apply_changes(job.folder.path(), &job.make_changes())
            .unwrap_or_else(|_| panic!("{layout:?} after {count} steps"));
        assert_eq!(relative_tree(&job, job.read_job_tree()), new, "{layout:?} after {count} steps");
    }
    assert_eq!(seen, [true, true], "{layout:?}: both outcomes occur");
}

/// Even before recovery, each folder has either its old or its new files.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn each_folder_is_consistent_after_any_step() {
    let layout = ("schema", "generated");
    let old = {
        let job = TestJob::new(layout);
        job.read_folder_trees().map(|tree| relative_tree(&job, tree))
    };
    let (_, new) = tree_after_transaction(layout);
    for count in 0..=TestJob::new(layout).list_all_steps().len() {
        let job = TestJob::new(layout);
        job.list_all_steps().iter().take(count).for_each(|step| step.make_step(RenameOperations::SYSTEM).unwrap());

        let [schema, output] = job.read_folder_trees().map(|tree| relative_tree(&job, tree));

        assert!(schema == old[0] || schema == new[0], "after {count} steps: {schema:#?}");
        assert!(output == old[1] || output == new[1], "after {count} steps: {output:#?}");
        assert!(schema == new[0] || output == old[1], "after {count} steps the output is ahead of the schema");
    }
}
