//! Writes the help of a correction that no longer fits: the lines to write instead.

use json_patch::PatchOperation;
use json_patch::jsonptr::Pointer;
use serde_json::Value;

use super::guard::cut_excerpt;
use super::mend::{MendedCorrection, mend_correction};
use super::{address, moved};

/// Returns the help for a correction, made because of `why`, whose operation with the index `at` in `operations` does
/// not fit `document`: the lines to write instead, or to remove the correction, or what the document has in that
/// place. The operations before have been applied to `document`, which gets the changes of the lines to write as well.
pub(super) fn write_stale_help(
    operations: &[PatchOperation],
    at: usize,
    why: &str,
    document: &mut Value,
    room: &mut usize,
) -> String {
    let steps =
        operations.get(at).map(|operation| describe_possible_steps(document, operation.path())).unwrap_or_default();
    let Some(mended) = mend_correction(document, operations, at, room) else {
        return format!("read the new schema, then mend or remove the correction; {steps}; it was made because: {why}");
    };
    if mended.operations.is_empty() {
        return format!("remove the correction, the document already has what it makes; it was made because: {why}");
    }
    let lines = format_operations_as_lines(&mended, why);
    if lines.len() > MAX_SHOWN_LINE_BYTES {
        return format!("read the new schema, then mend or remove the correction; it was made because: {why}");
    }
    let notes: String = mended.notes.iter().map(|note| format!("\n{note}")).collect();
    format!("read the new schema; if the correction is still needed, write instead:\n{lines}{notes}")
}

/// Most bytes of the lines to write instead of a correction that a help shows.
const MAX_SHOWN_LINE_BYTES: usize = 4_000;

/// Returns the operations as elements of a JSON list, a line each, the first with the `why`.
fn format_operations_as_lines(mended: &MendedCorrection, why: &str) -> String {
    let line = |(number, operation): (usize, &PatchOperation)| {
        let mut properties = serde_json::to_value(operation).unwrap_or_default();
        if number == 0 {
            properties["why"] = why.into();
        }
        let properties = properties.as_object().into_iter().flatten();
        let properties: Vec<String> = properties.map(|(name, value)| format!("\"{name}\": {value}")).collect();
        format!("{{ {} }}", properties.join(", "))
    };
    mended.operations.iter().enumerate().map(line).collect::<Vec<_>>().join(",\n")
}

/// Most steps that a help lists.
const MAX_LISTED_STEPS: usize = 10;

/// Says how a path can go on in `document` after the part of `path` that exists there, in the form of the step that
/// does not exist: ``/oneOf has `title=Hall`, `title=Field` `` for `/oneOf/title=Tent`.
fn describe_possible_steps(document: &Value, path: &Pointer) -> String {
    let steps: Vec<String> = path.tokens().map(|token| token.decoded().into_owned()).collect();
    let existing = moved::count_existing_steps(document, &steps).min(steps.len().saturating_sub(1));
    let place = path.tokens().take(existing).fold(String::new(), |place, token| format!("{place}/{}", token.encoded()));
    let name = steps.get(existing).and_then(|step| step.split_once('=')).map(|(name, _)| name);
    let steps: Vec<String> = match Pointer::parse(&place).ok().and_then(|place| address::find_value(document, place)) {
        Some(Value::Object(properties)) => properties.keys().cloned().collect(),
        Some(Value::Array(list)) => list.iter().filter_map(|element| make_element_step(element, name?)).collect(),
        _ => Vec::new(),
    };
    let place = if place.is_empty() { "the document" } else { &place };
    if steps.is_empty() {
        return format!("{place} has nothing of this kind");
    }
    let shown: Vec<String> =
        steps.iter().take(MAX_LISTED_STEPS).map(|step| format!("`{}`", cut_excerpt(step, 0))).collect();
    let more = if steps.len() > MAX_LISTED_STEPS {
        format!(" and {} more", steps.len() - MAX_LISTED_STEPS)
    } else {
        String::new()
    };
    format!("{place} has {}{more}", shown.join(", "))
}

/// Returns the step that names a list element by its property `name`, or by itself if `name` is empty: `title=Hall`,
/// `=paid`. `None` if the element has no such property.
fn make_element_step(element: &Value, name: &str) -> Option<String> {
    let value = if name.is_empty() { element } else { element.get(name)? };
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Some(format!("{name}={text}"))
}
