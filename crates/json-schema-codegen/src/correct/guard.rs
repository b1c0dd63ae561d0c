//! Checks what an operation of a correction expects of the document, so that a change upstream is noticed.

use json_patch::{AddOperation, PatchOperation};
use serde_json::Value;

/// Checks whether an operation needs no `test` before it, because it fails by itself when upstream changes:
/// an `add` of something that does not exist yet, or a `remove` or `replace` of a list element that its path
/// names by value (`/required/=id`). Always true for a `test`.
pub(super) fn guards_itself(operation: &PatchOperation) -> bool {
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

/// Returns in words how `document` differs from what a `test` or an `add` expects: `expected 1 at /a, found 2`.
/// `None` if it does not differ, and for other operations.
pub(super) fn contradiction(document: &Value, operation: &PatchOperation) -> Option<String> {
    match operation {
        PatchOperation::Test(test) => match document.pointer(test.path.as_str()) {
            Some(found) if *found == test.value => None,
            Some(found) => {
                let [expected, found] = shorten_both(&test.value, found);
                Some(format!("expected {expected} at {}, found {found}", test.path))
            }
            None => Some(format!("expected {} at {}, found nothing", shorten(&test.value), test.path)),
        },
        PatchOperation::Add(add) => find_existing(document, add),
        _ => None,
    }
}

/// Returns in words what already exists where `add` adds something: the same value in the list that a path
/// with the last step `-` extends, or any value of the property. `None` if nothing does.
fn find_existing(document: &Value, AddOperation { path, value }: &AddOperation) -> Option<String> {
    let (list, name) = path.split_back()?;
    match document.pointer(list.as_str())? {
        Value::Array(elements) if name.encoded() == "-" && elements.contains(value) => {
            Some(format!("{} is in {list} already", shorten(value)))
        }
        Value::Object(properties) => {
            let found = properties.get(&*name.decoded())?;
            Some(format!("expected nothing at {path}, found {}", shorten(found)))
        }
        _ => None,
    }
}

/// Most characters of a value that a message shows.
const SHOWN: usize = 300;

/// Returns the JSON of a value for a message, cut after [`SHOWN`] characters.
fn shorten(value: &Value) -> String {
    shorten_from(&value.to_string(), 0)
}

/// Returns the JSON of two values for a message, both cut to the same range, in which they begin to differ.
fn shorten_both(a: &Value, b: &Value) -> [String; 2] {
    let both = [a.to_string(), b.to_string()];
    let common = both[0].chars().zip(both[1].chars()).take_while(|(a, b)| a == b).count();
    let from = if common < SHOWN / 2 { 0 } else { common - SHOWN / 4 };
    both.map(|text| shorten_from(&text, from))
}

/// Returns [`SHOWN`] characters of `text` from the character index `from`, with `…` where text is left out.
fn shorten_from(text: &str, from: usize) -> String {
    let mut rest = text.chars().skip(from);
    let shown: String = rest.by_ref().take(SHOWN).collect();
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{shown}{}", mark(from > 0), mark(rest.next().is_some()))
}
