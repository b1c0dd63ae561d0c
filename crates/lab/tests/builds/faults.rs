//! Checks that each fault in `schema/` makes the build fail with an error of Cargo that has the location of the fault.

use crate::copy::ProjectCopy;

/// Builds the copy, which must fail without a panic. Returns the errors of the build script, without the text `error:
/// webex-event@0.1.0: ` that Cargo puts before each.
fn list_build_errors(copy: &ProjectCopy) -> Vec<String> {
    let stderr = copy.build_with_errors();
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert!(!stderr.contains("stack backtrace"), "{stderr}");
    let errors = stderr.lines().filter_map(|line| line.strip_prefix("error: webex-event@0.1.0: "));
    errors.map(str::to_owned).collect()
}

/// Returns the lines of `text`, a file in `faults/` with an expected error on each line.
fn split_expected_errors(text: &str) -> Vec<&str> {
    text.lines().collect()
}

#[test]
fn each_reference_to_nothing_is_reported() {
    let copy = ProjectCopy::new();
    copy.replace_text("schema/webex-event-schema.json", "schemas/Recipient\"", "schemas/Receiver\"");
    copy.replace_text("schema/webex-event-schema.json", "schemas/EventTypeEnum\"", "schemas/EventKind\"");
    copy.replace_text("schema/webex-eventcollectionresponse-schema.json", "schemas/Event\"", "schemas/Incident\"");
    assert_eq!(list_build_errors(&copy), split_expected_errors(include_str!("faults/references_to_nothing.txt")));
}

#[test]
fn each_file_that_is_not_json_is_reported() {
    let copy = ProjectCopy::new();
    copy.write_text("schema/webex-recipient-schema.json", "{\n  \"type\": object\n}\n");
    copy.write_text("schema/webex-eventtypeenum-schema.json", "{\n");
    assert_eq!(list_build_errors(&copy), split_expected_errors(include_str!("faults/files_not_json.txt")));
}

/// Features that the build switches off to compile faster are named in the error if a schema needs them.
#[test]
fn missing_feature_that_a_schema_needs_is_named() {
    let copy = ProjectCopy::new();
    let patterns = "\"type\": \"object\",\n  \"patternProperties\": {\"^x-\": {\"type\": \"string\"}},";
    copy.replace_text("schema/webex-recipient-schema.json", "\"type\": \"object\",", patterns);
    assert_eq!(list_build_errors(&copy), split_expected_errors(include_str!("faults/feature_missing.txt")));
}

#[test]
fn each_correction_that_no_longer_holds_is_reported() {
    let copy = ProjectCopy::new();
    copy.replace_text("schema/webex-event-schema.json", "    \"orgId\",\n", "");
    copy.replace_text("schema/webex-eventtypeenum-schema.json", "\"ended\"\n", "\"ended\",\n    \"read\"\n");
    assert_eq!(list_build_errors(&copy), split_expected_errors(include_str!("faults/corrections_out_of_date.txt")));
}

#[test]
fn build_succeeds_after_the_schema_is_mended() {
    let copy = ProjectCopy::new();
    let schema = copy.read_text("schema/webex-recipient-schema.json");
    copy.write_text("schema/webex-recipient-schema.json", "{");
    copy.build_with_errors();

    copy.write_text("schema/webex-recipient-schema.json", &schema);

    assert!(copy.build_types().contains("pub struct Recipient"));
}
