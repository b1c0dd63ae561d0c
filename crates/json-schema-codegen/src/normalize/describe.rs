//! The words of a schema: of types, properties and values.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::bundle::Bundle;
use crate::normalize::definition::Docs;
use crate::normalize::keywords::Keywords;
use crate::place::Place;

/// What the schema at a place says of itself.
pub(crate) fn docs(bundle: &Bundle, place: &Place) -> Docs {
    Keywords::at(bundle, place).map(|keywords| keywords.docs()).unwrap_or_default()
}

/// Returns what a schema says of the values of its `enum` beside its description, by the value's text
/// (`read`, `404`): in an object by value (`x-enumDescriptions`, `meta:enum`), or in a list in the order
/// of `enum` (`x-enum-descriptions`, `enumDescriptions`).
pub(crate) fn beside(schema: &Map<String, Value>) -> HashMap<String, String> {
    let values = schema.get("enum").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let described = |keyword: &&str| match schema.get(*keyword)? {
        Value::Object(texts) => {
            let texts = texts.iter().filter_map(|(value, text)| Some((value.clone(), text.as_str()?.to_owned())));
            Some(texts.collect())
        }
        Value::Array(texts) if texts.len() == values.len() => {
            let texts =
                values.iter().zip(texts).filter_map(|(value, text)| Some((key(value), text.as_str()?.to_owned())));
            Some(texts.collect())
        }
        _ => None,
    };
    ["x-enumDescriptions", "x-enum-descriptions", "meta:enum", "enumDescriptions"]
        .iter()
        .find_map(described)
        .unwrap_or_default()
}

/// Returns the text of a value: that of a string without its quotes.
pub(crate) fn key(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Takes the lines of a list of values (`` * `created` - text ``) out of a description: what is
/// left of it, and the text of each value.
pub(crate) fn split_values(description: &str) -> (String, HashMap<String, String>) {
    let mut values = HashMap::new();
    let mut rest = Vec::new();
    for line in description.lines() {
        match listed(line) {
            Some((value, text)) => drop(values.insert(value.to_owned(), text.to_owned())),
            None => rest.push(line),
        }
    }
    (rest.join("\n").trim().to_owned(), values)
}

/// The value and the text of a line of such a list.
fn listed(line: &str) -> Option<(&str, &str)> {
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
        let (rest, values) = split_values("What happened:\n * `created` - made\n * `gone`: away\n\nThat is all.");
        assert_eq!(rest, "What happened:\n\nThat is all.");
        assert_eq!(values["created"], "made");
        assert_eq!(values["gone"], "away");
    }
}
