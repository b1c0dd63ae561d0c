//! Reads the documentation in schemas: of types, properties and single values.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::location::Location;
use crate::normalize::definition::Docs;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::Node;
use crate::resolve::Resolved;

/// Returns the annotations of the schema at `location`, such as its title and description; all are empty for a boolean
/// schema.
pub(crate) fn read_schema_docs(resolved: &Resolved, location: &Location) -> Docs {
    SchemaKeywords::read_at(resolved, location).map(|keywords| keywords.read_docs()).unwrap_or_default()
}

/// Returns the annotations of the property whose schema is at `location`. An annotation that the schema does not have
/// is taken from the first member of its `allOf` that has it and consists only of annotations, as in
/// `{"allOf": [{"$ref": "#/$defs/Point"}, {"description": "The centre."}]}`.
pub(crate) fn read_property_docs(resolved: &Resolved, location: &Location) -> Docs {
    let members =
        SchemaKeywords::read_at(resolved, location).map(|keywords| keywords.all_of_members()).unwrap_or_default();
    let is_annotation = |member: &Location| {
        let node = Node::from_location(resolved, member);
        node.parts.is_empty() && node.references.is_empty()
    };
    let members = members.iter().filter(|member| is_annotation(member));
    members.fold(read_schema_docs(resolved, location), |all, member| {
        all.fill_missing_from(read_schema_docs(resolved, member))
    })
}

/// Returns the descriptions of the single values of `enum`, by the [`make_value_key`] of each value. They are read from
/// the first of `x-enumDescriptions`, `x-enum-descriptions`, `meta:enum` and `enumDescriptions` that is an object from
/// values to descriptions, or a list with as many items as `enum` has; empty if there is none.
pub(crate) fn read_value_descriptions(schema: &Map<String, Value>) -> HashMap<String, String> {
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
                .filter_map(|(value, text)| Some((make_value_key(value), text.as_str()?.to_owned())));
            Some(texts.collect())
        }
        _ => None,
    };
    ["x-enumDescriptions", "x-enum-descriptions", "meta:enum", "enumDescriptions"]
        .iter()
        .find_map(parse)
        .unwrap_or_default()
}

/// Returns the key of a value of an `enum` in the map of [`read_value_descriptions`]: a string as it is (`read`), any
/// other value as its JSON text (`404`).
pub(crate) fn make_value_key(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Splits the description of an `enum` into (text without the lines about single values, description by value). A line
/// about a value is a list item like `` * `created` - The item is new. ``
pub(crate) fn split_off_value_lines(description: &str) -> (String, HashMap<String, String>) {
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

/// Parses a line of a description about a single value of an `enum` into (value, its description): `` - `gone`: away ``
/// becomes `gone` and `away`. `None` if the line is not a list item that begins with a value in backticks.
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
    fn lines_about_values_are_split_off() {
        let (remaining, values) =
            split_off_value_lines("What happened:\n * `created` - made\n * `gone`: away\n\nThat is all.");
        assert_eq!(remaining, "What happened:\n\nThat is all.");
        assert_eq!(values["created"], "made");
        assert_eq!(values["gone"], "away");
    }
}
