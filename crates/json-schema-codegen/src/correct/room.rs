//! Keeps corrected documents within the size and depth that a file may have.

use json_patch::{AddOperation, PatchOperation};
use serde_json::Value;

use crate::limits::MAX_JSON_DEPTH;

/// Checks whether `operation` leaves `document` within the limits, and subtracts the size of the value that a `copy`
/// adds from `room`, the number of bytes that copies may still add. False if no room is left, or if the result would be
/// nested more than [`MAX_JSON_DEPTH`] levels.
pub(super) fn try_reserve_room(document: &Value, operation: &PatchOperation, room: &mut usize) -> bool {
    let (placed, is_copy) = match operation {
        PatchOperation::Copy(copy) => (document.pointer(copy.from.as_str()), true),
        PatchOperation::Move(moved) => (document.pointer(moved.from.as_str()), false),
        PatchOperation::Add(AddOperation { value, .. }) => (Some(value), false),
        PatchOperation::Replace(replace) => (Some(&replace.value), false),
        PatchOperation::Remove(_) | PatchOperation::Test(_) => (None, false),
    };
    let Some(placed) = placed else { return true };
    let (bytes, depth) = measure_size_and_depth(placed);
    let copied = if is_copy { bytes } else { 0 };
    *room = room.saturating_sub(copied);
    *room > 0 && depth + operation.path().tokens().count() <= MAX_JSON_DEPTH
}

/// Returns (approximate length of `value` as JSON in bytes, levels of nested objects and arrays); a scalar has 0
/// levels.
fn measure_size_and_depth(value: &Value) -> (usize, usize) {
    let sum = |inner: &mut dyn Iterator<Item = (usize, &Value)>| {
        inner.fold((2, 1), |(bytes, depth), (name, value)| {
            let inner = measure_size_and_depth(value);
            (bytes + name + inner.0, depth.max(inner.1 + 1))
        })
    };
    match value {
        Value::Object(map) => sum(&mut map.iter().map(|(name, value)| (name.len() + 4, value))),
        Value::Array(list) => sum(&mut list.iter().map(|value| (1, value))),
        Value::String(text) => (text.len() + 2, 0),
        _ => (8, 0),
    }
}
