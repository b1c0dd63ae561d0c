//! Checks that schema folders with links and unusual files are read safely.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use json_schema_codegen::{Documents, Errors, Settings, generate};

/// Generates types from the schemas in `folder`, which the generator must reject. Returns the text of the errors, with
/// `schema` in the place of the folder's path.
fn generate_error_text(folder: &Path) -> String {
    let outcome: Result<_, Errors> =
        Documents::from_folder(folder).and_then(|documents| generate(documents, &Settings::default()));
    let errors = outcome.expect_err("it is refused").to_string();
    errors.replace(&folder.display().to_string(), "schema")
}

#[test]
fn links_to_outside_the_schema_folder_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.json"), "{\"title\": \"Secret\"}").unwrap();
    fs::write(folder.path().join("a.json"), "{\"$ref\": \"linked/secret.json\"}").unwrap();
    symlink(outside.path(), folder.path().join("linked")).unwrap();
    assert_eq!(
        generate_error_text(folder.path()),
        "error: this is a link to a folder outside the schema folder\n  --> schema/linked\n  \
         help: put the folder itself into the schema folder"
    );
    fs::remove_file(folder.path().join("linked")).unwrap();
    symlink("/etc/passwd", folder.path().join("passwd.json")).unwrap();
    assert_eq!(
        generate_error_text(folder.path()),
        "error: this is a link to a file outside the schema folder\n  --> schema/passwd.json\n  \
         help: put the file itself into the schema folder"
    );
}

#[test]
fn link_to_a_folder_inside_the_schema_folder_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("parts")).unwrap();
    fs::write(folder.path().join("parts/a.json"), "{\"$id\": \"https://example.com/a\", \"title\": \"A\"}").unwrap();
    symlink(folder.path(), folder.path().join("parts/round")).unwrap();
    let documents = Documents::from_folder(folder.path()).unwrap();
    assert_eq!(documents.paths(), [folder.path().join("parts/a.json").display().to_string()]);
}

#[test]
fn reference_to_a_link_out_of_the_folder_is_an_error() {
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
fn pipe_in_the_schema_folder_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(
        generate_error_text(folder.path()),
        "error: this cannot be read: it is not a regular file\n  --> schema/pipe.json\n  \
         help: check the path and its permissions"
    );
}
