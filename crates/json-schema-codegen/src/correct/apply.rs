//! Applies one operation of a correction to a document.

use json_patch::PatchOperation;
use serde_json::Value;

use super::{address, guard, room};

/// The reason why an operation cannot be applied.
pub(super) enum OperationRefusal {
    /// The document is not as the operation expects; the text says what was expected and what was found.
    Misfit(String),
    /// The operation would make the document too large or too deeply nested.
    TooLarge,
}

/// Applies `operation` to `document`, and returns it with an index for each list element that its paths name by
/// value. `room` is the number of bytes that `copy` may still add to the document; it is reduced.
///
/// # Errors
/// If the operation does not fit, or makes the document too large; the document stays as it is.
pub(super) fn apply_operation(
    document: &mut Value,
    operation: &PatchOperation,
    room: &mut usize,
) -> Result<PatchOperation, OperationRefusal> {
    let resolved = address::resolve_element_names(document, operation).map_err(OperationRefusal::Misfit)?;
    if let Some(difference) = guard::find_contradiction(document, &resolved) {
        return Err(OperationRefusal::Misfit(difference));
    }
    if !room::try_reserve_room(document, &resolved, room) {
        return Err(OperationRefusal::TooLarge);
    }
    let patched = json_patch::patch(document, std::slice::from_ref(&resolved));
    patched.map_err(|error| OperationRefusal::Misfit(format!("cannot be applied: {}", error.kind)))?;
    Ok(resolved)
}

/// Returns the name of an operation in RFC 6902.
pub(super) fn operation_name(operation: &PatchOperation) -> &'static str {
    match operation {
        PatchOperation::Add(_) => "add",
        PatchOperation::Remove(_) => "remove",
        PatchOperation::Replace(_) => "replace",
        PatchOperation::Move(_) => "move",
        PatchOperation::Copy(_) => "copy",
        PatchOperation::Test(_) => "test",
    }
}
