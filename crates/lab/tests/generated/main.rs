//! Checks that the output for schemas that the tests make compiles without a warning, and reads and writes instances.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod batch;
mod bounds;
mod listed;
mod names;
mod schemas;

use json_schema_codegen::{Documents, Generated, Settings, generate};
use serde_json::Value;

/// Generates types from `schema`, with the setting `strict`; the type of its root gets the name `Root`. An error is the
/// complete text of the generator's errors.
fn generate_types(schema: &Value, strict: bool) -> Result<Generated, String> {
    let mut settings = Settings::default();
    settings.strict = strict;
    settings.type_name = Some("Root".to_owned());
    if schema.get("openapi").is_some() {
        settings.roots = vec!["schema.json#/components/schemas/Root".to_owned()];
    }
    let documents = Documents::from_texts("schema", [("schema.json", schema.to_string())]);
    documents.and_then(|documents| generate(documents, &settings)).map_err(|errors| errors.to_string())
}

/// Returns the number of schemas in a large run, from the environment variable `LAB_SCHEMAS`; `None` if it is not set,
/// for a small run.
fn read_large_run_size() -> Option<usize> {
    std::env::var("LAB_SCHEMAS").ok().map(|number| number.parse().expect("LAB_SCHEMAS is a number"))
}
