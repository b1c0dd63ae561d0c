//! Applies corrections of upstream's documents: RFC 6902 patches, kept as data.
//!
//! Each correction is a `test` with a member `why`, then the operations that it guards.
//! A `test` that no longer holds says that upstream has changed there.

use json_patch::{AddOperation, PatchOperation};
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{CORRECTIONS, Document, Documents};
use crate::limits::{DEEPEST, exceeded};
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
                Ok(()) => corrections.extend(group.applied(target)),
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

/// One correction: its guards and what they guard.
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
        Diagnostic::new(kind, message).in_file(&self.document.path).pointing(pointer).at(at.line, at.column)
    }

    fn invalid(&self, pointer: &str, message: &str) -> Diagnostic {
        let help = "a correction is `{\"op\": \"test\", \"path\": …, \"value\": …, \"why\": …}`, the `why` saying \
                    what evidence it rests on, then the operations that it guards";
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
    /// Applies the group, up to the first operation that does not fit; then nothing is generated.
    /// `room` is how many bytes copies may still add.
    pub(crate) fn apply(
        &self,
        patch: &PatchFile<'_>,
        document: &mut Value,
        room: &mut usize,
    ) -> Result<(), Box<Diagnostic>> {
        for (index, operation) in &self.operations {
            if let Some(found) = contradiction(document, operation) {
                return Err(Box::new(patch.stale(*index, &found, &self.why)));
            }
            if !fits(document, operation, room) {
                let message = "what this copies makes the document too large or too deep";
                return Err(Box::new(patch.diagnostic(Kind::Limit, &format!("/{index}"), message).help(COPIES)));
            }
            if let Err(error) = json_patch::patch(document, std::slice::from_ref(operation)) {
                return Err(Box::new(patch.stale(*index, &error.to_string(), &self.why)));
            }
        }
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

/// All that copies add to one document is at most this part of what a file may have.
pub(crate) const COPIED: usize = 64;

const COPIES: &str = "copy less, or raise `file` or `depth` under `[limits]` in the settings";

/// Whether an operation leaves the document as small and as flat as a file could be. Copies of copies
/// would double it each time.
fn fits(document: &Value, operation: &PatchOperation, room: &mut usize) -> bool {
    let (from, is_copy) = match operation {
        PatchOperation::Copy(copy) => (document.pointer(copy.from.as_str()), true),
        PatchOperation::Move(moved) => (document.pointer(moved.from.as_str()), false),
        PatchOperation::Add(AddOperation { value, .. }) => (Some(value), false),
        PatchOperation::Replace(replace) => (Some(&replace.value), false),
        PatchOperation::Remove(_) | PatchOperation::Test(_) => (None, false),
    };
    let Some(from) = from else { return true };
    let (bytes, depth) = extent(from);
    let taken = if is_copy { bytes } else { 0 };
    *room = room.saturating_sub(taken);
    *room > 0 && depth + operation.path().tokens().count() <= DEEPEST
}

/// About how many bytes a value has as a text, and how deep it is nested.
fn extent(value: &Value) -> (usize, usize) {
    let all = |inner: &mut dyn Iterator<Item = (usize, &Value)>| {
        inner.fold((2, 1), |(bytes, depth), (name, value)| {
            let inner = extent(value);
            (bytes + name + inner.0, depth.max(inner.1 + 1))
        })
    };
    match value {
        Value::Object(map) => all(&mut map.iter().map(|(name, value)| (name.len() + 4, value))),
        Value::Array(list) => all(&mut list.iter().map(|value| (1, value))),
        Value::String(text) => (text.len() + 2, 0),
        _ => (8, 0),
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

/// How the document differs from what the operation takes for granted, if it does.
fn contradiction(document: &Value, operation: &PatchOperation) -> Option<String> {
    match operation {
        PatchOperation::Test(test) => match document.pointer(test.path.as_str()) {
            Some(found) if *found == test.value => None,
            Some(found) => {
                let [expected, found] = shown_both(&test.value, found);
                Some(format!("expected {expected} at {}, found {found}", test.path))
            }
            None => Some(format!("expected {} at {}, found nothing", shown(&test.value), test.path)),
        },
        PatchOperation::Add(AddOperation { path, value }) => {
            let list = path.as_str().strip_suffix("/-")?;
            let there = document.pointer(list)?.as_array()?.contains(value);
            there.then(|| format!("{} is in {list} already", shown(value)))
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
