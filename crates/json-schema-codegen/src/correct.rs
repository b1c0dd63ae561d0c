//! Applies corrections of upstream's documents: RFC 6902 patches, kept as data.
//!
//! Each correction is a `test` with a member `why`, then the operations that it guards.
//! A `test` that no longer holds says that upstream has changed there.

use json_patch::{AddOperation, PatchOperation};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{Document, Documents};
use crate::place::Place;

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

/// Applies each patch to its document.
pub(crate) fn correct(mut documents: Documents) -> Result<Corrected, Errors> {
    let mut findings = Findings::default();
    let mut corrections = Vec::new();
    for (name, patch) in documents.take_corrections() {
        let path = documents.path(&patch.name);
        let patch = PatchFile { path, document: &patch };
        let Some(target) = documents.by_name(&name) else {
            findings.push(patch.orphan(&documents.path(&name)));
            continue;
        };
        let Some(groups) = findings.keep(patch.groups()) else { continue };
        let Some(document) = documents.all_mut().nth(target) else { continue };
        for group in groups {
            match group.apply(&patch, &mut document.value) {
                Ok(()) => corrections.extend(group.applied(target)),
                Err(diagnostic) => findings.push(*diagnostic),
            }
        }
    }
    findings.or(Corrected { documents, corrections })
}

/// A file of corrections.
struct PatchFile<'a> {
    path: String,
    document: &'a Document,
}

/// One correction: its guards and what they guard.
struct Group {
    why: String,
    operations: Vec<(usize, PatchOperation)>,
}

impl PatchFile<'_> {
    fn groups(&self) -> Result<Vec<Group>, Errors> {
        let mut findings = Findings::default();
        let mut groups: Vec<Group> = Vec::new();
        let operations = self.document.value.as_array().map_or(&[][..], Vec::as_slice);
        if !self.document.value.is_array() {
            findings.push(self.invalid("", "this is not a list of RFC 6902 operations"));
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
            match (matches!(operation, PatchOperation::Test(_)), why, groups.last_mut()) {
                (true, Some(why), _) => groups.push(Group { why, operations: vec![(index, operation)] }),
                (true, None, None) => {
                    findings.push(self.invalid(&pointer, "this `test` has no `why`"));
                    groups.push(Group { why: String::new(), operations: vec![(index, operation)] });
                }
                (_, _, Some(group)) => group.operations.push((index, operation)),
                (false, _, None) => findings.push(self.invalid(&pointer, "no `test` guards this operation")),
            }
        }
        findings.or(groups)
    }

    fn diagnostic(&self, kind: Kind, pointer: &str, message: &str) -> Diagnostic {
        let at = self.document.text.position(pointer);
        Diagnostic::new(kind, message).in_file(&self.path).pointing(pointer).at(at.line, at.column)
    }

    fn invalid(&self, pointer: &str, message: &str) -> Diagnostic {
        let help = "a correction is `{\"op\": \"test\", \"path\": …, \"value\": …, \"why\": …}`, the `why` saying \
                    what evidence it rests on, then the operations that it guards";
        self.diagnostic(Kind::InvalidCorrection, pointer, message).help(help)
    }

    fn orphan(&self, target: &str) -> Diagnostic {
        let message = format!("this corrects {target}, which does not exist");
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
    /// Applies the whole group or nothing of it.
    fn apply(&self, patch: &PatchFile<'_>, document: &mut Value) -> Result<(), Box<Diagnostic>> {
        let mut corrected = document.clone();
        for (index, operation) in &self.operations {
            if let Some(found) = contradiction(&corrected, operation) {
                return Err(Box::new(patch.stale(*index, &found, &self.why)));
            }
            if let Err(error) = json_patch::patch(&mut corrected, std::slice::from_ref(operation)) {
                return Err(Box::new(patch.stale(*index, &error.to_string(), &self.why)));
            }
        }
        *document = corrected;
        Ok(())
    }

    fn applied(&self, document: usize) -> impl Iterator<Item = Correction> + '_ {
        self.operations.iter().filter(|(_, operation)| !matches!(operation, PatchOperation::Test(_))).map(
            move |(_, operation)| Correction {
                place: Place::new(document, operation.path().as_str()),
                operation: name(operation),
                why: self.why.clone(),
            },
        )
    }
}

/// How the document differs from what the operation takes for granted, if it does.
fn contradiction(document: &Value, operation: &PatchOperation) -> Option<String> {
    match operation {
        PatchOperation::Test(test) => match document.pointer(test.path.as_str()) {
            Some(found) if *found == test.value => None,
            Some(found) => Some(format!("expected {} at {}, found {found}", test.value, test.path)),
            None => Some(format!("expected {} at {}, found nothing", test.value, test.path)),
        },
        PatchOperation::Add(AddOperation { path, value }) => {
            let list = path.as_str().strip_suffix("/-")?;
            let there = document.pointer(list)?.as_array()?.contains(value);
            there.then(|| format!("{value} is in {list} already"))
        }
        _ => None,
    }
}

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
