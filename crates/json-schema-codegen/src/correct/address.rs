//! Finds the list elements that a correction names by value instead of by index, so that it still fits
//! when upstream adds, removes or sorts other elements.
//!
//! | Path | Names the list element |
//! | --- | --- |
//! | `/required/=id` | `"id"` |
//! | `/enum/=404` | `"404"` or `404`: text that is JSON also names that JSON value |
//! | `/parameters/name=limit` | the object whose property `name` is `"limit"` |
//!
//! This extends RFC 6901, where a step into a list is a number or `-`; other tools reject such paths.

use json_patch::PatchOperation;
use json_patch::jsonptr::{Pointer, PointerBuf, Token};
use serde_json::Value;

/// Returns a copy of `operation` in which each list element of `document` that a path names by value is named by its
/// index: `/required/=id` becomes `/required/0`.
///
/// # Errors
/// If a list does not have exactly one such element, returns in words what was expected and what was found.
pub(super) fn resolve_element_names(document: &Value, operation: &PatchOperation) -> Result<PatchOperation, String> {
    let mut resolved = operation.clone();
    let path = match &mut resolved {
        PatchOperation::Add(add) => &mut add.path,
        PatchOperation::Remove(remove) => &mut remove.path,
        PatchOperation::Replace(replace) => &mut replace.path,
        PatchOperation::Test(test) => &mut test.path,
        PatchOperation::Move(moved) => {
            moved.from = replace_names_by_indices(document, &moved.from)?;
            &mut moved.path
        }
        PatchOperation::Copy(copy) => {
            copy.from = replace_names_by_indices(document, &copy.from)?;
            &mut copy.path
        }
    };
    *path = replace_names_by_indices(document, path)?;
    Ok(resolved)
}

/// Returns `path` with the index of the list element in each step that names an element of `document` by value:
/// `/required/=id` becomes `/required/0`. All other steps are copied.
///
/// # Errors
/// Returns the errors of [`resolve_element_names`].
fn replace_names_by_indices(document: &Value, path: &Pointer) -> Result<PointerBuf, String> {
    let mut pointer = PointerBuf::new();
    let mut value = Some(document);
    for token in path.tokens() {
        let step = token.decoded();
        let index = match (value, step.split_once('=')) {
            (Some(Value::Array(list)), Some((name, text))) => Some(find_element_index(list, name, text, &pointer)?),
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

/// Returns the index of the only element of `list` whose property `name` is `text`, or, if `name` is empty, of the only
/// element that is `text`. `text` is a string, or another value written as JSON (`404`).
///
/// # Errors
/// If no element or several are found, returns a message with `pointer`, the pointer of the list.
fn find_element_index(list: &[Value], name: &str, text: &str, pointer: &Pointer) -> Result<usize, String> {
    let parsed: Option<Value> = serde_json::from_str(text).ok();
    let equals = |value: &Value| value.as_str().map_or_else(|| parsed.as_ref() == Some(value), |s| s == text);
    let matches = |value: &Value| if name.is_empty() { equals(value) } else { value.get(name).is_some_and(equals) };
    let mut found = list.iter().enumerate().filter(|(_, element)| matches(element)).map(|(index, _)| index);
    match (found.next(), found.count()) {
        (Some(index), 0) => Ok(index),
        (first, others) => {
            let property = if name.is_empty() { String::new() } else { format!(" whose `{name}` is") };
            let count = if first.is_none() { "none".to_owned() } else { (others + 1).to_string() };
            Err(format!("expected one element{property} `{text}` in {pointer}, found {count}"))
        }
    }
}
