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
use crate::documents::{CORRECTIONS_ENDING, Document, Documents};
use crate::limits::limit_exceeded_error;
use crate::location::Location;
use crate::settings::Limits;

use apply::{OperationRefusal, apply_operation, operation_name};

/// Documents with their corrections applied.
#[derive(Clone, Debug)]
pub(crate) struct CorrectedDocuments {
    pub(crate) documents: Documents,
    /// The applied operations except `test`s, in the order of the files and of the operations in each file.
    pub(crate) corrections: Vec<AppliedOperation>,
}

/// One applied operation of a correction, for the report. Not used for a `test`, which changes nothing.
#[derive(Clone, Debug)]
pub(crate) struct AppliedOperation {
    /// The location that the operation has changed.
    pub(crate) location: Location,
    /// The name of the operation in RFC 6902, such as `add`.
    pub(crate) operation: &'static str,
    /// The `why` of the correction that the operation belongs to.
    pub(crate) why: String,
}

/// Applies the corrections of `documents`. Returns the corrected documents, and the errors of the corrections that do
/// not fit; all other corrections are still applied, so that one run reports all errors.
pub(crate) fn apply_corrections(mut documents: Documents, limits: &Limits) -> (CorrectedDocuments, Findings) {
    let mut findings = Findings::default();
    let mut corrections = Vec::new();
    for (name, patch) in documents.take_corrections() {
        let patch = CorrectionFile { document: &patch };
        let Some(target) = documents.find_index_by_name(&name) else {
            findings.push(patch.missing_document_error());
            continue;
        };
        let Some(parsed) = findings.record_errors(patch.parse_corrections(limits)) else { continue };
        let Some(document) = documents.all_documents_mut().nth(target) else { continue };
        let mut room = limits.file / COPY_LIMIT_DIVISOR;
        for correction in parsed {
            match correction.apply_to_document(&patch, &mut document.value, &mut room) {
                Ok(applied) => corrections.extend(correction.list_applied_operations(target, &applied)),
                Err(diagnostic) => findings.push(*diagnostic),
            }
        }
    }
    (CorrectedDocuments { documents, corrections }, findings)
}

/// A file of corrections, such as `order.patch.json`.
pub(crate) struct CorrectionFile<'a> {
    pub(crate) document: &'a Document,
}

/// One correction: JSON Patch operations with one reason, which are applied together.
pub(crate) struct Correction {
    why: String,
    /// (index of the operation in the file, operation) for each operation.
    pub(crate) operations: Vec<(usize, PatchOperation)>,
}

impl CorrectionFile<'_> {
    /// Parses the corrections in the file. Each begins with an operation that has a `why`.
    ///
    /// # Errors
    /// Returns all errors in the file: entries that are not operations, a first operation without a `why`, operations
    /// without a guard, more operations than the limit.
    pub(crate) fn parse_corrections(&self, limits: &Limits) -> Result<Vec<Correction>, Errors> {
        let mut findings = Findings::default();
        let mut corrections: Vec<Correction> = Vec::new();
        let operations = self.document.value.as_array().map_or(&[][..], Vec::as_slice);
        if !self.document.value.is_array() {
            findings.push(self.invalid_correction_error("", "this is not a list of RFC 6902 operations"));
        }
        if operations.len() > limits.corrections {
            let most = limits.corrections;
            let error = limit_exceeded_error("corrections", most, format!("there are {} operations", operations.len()));
            return Err(error.with_file(&self.document.path).into());
        }
        for (index, value) in operations.iter().enumerate() {
            let pointer = format!("/{index}");
            let operation: PatchOperation = match serde_json::from_value(value.clone()) {
                Ok(operation) => operation,
                Err(error) => {
                    findings.push(
                        self.invalid_correction_error(&pointer, &format!("this is not an RFC 6902 operation: {error}")),
                    );
                    continue;
                }
            };
            let why = value.get("why").and_then(Value::as_str).map(str::to_owned);
            match (why, corrections.last_mut()) {
                (None, Some(group)) => group.operations.push((index, operation)),
                (why, _) => {
                    if why.is_none() {
                        findings.push(self.invalid_correction_error(&pointer, "the first operation has no `why`"));
                    }
                    corrections.push(Correction { why: why.unwrap_or_default(), operations: vec![(index, operation)] });
                }
            }
        }
        for index in corrections.iter().flat_map(Correction::find_unguarded_operations) {
            findings.push(self.invalid_correction_error(&format!("/{index}"), "no `test` guards this operation"));
        }
        findings.into_result(corrections)
    }

    /// Returns a diagnostic about the value at `pointer` in the file of corrections.
    fn make_diagnostic(&self, kind: DiagnosticKind, pointer: &str, message: &str) -> Diagnostic {
        let at = self.document.text.find_position(pointer);
        Diagnostic::new(kind, message)
            .with_file(&self.document.path)
            .with_pointer(pointer)
            .with_position(at.line, at.column)
    }

    /// Returns an error about the value at `pointer` in the file of corrections, with help that explains how to write a
    /// correction.
    fn invalid_correction_error(&self, pointer: &str, message: &str) -> Diagnostic {
        let help = "a correction is a list of RFC 6902 operations, the first with a `why` that says what evidence \
                    it rests on; a `test` guards those after it; no `test` is needed to `add` something new, or to \
                    `remove` or `replace` a list element by its value, such as `/required/=id`";
        self.make_diagnostic(DiagnosticKind::InvalidCorrection, pointer, message).with_help(help)
    }

    /// Returns the error for a file of corrections whose document does not exist: `a.patch.json` without `a.json`.
    fn missing_document_error(&self) -> Diagnostic {
        let path = &self.document.path;
        let target = path.strip_suffix(CORRECTIONS_ENDING).unwrap_or(path);
        let message = format!("this corrects {target}.json, which does not exist");
        let help = "name the file after the schema that it corrects, or remove it";
        self.make_diagnostic(DiagnosticKind::InvalidCorrection, "", &message).with_help(help)
    }
}

impl Correction {
    /// Returns the indices in the file of this correction's operations that need a `test` before them and have none.
    fn find_unguarded_operations(&self) -> impl Iterator<Item = usize> + '_ {
        let is_test = |(_, operation): &(usize, PatchOperation)| matches!(operation, PatchOperation::Test(_));
        let before_tests = self.operations.iter().take_while(move |numbered| !is_test(numbered));
        before_tests.filter(|(_, operation)| !guard::is_guarded_without_test(operation)).map(|(index, _)| *index)
    }

    /// Applies the operations to `document`, and returns them with list elements named by index instead of by value.
    /// `room` is the number of bytes that `copy` may still add to the document; each `copy` lowers it.
    ///
    /// The first operation that does not fit is an error. Those before it stay applied, as do the operations that the
    /// help of the error says to write instead, so that later corrections are compared with the document as it will be
    /// then. This does no harm, since nothing is generated.
    pub(crate) fn apply_to_document(
        &self,
        patch: &CorrectionFile<'_>,
        document: &mut Value,
        room: &mut usize,
    ) -> Result<Vec<PatchOperation>, Box<Diagnostic>> {
        let mut applied = Vec::new();
        for (at, (index, operation)) in self.operations.iter().enumerate() {
            match apply_operation(document, operation, room) {
                Ok(operation) => applied.push(operation),
                Err(OperationRefusal::Misfit(difference)) => {
                    let operations: Vec<_> = self.operations.iter().map(|(_, operation)| operation.clone()).collect();
                    let help = stale::write_stale_help(&operations, at, &self.why, document, room);
                    let name = operation_name(operation);
                    let message =
                        format!("upstream has changed here, so this correction no longer fits: `{name}` {difference}");
                    let diagnostic =
                        patch.make_diagnostic(DiagnosticKind::StaleCorrection, &format!("/{index}"), &message);
                    return Err(Box::new(diagnostic.with_help(help)));
                }
                Err(OperationRefusal::TooLarge) => {
                    let message = "this operation makes the document too large or too deeply nested";
                    let diagnostic = patch.make_diagnostic(DiagnosticKind::Limit, &format!("/{index}"), message);
                    return Err(Box::new(diagnostic.with_help(TOO_LARGE_HELP)));
                }
            }
        }
        Ok(applied)
    }

    /// Returns an entry for the report for each of the `applied` operations except `test`s. `document` is the index of
    /// the document that they were applied to.
    fn list_applied_operations(
        &self,
        document: usize,
        applied: &[PatchOperation],
    ) -> impl Iterator<Item = AppliedOperation> {
        let changing = applied.iter().filter(|operation| !matches!(operation, PatchOperation::Test(_)));
        changing.map(move |operation| AppliedOperation {
            location: Location::new(document, operation.path().as_str()),
            operation: operation_name(operation),
            why: self.why.clone(),
        })
    }
}

/// Divisor of the limit on a file's size: the `copy` operations of a file of corrections may add one 64th of the limit
/// to a document, since copies of copies double it each time.
pub(crate) const COPY_LIMIT_DIVISOR: usize = 64;

/// The help of the error for an operation that makes the document too large or too deeply nested.
const TOO_LARGE_HELP: &str = "copy less, or raise `file` under `[limits]` in the settings; \
                         nesting may not exceed 127 levels";
