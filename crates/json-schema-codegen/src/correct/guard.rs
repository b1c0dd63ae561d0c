//! What an operation of a correction takes for granted about the document.

use json_patch::{AddOperation, PatchOperation};
use serde_json::Value;

/// Whether an operation needs no `test` before it, since it holds only while the document is as it
/// expects: an `add` of something that is not there yet, and a `remove` or `replace` of a list element
/// that its path names by value (`/required/=id`).
pub(super) fn guards_itself(operation: &PatchOperation) -> bool {
    let Some(last) = operation.path().tokens().last() else { return false };
    let last = last.decoded();
    match operation {
        PatchOperation::Test(_) => true,
        // A number may be an index, where `add` moves the elements after it and says nothing of them.
        PatchOperation::Add(_) => !last.starts_with('=') && last.parse::<usize>().is_err(),
        PatchOperation::Remove(_) | PatchOperation::Replace(_) => last.starts_with('='),
        PatchOperation::Move(_) | PatchOperation::Copy(_) => false,
    }
}

/// Returns how `document` differs from what `operation` expects, in words; `None` if it does not.
pub(super) fn contradiction(document: &Value, operation: &PatchOperation) -> Option<String> {
    match operation {
        PatchOperation::Test(test) => match document.pointer(test.path.as_str()) {
            Some(found) if *found == test.value => None,
            Some(found) => {
                let [expected, found] = shown_both(&test.value, found);
                Some(format!("expected {expected} at {}, found {found}", test.path))
            }
            None => Some(format!("expected {} at {}, found nothing", shown(&test.value), test.path)),
        },
        PatchOperation::Add(add) => already_there(document, add),
        _ => None,
    }
}

/// Returns what is already where `add` adds something: the value in the list, or any value of the
/// property.
fn already_there(document: &Value, AddOperation { path, value }: &AddOperation) -> Option<String> {
    let (list, name) = path.split_back()?;
    match document.pointer(list.as_str())? {
        Value::Array(elements) if name.encoded() == "-" && elements.contains(value) => {
            Some(format!("{} is in {list} already", shown(value)))
        }
        Value::Object(properties) => {
            let found = properties.get(&*name.decoded())?;
            Some(format!("expected nothing at {path}, found {}", shown(found)))
        }
        _ => None,
    }
}

/// How many characters of a value a message shows.
const SHOWN: usize = 300;

/// A value in a message: its beginning tells which one it is.
fn shown(value: &Value) -> String {
    shown_from(&value.to_string(), 0)
}

/// Two values in a message: around where they differ when that is not in their beginnings.
fn shown_both(one: &Value, other: &Value) -> [String; 2] {
    let both = [one.to_string(), other.to_string()];
    let alike = both[0].chars().zip(both[1].chars()).take_while(|(one, other)| one == other).count();
    let from = if alike < SHOWN / 2 { 0 } else { alike - SHOWN / 4 };
    both.map(|text| shown_from(&text, from))
}

fn shown_from(text: &str, from: usize) -> String {
    let mut rest = text.chars().skip(from);
    let shown: String = rest.by_ref().take(SHOWN).collect();
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{shown}{}", mark(from > 0), mark(rest.next().is_some()))
}
