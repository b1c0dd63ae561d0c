//! 303 real schemas of one publisher, as one module of types.
//!
//! `SCHEMA_CORPUS` names their folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod consumer;

use std::collections::BTreeSet;

use json_schema_codegen::{Dangling, Documents, Generated, Settings, generate};

fn corpus() -> Generated {
    let folder = std::env::var_os("SCHEMA_CORPUS").expect("SCHEMA_CORPUS names the folder of the schemas");
    let mut settings = Settings::default();
    settings.dangling = Dangling::Widen; // two references lead nowhere
    Documents::from_folder(folder)
        .and_then(|documents| generate(documents, &settings))
        .unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
#[ignore = "needs SCHEMA_CORPUS"]
fn is_one_module_without_a_warning() {
    let generated = corpus();
    consumer::check("corpus", "#![deny(warnings)]\npub mod types;\n", &[("types.rs", generated.types())]);
}

#[test]
#[ignore = "needs SCHEMA_CORPUS"]
fn each_type_is_there_once() {
    let generated = corpus();
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
fn at_most_one_property_in_a_hundred_is_widened() {
    let report = corpus().report();
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
