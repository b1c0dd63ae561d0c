//! Says in the draft of the document what a schema says in its own.

use serde_json::{Map, Value};

use crate::draft::Draft;

/// The keywords that count only since a draft.
const SINCE: &[(&str, Draft)] = &[
    ("const", Draft::Six),
    ("contains", Draft::Six),
    ("propertyNames", Draft::Six),
    ("if", Draft::Seven),
    ("then", Draft::Seven),
    ("else", Draft::Seven),
    ("dependentRequired", Draft::Y2019),
    ("dependentSchemas", Draft::Y2019),
    ("maxContains", Draft::Y2019),
    ("minContains", Draft::Y2019),
    ("unevaluatedItems", Draft::Y2019),
    ("unevaluatedProperties", Draft::Y2019),
    ("prefixItems", Draft::Y2020),
];

/// What a keyword of a schema is called in the document; nothing when it does not count, or has no
/// counterpart there.
pub(super) fn keyword<'k>(schema: &Map<String, Value>, keyword: &'k str, from: Draft, to: Draft) -> Option<&'k str> {
    if from.like() == to.like() {
        return Some(keyword);
    }
    let is_hidden = schema.get("$ref").is_some_and(Value::is_string) && !from.reference_has_siblings();
    if is_hidden && keyword != "$ref" || SINCE.iter().any(|(name, since)| *name == keyword && from < *since) {
        return None;
    }
    let has_first_items = from < Draft::Y2020 && schema.get("items").is_some_and(Value::is_array);
    match keyword {
        "items" if has_first_items => Some("prefixItems"),
        "additionalItems" => has_first_items.then_some("items"),
        _ => Some(keyword),
    }
}

/// Says in other keywords what those of a schema's own draft say.
pub(super) fn translate(schema: &mut Map<String, Value>, from: Draft, to: Draft) {
    if from == Draft::OpenApi30 && !schema.contains_key("$ref") {
        nullable(schema);
    }
    if from.like() == to.like() {
        return;
    }
    if from < Draft::Six {
        bound(schema, "minimum", "exclusiveMinimum");
        bound(schema, "maximum", "exclusiveMaximum");
    }
    if let (true, Some(Value::Object(all))) = (from < Draft::Y2019, schema.remove("dependencies")) {
        let (required, schemas): (Map<_, _>, Map<_, _>) = all.into_iter().partition(|(_, value)| value.is_array());
        let both = [("dependentRequired", required), ("dependentSchemas", schemas)];
        let both = both.into_iter().filter(|(_, all)| !all.is_empty());
        schema.extend(both.map(|(keyword, all)| (keyword.to_owned(), Value::Object(all))));
    }
}

/// `nullable` of OpenAPI 3.0 adds null to the types, and to the values that are listed.
fn nullable(schema: &mut Map<String, Value>) {
    if schema.remove("nullable") != Some(Value::Bool(true)) {
        return;
    }
    let Some(types) = schema.get_mut("type") else { return };
    let null = Value::from("null");
    match types {
        Value::Array(types) if !types.contains(&null) => types.push(null),
        Value::String(name) if name != "null" => *types = Value::from(vec![name.as_str(), "null"]),
        _ => {}
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        // A validator of draft 4 may want each value once.
        values.retain(|value| !value.is_null());
        values.push(Value::Null);
    }
}

/// A bound that `true` makes exclusive is a number of its own since draft 6.
fn bound(schema: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    if schema.remove(exclusive) == Some(Value::Bool(true)) {
        let number = schema.remove(bound).map(|number| (exclusive.to_owned(), number));
        schema.extend(number);
    }
}
