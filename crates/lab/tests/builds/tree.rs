//! Checks the dependencies of the root package without the feature `codegen`.

use std::collections::BTreeSet;
use std::fs;

use crate::copy::{find_workspace_folder, new_cargo_command_in, run_successfully};

/// The generator, and packages that only the generator depends on.
const GENERATOR_PACKAGES: &[&str] = &["json-schema-codegen", "typify", "syn", "quote", "proc-macro2"];

/// Returns the output of `cargo tree` for the root package, with `arguments` added: a line for each dependency.
fn run_cargo_tree(arguments: &[&str]) -> String {
    let mut tree = new_cargo_command_in(&find_workspace_folder());
    tree.args(["tree", "--package", "webex-event", "--edges", "normal,build", "--prefix", "none"]).args(arguments);
    String::from_utf8(run_successfully(&mut tree).stdout).unwrap()
}

/// Checks whether a line of `tree`, the output of `cargo tree`, is about the package `package`.
fn tree_has_package(tree: &str, package: &str) -> bool {
    tree.lines().any(|line| line.split(' ').next() == Some(package))
}

#[test]
fn without_codegen_there_is_no_generator_and_no_proc_macro() {
    let tree = run_cargo_tree(&["--no-default-features"]);
    for package in GENERATOR_PACKAGES {
        assert!(!tree_has_package(&tree, package), "{package} is in\n{tree}");
    }
    assert!(!tree.contains("(proc-macro)"), "a proc macro is in\n{tree}");
}

/// Shows that the test above can fail: with `codegen`, the tree has these packages.
#[test]
fn with_codegen_there_is_the_generator() {
    let tree = run_cargo_tree(&[]);
    for package in GENERATOR_PACKAGES {
        assert!(tree_has_package(&tree, package), "{package} is not in\n{tree}");
    }
    assert!(tree.contains("(proc-macro)"), "no proc macro is in\n{tree}");
}

/// Returns how many crates a build of a program with `webex-event` as its only dependency compiles.
fn count_compiled_crates(arguments: &[&str]) -> usize {
    let tree = run_cargo_tree(arguments);
    let packages: BTreeSet<Vec<&str>> = tree.lines().map(|line| line.split(' ').take(2).collect()).collect();
    packages.len() + 1
}

#[test]
fn readme_says_how_many_crates_are_built() {
    let readme = fs::read_to_string(find_workspace_folder().join("README.md")).unwrap();
    for count in [count_compiled_crates(&["--no-default-features"]), count_compiled_crates(&[])] {
        assert!(
            readme.contains(&format!("builds {count} crates")),
            "README.md does not say that {count} crates are built"
        );
    }
}
