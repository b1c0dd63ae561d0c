//! Links and odd files in the schema folder.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use json_schema_codegen::{Documents, Errors, Settings, generate};

fn errors(folder: &Path) -> String {
    let outcome: Result<_, Errors> =
        Documents::from_folder(folder).and_then(|documents| generate(documents, &Settings::default()));
    let errors = outcome.expect_err("it is refused").to_string();
    errors.replace(&folder.display().to_string(), "schema")
}

#[test]
fn links_out_of_the_folder_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.json"), "{\"title\": \"Secret\"}").unwrap();
    fs::write(folder.path().join("a.json"), "{\"$ref\": \"linked/secret.json\"}").unwrap();
    symlink(outside.path(), folder.path().join("linked")).unwrap();
    symlink("/etc/passwd", folder.path().join("passwd.json")).unwrap();
    assert_eq!(
        errors(folder.path()),
        "error: this is a link to a file out of the schema folder\n  --> schema/passwd.json\n  \
         help: put the file itself into the folder"
    );
    fs::remove_file(folder.path().join("passwd.json")).unwrap();
    assert!(errors(folder.path()).contains("`linked/secret.json` refers to nothing"));
}

#[test]
fn a_named_file_reads_no_link_out_of_its_folder() {
    let outside = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.json"), "{\"title\": \"Secret\"}").unwrap();
    symlink(outside.path().join("secret.json"), folder.path().join("b.json")).unwrap();
    let file = folder.path().join("a.json");
    fs::write(&file, "{\"$ref\": \"b.json\"}").unwrap();
    let outcome = Documents::from_files(&[file]).and_then(|documents| generate(documents, &Settings::default()));
    assert!(outcome.expect_err("it is refused").to_string().contains("`b.json` refers to nothing"));
}

#[test]
fn a_pipe_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(
        errors(folder.path()),
        "error: this cannot be read: it is no regular file\n  --> schema/pipe.json\n  \
         help: check the path and its permissions"
    );
}
