//! The words of a schema: of types, properties and values.

use std::collections::HashMap;

use crate::bundle::Bundle;
use crate::normalize::definition::Docs;
use crate::normalize::keywords::Keywords;
use crate::place::Place;

/// What the schema at a place says of itself.
pub(crate) fn docs(bundle: &Bundle, place: &Place) -> Docs {
    Keywords::at(bundle, place).map(|keywords| keywords.docs()).unwrap_or_default()
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
