//! Runs every command of README.md in a copy of the project. Checks that every Rust block there is part of a source
//! file that is compiled elsewhere.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The commands of the README that this test leaves to `.ci/run`, since they would run this test again.
const COMMANDS_LEFT_TO_CI: &[&str] = &["cargo test --workspace"];

/// The source files that contain the code of the README's Rust blocks, relative to the workspace.
const SHOWN_SOURCE_FILES: &[&str] =
    &["generated/event.rs", "src/lib.rs", "examples/own-schema/build.rs", "examples/own-schema/src/lib.rs"];

/// Returns the path of the workspace.
fn find_workspace_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns the text of README.md.
fn read_readme() -> String {
    fs::read_to_string(find_workspace_folder().join("README.md")).unwrap()
}

/// Returns the lines of each code block of README.md in the language `language`, which is `sh` or `rust`.
fn read_code_blocks(language: &str) -> Vec<Vec<String>> {
    let readme = read_readme();
    let mut parts = readme.split("```").skip(1).step_by(2);
    let of_language = |part: &str| part.strip_prefix(language)?.strip_prefix('\n').map(str::to_owned);
    let blocks = parts.by_ref().filter_map(of_language);
    blocks.map(|block| block.lines().map(str::to_owned).collect()).collect()
}

/// Returns the lines of the `sh` blocks of README.md, without the comments after ` #`.
fn list_readme_commands() -> Vec<String> {
    let lines = read_code_blocks("sh").concat();
    lines.iter().map(|line| line.split(" #").next().unwrap_or_default().trim().to_owned()).collect()
}

/// Copies the files that git tracks to a new folder, and commits them to a repository there. Adds two files that
/// commands of the README read: `archive.ndjson` and `openapi.yaml`.
fn copy_project_to_repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let tracked = Command::new("git").arg("ls-files").current_dir(find_workspace_folder()).output().unwrap();
    for file in String::from_utf8(tracked.stdout).unwrap().lines() {
        let (from, to) = (find_workspace_folder().join(file), folder.path().join(file));
        if from.is_file() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        }
    }
    let commit = "git init -q && git add -A && git -c user.name=a -c user.email=a@example.com commit -qm copy";
    assert_command_succeeded(commit, &run_bash(folder.path(), commit));
    let page = include_str!("../../../examples/events.json");
    let events: Value = serde_json::from_str(page).unwrap();
    let lines: Vec<String> = events["items"].as_array().unwrap().iter().map(Value::to_string).collect();
    fs::write(folder.path().join("archive.ndjson"), lines.join("\n")).unwrap();
    fs::write(folder.path().join("openapi.yaml"), make_openapi_document().to_string()).unwrap();
    folder
}

/// Returns the schemas of `schema/` as an OpenAPI document, which is the form of upstream's source. It is JSON, which
/// is valid YAML too.
///
/// Adds the schema `File`, to which upstream's attachments refer. A correction in `schema/` replaces this reference, so
/// the schema is not in `schema/`.
fn make_openapi_document() -> Value {
    let mut schemas = json!({});
    for entry in fs::read_dir(find_workspace_folder().join("schema")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with("-schema.json") {
            let mut schema: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let keywords = schema.as_object_mut().unwrap();
            keywords.remove("$schema");
            let id = keywords.remove("$id").unwrap();
            schemas[id.as_str().unwrap().rsplit('/').next().unwrap()] = schema;
        }
    }
    json!({"openapi": "3.1.0", "info": {"title": "Webex", "version": "1"}, "components": {"schemas": schemas}})
}

/// Runs `command` with bash in `folder`, and returns its output. Cargo works offline there, with a target folder that
/// is kept between runs of this test.
fn run_bash(folder: &Path, command: &str) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let mut bash = Command::new("bash");
    bash.args(["-c", command]).current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_NET_OFFLINE", "true");
    bash.output().unwrap()
}

/// Checks that `output`, the output of `command`, reports success.
#[track_caller]
fn assert_command_succeeded(command: &str, output: &Output) {
    assert!(output.status.success(), "`{command}`: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn each_command_of_the_readme_succeeds() {
    let folder = copy_project_to_repository();
    let commands = list_readme_commands();
    assert!(commands.len() > 5, "{commands:?}");
    for command in commands.iter().filter(|command| !COMMANDS_LEFT_TO_CI.contains(&command.as_str())) {
        assert_command_succeeded(command, &run_bash(folder.path(), command));
    }
    let script = fs::read_to_string(find_workspace_folder().join(".ci/run")).unwrap();
    for command in COMMANDS_LEFT_TO_CI {
        let is_in_readme = commands.iter().any(|readme_command| readme_command == command);
        assert!(is_in_readme && script.contains(command), "`{command}` must be in README.md and in .ci/run");
    }
    assert!(folder.path().join("types.rs").is_file());
}

#[test]
fn each_rust_block_of_the_readme_is_code_of_the_project() {
    let code = SHOWN_SOURCE_FILES.iter().map(|file| fs::read_to_string(find_workspace_folder().join(file)).unwrap());
    // Each file as its lines.
    let code: Vec<Vec<String>> = code.map(|text| text.lines().map(strip_comment_markers).collect()).collect();
    for block in read_code_blocks("rust") {
        let is_code = |line: &&String| !line.trim().is_empty() && !line.ends_with('…');
        let lines: Vec<String> = block.iter().filter(is_code).map(|line| strip_comment_markers(line)).collect();
        let has_lines = |file: &Vec<String>| {
            let mut remaining = file.iter();
            lines.iter().all(|line| remaining.any(|file_line| file_line == line))
        };
        assert!(
            code.iter().any(has_lines),
            "not in {SHOWN_SOURCE_FILES:?}, or not in this order:\n{}",
            block.join("\n")
        );
    }
}

/// Removes the indentation from a line, and the `//!` of module documentation.
fn strip_comment_markers(line: &str) -> String {
    let line = line.trim();
    line.strip_prefix("//! ").unwrap_or(line).trim().to_owned()
}
