//! Finds the schemas of views that the settings name.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::documents::Documents;
use crate::location::{Location, escape};
use crate::resolve::index::Index;
use crate::resolve::roots;
use crate::settings::Settings;

/// The schemas of views that the settings name.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The schemas by the texts that name them.
    pub(super) named: BTreeMap<String, Location>,
    /// An error for each text that names no schema, or several.
    pub(super) faults: Vec<Diagnostic>,
}

/// Finds the schema of each view in the settings, as roots are found.
pub(super) fn find(documents: &Documents, index: &Index, settings: &Settings) -> Found {
    let mut found = Found::default();
    for (place, view) in &settings.views {
        for (value, text) in &view.values {
            match roots::find_schema_named(documents, index, text) {
                Some(location) => drop(found.named.insert(text.clone(), location)),
                None => found.faults.push(unclear_schema(documents, index, (place, value, text))),
            }
        }
    }
    found
}

/// Returns the error for the schema `text` of the view for `value` at `place`, which does not exist, or is in several
/// files.
fn unclear_schema(documents: &Documents, index: &Index, (place, value, text): (&str, &str, &str)) -> Diagnostic {
    let (problem, help) = roots::unclear(documents, index, text, "view's schema");
    let message = format!("the schema `{text}` of the view for `{value}` {problem}");
    let pointer = format!("/views/{}/{}", escape(place), escape(value));
    Diagnostic::new(DiagnosticKind::Settings, message).pointing(pointer).help(help)
}

/// Marks each document that is the schema of a view as not a root, so that it has no type with fields unless a root refers
/// to it.
pub(super) fn unmark_roots(documents: &mut Documents, found: &Found) {
    let whole = found.named.values().filter(|location| location.pointer().is_empty());
    let names: Vec<String> =
        whole.filter_map(|location| documents.all().get(location.document)).map(|one| one.name.clone()).collect();
    names.iter().for_each(|name| documents.unmark_root(name));
}
