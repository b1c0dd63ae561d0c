//! The texts that schemas have as files of their own.

use serde_json::Value;

use crate::draft::{Draft, OPENAPI_30};
use crate::place::Place;
use crate::update::source::Source;
use crate::update::text;

/// The text of a schema's file: of a whole document as it is written, of a member of an OpenAPI
/// document with what names it before its own keywords.
pub(crate) fn write(source: &Source, schema: &Place) -> String {
    if source.is_member(schema) { standing_alone(source, schema) } else { whole(source, schema) }
}

/// A document as it is written; laid out when it was in another format.
fn whole(source: &Source, schema: &Place) -> String {
    let text = source.documents().all().get(schema.document).map(|document| &document.text);
    let text = text.map(|text| if text.is_converted { text::pretty(&text.json) } else { text.json.clone() });
    text.unwrap_or_default()
}

/// The text of a schema of an OpenAPI document as a document of its own.
fn standing_alone(source: &Source, schema: &Place) -> String {
    let documents = source.documents();
    let value = documents.get(schema);
    let json = documents.all().get(schema.document).map_or("", |document| &document.text.json);
    let own = text::value_at(json, schema.pointer()).unwrap_or_default();
    let own = match value {
        Some(Value::Bool(false)) => r#""not": {}"#,
        _ => own.strip_prefix('{').and_then(|own| own.strip_suffix('}')).unwrap_or_default().trim(),
    };
    let is_there = |keyword: &str| value.is_some_and(|value| value.get(keyword).is_some());
    let title = source.title(schema).unwrap_or_default();
    let head = [("$schema", dialect(source, schema)), ("$id", format!("#{}", schema.pointer())), ("title", title)];
    let head = head.into_iter().filter(|(keyword, _)| !is_there(keyword));
    let head: Vec<String> = head.map(|(keyword, text)| format!("\"{keyword}\": {}", Value::String(text))).collect();
    let members: Vec<&str> = head.iter().map(String::as_str).chain([own]).filter(|text| !text.is_empty()).collect();
    text::pretty(&format!("{{{}}}", members.join(",")))
}

/// The `$schema` of a schema of an OpenAPI document: 2020-12, unless it says what OpenAPI 3.0 alone
/// understands.
fn dialect(source: &Source, schema: &Place) -> String {
    let is_old = source.draft(schema) == Draft::OpenApi30;
    let only_there = is_old && source.documents().get(schema).is_some_and(has_nullable);
    if only_there { OPENAPI_30 } else { "https://json-schema.org/draft/2020-12/schema" }.to_owned()
}

fn has_nullable(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.get("nullable") == Some(&Value::Bool(true)) || map.values().any(has_nullable),
        Value::Array(list) => list.iter().any(has_nullable),
        _ => false,
    }
}
