//! Builds a copy of `examples/own-schema/` outside the workspace.

use std::fs;

use tempfile::TempDir;

use crate::copy::{copy_file_or_folder, find_workspace_folder, lock_builds, new_cargo_command_in, run_successfully};

/// Copies `examples/own-schema/` to a new folder, with the workspace's `Cargo.lock` and paths to its crates.
fn copy_example() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let source = find_workspace_folder().join("examples/own-schema");
    for part in ["src", "schema"] {
        copy_file_or_folder(&source.join(part), &folder.path().join(part));
    }
    fs::copy(source.join("build.rs"), folder.path().join("build.rs")).unwrap();
    fs::copy(find_workspace_folder().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(source.join("Cargo.toml")).unwrap();
    let path = format!("'{}", find_workspace_folder().join("crates").display());
    let manifest = manifest.replace("\"../../crates", &path).replace("codegen\", default", "codegen', default");
    fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    folder
}

#[test]
fn loan_with_unlisted_properties_is_written_back_unchanged() {
    let _lock = lock_builds();
    let folder = copy_example();
    let output = run_successfully(new_cargo_command_in(folder.path()).args(["run", "--quiet"]));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "L-7 is lent: the book Momo\n\
         {\"id\":\"L-7\",\"state\":\"returned\",\"item\":{\"kind\":\"book\",\"title\":\"Momo\",\"pages\":304},\"shelf\":\"B 12\"}\n"
    );
}

/// The job is in a `codegen.toml` instead of the build script.
#[test]
fn job_may_be_a_codegen_toml() {
    let _lock = lock_builds();
    let folder = copy_example();
    fs::write(folder.path().join("codegen.toml"), "roots = [\"loan.json\"]\n").unwrap();
    let script = "fn main() -> std::process::ExitCode {\n    json_schema_codegen::build_script(\"codegen.toml\")\n}\n";
    fs::write(folder.path().join("build.rs"), script).unwrap();
    let output = run_successfully(new_cargo_command_in(folder.path()).args(["run", "--quiet"]));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("L-7 is lent: the book Momo\n"));
}
