//! Checks documents against the limits in the settings.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::{Document, Documents};
use crate::limits::{MAX_JSON_DEPTH, file_too_large_error, limit_exceeded_error};
use crate::location::{Location, escape_pointer_step};
use crate::settings::Limits;

/// Checks the number of documents, and the size, depth, pointers and `enum`s of each, against `limits`.
///
/// # Errors
/// Returns one error if there are too many documents, otherwise an error for each document that exceeds a limit.
pub(crate) fn check_limits(documents: &Documents, limits: &Limits) -> Result<(), Errors> {
    let count = documents.all_documents().len();
    if count > limits.documents {
        let message = format!("there are {count} documents");
        return Err(limit_exceeded_error("documents", limits.documents, message)
            .with_file(documents.schema_folder())
            .into());
    }
    let mut findings = Findings::default();
    for (number, document) in documents.all_documents().iter().enumerate() {
        if findings.record_errors(check_document_size(document, limits)).is_none() {
            continue;
        }
        let mut tree = DocumentWalk { limits, pointer: String::new(), excess: None };
        tree.check_value(&document.value, 1);
        if let Some(LimitExcess { pointer, setting, limit, message }) = tree.excess {
            let location = Location::new(number, pointer);
            let error = documents.make_diagnostic(DiagnosticKind::Limit, &location, message);
            findings.push(Diagnostic { help: limit_exceeded_error(setting, limit, "").help, ..error });
        }
    }
    findings.into_result(())
}

/// Returns an error if the JSON text of `document` has more bytes than `limits.file`.
fn check_document_size(document: &Document, limits: &Limits) -> Result<(), Errors> {
    let bytes = document.text.json.len();
    if bytes > limits.file { Err(file_too_large_error(&document.path, bytes as u64, limits).into()) } else { Ok(()) }
}

/// A walk through the values of one document, up to the first value that exceeds a limit.
struct DocumentWalk<'a> {
    limits: &'a Limits,
    /// The pointer of the current value.
    pointer: String,
    /// The first value that exceeds a limit; `None` if none was found so far.
    excess: Option<LimitExcess>,
}

/// A value that exceeds a limit.
struct LimitExcess {
    /// The pointer of the value in its document.
    pointer: String,
    /// The name of the limit in the settings, such as `depth`.
    setting: &'static str,
    /// The value of the limit.
    limit: usize,
    /// Says by how much the value exceeds the limit, such as "this is nested 130 levels deep".
    message: String,
}

impl DocumentWalk<'_> {
    /// Checks `value`, which is at `self.pointer`, and the values inside it, up to the first that exceeds a limit.
    /// `depth` is the nesting level of `value`; the whole document has level 1.
    fn check_value(&mut self, value: &Value, depth: usize) {
        let deepest = self.limits.depth.min(MAX_JSON_DEPTH);
        match value {
            Value::Object(_) | Value::Array(_) if depth > deepest => {
                self.record_excess("depth", deepest, format!("this is nested {depth} levels deep"));
            }
            Value::Object(map) => {
                if let Some(Value::Array(values)) = map.get("enum") {
                    if values.len() > self.limits.enum_values {
                        let message = format!("this `enum` has {} values", values.len());
                        self.record_excess("enum_values", self.limits.enum_values, message);
                    }
                }
                map.iter().for_each(|(name, value)| self.check_child(&escape_pointer_step(name), value, depth));
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(index, value)| self.check_child(&index.to_string(), value, depth));
            }
            _ => {}
        }
    }

    /// Checks the child `value` of the current value, if it is an object or array. `step` is the escaped last step of
    /// its pointer, and `depth` the nesting level of the current value. Does nothing once a value exceeds a limit.
    fn check_child(&mut self, step: &str, value: &Value, depth: usize) {
        if self.excess.is_some() || !(value.is_object() || value.is_array()) {
            return;
        }
        let length = self.pointer.len();
        if length + step.len() > self.limits.pointer {
            let message = format!("the JSON pointer of a value in here has {} bytes", length + step.len());
            return self.record_excess("pointer", self.limits.pointer, message);
        }
        self.pointer.push('/');
        self.pointer.push_str(step);
        self.check_value(value, depth + 1);
        self.pointer.truncate(length);
    }

    /// Records that the current value exceeds the limit `setting`, unless an earlier value does.
    fn record_excess(&mut self, setting: &'static str, limit: usize, message: String) {
        let pointer = self.pointer.clone();
        self.excess.get_or_insert(LimitExcess { pointer, setting, limit, message });
    }
}
