//! Kills a transaction after each of its steps, and checks the files then and after recovery.

mod faults;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use tempfile::TempDir;

use super::moves::{MARK, Renaming};
use super::{Change, Plan, Step, apply, recover};
use crate::diagnostics::Failure;

/// The texts of all files in a folder and the folders in it, by path, without hidden files and folders.
type Tree = BTreeMap<PathBuf, String>;

/// A job in a temporary folder, with the paths of its schema folder and output folder relative to it.
struct Job {
    folder: TempDir,
    schema: &'static str,
    output: &'static str,
}

/// Pairs of a schema folder and an output folder.
const LAYOUTS: &[(&str, &str)] = &[
    ("schema", "generated"),
    ("schema", "new/generated"),
    (".", "src"),
    ("src/schema", "src"),
    ("schema", "schema"),
    ("schema", "schema/new"),
];

/// A system that cannot exchange names.
const NO_EXCHANGE: Renaming = Renaming { exchange: |_, _| Err(io::ErrorKind::Unsupported.into()), ..Renaming::SYSTEM };

impl Job {
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

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn changes(&self) -> [Change; 2] {
        let new = |name: &str, text: &str| (name.to_owned(), Some(text.to_owned()));
        let schema = vec![new("a.json", "new a"), ("b.patch.json".to_owned(), None), new("d.json", "new d")];
        let output = vec![new("types.rs", "new types"), new("types_more.rs", "new more")];
        [
            Change { folder: self.path(self.schema), files: schema },
            Change { folder: self.path(self.output), files: output },
        ]
    }

    fn tree(&self) -> Tree {
        let mut found = Tree::new();
        read(self.folder.path(), &mut found);
        found
    }

    /// Returns the names of hidden files and folders in the job's folder.
    fn hidden(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut hidden: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        hidden.retain(|name| name.starts_with('.'));
        hidden.sort();
        hidden
    }

    /// Returns the files of the schema folder and of the output folder.
    fn trees(&self) -> [Tree; 2] {
        [self.schema, self.output].map(|folder| {
            let mut found = Tree::new();
            if self.path(folder).exists() {
                read(&self.path(folder), &mut found);
            }
            found
        })
    }

    fn recover(&self) -> Result<bool, Failure> {
        recover(self.folder.path(), &[self.path(self.schema), self.path(self.output)])
    }

    /// Copies the job to another folder, as if to another disk.
    fn move_away(self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        Self { folder, ..self }
    }

    fn all_steps(&self) -> Vec<Step> {
        let plan = Plan::new(self.folder.path(), &self.changes()).unwrap();
        plan.staging_steps().chain(plan.moves().map(Step::Move)).collect()
    }
}

fn read(folder: &Path, found: &mut Tree) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            read(&path, found);
        } else {
            found.insert(path.clone(), fs::read_to_string(&path).unwrap());
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// Returns `tree` with paths relative to the job's folder.
fn relative(job: &Job, tree: Tree) -> Tree {
    tree.into_iter().map(|(path, text)| (path.strip_prefix(job.folder.path()).unwrap().to_owned(), text)).collect()
}

/// Returns the files of a job after a complete transaction: of the whole job, and of its two folders.
fn tree_after(layout: (&'static str, &'static str)) -> (Tree, [Tree; 2]) {
    let job = Job::new(layout);
    apply(job.folder.path(), &job.changes()).unwrap_or_else(|_| panic!("{layout:?}"));
    assert_eq!(job.hidden(), [""; 0], "no staged files are left");
    assert!(!job.path(job.schema).join(MARK).exists() && !job.path(job.output).join(MARK).exists());
    (relative(&job, job.tree()), job.trees().map(|tree| relative(&job, tree)))
}

#[test]
fn transaction_changes_all_files() {
    let (tree, _) = tree_after(("schema", "generated"));
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
    for layout in LAYOUTS {
        kill_after_each_step(*layout, Renaming::SYSTEM, |job| job);
    }
}

#[test]
fn recovery_without_exchange_of_names_gives_all_changes_or_none() {
    for layout in LAYOUTS {
        kill_after_each_step(*layout, NO_EXCHANGE, |job| job);
    }
}

#[test]
fn recovery_of_a_moved_job_gives_all_changes_or_none() {
    for layout in LAYOUTS {
        kill_after_each_step(*layout, Renaming::SYSTEM, Job::move_away);
    }
}

/// For each number of steps, runs that many steps of a transaction in a new job, calls `then` with the job, and recovers. Asserts
/// that all changes are made or none, and that another transaction succeeds afterwards.
fn kill_after_each_step(layout: (&'static str, &'static str), renaming: Renaming, then: fn(Job) -> Job) {
    let old = {
        let job = Job::new(layout);
        relative(&job, job.tree())
    };
    let (new, _) = tree_after(layout);
    let mut seen = [false, false];
    for count in 0..=Job::new(layout).all_steps().len() {
        let job = Job::new(layout);
        job.all_steps().iter().take(count).for_each(|step| step.run(renaming).unwrap());
        let job = then(job);

        let recovered = job.recover().unwrap_or_else(|_| panic!("{layout:?} after {count} steps"));

        let tree = relative(&job, job.tree());
        assert!(tree == old || tree == new, "{layout:?} after {count} steps: {tree:#?}");
        assert!(!recovered || tree == new, "after recovery, all changes are made");
        seen[usize::from(tree == new)] = true;
        // Staged files that are left do not prevent the next transaction.
        apply(job.folder.path(), &job.changes()).unwrap_or_else(|_| panic!("{layout:?} after {count} steps"));
        assert_eq!(relative(&job, job.tree()), new, "{layout:?} after {count} steps");
    }
    assert_eq!(seen, [true, true], "{layout:?}: both outcomes occur");
}

/// Even before recovery, each folder has either its old or its new files.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[test]
fn each_folder_is_consistent_after_any_step() {
    let layout = ("schema", "generated");
    let old = {
        let job = Job::new(layout);
        job.trees().map(|tree| relative(&job, tree))
    };
    let (_, new) = tree_after(layout);
    for count in 0..=Job::new(layout).all_steps().len() {
        let job = Job::new(layout);
        job.all_steps().iter().take(count).for_each(|step| step.run(Renaming::SYSTEM).unwrap());

        let [schema, output] = job.trees().map(|tree| relative(&job, tree));

        assert!(schema == old[0] || schema == new[0], "after {count} steps: {schema:#?}");
        assert!(output == old[1] || output == new[1], "after {count} steps: {output:#?}");
        assert!(schema == new[0] || output == old[1], "after {count} steps the output is ahead of the schema");
    }
}
