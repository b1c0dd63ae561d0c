//! `diff` against a git revision uses the settings and schemas of that revision.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A git repository with a job in its folder `shop`.
struct JobRepository(PathBuf);

impl JobRepository {
    /// Creates an empty repository in a folder with this name, with the folders of a job.
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("revision").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("shop/schema")).unwrap();
        fs::create_dir_all(folder.join("shared")).unwrap();
        let repository = Self(folder);
        repository.run_git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// Writes `text` to the file `name` of the repository.
    fn write_file(&self, name: &str, text: &str) -> &Self {
        fs::write(self.0.join(name), text).unwrap();
        self
    }

    /// Runs git in the repository, and asserts that it succeeds.
    fn run_git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").arg("-C").arg(&self.0).args(who).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    /// Commits all files of the repository.
    fn commit_all(&self) {
        self.run_git(&["add", "--all"]);
        self.run_git(&["commit", "--quiet", "--message=As it is"]);
    }

    /// Runs `diff` in the folder `folder` of the repository. Returns (exit code, standard output followed by standard
    /// error).
    fn run_diff(&self, folder: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_json-schema-codegen"));
        let ceiling = Path::new(env!("CARGO_TARGET_TMPDIR")).join("revision");
        let command = command.arg("diff").args(arguments).current_dir(self.0.join(folder));
        let Output { status, stdout, stderr } = command.env("GIT_CEILING_DIRECTORIES", ceiling).output().unwrap();
        (status.code(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
    }
}

/// The text of the `codegen.toml` of the job.
const JOB_SETTINGS: &str =
    "schema = \"schema\"\nnon_exhaustive = true\n\n[map]\n\"https://example.com/\" = \"../shared\"\n";

/// Returns the text of the schema `Order` with these properties, the members of a JSON object.
fn format_order_schema(properties: &str) -> String {
    format!(r#"{{"title": "Order", "type": "object", "properties": {{{properties}}}}}"#)
}

/// The property `id` of a schema, which refers to a schema in a mapped folder.
const ID_PROPERTY: &str = r#""id": {"$ref": "https://example.com/id.json"}"#;

/// Creates a repository with a commit that has a job, and a folder to which the job maps a URL.
fn create_repository_with_job(name: &str) -> JobRepository {
    let repository = JobRepository::new(name);
    repository
        .write_file("shop/codegen.toml", JOB_SETTINGS)
        .write_file("shop/schema/order.json", &format_order_schema(ID_PROPERTY));
    repository.write_file("shared/id.json", r#"{"type": "string"}"#).commit_all();
    repository
}

#[test]
fn diff_without_edits_reports_no_changes() {
    let repository = create_repository_with_job("nothing");
    assert_eq!(repository.run_diff("shop", &[]), (Some(0), "nothing has changed since `HEAD`\n".to_owned()));
}

#[test]
fn diff_compares_with_the_schema_of_the_revision() {
    let repository = create_repository_with_job("schema");
    repository.write_file(
        "shop/schema/order.json",
        &format_order_schema(&format!(r#"{ID_PROPERTY}, "note": {{"type": "string"}}"#)),
    );
    let (code, text) = repository.run_diff("shop", &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.starts_with("1 change since `HEAD`: 0 breaking, 1 additive, 0 without effect on Rust\n"), "{text}");
    assert!(text.contains("  Order.note: a property was added\n"), "{text}");
    assert_eq!(repository.run_diff("shop", &["--fail-on", "breaking"]).0, Some(0));

    repository.commit_all();
    repository.write_file("shop/schema/order.json", &format_order_schema(ID_PROPERTY));
    let (code, text) = repository.run_diff(".", &["--config", "shop/codegen.toml", "--fail-on", "breaking"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("at HEAD:shop/schema/order.json:1:"), "{text}");
    assert_eq!(repository.run_diff("shop", &["--baseline", "main~1"]).0, Some(0));
}

#[test]
fn diff_uses_settings_and_mapped_folders_of_the_revision() {
    let repository = create_repository_with_job("settings");
    repository.write_file("shared/id.json", r#"{"type": "integer"}"#);
    let (code, text) = repository.run_diff("shop", &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("  Order.id: a property has another type\n"), "{text}");

    repository.write_file("shared/id.json", r#"{"type": "string"}"#);
    repository.write_file("shop/codegen.toml", &JOB_SETTINGS.replace("non_exhaustive = true", ""));
    let (code, text) = repository.run_diff("shop", &[]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("`Order` is no longer `#[non_exhaustive]`"), "{text}");
}

#[test]
fn unknown_baseline_is_an_error() {
    let repository = create_repository_with_job("unknown");
    let (code, text) = repository.run_diff("shop", &["--baseline", "no-such"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("there is no revision, folder or file `no-such`"), "{text}");

    repository.run_git(&["rm", "--quiet", "--cached", "shop/codegen.toml"]);
    repository.run_git(&["commit", "--quiet", "--message=No job"]);
    let (code, text) = repository.run_diff("shop", &[]);
    assert_eq!(code, Some(2));
    assert!(text.contains("there is no `HEAD:./codegen.toml`"), "{text}");

    fs::remove_dir_all(repository.0.join(".git")).unwrap();
    let (code, text) = repository.run_diff("shop", &[]);
    assert_eq!(code, Some(2));
    assert!(text.contains("`.` is not in a git repository"), "{text}");
}
