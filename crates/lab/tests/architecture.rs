//! Checks ARCHITECTURE.md against the sources: its map has every module and no other. Checks too that libraries are
//! used only in the modules that may use them.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The packages whose modules are on the map, as (beginning of the line before their table in ARCHITECTURE.md, their
/// source folder).
const MAPPED_PACKAGES: &[(&str, &str)] = &[
    ("In `src/`", "src"),
    ("In `crates/json-schema-codegen/src/`", "crates/json-schema-codegen/src"),
    ("In `crates/json-schema-codegen-cli/src/`", "crates/json-schema-codegen-cli/src"),
    ("In `crates/json-schema-instances/src/`", "crates/json-schema-instances/src"),
];

/// The texts that only some files may contain, as (source folder, text, beginnings of the paths of these files,
/// relative to the source folder).
const RESTRICTED_TEXTS: &[(&str, &str, &[&str])] = &[
    ("src", "json_schema_codegen", &[]),
    ("crates/json-schema-codegen/src", "typify::", &["lower.rs"]),
    ("crates/json-schema-codegen/src", "schemars::schema", &["lower.rs", "lower/typify_schema.rs"]),
    ("crates/json-schema-codegen/src", "std::fs", &["load/", "job.rs", "job/parts.rs"]),
    // The style names types of addresses, for the output only.
    ("crates/json-schema-codegen/src", "std::net", &["style.rs"]),
    ("crates/json-schema-codegen/src", "std::time", &[]),
    ("crates/json-schema-codegen/src", "clap::", &[]),
    ("crates/json-schema-codegen/src", "prettyplease", &["render.rs"]),
    ("crates/json-schema-codegen/src", "json_patch", &["correct"]),
    ("crates/json-schema-codegen/src", "jsonschema", &["changes/wire/"]),
    ("crates/json-schema-codegen/src", "referencing", &["uri.rs"]),
    ("crates/json-schema-codegen/src", "regex_syntax", &["pattern/"]),
    ("crates/json-schema-codegen/src", "unicode_security", &["normalize/lookalikes.rs"]),
    // Besides the modules that write Rust, those that check whether a text is a Rust name or path.
    (
        "crates/json-schema-codegen/src",
        "syn::",
        &[
            "refine/",
            "render.rs",
            "lower.rs",
            "checked.rs",
            "normalize/names.rs",
            "changes/api.rs",
            "changes/tables.rs",
        ],
    ),
    ("crates/json-schema-codegen-cli/src", "clap", &["arguments/", "main.rs"]),
    ("crates/json-schema-codegen-cli/src", "miette", &["diagnostics.rs", "snippet.rs"]),
    ("crates/json-schema-codegen-cli/src", "saphyr", &["yaml.rs"]),
];

/// Returns the path of the workspace.
fn find_workspace_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns the paths of the Rust files in `folder` and its subfolders, relative to `folder` and with `/` between their
/// parts.
///
/// # Panics
/// If there is no Rust file.
fn find_rust_files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(directory) = waiting.pop() {
        for path in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.insert(path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    assert!(!found.is_empty(), "no sources in {}", folder.display());
    found
}

/// Returns the path of the module in `file`, a path relative to the source folder: `load` for `load/mod.rs` and for
/// `load.rs`. `None` for the root of a package, and for a file that is not Rust.
fn derive_module_path(file: &str) -> Option<&str> {
    let name = file.strip_suffix(".rs")?;
    let name = name.strip_suffix("/mod").unwrap_or(name);
    (!["lib", "main"].contains(&name)).then_some(name)
}

/// Returns the names in backticks in the first column of the first Markdown table after `heading` in `map`.
fn read_first_column_names<'a>(map: &'a str, heading: &str) -> BTreeSet<&'a str> {
    let after = map.split_once(heading).map(|(_, after)| after).unwrap_or_default();
    let rows = after.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

/// A module is on the map if the map has its name, or the name of a folder around it, such as `refine/`.
#[test]
fn map_lists_exactly_the_modules_that_exist() {
    let map = fs::read_to_string(find_workspace_folder().join("ARCHITECTURE.md")).unwrap();
    for (heading, folder) in MAPPED_PACKAGES {
        let listed = read_first_column_names(&map, heading);
        let files = find_rust_files(&find_workspace_folder().join(folder));
        let modules: BTreeSet<&str> = files.iter().filter_map(|file| derive_module_path(file)).collect();
        let folders: Vec<&str> = listed.iter().copied().filter(|name| name.ends_with('/')).collect();
        let is_in_folder = |module: &str| folders.iter().any(|folder| format!("{module}/").starts_with(folder));
        let missing: Vec<_> = modules.iter().filter(|name| !listed.contains(*name) && !is_in_folder(name)).collect();
        assert!(missing.is_empty(), "ARCHITECTURE.md has no line for {missing:?} of {folder}");

        let is_module = |name: &&str| modules.iter().any(|module| format!("{module}/").starts_with(*name));
        let gone: Vec<_> = listed.iter().filter(|name| !name.contains('.') && !is_module(name)).collect();
        assert!(gone.is_empty(), "ARCHITECTURE.md has lines for {gone:?}, which {folder} does not have");
    }
}

#[test]
fn restricted_libraries_are_used_only_in_allowed_files() {
    for (folder, text, allowed) in RESTRICTED_TEXTS {
        let root = find_workspace_folder().join(folder);
        let has_text = |file: &String| {
            let source = fs::read_to_string(root.join(file)).unwrap();
            source.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(text))
        };
        let files: BTreeSet<String> = find_rust_files(&root).into_iter().filter(has_text).collect();
        let wrong: Vec<_> = files.iter().filter(|file| !allowed.iter().any(|start| file.starts_with(start))).collect();
        assert!(wrong.is_empty(), "only {allowed:?} of {folder} may have `{text}`, but {wrong:?} have it too");
        let is_used = |start: &str| files.iter().any(|file| file.starts_with(start));
        assert!(
            allowed.iter().all(|start| is_used(start)),
            "{allowed:?} of {folder} may have `{text}`, but only {files:?} have it: remove the others from RESTRICTED_TEXTS"
        );
    }
}
