//! Works out how a correction that no longer fits its document can be written so that it fits.

use std::collections::VecDeque;

use json_patch::jsonptr::{Pointer, PointerBuf};
use json_patch::{AddOperation, PatchOperation, ReplaceOperation, TestOperation};
use serde_json::Value;

use super::apply::{OperationRefusal, apply_operation, operation_name};
use super::moved::find_moved_schema;
use super::{address, made};

/// A correction that fits the document.
pub(super) struct MendedCorrection {
    /// The operations to write; empty if the document already has everything that the correction makes.
    pub(super) operations: Vec<PatchOperation>,
    /// Says of changes to the operations, apart from the values of `test`s, what was changed.
    pub(super) notes: Vec<String>,
}

/// Returns the operations to write instead of the `operations` of a correction, so that it fits `document`. Those
/// before the index `at` have been applied to the document, and the one at this index does not fit. `None` if no
/// way is known. The operations that are returned have been applied to the document as far as they fit.
pub(super) fn mend_correction(
    document: &mut Value,
    operations: &[PatchOperation],
    at: usize,
    room: &mut usize,
) -> Option<MendedCorrection> {
    let (before, rest) = operations.split_at_checked(at)?;
    let is_test = |operation: &PatchOperation| matches!(operation, PatchOperation::Test(_));
    let mut mended = MendedCorrection { operations: before.to_vec(), notes: Vec::new() };
    let has_effect = rest.iter().any(|operation| !is_test(operation));
    if has_effect && rest.iter().all(|operation| is_test(operation) || made::is_already_applied(document, operation)) {
        if before.iter().all(is_test) {
            mended.operations.clear();
        }
        return Some(mended);
    }
    let mut rest: VecDeque<PatchOperation> = rest.iter().cloned().collect();
    let mut changes_left = MAX_CORRECTION_CHANGES;
    while let Some(operation) = rest.pop_front() {
        match apply_operation(document, &operation, room) {
            Ok(_) => mended.operations.push(operation),
            Err(OperationRefusal::Misfit(_)) if changes_left > 0 => {
                changes_left -= 1;
                let change = CorrectionChange::find_change_to(document, operation)?;
                mended.notes.extend(change.note);
                change
                    .moved
                    .iter()
                    .for_each(|moved| rest.iter_mut().for_each(|operation| moved.rewrite_paths_of(operation)));
                change.operations.into_iter().rev().for_each(|operation| rest.push_front(operation));
            }
            Err(_) => return None,
        }
    }
    if mended.operations.iter().all(is_test) && has_effect {
        mended.operations.clear();
    }
    Some(mended)
}

/// Most changes to the operations of one correction, each of which may search the whole document.
const MAX_CORRECTION_CHANGES: usize = 8;

/// A change to a correction at an operation that does not fit.
#[derive(Default)]
struct CorrectionChange {
    /// The operations to write instead; they may not fit yet.
    operations: Vec<PatchOperation>,
    /// If a schema has another place, the later operations follow it.
    moved: Option<MovedPrefix>,
    /// Says what is changed, and why.
    note: Option<String>,
}

/// The beginning of paths that upstream has changed.
struct MovedPrefix {
    old: PointerBuf,
    new: PointerBuf,
}

impl MovedPrefix {
    /// Replaces the old beginning of the paths of `operation` by the new one.
    fn rewrite_paths_of(&self, operation: &mut PatchOperation) {
        for path in address::operation_paths_mut(operation) {
            if let Some(rest) = path.strip_prefix(&self.old) {
                *path = self.new.concat(rest);
            }
        }
    }
}

impl CorrectionChange {
    /// Finds the change to `operation`, which does not fit `document`. `None` if no way is known.
    fn find_change_to(document: &Value, operation: PatchOperation) -> Option<Self> {
        if made::is_already_applied(document, &operation) {
            let (name, path) = (operation_name(&operation), operation.path());
            let note = format!("the document already has what the `{name}` at {path} makes");
            return Some(Self { note: Some(note), ..Self::default() });
        }
        if let Some(change) = Self::name_element_by_index(document, &operation) {
            return Some(change);
        }
        match &operation {
            PatchOperation::Test(TestOperation { path, .. }) => {
                let Some(found) = address::find_value(document, path) else {
                    return Self::follow_moved_schema(document, operation);
                };
                Some(Self { operations: vec![make_test_operation(path.clone(), found)], ..Self::default() })
            }
            PatchOperation::Add(AddOperation { path, value }) => match address::find_value(document, path) {
                Some(found) => Some(Self::replace_existing_value(path, found, value)),
                None => Self::follow_moved_schema(document, operation),
            },
            PatchOperation::Replace(ReplaceOperation { path, value }) if has_parent_object(document, path) => {
                let note = format!("the document has nothing at {path}, so `replace` becomes `add`");
                let add = PatchOperation::Add(AddOperation { path: path.clone(), value: value.clone() });
                Some(Self { operations: vec![add], note: Some(note), ..Self::default() })
            }
            _ => Self::follow_moved_schema(document, operation),
        }
    }

    /// Returns the change that names a list element by its index if a path of `operation` names several elements
    /// by value: `/enum/=3` becomes `/enum/0`, the first of them. A `test` of the element guards a `remove` or
    /// `replace` of it. `None` if no path names several elements.
    fn name_element_by_index(document: &Value, operation: &PatchOperation) -> Option<Self> {
        let mut copy = operation.clone();
        let ambiguous = address::operation_paths_mut(&mut copy)
            .into_iter()
            .find_map(|path| address::find_ambiguous_element(document, path));
        let (old, indices) = ambiguous?;
        let (list, step) = old.split_back()?;
        let new = list.with_trailing_token(*indices.first()?);
        let all: Vec<String> = indices.iter().map(|index| format!("{list}/{index}")).collect();
        let note = format!("`{}` is the step to each of {}; this takes the first", step.decoded(), all.join(", "));
        let needs_test = *operation.path() == *old && !matches!(operation, PatchOperation::Test(_));
        let tested = address::find_value(document, &new).filter(|_| needs_test);
        let moved = MovedPrefix { old, new: new.clone() };
        moved.rewrite_paths_of(&mut copy);
        let operations = tested.map(|found| make_test_operation(new, found)).into_iter().chain([copy]).collect();
        Some(Self { operations, moved: Some(moved), note: Some(note) })
    }

    /// Returns the change that follows a schema to its new place if a path of `operation` leads through it. `None`
    /// if no such schema is found.
    fn follow_moved_schema(document: &Value, mut operation: PatchOperation) -> Option<Self> {
        let moved =
            address::operation_paths_mut(&mut operation).into_iter().find_map(|path| find_moved_schema(document, path));
        let moved = moved.map(|(old, new)| MovedPrefix { old, new })?;
        moved.rewrite_paths_of(&mut operation);
        let note = format!("the document has nothing at {}, but a schema of this name at {}", moved.old, moved.new);
        Some(Self { operations: vec![operation], moved: Some(moved), note: Some(note) })
    }

    /// Returns the change that makes `wanted` of the value `found` at `path`, with a `test` of each value that is
    /// replaced. If both are objects, only the properties that differ are changed.
    fn replace_existing_value(path: &Pointer, found: &Value, wanted: &Value) -> Self {
        let note = Some(format!("the document now has a value at {path}, and `add` needs a place without one"));
        let replace = |path: PointerBuf, found: &Value, value: &Value| {
            let replace = ReplaceOperation { path: path.clone(), value: value.clone() };
            vec![make_test_operation(path, found), PatchOperation::Replace(replace)]
        };
        let (Value::Object(found), Value::Object(wanted)) = (found, wanted) else {
            return Self { operations: replace(path.to_buf(), found, wanted), note, ..Self::default() };
        };
        let differing = wanted.iter().filter(|(name, value)| !made::has_property_covering(found, name, value));
        let operations = differing.flat_map(|(name, value)| {
            let path = path.with_trailing_token(name.as_str());
            match found.get(name) {
                Some(found) => replace(path, found, value),
                None => vec![PatchOperation::Add(AddOperation { path, value: value.clone() })],
            }
        });
        Self { operations: operations.collect(), note, ..Self::default() }
    }
}

/// Returns the `test` that `value` is at `path`.
fn make_test_operation(path: PointerBuf, value: &Value) -> PatchOperation {
    PatchOperation::Test(TestOperation { path, value: value.clone() })
}

/// Checks whether `path` leads to a property that an object of `document` could have but does not.
fn has_parent_object(document: &Value, path: &Pointer) -> bool {
    let above = path.parent().and_then(|above| address::find_value(document, above));
    above.is_some_and(Value::is_object)
}
