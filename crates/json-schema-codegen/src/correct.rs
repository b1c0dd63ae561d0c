//! Applies corrections of upstream's documents: RFC 6902 patches, kept as data.
//!
//! A correction begins with an operation that has a member `why`. A `test` guards the operations
//! after it; operations that say themselves what they expect need none (see [`guard`]). A guard that
//! no longer holds says that upstream has changed there.

mod address;
mod guard;
mod room;

use json_patch::PatchOperation;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{CORRECTIONS, Document, Documents};
use crate::limits::exceeded;
use crate::place::Place;
use crate::settings::Limits;

/// Documents with their corrections applied.
#[derive(Clone, Debug)]
pub(crate) struct Corrected {
    pub(crate) documents: Documents,
    pub(crate) corrections: Vec<Correction>,
}

/// A correction that was applied.
#[derive(Clone, Debug)]
pub(crate) struct Correction {
    /// The place that was corrected.
    pub(crate) place: Place,
    /// What is done there: an operation of RFC 6902.
    pub(crate) operation: &'static str,
    /// Why, in the words of the patch.
    pub(crate) why: String,
}

/// Applies each patch to its document. A correction that cannot be applied is left out, and found
/// wrong, so that what else is wrong shows in the same run.
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

/// One correction: operations that are applied all or none, with one reason.
pub(crate) struct Group {
    why: String,
    /// With their indices in the file.
    pub(crate) operations: Vec<(usize, PatchOperation)>,
}

impl PatchFile<'_> {
    /// The corrections of the file.
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
                        findings.push(self.invalid(&pointer, "this operation has no `why`"));
                    }
                    groups.push(Group { why: why.unwrap_or_default(), operations: vec![(index, operation)] });
                }
            }
        }
        for index in groups.iter().flat_map(Group::unguarded) {
            findings.push(self.invalid(&format!("/{index}"), "nothing guards this operation"));
        }
        findings.or(groups)
    }

    fn diagnostic(&self, kind: Kind, pointer: &str, message: &str) -> Diagnostic {
        let at = self.document.text.position(pointer);
        Diagnostic::new(kind, message).in_file(&self.document.path).pointing(pointer).at(at.line, at.column)
    }

    fn invalid(&self, pointer: &str, message: &str) -> Diagnostic {
        let help = "a correction is a list of RFC 6902 operations, the first with a `why` that says what evidence \
                    it rests on; a `test` guards those after it, `add` of something new and what names a list \
                    element by its value, such as `/required/=id`, guard themselves";
        self.diagnostic(Kind::InvalidCorrection, pointer, message).help(help)
    }

    fn orphan(&self) -> Diagnostic {
        let path = &self.document.path;
        let target = path.strip_suffix(CORRECTIONS).unwrap_or(path);
        let message = format!("this corrects {target}.json, which does not exist");
        let help = "name the file after the schema that it corrects, or remove it";
        self.diagnostic(Kind::InvalidCorrection, "", &message).help(help)
    }

    fn stale(&self, index: usize, found: &str, why: &str) -> Diagnostic {
        let message = format!("upstream has changed here, so this correction may be obsolete: {found}");
        let help = format!("read the new schema, then mend or remove the correction; it was made because: {why}");
        self.diagnostic(Kind::StaleCorrection, &format!("/{index}"), &message).help(help)
    }
}

impl Group {
    /// Returns the indices of the operations that no `test` before them guards, nor they themselves.
    fn unguarded(&self) -> impl Iterator<Item = usize> + '_ {
        let is_test = |(_, operation): &(usize, PatchOperation)| matches!(operation, PatchOperation::Test(_));
        let before_tests = self.operations.iter().take_while(move |numbered| !is_test(numbered));
        before_tests.filter(|(_, operation)| !guard::guards_itself(operation)).map(|(index, _)| *index)
    }

    /// Applies the operations to `document`, up to the first that does not fit; then nothing is
    /// generated. Returns them with the paths that they had in the document. `room` is how many bytes
    /// copies may still add.
    pub(crate) fn apply(
        &self,
        patch: &PatchFile<'_>,
        document: &mut Value,
        room: &mut usize,
    ) -> Result<Vec<PatchOperation>, Box<Diagnostic>> {
        let mut applied = Vec::new();
        for (index, operation) in &self.operations {
            let stale = |found: &str| Box::new(patch.stale(*index, found, &self.why));
            let operation = address::resolve(document, operation).map_err(|found| stale(&found))?;
            if let Some(found) = guard::contradiction(document, &operation) {
                return Err(stale(&found));
            }
            if !room::fits(document, &operation, room) {
                let message = "what this copies makes the document too large or too deep";
                return Err(Box::new(patch.diagnostic(Kind::Limit, &format!("/{index}"), message).help(COPIES)));
            }
            json_patch::patch(document, std::slice::from_ref(&operation)).map_err(|error| stale(&error.to_string()))?;
            applied.push(operation);
        }
        Ok(applied)
    }

    /// Returns what has been corrected in a document, for the report.
    fn corrections(&self, document: usize, applied: &[PatchOperation]) -> impl Iterator<Item = Correction> {
        let changing = applied.iter().filter(|operation| !matches!(operation, PatchOperation::Test(_)));
        changing.map(move |operation| Correction {
            place: Place::new(document, operation.path().as_str()),
            operation: name(operation),
            why: self.why.clone(),
        })
    }
}

/// All that copies add to one document is at most this part of what a file may have.
pub(crate) const COPIED: usize = 64;

const COPIES: &str = "copy less, or raise `file` or `depth` under `[limits]` in the settings";

fn name(operation: &PatchOperation) -> &'static str {
    match operation {
        PatchOperation::Add(_) => "add",
        PatchOperation::Remove(_) => "remove",
        PatchOperation::Replace(_) => "replace",
        PatchOperation::Move(_) => "move",
        PatchOperation::Copy(_) => "copy",
        PatchOperation::Test(_) => "test",
    }
}
