//! Checks whether a document already has what an operation of a correction makes.

use json_patch::jsonptr::Pointer;
use json_patch::{AddOperation, CopyOperation, MoveOperation, PatchOperation, RemoveOperation, ReplaceOperation};
use serde_json::{Map, Value};

use super::address;

/// Checks whether `document` already has what `operation` makes. A value that is added or replaced may have more
/// properties than the operation gives it, and other annotations. False for a `test`.
pub(super) fn is_already_applied(document: &Value, operation: &PatchOperation) -> bool {
    match operation {
        PatchOperation::Test(_) => false,
        PatchOperation::Add(AddOperation { path, value }) => has_value_at(document, path, value),
        PatchOperation::Replace(ReplaceOperation { path, value }) => {
            address::find_value(document, path).is_some_and(|found| is_value_covered(value, found))
                || (lacks_value_at(document, path) && has_value_at(document, path, value))
        }
        PatchOperation::Remove(RemoveOperation { path }) => lacks_value_at(document, path),
        PatchOperation::Move(MoveOperation { from, path }) => {
            lacks_value_at(document, from) && address::find_value(document, path).is_some()
        }
        PatchOperation::Copy(CopyOperation { from, path }) => {
            let found = address::find_value(document, path);
            found.is_some() && found == address::find_value(document, from)
        }
    }
}

/// Checks whether the object at the end of `path` has the property with `value`, or the list there, which a last
/// step `-` or `=VALUE` names, has an element that is `value`.
fn has_value_at(document: &Value, path: &Pointer, value: &Value) -> bool {
    let Some((place, last)) = path.split_back() else { return false };
    match address::find_value(document, place) {
        Some(Value::Object(properties)) => has_property_covering(properties, &last.decoded(), value),
        Some(Value::Array(list)) => (last.encoded() == "-" || last.encoded().starts_with('=')) && list.contains(value),
        _ => false,
    }
}

/// Checks whether `properties` have one with the `name`, whose value has everything that `value` has.
pub(super) fn has_property_covering(properties: &Map<String, Value>, name: &str, value: &Value) -> bool {
    properties.get(name).is_some_and(|found| is_value_covered(value, found))
}

/// Checks whether the object at the end of `path` exists without the property, or the list there without an element
/// that the last step names by value.
fn lacks_value_at(document: &Value, path: &Pointer) -> bool {
    let Some((place, last)) = path.split_back() else { return false };
    match address::find_value(document, place) {
        Some(Value::Object(properties)) => !properties.contains_key(&*last.decoded()),
        Some(Value::Array(list)) => {
            address::find_elements_by_value(list, &last.decoded()).is_some_and(|found| found.is_empty())
        }
        _ => false,
    }
}

/// Checks whether `found` has everything that `wanted` has, apart from annotations of schemas.
fn is_value_covered(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => wanted.iter().all(|(name, value)| {
            let is_annotation = IGNORED_ANNOTATIONS.contains(&name.as_str()) && value.is_string();
            is_annotation || has_property_covering(found, name, value)
        }),
        _ => wanted == found,
    }
}

/// Keywords with a text for readers. A correction that would only change such a text is not needed.
const IGNORED_ANNOTATIONS: &[&str] = &["$comment", "description", "title"];
