//! Checks what an operation of a correction expects of the document, so that a change upstream is noticed.

use json_patch::{AddOperation, PatchOperation};
use serde_json::Value;

/// Checks whether `operation` needs no `test` before it, because it fails by itself when upstream changes the value: an
/// `add` of something that does not exist yet, or a `remove` or `replace` of a list element that its path names by
/// value (`/required/=id`). True for every `test`, false for `move` and `copy`.
pub(super) fn needs_no_test(operation: &PatchOperation) -> bool {
    let Some(last) = operation.path().tokens().last() else { return false };
    let last = last.decoded();
    match operation {
        PatchOperation::Test(_) => true,
        // A number may be an index. `add` there moves the elements after it, without any check of them.
        PatchOperation::Add(_) => !last.starts_with('=') && last.parse::<usize>().is_err(),
        PatchOperation::Remove(_) | PatchOperation::Replace(_) => last.starts_with('='),
        PatchOperation::Move(_) | PatchOperation::Copy(_) => false,
    }
}

/// Returns in words how `document` differs from what a `test` or an `add` expects: `expected 1 at /a, found 2`. `None`
/// if it does not differ, and for every other operation.
pub(super) fn find_contradiction(document: &Value, operation: &PatchOperation) -> Option<String> {
    match operation {
        PatchOperation::Test(test) => match document.pointer(test.path.as_str()) {
            Some(found) if *found == test.value => None,
            Some(found) => {
                let [expected, found] = shorten_to_difference(&test.value, found);
                Some(format!("expected {expected} at {}, found {found}", test.path))
            }
            None => Some(format!("expected {} at {}, found nothing", shorten_json(&test.value), test.path)),
        },
        PatchOperation::Add(add) => find_existing_value(document, add),
        _ => None,
    }
}

/// Returns in words which value already exists where the `add` operation adds one: an equal element in the list that a
/// path with the last step `-` extends, or any value of the property. `None` if there is no such value.
fn find_existing_value(document: &Value, AddOperation { path, value }: &AddOperation) -> Option<String> {
    let (list, name) = path.split_back()?;
    match document.pointer(list.as_str())? {
        Value::Array(elements) if name.encoded() == "-" && elements.contains(value) => {
            Some(format!("{} is in {list} already", shorten_json(value)))
        }
        Value::Object(properties) => {
            let found = properties.get(&*name.decoded())?;
            Some(format!("expected nothing at {path}, found {}", shorten_json(found)))
        }
        _ => None,
    }
}

/// Most characters of a JSON value that an error message shows.
const MAX_SHOWN_CHARACTERS: usize = 300;

/// Returns the JSON of `value` for a message, cut after [`MAX_SHOWN_CHARACTERS`].
fn shorten_json(value: &Value) -> String {
    cut_text(&value.to_string(), 0)
}

/// Returns the JSON of `a` and of `b` for a message, both cut to the same range of characters, in which they begin to
/// differ.
fn shorten_to_difference(a: &Value, b: &Value) -> [String; 2] {
    let both = [a.to_string(), b.to_string()];
    let common = both[0].chars().zip(both[1].chars()).take_while(|(a, b)| a == b).count();
    let from = if common < MAX_SHOWN_CHARACTERS / 2 { 0 } else { common - MAX_SHOWN_CHARACTERS / 4 };
    both.map(|text| cut_text(&text, from))
}

/// Returns up to [`MAX_SHOWN_CHARACTERS`] of `text` from the character index `from` on, with `…` at each end where text
/// is cut off.
fn cut_text(text: &str, from: usize) -> String {
    let mut rest = text.chars().skip(from);
    let shown: String = rest.by_ref().take(MAX_SHOWN_CHARACTERS).collect();
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{shown}{}", mark(from > 0), mark(rest.next().is_some()))
}
