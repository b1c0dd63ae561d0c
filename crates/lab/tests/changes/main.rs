//! Checks that the verdicts of reports are true for the pairs of schemas in `json-schema-codegen/tests/changes`: a
//! crate that uses all of the old types compiles with the new ones exactly if the report says so, and the types read or
//! refuse instances as the report says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod case;
#[path = "../consumer/mod.rs"]
mod consumer;
mod directions;
mod moves;
mod probe;
mod probe_views;
mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use case::VersionPair;
use json_schema_codegen::changes::Verdict;
use moves::ReadingDirection;
use program::ExpectedReading;
use serde_json::Value;

static VERSION_PAIRS: LazyLock<Vec<VersionPair>> = LazyLock::new(VersionPair::read_all_pairs);

/// The folder of the built crate: a library with the types of all cases, and a program that reads instances with them.
static TYPES_CRATE_FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let mut lib = "#![allow(missing_docs, deprecated)]\n".to_owned();
    for case in VERSION_PAIRS.iter() {
        for (which, types) in [("old", case.old.types()), ("new", case.new.types())] {
            writeln!(lib, "pub mod {which}_{} {{\n{types}\n}}", case.name).unwrap();
        }
    }
    let program = program::write_reading_program(&VERSION_PAIRS);
    let folder = consumer::write_consumer_crate("changes", "lib.rs", &lib, &[("main.rs", &program)]);
    consumer::run_cargo(&folder, &["build", "--quiet", "--offline"]);
    folder
});

/// Builds the crate if it is not built yet, and returns the folder with Cargo's output.
fn build_types_crate() -> PathBuf {
    LazyLock::force(&TYPES_CRATE_FOLDER);
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers/debug")
}

/// Compiles `text` as a crate that depends on the library with the types. `name` is the name of its source file.
///
/// # Errors
/// The messages of rustc, if the crate does not compile.
fn compile_against_types(name: &str, text: &str) -> Result<(), String> {
    let source = TYPES_CRATE_FOLDER.join(format!("src/{name}.rs"));
    fs::write(&source, text).unwrap();
    let out = TYPES_CRATE_FOLDER.join(format!("{name}.rmeta"));
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--cap-lints=allow"]).arg(&source);
    rustc.arg("-o").arg(out).arg("-L").arg(build_types_crate().join("deps"));
    rustc.arg(format!("--extern=changes={}", build_types_crate().join("libchanges.rlib").display()));
    for name in ["serde", "serde_json"] {
        rustc.arg(format!("--extern={name}={}", find_dependency_rlib(name).display()));
    }
    let output = rustc.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Returns the `.rlib` file of the dependency `name` that the library was built with. Cargo's folder may have others of
/// this name, which were built with other features for other tests.
fn find_dependency_rlib(name: &str) -> PathBuf {
    static CARGO_MESSAGES: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--offline", "--message-format=json"]).current_dir(&*TYPES_CRATE_FOLDER);
        let output = cargo.env("CARGO_TARGET_DIR", build_types_crate().join("..")).output().unwrap();
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
    });
    let artifact = CARGO_MESSAGES.iter().find(|artifact| artifact["target"]["name"] == name).unwrap();
    let files = artifact["filenames"].as_array().unwrap().iter().filter_map(Value::as_str);
    files.map(PathBuf::from).find(|file| file.extension().is_some_and(|extension| extension == "rlib")).unwrap()
}

#[test]
fn crate_that_uses_all_types_compiles_unless_a_change_is_breaking() {
    let mut wrong = String::new();
    for case in VERSION_PAIRS.iter() {
        let probe =
            |which: &str| probe::write_probe_crate(case.old.types(), &format!("changes::{which}_{}", case.name));
        if let Err(error) = compile_against_types(&format!("probe_old_{}", case.name), &probe("old")) {
            writeln!(wrong, "{}: the probe does not fit the old types: {error}", case.name).unwrap();
        }
        let is_breaking = case.changes.is_breaking();
        match (compile_against_types(&format!("probe_new_{}", case.name), &probe("new")), is_breaking) {
            (Ok(()), true) => writeln!(wrong, "{}: said to be breaking, and compiles", case.name).unwrap(),
            (Err(error), false) => writeln!(wrong, "{}: said not to be breaking, but: {error}", case.name).unwrap(),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Otherwise, the tests of a verdict would check nothing.
#[test]
fn each_rust_verdict_occurs_in_five_cases() {
    let of = |verdict| {
        let gravest =
            |case: &&VersionPair| case.changes.changes.iter().map(|change| change.rust.verdict).min() == Some(verdict);
        VERSION_PAIRS.iter().filter(gravest).count()
    };
    let counts = [Verdict::Breaking, Verdict::Additive, Verdict::None].map(of);
    assert!(counts.iter().all(|count| *count >= 5), "{counts:?}");
}

#[test]
fn instances_are_read_and_refused_as_reported() {
    let program = build_types_crate().join("changes");
    let shown = VERSION_PAIRS.iter().flat_map(directions::make_refused_readings);
    let readings: Vec<ExpectedReading> =
        shown.chain(VERSION_PAIRS.iter().flat_map(|case| directions::make_held_readings(case, &program))).collect();
    let refused = readings.iter().filter(|reading| !reading.is_read).count();
    assert!(readings.len() > 2_000 && refused > 40, "{} documents, {refused} to be refused", readings.len());
    let answers = program::run_reading_program(&program, &readings);
    let wrong: Vec<String> =
        readings.iter().zip(answers).filter_map(|(reading, answer)| reading.describe_contradiction(&answer)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), readings.len(), wrong.join("\n"));
}

/// Checks values that move from `extra` to a field, or from the fallback variant to a variant of their own, or back:
/// the old type has the value in the one, the new type in the other.
#[test]
fn values_move_to_other_fields_as_reported() {
    let program = build_types_crate().join("changes");
    let moves: Vec<_> =
        VERSION_PAIRS.iter().flat_map(moves::find_value_moves).map(moves::ValueMove::into_readings).collect();
    let mut readings = Vec::new();
    let mut expected = Vec::new();
    for (both, text, is_new) in moves {
        readings.extend(both);
        expected.push((text, is_new));
    }
    let answers = program::run_reading_program(&program, &readings);
    let mut wrong = String::new();
    let mut found = 0;
    for (answers, (text, is_new)) in answers.chunks(2).zip(expected) {
        let has = [answers[0].contains(&text), answers[1].contains(&text)];
        // A type that refuses the value is told as such by the verdict on reading.
        let is_refused = answers.iter().any(|answer| answer.starts_with("refused"));
        if has == [!is_new, is_new] {
            found += 1;
        } else if !is_refused {
            writeln!(wrong, "{text} is to be in the {} one: {answers:#?}", if is_new { "new" } else { "old" }).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(found >= 15, "only {found} values are found where they are said to be");
}

/// Checks values of another type that one version keeps: they are in the field for unlisted properties in this version,
/// and in a field of their own in the version that wrote them.
#[test]
fn values_of_another_type_are_kept_as_reported() {
    let moves: Vec<_> =
        VERSION_PAIRS.iter().flat_map(moves::find_kept_values).map(moves::ValueMove::into_readings).collect();
    let readings: Vec<ExpectedReading> = moves.iter().flat_map(|(both, ..)| both.clone()).collect();
    let answers = program::run_reading_program(&build_types_crate().join("changes"), &readings);
    let mut wrong = String::new();
    for (answers, (_, text, is_new)) in answers.chunks(2).zip(&moves) {
        let is_refused = answers.iter().any(|answer| answer.starts_with("refused"));
        if is_refused || [answers[0].contains(text), answers[1].contains(text)] != [!is_new, *is_new] {
            writeln!(wrong, "{text} is to be in the {} one: {answers:#?}", if *is_new { "new" } else { "old" })
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(moves.len() >= 20, "only {} values are kept", moves.len());
}

/// Checks random instances: if a property is in the field for unlisted properties in one version only, a change in the
/// report says so.
#[test]
fn each_kept_value_of_another_type_is_reported() {
    let mut wrong = String::new();
    let mut found = 0;
    for case in VERSION_PAIRS.iter().filter(|case| case.name.starts_with("kept_")) {
        let exchanged = moves::make_exchanged_readings(case);
        let readings: Vec<ExpectedReading> = exchanged.iter().flat_map(|(both, _)| both.clone()).collect();
        let answers = program::run_reading_program(&build_types_crate().join("changes"), &readings);
        for (answers, (both, direction)) in answers.chunks(2).zip(&exchanged) {
            let (reader, writer) = if *direction == ReadingDirection::OldReadsNew {
                (&answers[0], &answers[1])
            } else {
                (&answers[1], &answers[0])
            };
            let moved = direction.collect_moved_property_names(case);
            for name in moves::collect_property_names(&both[0].document, &moved) {
                let text = format!("{name:?}: ");
                if reader.contains(&text) && !writer.contains(&text) && !writer.starts_with("refused") {
                    found += 1;
                    if !moved.contains(name) {
                        writeln!(wrong, "{}, {direction:?}: {name} of {}", case.name, both[0].document).unwrap();
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(found >= 100, "only {found} values are kept");
}
