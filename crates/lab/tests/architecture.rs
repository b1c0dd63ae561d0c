//! ARCHITECTURE.md is what the sources are: every module is on the map, and a module names only what
//! it may.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The packages whose modules are on the map, by the heading of their table.
const PACKAGES: &[(&str, &str)] = &[
    ("In `src/`", "src"),
    ("In `crates/json-schema-codegen/src/`", "crates/json-schema-codegen/src"),
    ("In `crates/json-schema-codegen-cli/src/`", "crates/json-schema-codegen-cli/src"),
    ("In `crates/json-schema-instances/src/`", "crates/json-schema-instances/src"),
];

/// What may be named only in some files: the folder, the text, and the beginnings of their paths.
const RULES: &[(&str, &str, &[&str])] = &[
    ("src", "json_schema_codegen", &[]),
    ("crates/json-schema-codegen/src", "typify", &["lower.rs"]),
    ("crates/json-schema-codegen/src", "schemars::schema", &["lower.rs"]),
    ("crates/json-schema-codegen/src", "std::fs", &["load/", "job.rs"]),
    ("crates/json-schema-codegen/src", "std::net", &[]),
    ("crates/json-schema-codegen/src", "std::time", &[]),
    ("crates/json-schema-codegen/src", "clap::", &[]),
    ("crates/json-schema-codegen/src", "prettyplease", &["render.rs"]),
    ("crates/json-schema-codegen/src", "json_patch", &["correct"]),
    ("crates/json-schema-codegen/src", "jsonschema", &["changes/wire/"]),
    ("crates/json-schema-codegen/src", "referencing", &["uri.rs"]),
    ("crates/json-schema-codegen/src", "regex_syntax", &["pattern/"]),
    ("crates/json-schema-codegen/src", "unicode_security", &["normalize/lookalikes.rs"]),
    // Names and paths are checked before they are identifiers.
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

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The sources below a folder, as paths from it.
fn sources(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(at) = waiting.pop() {
        for path in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
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

/// The name of a module by its file; nothing for the root of a package.
fn module(file: &str) -> Option<&str> {
    let name = file.strip_suffix(".rs")?;
    let name = name.strip_suffix("/mod").unwrap_or(name);
    (!["lib", "main"].contains(&name)).then_some(name)
}

/// The names in the first column of the table after a line of the map.
fn table<'a>(map: &'a str, heading: &str) -> BTreeSet<&'a str> {
    let rest = map.split_once(heading).map(|(_, rest)| rest).unwrap_or_default();
    let rows = rest.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

/// A module is on the map by its name, or in a folder of the map: `refine/`.
#[test]
fn every_module_is_on_the_map_and_nothing_else_is() {
    let map = fs::read_to_string(project().join("ARCHITECTURE.md")).unwrap();
    for (heading, folder) in PACKAGES {
        let listed = table(&map, heading);
        let files = sources(&project().join(folder));
        let modules: BTreeSet<&str> = files.iter().filter_map(|file| module(file)).collect();
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
fn modules_name_only_what_they_may() {
    for (folder, text, allowed) in RULES {
        let root = project().join(folder);
        let names = |file: &String| {
            let source = fs::read_to_string(root.join(file)).unwrap();
            source.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(text))
        };
        let naming: BTreeSet<String> = sources(&root).into_iter().filter(names).collect();
        let wrong: Vec<_> = naming.iter().filter(|file| !allowed.iter().any(|start| file.starts_with(start))).collect();
        assert!(wrong.is_empty(), "only {allowed:?} of {folder} may name `{text}`, but {wrong:?} do");
        let is_used = |start: &str| naming.iter().any(|file| file.starts_with(start));
        assert!(allowed.iter().all(|start| is_used(start)), "`{text}` is named only in {naming:?} of {folder}");
    }
}
