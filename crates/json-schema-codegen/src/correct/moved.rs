//! Finds the place to which upstream has moved a schema that a correction's path leads through.

use json_patch::jsonptr::{Pointer, PointerBuf, Token};
use serde_json::Value;

use super::address;
use crate::draft;

/// Returns (the beginning of `path` up to the name of a schema, the pointer that the schema has now) if the
/// document has no value at this beginning, but a schema of this name at exactly one other place. For example
/// `/properties/seat/type` gives `/properties/seat` and `/$defs/Place/properties/seat`. A name is a key in
/// `properties`, `$defs` and the like, or a step such as `title=Hall` in a list with the same key. Only schemas
/// in which the rest of `path` leads to a place count; its last step need not exist.
pub(super) fn find_moved_schema(document: &Value, path: &Pointer) -> Option<(PointerBuf, PointerBuf)> {
    let tokens: Vec<Token<'_>> = path.tokens().collect();
    let steps: Vec<String> = tokens.iter().map(|token| token.decoded().into_owned()).collect();
    let is_name = |at: &usize| match at.checked_sub(1).map(|above| &steps[above]) {
        Some(key) => draft::holds_named_schemas(key) || steps[*at].find('=').is_some_and(|end| end > 0),
        None => false,
    };
    for at in (count_existing_steps(document, &steps)..steps.len()).filter(is_name) {
        let mut search =
            MovedSchemaSearch { key: &steps[at - 1], name: &steps[at], rest: &steps[at + 1..], found: Vec::new() };
        search.search_value(document, None, &PointerBuf::new());
        if let [place] = &search.found[..] {
            return Some((PointerBuf::from_tokens(tokens.into_iter().take(at + 1)), place.clone()));
        }
    }
    None
}

/// Returns how many of `steps`, from the first on, lead to a value of `document`.
pub(super) fn count_existing_steps(document: &Value, steps: &[String]) -> usize {
    let mut value = document;
    let found = steps.iter().position(|step| match address::find_child_by_step(value, step) {
        Some(inner) => {
            value = inner;
            false
        }
        None => true,
    });
    found.unwrap_or(steps.len())
}

/// A search for the schemas of a name.
struct MovedSchemaSearch<'a> {
    /// The key of the object or list that holds the schema in the correction's path, such as `properties`.
    key: &'a str,
    /// The step from there to the schema: its name, or such as `title=Hall`.
    name: &'a str,
    /// The steps from the schema to the end of the path.
    rest: &'a [String],
    /// The pointers of the schemas that were found.
    found: Vec<PointerBuf>,
}

impl MovedSchemaSearch<'_> {
    /// Searches in `value`, which is at `pointer`, and has the key `key` unless it is the document or an element.
    fn search_value(&mut self, value: &Value, key: Option<&str>, pointer: &PointerBuf) {
        match value {
            Value::Object(properties) => {
                if key.is_some_and(draft::holds_named_schemas) {
                    self.record_if_path_fits(properties.get(self.name), pointer, self.name);
                }
                for (name, inner) in properties {
                    self.search_value(inner, Some(name), &pointer.with_trailing_token(name.as_str()));
                }
            }
            Value::Array(list) => {
                let elements = address::find_elements_by_value(list, self.name).filter(|_| key == Some(self.key));
                for index in elements.unwrap_or_default() {
                    self.record_if_path_fits(list.get(index), pointer, &index.to_string());
                }
                for (index, inner) in list.iter().enumerate() {
                    self.search_value(inner, None, &pointer.with_trailing_token(index));
                }
            }
            _ => {}
        }
    }

    /// Notes `schema`, at `step` below `pointer`, if the rest of the path leads to a place in it.
    fn record_if_path_fits(&mut self, schema: Option<&Value>, pointer: &PointerBuf, step: &str) {
        let Some(schema) = schema else { return };
        if count_existing_steps(schema, self.rest) + 1 >= self.rest.len() {
            self.found.push(pointer.with_trailing_token(step));
        }
    }
}
