//! Generates one module of types from 303 real schemas of one publisher. The environment variable `SCHEMA_CORPUS` has
//! the path of the folder with these schemas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod consumer;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use json_schema_codegen::changes::{self, Compatibility};
use json_schema_codegen::{Dangling, Documents, Errors, Generated, Settings, generate};

/// Returns the path of the folder with the schemas.
fn find_corpus_folder() -> PathBuf {
    std::env::var_os("SCHEMA_CORPUS").expect("set SCHEMA_CORPUS to the folder of the schemas").into()
}

/// Generates the types of all schemas in the folder.
fn generate_corpus_types() -> Generated {
    generate_types(Documents::from_folder(find_corpus_folder()))
}

/// Generates types from `documents`; references to nothing become any value.
///
/// # Panics
/// If `documents` is an error, or if the generator rejects the schemas.
fn generate_types(documents: Result<Documents, Errors>) -> Generated {
    let mut settings = Settings::default();
    settings.dangling = Dangling::Widen; // Two references of the schemas refer to nothing.
    documents.and_then(|documents| generate(documents, &settings)).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
#[ignore = "needs SCHEMA_CORPUS"]
fn corpus_types_compile_as_one_module_without_a_warning() {
    let generated = generate_corpus_types();
    consumer::check_crate_compiles(
        "corpus",
        "#![deny(warnings)]\npub mod types;\n",
        &[("types.rs", generated.types())],
    );
}

#[test]
#[ignore = "needs SCHEMA_CORPUS"]
fn corpus_type_names_are_distinct() {
    let generated = generate_corpus_types();
    let mut seen = BTreeSet::new();
    let names = generated.types().lines().filter_map(|line| {
        let item =
            line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum ")).or(line.strip_prefix("pub type "))?;
        item.split(|c: char| !c.is_alphanumeric() && c != '_').next()
    });
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 303, "{} types", names.len());
    assert!(names.iter().all(|name| seen.insert(*name)));
}

#[test]
#[ignore = "needs SCHEMA_CORPUS"]
fn at_most_one_percent_of_corpus_properties_are_widened() {
    let report = generate_corpus_types().report();
    let any = report.properties.iter().filter(|property| property.rust.contains("::serde_json::Value")).count();
    println!(
        "{} properties; {} places widened: {:#?}; {any} properties ({:.2} %) have `serde_json::Value` in their type",
        report.properties.len(),
        report.widened.len(),
        report.widened,
        any as f64 * 100.0 / report.properties.len() as f64,
    );
    assert!(report.widened.len() * 100 <= report.properties.len());
    assert!(report.widened.iter().all(|place| !place.text.is_empty()));
}

/// Compares the schemas with a version in which types, required properties and descriptions are all changed: a larger
/// difference than any publisher would make at once. At most one change in fifty may be undecided.
#[test]
#[ignore = "needs SCHEMA_CORPUS"]
fn nearly_all_changes_of_the_corpus_have_a_verdict() {
    let changed = fs::read_dir(find_corpus_folder()).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace("\"integer\"", "\"number\"");
        let text = text.replace("\"required\"", "\"x-required\"").replace("The ", "This ");
        (path.file_name().unwrap().to_string_lossy().into_owned(), text.replace("\"boolean\"", "\"string\""))
    });
    let (old, new) = (generate_corpus_types(), generate_types(Documents::from_texts("changed", changed)));
    let start = Instant::now();
    let changes = changes::compare(&old, &new).unwrap();
    let readings = changes.changes.iter().flat_map(|change| [&change.wire.old_reads_new, &change.wire.new_reads_old]);
    let with_instance =
        readings.filter(|reading| matches!(reading, Compatibility::Fails { document: Some(_), .. })).count();
    println!("{:#?}\n{with_instance} failures with an instance; {:?}", changes.summary, start.elapsed());
    assert!(changes.summary.changes > 1_000 && with_instance > 500, "{:#?}", changes.summary);
    assert!(changes.summary.undecided * 50 <= changes.summary.changes, "{:#?}", changes.summary);
}
