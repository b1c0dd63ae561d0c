//! Checks the dependencies of the root package without the feature `codegen`.

use crate::copy::{cargo, project, succeed};

/// Packages that only the generator depends on, and the generator itself.
const GENERATOR: &[&str] = &["json-schema-codegen", "typify", "syn", "quote", "proc-macro2"];

fn tree(arguments: &[&str]) -> String {
    let mut tree = cargo(&project());
    tree.args(["tree", "--package", "webex-event", "--edges", "normal,build", "--prefix", "none"]).args(arguments);
    String::from_utf8(succeed(&mut tree).stdout).unwrap()
}

fn has(tree: &str, package: &str) -> bool {
    tree.lines().any(|line| line.split(' ').next() == Some(package))
}

#[test]
fn without_codegen_there_is_no_generator_and_no_proc_macro() {
    let tree = tree(&["--no-default-features"]);
    for package in GENERATOR {
        assert!(!has(&tree, package), "{package} is in\n{tree}");
    }
    assert!(!tree.contains("(proc-macro)"), "a proc macro is in\n{tree}");
}

/// Shows that the test above can fail: with `codegen`, the tree has these packages.
#[test]
fn with_codegen_there_is_the_generator() {
    let tree = tree(&[]);
    for package in GENERATOR {
        assert!(has(&tree, package), "{package} is not in\n{tree}");
    }
    assert!(tree.contains("(proc-macro)"), "no proc macro is in\n{tree}");
}
