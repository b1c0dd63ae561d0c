//! Checks documents against the limits in the settings.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::{Document, Documents};
use crate::limits::{MAX_DEPTH, exceeded, too_large};
use crate::location::{Location, escape};
use crate::settings::Limits;

/// Checks the number of documents, and the size, depth, pointers and `enum`s of each. Returns an error for each
/// document that exceeds a limit.
pub(crate) fn check_limits(documents: &Documents, limits: &Limits) -> Result<(), Errors> {
    let count = documents.all().len();
    if count > limits.documents {
        let message = format!("there are {count} documents");
        return Err(exceeded("documents", limits.documents, message).in_file(documents.folder()).into());
    }
    let mut findings = Findings::default();
    for (number, document) in documents.all().iter().enumerate() {
        if findings.keep(check_size(document, limits)).is_none() {
            continue;
        }
        let mut tree = Tree { limits, pointer: String::new(), excess: None };
        tree.check(&document.value, 1);
        if let Some(Excess { pointer, setting, limit, message }) = tree.excess {
            let location = Location::new(number, pointer);
            let error = documents.diagnostic(DiagnosticKind::Limit, &location, message);
            findings.push(Diagnostic { help: exceeded(setting, limit, "").help, ..error });
        }
    }
    findings.or(())
}

/// Returns an error if the JSON text of a document is larger than the limit.
fn check_size(document: &Document, limits: &Limits) -> Result<(), Errors> {
    let bytes = document.text.json.len();
    if bytes > limits.file { Err(too_large(&document.path, bytes as u64, limits).into()) } else { Ok(()) }
}

/// A walk through one document, up to the first value that exceeds a limit.
struct Tree<'a> {
    limits: &'a Limits,
    /// The pointer of the current value.
    pointer: String,
    excess: Option<Excess>,
}

/// A value that exceeds a limit.
struct Excess {
    pointer: String,
    /// The name of the limit in the settings.
    setting: &'static str,
    limit: usize,
    message: String,
}

impl Tree<'_> {
    /// Checks `value` and the values in it. `depth` is the level of nesting of `value`; 1 is the whole document.
    fn check(&mut self, value: &Value, depth: usize) {
        let deepest = self.limits.depth.min(MAX_DEPTH);
        match value {
            Value::Object(_) | Value::Array(_) if depth > deepest => {
                self.report("depth", deepest, format!("this is nested {depth} levels deep"));
            }
            Value::Object(map) => {
                if let Some(Value::Array(values)) = map.get("enum") {
                    if values.len() > self.limits.enum_values {
                        let message = format!("this `enum` has {} values", values.len());
                        self.report("enum_values", self.limits.enum_values, message);
                    }
                }
                map.iter().for_each(|(name, value)| self.check_child(&escape(name), value, depth));
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(index, value)| self.check_child(&index.to_string(), value, depth));
            }
            _ => {}
        }
    }

    /// Checks the object or array `value`, which is at `step` (escaped) of the current value. Does nothing for
    /// other values, or after an excess.
    fn check_child(&mut self, step: &str, value: &Value, depth: usize) {
        if self.excess.is_some() || !(value.is_object() || value.is_array()) {
            return;
        }
        let length = self.pointer.len();
        if length + step.len() > self.limits.pointer {
            let message = format!("the JSON pointer of a value in here has {} bytes", length + step.len());
            return self.report("pointer", self.limits.pointer, message);
        }
        self.pointer.push('/');
        self.pointer.push_str(step);
        self.check(value, depth + 1);
        self.pointer.truncate(length);
    }

    /// Keeps the excess at the current value, unless there is one already.
    fn report(&mut self, setting: &'static str, limit: usize, message: String) {
        let pointer = self.pointer.clone();
        self.excess.get_or_insert(Excess { pointer, setting, limit, message });
    }
}
