//! The generated text of each fixture is the one that is expected. `EXPECTORATE=overwrite` writes
//! what is generated now; the difference is then what a review looks at.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

mod fixture;

use std::fs;
use std::panic::catch_unwind;

use fixture::Fixture;
use json_schema_codegen::{Documents, Settings};

#[test]
fn generated_text_is_expected() {
    let failed: Vec<String> =
        Fixture::all().iter().filter(|fixture| catch_unwind(|| check(fixture)).is_err()).map(Fixture::name).collect();
    assert!(failed.is_empty(), "the text differs for {failed:?}");
}

fn check(fixture: &Fixture) {
    let documents = Documents::from_texts("schema", fixture.schema_texts()).unwrap();
    let settings = fs::read_to_string(fixture.file("codegen.toml")).unwrap_or_default();
    let settings: Settings = basic_toml::from_str(&settings).unwrap();
    let generated = json_schema_codegen::generate(documents, &settings);
    let generated = generated.unwrap_or_else(|errors| panic!("{}: {errors}", fixture.name()));
    expectorate::assert_contents(fixture.file("expected.rs"), generated.types());
}
