//! Holds schemas to the limits of the settings: what is past one is an error that names it.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::documents::{Document, Documents};
use crate::place::{Place, escape};
use crate::settings::Limits;

/// The deepest nesting that a document can have: the JSON parser holds no more.
pub(crate) const DEEPEST: usize = 127;

/// Checks documents before anything is made of them.
pub(crate) fn check(documents: &Documents, limits: &Limits) -> Result<(), Errors> {
    let count = documents.all().len();
    if count > limits.documents {
        let message = format!("there are {count} documents");
        return Err(exceeded("documents", limits.documents, message).in_file(documents.folder()).into());
    }
    let mut findings = Findings::default();
    for (number, document) in documents.all().iter().enumerate() {
        if findings.keep(size(document, limits)).is_none() {
            continue;
        }
        let mut tree = Tree { limits, pointer: String::new(), found: None };
        tree.check(&document.value, 1);
        if let Some((pointer, setting, most, message)) = tree.found {
            let place = Place::new(number, pointer);
            let at = documents.diagnostic(Kind::Limit, &place, message);
            findings.push(Diagnostic { help: exceeded(setting, most, "").help, ..at });
        }
    }
    findings.or(())
}

/// An error about what is past a limit.
pub(crate) fn exceeded(setting: &str, most: usize, message: impl Into<String>) -> Diagnostic {
    let help = format!("make the schema smaller, or raise `{setting}` under `[limits]` in the settings; it is {most}");
    Diagnostic::new(Kind::Limit, message).help(help)
}

/// An error about a file that is past the limit, before it is read.
pub(crate) fn too_large(path: &str, bytes: u64, limits: &Limits) -> Diagnostic {
    exceeded("file", limits.file, format!("this has {bytes} bytes")).in_file(path)
}

fn size(document: &Document, limits: &Limits) -> Result<(), Errors> {
    let bytes = document.text.json.len();
    if bytes > limits.file { Err(too_large(&document.path, bytes as u64, limits).into()) } else { Ok(()) }
}

/// A walk through one document, to the first thing that is past a limit.
struct Tree<'a> {
    limits: &'a Limits,
    pointer: String,
    found: Option<(String, &'static str, usize, String)>,
}

impl Tree<'_> {
    fn check(&mut self, value: &Value, depth: usize) {
        let deepest = self.limits.depth.min(DEEPEST);
        match value {
            Value::Object(_) | Value::Array(_) if depth > deepest => {
                self.report("depth", deepest, format!("this is nested {depth} deep"));
            }
            Value::Object(map) => {
                if let Some(Value::Array(values)) = map.get("enum") {
                    if values.len() > self.limits.enum_values {
                        let message = format!("this `enum` has {} values", values.len());
                        self.report("enum_values", self.limits.enum_values, message);
                    }
                }
                map.iter().for_each(|(name, value)| self.step(&escape(name), value, depth));
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(index, value)| self.step(&index.to_string(), value, depth));
            }
            _ => {}
        }
    }

    fn step(&mut self, step: &str, value: &Value, depth: usize) {
        if self.found.is_some() || !(value.is_object() || value.is_array()) {
            return;
        }
        let length = self.pointer.len();
        if length + step.len() > self.limits.pointer {
            let message = format!("the JSON pointer of what stands in here has {} bytes", length + step.len());
            return self.report("pointer", self.limits.pointer, message);
        }
        self.pointer.push('/');
        self.pointer.push_str(step);
        self.check(value, depth + 1);
        self.pointer.truncate(length);
    }

    fn report(&mut self, setting: &'static str, most: usize, message: String) {
        self.found.get_or_insert_with(|| (self.pointer.clone(), setting, most, message));
    }
}
