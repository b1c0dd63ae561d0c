//! Writes the text of the file that a newer schema becomes in the schema folder.

use serde_json::Value;

use crate::draft::{Draft, OPENAPI_30_DIALECT};
use crate::location::Location;
use crate::update::source::NewerDocuments;
use crate::update::text;

/// Returns the text of the file that the newer schema at `schema` becomes. A whole document keeps its text; a schema of
/// an OpenAPI document gets `$schema`, `$id` and `title` before its own keywords.
pub(crate) fn make_file_text(source: &NewerDocuments, schema: &Location) -> String {
    if source.is_component_schema(schema) {
        make_component_file_text(source, schema)
    } else {
        make_document_text(source, schema)
    }
}

/// Returns the text of the document that `schema` is in, as it was read. A document that was converted to JSON, for
/// example from YAML, is formatted.
fn make_document_text(source: &NewerDocuments, schema: &Location) -> String {
    let text = source.documents().all_documents().get(schema.document).map(|document| &document.text);
    let text = text.map(|text| if text.is_converted { text::format_json(&text.json) } else { text.json.clone() });
    text.unwrap_or_default()
}

/// Returns the schema at `schema` of an OpenAPI document as a formatted document of its own. Adds `$schema`, `$id` and
/// `title` unless the schema has them; the `$id` is the schema's pointer in the OpenAPI document, such as
/// `#/components/schemas/Order`. The schema `false` becomes `"not": {}`.
fn make_component_file_text(source: &NewerDocuments, schema: &Location) -> String {
    let documents = source.documents();
    let value = documents.value_at(schema);
    let json = documents.all_documents().get(schema.document).map_or("", |document| &document.text.json);
    let own = text::find_value_text(json, schema.pointer()).unwrap_or_default();
    let own = match value {
        Some(Value::Bool(false)) => r#""not": {}"#,
        _ => own.strip_prefix('{').and_then(|own| own.strip_suffix('}')).unwrap_or_default().trim(),
    };
    let has_keyword = |keyword: &str| value.is_some_and(|value| value.get(keyword).is_some());
    let title = source.schema_title(schema).unwrap_or_default();
    let head = [
        ("$schema", choose_component_dialect(source, schema)),
        ("$id", format!("#{}", schema.pointer())),
        ("title", title),
    ];
    let head = head.into_iter().filter(|(keyword, _)| !has_keyword(keyword));
    let head: Vec<String> = head.map(|(keyword, text)| format!("\"{keyword}\": {}", Value::String(text))).collect();
    let members: Vec<&str> = head.iter().map(String::as_str).chain([own]).filter(|text| !text.is_empty()).collect();
    text::format_json(&format!("{{{}}}", members.join(",")))
}

/// Returns the `$schema` for the file of a schema of an OpenAPI document: draft 2020-12, or the dialect of OpenAPI 3.0
/// if the document has that version and the schema uses `nullable`, which no draft has.
fn choose_component_dialect(source: &NewerDocuments, schema: &Location) -> String {
    let is_openapi_30 = source.draft_of_schema(schema) == Draft::OpenApi30;
    let uses_nullable = is_openapi_30 && source.documents().value_at(schema).is_some_and(contains_nullable);
    if uses_nullable { OPENAPI_30_DIALECT } else { "https://json-schema.org/draft/2020-12/schema" }.to_owned()
}

/// Checks whether `"nullable": true` is anywhere in `value`.
fn contains_nullable(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.get("nullable") == Some(&Value::Bool(true)) || map.values().any(contains_nullable),
        Value::Array(list) => list.iter().any(contains_nullable),
        _ => false,
    }
}
