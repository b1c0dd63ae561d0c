//! Checks that each limit is a setting, and that exceeding it is an error that names the setting.

use json_schema_codegen::{DiagnosticKind, Documents, Limits, Settings, generate};

/// Generates types from `texts` with limits changed by `change`, which must fail with a single error. Returns the name of the
/// setting in its help.
fn limit_error(texts: &[(&str, &str)], change: fn(&mut Limits)) -> String {
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

const OBJECT: &str =
    r#"{"title": "A", "type": "object", "properties": {"b": {"type": "object", "properties": {"c": {}}}}}"#;

#[test]
fn each_limit_names_its_setting() {
    let one = [("a.json", OBJECT)];
    assert_eq!(limit_error(&one, |limits| limits.file = 10), "file");
    assert_eq!(limit_error(&[("a.json", "{}"), ("b.json", "{}")], |limits| limits.documents = 1), "documents");
    assert_eq!(limit_error(&one, |limits| limits.depth = 3), "depth");
    assert_eq!(limit_error(&one, |limits| limits.pointer = 13), "pointer");
    assert_eq!(limit_error(&[("a.json", r#"{"enum": [1, 2, 3]}"#)], |limits| limits.enum_values = 2), "enum_values");
    assert_eq!(limit_error(&one, |limits| limits.types = 1), "types");
    assert_eq!(limit_error(&one, |limits| limits.output = 100), "output");
    let test = r#"{"op": "test", "path": "", "value": {}, "why": "w"}"#;
    let patch = format!("[{test}, {test}]");
    let texts = [("a.json", "{}"), ("a.patch.json", patch.as_str())];
    assert_eq!(limit_error(&texts, |limits| limits.corrections = 1), "corrections");
}

#[test]
fn limits_are_read_from_the_settings() {
    let limits: Limits = serde_json::from_str(r#"{"types": 5}"#).unwrap();
    assert_eq!(limits.types, 5);
    assert_eq!(limits.documents, Limits::default().documents);
    assert!(serde_json::from_str::<Limits>(r#"{"tpyes": 5}"#).is_err());
}
