//! Applies corrections of upstream's documents: RFC 6902 patches in files such as `a.patch.json`.
//!
//! A file holds several corrections. Each begins with an operation that has a `why` and goes on up to the
//! next `why`. A `test` guards the operations after it: if it fails, upstream has changed there, and the
//! correction is an error. Operations that fail by themselves in that case need no `test` (see [`guard`]).

mod address;
mod apply;
mod guard;
mod made;
mod mend;
mod moved;
mod room;
mod stale;

use json_patch::PatchOperation;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::{CORRECTIONS, Document, Documents};
use crate::limits::exceeded;
use crate::location::Location;
use crate::settings::Limits;

use apply::{Refusal, apply, operation_name};

/// Documents with their corrections applied.
#[derive(Clone, Debug)]
pub(crate) struct Corrected {
    pub(crate) documents: Documents,
    /// The changes that were made, in the order of the files and of their operations.
    pub(crate) corrections: Vec<Correction>,
}

/// One operation of a correction that was applied, for the report. A `test` is left out.
#[derive(Clone, Debug)]
pub(crate) struct Correction {
    /// The location that was corrected.
    pub(crate) location: Location,
    /// The name of the RFC 6902 operation, such as `add`.
    pub(crate) operation: &'static str,
    /// The `why` of the correction.
    pub(crate) why: String,
}

/// Applies the corrections of `documents`, and returns the corrected documents together with the errors. A
/// correction that does not fit is an error, and the others are still applied, so that one run shows all
/// errors.
pub(crate) fn correct(mut documents: Documents, limits: &Limits) -> (Corrected, Findings) {
    let mut findings = Findings::default();
    let mut corrections = Vec::new();
    for (name, patch) in documents.take_corrections() {
        let patch = PatchFile { document: &patch };
        let Some(target) = documents.by_name(&name) else {
            findings.push(patch.orphan());
            continue;
        };
        let Some(groups) = findings.keep(patch.groups(limits)) else { continue };
        let Some(document) = documents.all_mut().nth(target) else { continue };
        let mut room = limits.file / COPIED;
        for group in groups {
            match group.apply(&patch, &mut document.value, &mut room) {
                Ok(applied) => corrections.extend(group.corrections(target, &applied)),
                Err(diagnostic) => findings.push(*diagnostic),
            }
        }
    }
    (Corrected { documents, corrections }, findings)
}

/// A file of corrections.
pub(crate) struct PatchFile<'a> {
    pub(crate) document: &'a Document,
}

/// One correction: operations that belong together, with one reason.
pub(crate) struct Group {
    why: String,
    /// The operations, each with its index in the file.
    pub(crate) operations: Vec<(usize, PatchOperation)>,
}

impl PatchFile<'_> {
    /// Parses the corrections of the file.
    ///
    /// # Errors
    /// Everything that is wrong in the file: entries that are not operations, a first operation without a `why`,
    /// operations without a guard, more operations than the limit.
    pub(crate) fn groups(&self, limits: &Limits) -> Result<Vec<Group>, Errors> {
        let mut findings = Findings::default();
        let mut groups: Vec<Group> = Vec::new();
        let operations = self.document.value.as_array().map_or(&[][..], Vec::as_slice);
        if !self.document.value.is_array() {
            findings.push(self.invalid("", "this is not a list of RFC 6902 operations"));
        }
        if operations.len() > limits.corrections {
            let most = limits.corrections;
            let error = exceeded("corrections", most, format!("there are {} operations", operations.len()));
            return Err(error.in_file(&self.document.path).into());
        }
        for (index, value) in operations.iter().enumerate() {
            let pointer = format!("/{index}");
            let operation: PatchOperation = match serde_json::from_value(value.clone()) {
                Ok(operation) => operation,
                Err(error) => {
                    findings.push(self.invalid(&pointer, &format!("this is not an RFC 6902 operation: {error}")));
                    continue;
                }
            };
            let why = value.get("why").and_then(Value::as_str).map(str::to_owned);
            match (why, groups.last_mut()) {
                (None, Some(group)) => group.operations.push((index, operation)),
                (why, _) => {
                    if why.is_none() {
                        findings.push(self.invalid(&pointer, "the first operation has no `why`"));
                    }
                    groups.push(Group { why: why.unwrap_or_default(), operations: vec![(index, operation)] });
                }
            }
        }
        for index in groups.iter().flat_map(Group::unguarded) {
            findings.push(self.invalid(&format!("/{index}"), "no `test` guards this operation"));
        }
        findings.or(groups)
    }

    /// Returns a diagnostic at `pointer` in the file of corrections.
    fn diagnostic(&self, kind: DiagnosticKind, pointer: &str, message: &str) -> Diagnostic {
        let at = self.document.text.position(pointer);
        Diagnostic::new(kind, message).in_file(&self.document.path).pointing(pointer).at(at.line, at.column)
    }

    /// Returns the error `message` at `pointer`, with help that explains how a correction is written.
    fn invalid(&self, pointer: &str, message: &str) -> Diagnostic {
        let help = "a correction is a list of RFC 6902 operations, the first with a `why` that says what evidence \
                    it rests on; a `test` guards those after it; no `test` is needed to `add` something new, or to \
                    `remove` or `replace` a list element by its value, such as `/required/=id`";
        self.diagnostic(DiagnosticKind::InvalidCorrection, pointer, message).help(help)
    }

    /// Returns the error for a file whose document does not exist.
    fn orphan(&self) -> Diagnostic {
        let path = &self.document.path;
        let target = path.strip_suffix(CORRECTIONS).unwrap_or(path);
        let message = format!("this corrects {target}.json, which does not exist");
        let help = "name the file after the schema that it corrects, or remove it";
        self.diagnostic(DiagnosticKind::InvalidCorrection, "", &message).help(help)
    }
}

impl Group {
    /// Returns the indices in the file of the operations that have no `test` before them and need one.
    fn unguarded(&self) -> impl Iterator<Item = usize> + '_ {
        let is_test = |(_, operation): &(usize, PatchOperation)| matches!(operation, PatchOperation::Test(_));
        let before_tests = self.operations.iter().take_while(move |numbered| !is_test(numbered));
        before_tests.filter(|(_, operation)| !guard::guards_itself(operation)).map(|(index, _)| *index)
    }

    /// Applies the operations to `document`, and returns them with list elements named by index. `room` is the
    /// number of bytes that `copy` may still add to the document; it is reduced.
    ///
    /// The first operation that does not fit is an error. Those before it stay applied, as do the operations that the
    /// help of the error says to write instead, so that later corrections are compared with the document as it will be
    /// then. This does no harm, since nothing is generated.
    pub(crate) fn apply(
        &self,
        patch: &PatchFile<'_>,
        document: &mut Value,
        room: &mut usize,
    ) -> Result<Vec<PatchOperation>, Box<Diagnostic>> {
        let mut applied = Vec::new();
        for (at, (index, operation)) in self.operations.iter().enumerate() {
            match apply(document, operation, room) {
                Ok(operation) => applied.push(operation),
                Err(Refusal::Misfit(difference)) => {
                    let operations: Vec<_> = self.operations.iter().map(|(_, operation)| operation.clone()).collect();
                    let help = stale::help(&operations, at, &self.why, document, room);
                    let name = operation_name(operation);
                    let message =
                        format!("upstream has changed here, so this correction no longer fits: `{name}` {difference}");
                    let diagnostic = patch.diagnostic(DiagnosticKind::StaleCorrection, &format!("/{index}"), &message);
                    return Err(Box::new(diagnostic.help(help)));
                }
                Err(Refusal::TooLarge) => {
                    let message = "this operation makes the document too large or too deeply nested";
                    let diagnostic = patch.diagnostic(DiagnosticKind::Limit, &format!("/{index}"), message);
                    return Err(Box::new(diagnostic.help(ROOM_HELP)));
                }
            }
        }
        Ok(applied)
    }

    /// Returns a [`Correction`] for each of the `applied` operations except `test`s. `document` is the index of the
    /// document that they were applied to.
    fn corrections(&self, document: usize, applied: &[PatchOperation]) -> impl Iterator<Item = Correction> {
        let changing = applied.iter().filter(|operation| !matches!(operation, PatchOperation::Test(_)));
        changing.map(move |operation| Correction {
            location: Location::new(document, operation.path().as_str()),
            operation: operation_name(operation),
            why: self.why.clone(),
        })
    }
}

/// The part of a file's largest size that `copy` operations may add to a document: one 64th.
pub(crate) const COPIED: usize = 64;

/// Help for an operation that makes the document too large or too deeply nested.
const ROOM_HELP: &str = "copy less, or raise `file` under `[limits]` in the settings; \
                         nesting may not exceed 127 levels";
