//! Generates types from hostile schemas that are too large for files.

use json_schema_codegen::{DiagnosticKind, Documents, Errors, Generated, Settings, generate};
use lab::hostile::SCHEMA_FAMILIES;

/// Generates types from the schema `text` with the default settings.
fn generate_types(text: &str) -> Result<Generated, Errors> {
    Documents::from_texts("schema", [("schema.json", text)])
        .and_then(|documents| generate(documents, &Settings::default()))
}

/// Returns (module name, output) for a small schema of each family, without those that the generator rejects. The
/// schemas have at most 12 repetitions, since types that contain each other some forty levels deep exceed rustc's limit
/// of recursion.
pub fn generate_small_families() -> Vec<(String, Generated)> {
    let small = SCHEMA_FAMILIES.iter().filter_map(|family| {
        let generated = generate_types(&(family.make_schema_text)(family.size.min(12))).ok()?;
        Some((format!("made_{}", family.name.replace(' ', "_").to_lowercase()), generated))
    });
    small.collect()
}

/// Generates types from the schema `text`, and returns the text of the error.
///
/// # Panics
/// Unless there is exactly one error, about a limit.
fn generate_limit_error_text(text: &str) -> String {
    let errors = generate_types(text).expect_err("it is refused");
    assert!(errors.diagnostics().len() == 1, "{errors}");
    assert_eq!(errors.diagnostics()[0].kind, DiagnosticKind::Limit);
    errors.to_string()
}

#[test]
fn each_schema_family_of_double_size_gives_types_or_limit_errors() {
    for family in SCHEMA_FAMILIES {
        let text = (family.make_schema_text)(family.size * 2);
        if let Err(errors) = generate_types(&text) {
            let is_known =
                |kind: &DiagnosticKind| matches!(kind, DiagnosticKind::Limit | DiagnosticKind::DanglingReference);
            assert!(errors.diagnostics().iter().all(|error| is_known(&error.kind)), "{}: {errors}", family.name);
        }
    }
}

#[test]
fn objects_nested_10_000_deep_are_an_error() {
    let text = format!("{}{{}}{}", "{\"properties\":{\"a\":".repeat(10_000), "}}".repeat(10_000));
    let errors = generate_types(&text).expect_err("it is refused");
    assert_eq!(
        errors.to_string(),
        "error: this is nested more than 127 levels deep\n  --> schema/schema.json:1:1212\n  \
         help: nest the schema less deeply; deeper JSON cannot be read"
    );
}

#[test]
fn objects_nested_as_deep_as_the_limit_are_generated() {
    let text = format!("{}{{}}{}", "{\"properties\":{\"a\":".repeat(63), "}}".repeat(63));
    assert!(generate_types(&text).is_ok());
}

#[test]
fn enum_of_100_000_values_is_generated() {
    let values: Vec<String> = (0..100_000).map(|at| format!("\"value {at}\"")).collect();
    let text = format!("{{\"title\": \"Values\", \"enum\": [{}]}}", values.join(","));
    let generated = generate_types(&text).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(generated.types().contains("Value99999"));
}

#[test]
fn enum_values_past_the_limit_are_an_error() {
    let values = vec!["1"; 200_001];
    let text = format!("{{\"enum\": [{}]}}", values.join(","));
    assert_eq!(
        generate_limit_error_text(&text),
        "error: this `enum` has 200001 values\n  --> schema/schema.json:1:1\n  \
         help: make the schema smaller, or raise `enum_values` under `[limits]` in the settings; it is 200000"
    );
}

#[test]
fn description_of_50_megabytes_is_generated() {
    let text = format!("{{\"title\": \"Long\", \"description\": \"{}\"}}", "a word ".repeat(50_000_000 / 7));
    let generated = generate_types(&text).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(generated.types().len() < 60_000_000);
}

#[test]
fn file_larger_than_the_limit_is_an_error() {
    let text = format!("{{\"description\": \"{}\"}}", "a".repeat(64 << 20));
    assert_eq!(
        generate_limit_error_text(&text),
        "error: this file has 67108883 bytes\n  --> schema/schema.json\n  \
         help: make the schema smaller, or raise `file` under `[limits]` in the settings; it is 67108864"
    );
}

#[test]
fn chain_of_100_000_references_is_generated() {
    let chain = SCHEMA_FAMILIES.iter().find(|family| family.name == "a chain of references").unwrap();
    let text = (chain.make_schema_text)(100_000);
    let generated = generate_types(&text).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(generated.types().contains("= String;"));
}

#[test]
fn property_names_longer_than_the_pointer_limit_are_an_error() {
    let properties: Vec<String> = (0..1_000).map(|at| format!("\"p{at}\": {{}}")).collect();
    let name = "n".repeat(1 << 20);
    let text = format!("{{\"properties\": {{\"{name}\": {{\"properties\": {{{}}}}}}}}}", properties.join(","));
    assert_eq!(
        generate_limit_error_text(&text),
        "error: the JSON pointer of a value in here has 1048587 bytes\n  --> schema/schema.json:1:16 at \
         /properties\n  help: make the schema smaller, or raise `pointer` under `[limits]` in the settings; it is 4096"
    );
}
