//! Holds corrections to the limits that files have.

use json_patch::{AddOperation, PatchOperation};
use serde_json::Value;

use crate::limits::DEEPEST;

/// Whether an operation leaves the document as small and as flat as a file could be. Copies of copies
/// would double it each time.
pub(super) fn fits(document: &Value, operation: &PatchOperation, room: &mut usize) -> bool {
    let (from, is_copy) = match operation {
        PatchOperation::Copy(copy) => (document.pointer(copy.from.as_str()), true),
        PatchOperation::Move(moved) => (document.pointer(moved.from.as_str()), false),
        PatchOperation::Add(AddOperation { value, .. }) => (Some(value), false),
        PatchOperation::Replace(replace) => (Some(&replace.value), false),
        PatchOperation::Remove(_) | PatchOperation::Test(_) => (None, false),
    };
    let Some(from) = from else { return true };
    let (bytes, depth) = extent(from);
    let taken = if is_copy { bytes } else { 0 };
    *room = room.saturating_sub(taken);
    *room > 0 && depth + operation.path().tokens().count() <= DEEPEST
}

/// About how many bytes a value has as a text, and how deep it is nested.
fn extent(value: &Value) -> (usize, usize) {
    let all = |inner: &mut dyn Iterator<Item = (usize, &Value)>| {
        inner.fold((2, 1), |(bytes, depth), (name, value)| {
            let inner = extent(value);
            (bytes + name + inner.0, depth.max(inner.1 + 1))
        })
    };
    match value {
        Value::Object(map) => all(&mut map.iter().map(|(name, value)| (name.len() + 4, value))),
        Value::Array(list) => all(&mut list.iter().map(|value| (1, value))),
        Value::String(text) => (text.len() + 2, 0),
        _ => (8, 0),
    }
}
