//! Builds crates outside the workspace that use generated types.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Checks that the library `name` compiles. `lib` is the text of its `lib.rs`, and `sources` has its other source files
/// as (file name, text). The library depends on serde without `derive`, and on serde_json.
///
/// # Panics
/// If the library does not compile.
pub fn check_crate_compiles(name: &str, lib: &str, sources: &[(&str, &str)]) {
    let folder = write_consumer_crate(name, "lib.rs", lib, sources);
    run_cargo(&folder, &["check", "--quiet", "--offline"]);
}

/// Writes a crate with the name `name`: the source file `root` (`lib.rs` or `main.rs`) with the text `text`, and the
/// other source files `sources` as (file name, text). Returns the crate's folder.
pub fn write_consumer_crate(name: &str, root: &str, text: &str, sources: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    fs::write(folder.join("Cargo.toml"), write_manifest(name)).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for (name, text) in sources.iter().chain([&(root, text)]) {
        fs::write(folder.join("src").join(name), text).unwrap();
    }
    folder
}

/// Runs cargo with `arguments` in the folder of such a crate. All of these crates share a target folder.
///
/// # Panics
/// If cargo fails.
pub fn run_cargo(folder: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers");
    let mut cargo = Command::new(env!("CARGO"));
    let status = cargo.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target).status().unwrap();
    assert!(status.success(), "cargo {arguments:?} failed in {}", folder.display());
}

/// Returns the text of the `Cargo.toml` of the crate `name`.
fn write_manifest(name: &str) -> String {
    format!(
        r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2021"

[dependencies]
serde = {{ version = "1", default-features = false, features = ["std"] }}
serde_json = "1"

[profile.dev]
debug = false

[workspace]
"#
    )
}
