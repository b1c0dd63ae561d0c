//! Reads the documentation in schemas: of types, properties and single values.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::location::Location;
use crate::normalize::definition::Docs;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::resolve::Resolved;

/// Returns the annotations of the schema at `location`; all empty for a boolean schema.
pub(crate) fn docs(resolved: &Resolved, location: &Location) -> Docs {
    Keywords::at(resolved, location).map(|keywords| keywords.docs()).unwrap_or_default()
}

/// Returns the annotations of the property whose schema is at `location`: its own, and for those that it does not
/// have the annotations of the members of its `allOf` that consist of annotations, as in
/// `{"allOf": [{"$ref": "#/$defs/Point"}, {"description": "The centre."}]}`.
pub(crate) fn property_docs(resolved: &Resolved, location: &Location) -> Docs {
    let members = Keywords::at(resolved, location).map(|keywords| keywords.all_of()).unwrap_or_default();
    let is_annotation = |member: &Location| {
        let node = Node::at(resolved, member);
        node.parts.is_empty() && node.references.is_empty()
    };
    let members = members.iter().filter(|member| is_annotation(member));
    members.fold(docs(resolved, location), |all, member| all.or(docs(resolved, member)))
}

/// Returns the descriptions of the values of `enum` that are in keywords of their own, by the value's
/// text (`read`, `404`). The first of `x-enumDescriptions`, `x-enum-descriptions`, `meta:enum` and
/// `enumDescriptions` counts that is an object by value, or a list with as many items as `enum` has.
pub(crate) fn value_descriptions(schema: &Map<String, Value>) -> HashMap<String, String> {
    let values = schema.get("enum").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let parse = |keyword: &&str| match schema.get(*keyword)? {
        Value::Object(texts) => {
            let texts = texts.iter().filter_map(|(value, text)| Some((value.clone(), text.as_str()?.to_owned())));
            Some(texts.collect())
        }
        Value::Array(texts) if texts.len() == values.len() => {
            let texts = values
                .iter()
                .zip(texts)
                .filter_map(|(value, text)| Some((value_key(value), text.as_str()?.to_owned())));
            Some(texts.collect())
        }
        _ => None,
    };
    ["x-enumDescriptions", "x-enum-descriptions", "meta:enum", "enumDescriptions"]
        .iter()
        .find_map(parse)
        .unwrap_or_default()
}

/// Returns the key of a value in the map of [`value_descriptions`]: JSON, but strings without quotes, as
/// in `read` and `404`.
pub(crate) fn value_key(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Splits a description into (text without the lines about single values, description by value). Such a
/// line is a list item like `` * `created` - The item is new. ``
pub(crate) fn split_values(description: &str) -> (String, HashMap<String, String>) {
    let mut values = HashMap::new();
    let mut remaining = Vec::new();
    for line in description.lines() {
        match parse_value_line(line) {
            Some((value, text)) => drop(values.insert(value.to_owned(), text.to_owned())),
            None => remaining.push(line),
        }
    }
    (remaining.join("\n").trim().to_owned(), values)
}

/// Parses a line about a single value into (value, text): `` - `gone`: away `` becomes `gone` and `away`.
/// `None` if the line is not a list item that begins with a value in backticks.
fn parse_value_line(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().strip_prefix(['*', '-'])?.trim_start().strip_prefix('`')?;
    let (value, text) = line.split_once('`')?;
    let text = text.trim_start().strip_prefix(['-', ':', '–', '—']).unwrap_or(text);
    Some((value, text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_split_off() {
        let (remaining, values) = split_values("What happened:\n * `created` - made\n * `gone`: away\n\nThat is all.");
        assert_eq!(remaining, "What happened:\n\nThat is all.");
        assert_eq!(values["created"], "made");
        assert_eq!(values["gone"], "away");
    }
}
