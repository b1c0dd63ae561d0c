//! Checks that each limit is a setting, and that the error for exceeding it names the setting.

use json_schema_codegen::{DiagnosticKind, Documents, Limits, Settings, generate};

/// Generates types from `texts`, as (file name, text), with limits that `change` lowers. Returns the name of the
/// setting that the help of the error names.
///
/// # Panics
/// Unless there is exactly one error, about a limit.
fn find_limit_setting(texts: &[(&str, &str)], change: fn(&mut Limits)) -> String {
    let mut settings = Settings::default();
    change(&mut settings.limits);
    let documents = Documents::from_texts("schema", texts.iter().copied()).unwrap();
    let errors = generate(documents, &settings).expect_err("it is past the limit");
    let [error] = errors.diagnostics() else { panic!("{errors}") };
    assert_eq!(error.kind, DiagnosticKind::Limit);
    assert!(error.file.is_some() || error.message.contains("output"), "{errors}");
    let help = error.help.clone().unwrap();
    help.split('`').nth(1).unwrap().to_owned()
}

/// A schema with an object inside an object.
const NESTED_OBJECT_SCHEMA: &str =
    r#"{"title": "A", "type": "object", "properties": {"b": {"type": "object", "properties": {"c": {}}}}}"#;

#[test]
fn error_of_each_limit_names_its_setting() {
    let one = [("a.json", NESTED_OBJECT_SCHEMA)];
    assert_eq!(find_limit_setting(&one, |limits| limits.file = 10), "file");
    assert_eq!(find_limit_setting(&[("a.json", "{}"), ("b.json", "{}")], |limits| limits.documents = 1), "documents");
    assert_eq!(find_limit_setting(&one, |limits| limits.depth = 3), "depth");
    assert_eq!(find_limit_setting(&one, |limits| limits.pointer = 13), "pointer");
    assert_eq!(
        find_limit_setting(&[("a.json", r#"{"enum": [1, 2, 3]}"#)], |limits| limits.enum_values = 2),
        "enum_values"
    );
    assert_eq!(find_limit_setting(&one, |limits| limits.types = 1), "types");
    assert_eq!(find_limit_setting(&one, |limits| limits.output = 100), "output");
    let test = r#"{"op": "test", "path": "", "value": {}, "why": "w"}"#;
    let patch = format!("[{test}, {test}]");
    let texts = [("a.json", "{}"), ("a.patch.json", patch.as_str())];
    assert_eq!(find_limit_setting(&texts, |limits| limits.corrections = 1), "corrections");
}

#[test]
fn limits_are_read_and_unknown_ones_refused() {
    let limits: Limits = serde_json::from_str(r#"{"types": 5}"#).unwrap();
    assert_eq!(limits.types, 5);
    assert_eq!(limits.documents, Limits::default().documents);
    assert!(serde_json::from_str::<Limits>(r#"{"tpyes": 5}"#).is_err());
}
