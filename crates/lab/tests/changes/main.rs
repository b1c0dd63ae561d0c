//! Checks that the verdicts on the pairs of schemas in `json-schema-codegen/tests/changes` are true: a crate that uses all of
//! the old types compiles with the new ones exactly if the report says so, and the types read or refuse instances as the
//! report says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod case;
#[path = "../consumer/mod.rs"]
mod consumer;
mod documents;
mod probe;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use case::Case;
use documents::{Direction, Reading};
use json_schema_codegen::changes::Verdict;
use serde_json::Value;

static CASES: LazyLock<Vec<Case>> = LazyLock::new(Case::all);

/// The folder of the built library with the types of all cases, and of the program that reads instances with them.
static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
    let mut lib = "#![allow(missing_docs, deprecated)]\n".to_owned();
    for case in CASES.iter() {
        for (which, types) in [("old", case.old.types()), ("new", case.new.types())] {
            writeln!(lib, "pub mod {which}_{} {{\n{types}\n}}", case.name).unwrap();
        }
    }
    let program = documents::program(&CASES);
    let folder = consumer::written("changes", "lib.rs", &lib, &[("main.rs", &program)]);
    consumer::cargo(&folder, &["build", "--quiet", "--offline"]);
    folder
});

/// Builds the crate if it has not been built yet, and returns the folder with Cargo's output.
fn target() -> PathBuf {
    LazyLock::force(&BUILT);
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumers/debug")
}

/// Compiles `text` as a crate that depends on the built library. `name` is the name of its source file.
///
/// # Errors
/// The messages of rustc, if it does not compile.
fn compiles(name: &str, text: &str) -> Result<(), String> {
    let source = BUILT.join(format!("src/{name}.rs"));
    fs::write(&source, text).unwrap();
    let out = BUILT.join(format!("{name}.rmeta"));
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--cap-lints=allow"]).arg(&source);
    rustc.arg("-o").arg(out).arg("-L").arg(target().join("deps"));
    rustc.arg(format!("--extern=changes={}", target().join("libchanges.rlib").display()));
    for name in ["serde", "serde_json"] {
        rustc.arg(format!("--extern={name}={}", rlib(name).display()));
    }
    let output = rustc.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Returns the file of a dependency that the library was built with. Others of the same name may be beside
/// it, built with other features for other tests.
fn rlib(name: &str) -> PathBuf {
    static ARTIFACTS: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--offline", "--message-format=json"]).current_dir(&*BUILT);
        let output = cargo.env("CARGO_TARGET_DIR", target().join("..")).output().unwrap();
        output.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
    });
    let artifact = ARTIFACTS.iter().find(|artifact| artifact["target"]["name"] == name).unwrap();
    let files = artifact["filenames"].as_array().unwrap().iter().filter_map(Value::as_str);
    files.map(PathBuf::from).find(|file| file.extension().is_some_and(|extension| extension == "rlib")).unwrap()
}

#[test]
fn rust_verdicts_hold_for_a_crate_that_uses_all() {
    let mut wrong = String::new();
    for case in CASES.iter() {
        let probe = |which: &str| probe::probe(case.old.types(), &format!("changes::{which}_{}", case.name));
        if let Err(error) = compiles(&format!("probe_old_{}", case.name), &probe("old")) {
            writeln!(wrong, "{}: the probe does not fit the old types: {error}", case.name).unwrap();
        }
        let is_breaking = case.changes.is_breaking();
        match (compiles(&format!("probe_new_{}", case.name), &probe("new")), is_breaking) {
            (Ok(()), true) => writeln!(wrong, "{}: said to be breaking, and compiles", case.name).unwrap(),
            (Err(error), false) => writeln!(wrong, "{}: said not to be breaking, but: {error}", case.name).unwrap(),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Each verdict occurs in some case, so that each check is made.
#[test]
fn each_verdict_has_cases() {
    let of = |verdict| {
        let gravest =
            |case: &&Case| case.changes.changes.iter().map(|change| change.rust.verdict).min() == Some(verdict);
        CASES.iter().filter(gravest).count()
    };
    let counts = [Verdict::Breaking, Verdict::Additive, Verdict::None].map(of);
    assert!(counts.iter().all(|count| *count >= 5), "{counts:?}");
}

#[test]
fn documents_are_read_and_refused_as_is_said() {
    let program = target().join("changes");
    let shown = CASES.iter().flat_map(documents::readings);
    let readings: Vec<Reading> =
        shown.chain(CASES.iter().flat_map(|case| documents::samples(case, &program))).collect();
    let refused = readings.iter().filter(|reading| !reading.is_read).count();
    assert!(readings.len() > 2_000 && refused > 40, "{} documents, {refused} to be refused", readings.len());
    let answers = documents::answers(&program, &readings);
    let wrong: Vec<String> =
        readings.iter().zip(answers).filter_map(|(reading, answer)| reading.wrong(&answer)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), readings.len(), wrong.join("\n"));
}

/// A value that leaves `extra` for a field, or a fallback variant for one of its own, is found in the one before and in the
/// other after.
#[test]
fn values_move_as_is_said() {
    let program = target().join("changes");
    let moves: Vec<_> = CASES.iter().flat_map(documents::moves).map(documents::Move::readings).collect();
    let mut readings = Vec::new();
    let mut expected = Vec::new();
    for (both, text, is_new) in moves {
        readings.extend(both);
        expected.push((text, is_new));
    }
    let answers = documents::answers(&program, &readings);
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

/// A value of another type that one version keeps is in the field for unlisted properties there, and in its own field in the
/// version that it was written with.
#[test]
fn values_of_another_type_are_kept_as_is_said() {
    let moves: Vec<_> = CASES.iter().flat_map(documents::kept).map(documents::Move::readings).collect();
    let readings: Vec<Reading> = moves.iter().flat_map(|(both, ..)| both.clone()).collect();
    let answers = documents::answers(&target().join("changes"), &readings);
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

/// If a property of a random instance is in the field for unlisted properties in one version only, some change says so.
#[test]
fn no_value_of_another_type_is_kept_without_a_word() {
    let mut wrong = String::new();
    let mut found = 0;
    for case in CASES.iter().filter(|case| case.name.starts_with("kept_")) {
        let exchanged = documents::exchanged(case);
        let readings: Vec<Reading> = exchanged.iter().flat_map(|(both, _)| both.clone()).collect();
        let answers = documents::answers(&target().join("changes"), &readings);
        for (answers, (both, direction)) in answers.chunks(2).zip(&exchanged) {
            let (reader, writer) = if *direction == Direction::OldReadsNew {
                (&answers[0], &answers[1])
            } else {
                (&answers[1], &answers[0])
            };
            let moved = direction.moved_names(case);
            for name in documents::property_names(&both[0].document, &moved) {
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
