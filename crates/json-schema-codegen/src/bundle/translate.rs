//! Translates the keywords of a schema from its own draft to the draft of the document.

use serde_json::{Map, Value};

use crate::draft::Draft;

/// The keywords that were introduced after draft 4, each with the draft that introduced it. In an older draft they have
/// no effect.
const DRAFT_OF_KEYWORD: &[(&str, Draft)] = &[
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

/// Returns the name that `keyword` of `schema` has in the draft `to`, if `schema` is in the draft `from`: `prefixItems`
/// for an `items` with an array. `None` if the keyword has no effect in `from`, or no counterpart in `to`.
pub(super) fn translate_keyword_name<'k>(
    schema: &Map<String, Value>,
    keyword: &'k str,
    from: Draft,
    to: Draft,
) -> Option<&'k str> {
    if from.base_draft() == to.base_draft() {
        return Some(keyword);
    }
    let has_only_reference = schema.get("$ref").is_some_and(Value::is_string) && !from.allows_reference_siblings();
    if has_only_reference && keyword != "$ref"
        || DRAFT_OF_KEYWORD.iter().any(|(name, since)| *name == keyword && from < *since)
    {
        return None;
    }
    let has_tuple_items = from < Draft::Y2020 && schema.get("items").is_some_and(Value::is_array);
    match keyword {
        "items" if has_tuple_items => Some("prefixItems"),
        "additionalItems" => has_tuple_items.then_some("items"),
        _ => Some(keyword),
    }
}

/// Replaces the keywords of `schema` that have another form in the draft `to` than in the draft `from`: `nullable`,
/// exclusive bounds and `dependencies`. Does not rename keywords; [`translate_keyword_name`] does.
pub(super) fn translate_keyword_forms(schema: &mut Map<String, Value>, from: Draft, to: Draft) {
    if from == Draft::OpenApi30 && !schema.contains_key("$ref") {
        translate_nullable(schema);
    }
    if from.base_draft() == to.base_draft() {
        return;
    }
    if from < Draft::Six {
        translate_bound(schema, "minimum", "exclusiveMinimum");
        translate_bound(schema, "maximum", "exclusiveMaximum");
    }
    if let (true, Some(Value::Object(all))) = (from < Draft::Y2019, schema.remove("dependencies")) {
        let (required, schemas): (Map<_, _>, Map<_, _>) = all.into_iter().partition(|(_, value)| value.is_array());
        let both = [("dependentRequired", required), ("dependentSchemas", schemas)];
        let both = both.into_iter().filter(|(_, all)| !all.is_empty());
        schema.extend(both.map(|(keyword, all)| (keyword.to_owned(), Value::Object(all))));
    }
}

/// Removes `nullable` of OpenAPI 3.0. If it is true and the schema has a `type`, adds null to the `type` and to
/// the `enum`: `"type": "string"` becomes `"type": ["string", "null"]`.
fn translate_nullable(schema: &mut Map<String, Value>) {
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
        // Draft 4 requires each value of an `enum` to be unique.
        values.retain(|value| !value.is_null());
        values.push(Value::Null);
    }
}

/// Replaces a bound that a boolean makes exclusive (up to draft 4) by an exclusive bound (since draft 6): `"minimum":
/// 5, "exclusiveMinimum": true` becomes `"exclusiveMinimum": 5`. Removes `exclusive` if it is `false`.
fn translate_bound(schema: &mut Map<String, Value>, bound: &str, exclusive: &str) {
    if schema.remove(exclusive) == Some(Value::Bool(true)) {
        let number = schema.remove(bound).map(|number| (exclusive.to_owned(), number));
        schema.extend(number);
    }
}
