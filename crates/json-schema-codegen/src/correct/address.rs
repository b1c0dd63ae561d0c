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
    for path in operation_paths_mut(&mut resolved) {
        *path = replace_names_by_indices(document, path)?;
    }
    Ok(resolved)
}

/// Returns the paths of an operation: `from`, if it has one, and `path`.
pub(super) fn operation_paths_mut(operation: &mut PatchOperation) -> Vec<&mut PointerBuf> {
    match operation {
        PatchOperation::Add(add) => vec![&mut add.path],
        PatchOperation::Remove(remove) => vec![&mut remove.path],
        PatchOperation::Replace(replace) => vec![&mut replace.path],
        PatchOperation::Test(test) => vec![&mut test.path],
        PatchOperation::Move(moved) => vec![&mut moved.from, &mut moved.path],
        PatchOperation::Copy(copy) => vec![&mut copy.from, &mut copy.path],
    }
}

/// Replaces each step of `path` that names a list element of `document` by value with the element's index:
/// `/required/=orgId` becomes `/required/0`. All other steps stay as they are. If a list does not have exactly
/// one such element, that is an error, which shows the pointer of the list.
fn replace_names_by_indices(document: &Value, path: &Pointer) -> Result<PointerBuf, String> {
    let mut pointer = PointerBuf::new();
    let mut value = Some(document);
    for token in path.tokens() {
        let step = token.decoded();
        let found = value.and_then(Value::as_array).and_then(|list| find_elements_by_value(list, &step));
        let token = match found.as_deref() {
            None => token.to_owned(),
            Some([index]) => Token::from(*index),
            Some(found) => {
                let (name, text) = step.split_once('=').unwrap_or_default();
                let property = if name.is_empty() { String::new() } else { format!(" whose `{name}` is") };
                let count = if found.is_empty() { "none".to_owned() } else { found.len().to_string() };
                return Err(format!("expected one element{property} `{text}` in {pointer}, found {count}"));
            }
        };
        value = value.and_then(|value| find_child_by_step(value, &token.decoded()));
        pointer.push_back(token);
    }
    Ok(pointer)
}

/// Returns the value that the decoded `step` of a path leads to from `value`: the property, or the list element
/// with this index or the only one that the step names by value. `None` if there is none.
pub(super) fn find_child_by_step<'v>(value: &'v Value, step: &str) -> Option<&'v Value> {
    match value {
        Value::Object(properties) => properties.get(step),
        Value::Array(list) => match find_elements_by_value(list, step).as_deref() {
            None => list.get(step.parse::<usize>().ok()?),
            Some([index]) => list.get(*index),
            Some(_) => None,
        },
        _ => None,
    }
}

/// Returns the value at `path`, whose steps may name list elements by value; `None` if there is none.
pub(super) fn find_value<'v>(document: &'v Value, path: &Pointer) -> Option<&'v Value> {
    path.tokens().try_fold(document, |value, token| find_child_by_step(value, &token.decoded()))
}

/// Returns the indices of the elements of `list` that the decoded `step` names by value: for `title=Hall` those
/// whose property `title` is `Hall`, for `=Hall` those that are `Hall`. The text after `=` is a string, or another
/// value written as JSON (`404`). `None` for any other step, such as an index.
pub(super) fn find_elements_by_value(list: &[Value], step: &str) -> Option<Vec<usize>> {
    let (name, text) = step.split_once('=')?;
    let parsed: Option<Value> = serde_json::from_str(text).ok();
    let equals = |value: &Value| value.as_str().map_or_else(|| parsed.as_ref() == Some(value), |s| s == text);
    let matches = |value: &Value| if name.is_empty() { equals(value) } else { value.get(name).is_some_and(equals) };
    Some(list.iter().enumerate().filter(|(_, element)| matches(element)).map(|(index, _)| index).collect())
}

/// Returns (the beginning of `path` up to the first step that names several elements of a list by value, the
/// indices of these elements); `None` if no step does.
pub(super) fn find_ambiguous_element(document: &Value, path: &Pointer) -> Option<(PointerBuf, Vec<usize>)> {
    let mut pointer = PointerBuf::new();
    let mut value = document;
    for token in path.tokens() {
        let step = token.decoded();
        pointer.push_back(token.clone());
        let found = value.as_array().and_then(|list| find_elements_by_value(list, &step));
        if let Some(found) = found.filter(|found| found.len() > 1) {
            return Some((pointer, found));
        }
        value = find_child_by_step(value, &step)?;
    }
    None
}
