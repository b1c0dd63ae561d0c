//! Finds the list elements that a correction names by value rather than by index, so that it still
//! fits when upstream adds, removes or sorts other elements.
//!
//! | Step of a path | The element of the list |
//! | --- | --- |
//! | `/required/=id` | that is `"id"`; a text that is JSON (`=404`) names that JSON value too |
//! | `/parameters/name=limit` | that is an object whose property `name` is `"limit"` |
//!
//! RFC 6901 has only numbers and `-` as steps into lists, so that other tools refuse such paths.

use json_patch::PatchOperation;
use json_patch::jsonptr::{Pointer, PointerBuf, Token};
use serde_json::Value;

/// Returns `operation` with an index for each list element that its paths name by value.
///
/// # Errors
/// What was expected and what was found, where a list does not hold exactly one such element.
pub(super) fn resolve(document: &Value, operation: &PatchOperation) -> Result<PatchOperation, String> {
    let mut resolved = operation.clone();
    let path = match &mut resolved {
        PatchOperation::Add(add) => &mut add.path,
        PatchOperation::Remove(remove) => &mut remove.path,
        PatchOperation::Replace(replace) => &mut replace.path,
        PatchOperation::Test(test) => &mut test.path,
        PatchOperation::Move(moved) => {
            moved.from = indexed(document, &moved.from)?;
            &mut moved.path
        }
        PatchOperation::Copy(copy) => {
            copy.from = indexed(document, &copy.from)?;
            &mut copy.path
        }
    };
    *path = indexed(document, path)?;
    Ok(resolved)
}

/// Returns the JSON pointer of RFC 6901 that `path` stands for in `document`.
fn indexed(document: &Value, path: &Pointer) -> Result<PointerBuf, String> {
    let mut pointer = PointerBuf::new();
    let mut value = Some(document);
    for token in path.tokens() {
        let step = token.decoded();
        let index = match (value, step.split_once('=')) {
            (Some(Value::Array(list)), Some((name, text))) => Some(index(list, name, text, &pointer)?),
            _ => None,
        };
        value = match (value, index) {
            (Some(Value::Array(list)), index) => list.get(index.or_else(|| step.parse().ok()).unwrap_or(list.len())),
            (Some(Value::Object(properties)), _) => properties.get(&*step),
            _ => None,
        };
        pointer.push_back(index.map_or_else(|| token.to_owned(), Token::from));
    }
    Ok(pointer)
}

/// Returns the index of the one element of `list` whose property `name` is `text`; with an empty
/// `name`, of the one that is `text` itself. `text` is a string, or how another JSON value is written.
fn index(list: &[Value], name: &str, text: &str, pointer: &Pointer) -> Result<usize, String> {
    let written: Option<Value> = serde_json::from_str(text).ok();
    let is = |value: &Value| value.as_str().map_or_else(|| written.as_ref() == Some(value), |string| string == text);
    let is_meant = |element: &Value| if name.is_empty() { is(element) } else { element.get(name).is_some_and(is) };
    let mut found = list.iter().enumerate().filter(|(_, element)| is_meant(element)).map(|(index, _)| index);
    match (found.next(), found.count()) {
        (Some(index), 0) => Ok(index),
        (first, others) => {
            let what = if name.is_empty() { String::new() } else { format!(" whose `{name}` is") };
            let count = if first.is_none() { "none".to_owned() } else { (others + 1).to_string() };
            Err(format!("expected one element{what} `{text}` in {pointer}, found {count}"))
        }
    }
}
