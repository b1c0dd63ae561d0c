//! Checks what an operation of a correction expects of the document, so that a change upstream is noticed.

use json_patch::{AddOperation, CopyOperation, MoveOperation, PatchOperation, RemoveOperation, ReplaceOperation};
use serde_json::Value;

/// Checks whether `operation` needs no `test` before it, because it fails by itself when upstream changes the value: an
/// `add` of something that does not exist yet, or a `remove` or `replace` of a list element that its path names by
/// value (`/required/=id`). True for every `test`, false for `move` and `copy`.
pub(super) fn is_guarded_without_test(operation: &PatchOperation) -> bool {
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

/// Returns in words how `document` differs from what an operation, whose paths have no list elements by value,
/// expects: `expected 1 at /a, found 2`. `None` if it does not differ, or if the operation expects nothing.
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
        PatchOperation::Add(add) => describe_add_conflict(document, add),
        PatchOperation::Remove(RemoveOperation { path })
        | PatchOperation::Replace(ReplaceOperation { path, .. })
        | PatchOperation::Move(MoveOperation { from: path, .. })
        | PatchOperation::Copy(CopyOperation { from: path, .. }) => {
            let is_missing = document.pointer(path.as_str()).is_none();
            is_missing.then(|| format!("expected a value at {path}, found nothing"))
        }
    }
}

/// Returns in words what is wrong with the place where `add` adds something: nothing, or neither an object nor a
/// list, has the place; the list that a path with the last step `-` extends has the value already; the property
/// exists. `None` if nothing is wrong.
fn describe_add_conflict(document: &Value, AddOperation { path, value }: &AddOperation) -> Option<String> {
    let (place, name) = path.split_back()?;
    match document.pointer(place.as_str()) {
        Some(Value::Array(elements)) => {
            let exists = name.encoded() == "-" && elements.contains(value);
            exists.then(|| format!("expected no {} in {place}, found one", shorten_json(value)))
        }
        Some(Value::Object(properties)) => {
            let found = properties.get(&*name.decoded())?;
            Some(format!("expected nothing at {path}, found {}", shorten_json(found)))
        }
        found => {
            let found = found.map_or_else(|| "nothing".to_owned(), shorten_json);
            Some(format!("expected an object or a list at {place}, found {found}"))
        }
    }
}

/// Most characters of a JSON value that an error message shows.
const MAX_SHOWN_CHARACTERS: usize = 300;

/// Returns the JSON of `value` for a message, cut after [`MAX_SHOWN_CHARACTERS`].
fn shorten_json(value: &Value) -> String {
    cut_excerpt(&value.to_string(), 0)
}

/// Returns the JSON of `a` and of `b` for a message, both cut to the same range of characters, in which they begin to
/// differ.
fn shorten_to_difference(a: &Value, b: &Value) -> [String; 2] {
    let both = [a.to_string(), b.to_string()];
    let common = both[0].chars().zip(both[1].chars()).take_while(|(a, b)| a == b).count();
    let from = if common < MAX_SHOWN_CHARACTERS / 2 { 0 } else { common - MAX_SHOWN_CHARACTERS / 4 };
    both.map(|text| cut_excerpt(&text, from))
}

/// Returns [`MAX_SHOWN_CHARACTERS`] characters of `text` from the character index `from`, with `…` where text is left
/// out.
pub(super) fn cut_excerpt(text: &str, from: usize) -> String {
    let mut rest = text.chars().skip(from);
    let shown: String = rest.by_ref().take(MAX_SHOWN_CHARACTERS).collect();
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{shown}{}", mark(from > 0), mark(rest.next().is_some()))
}
