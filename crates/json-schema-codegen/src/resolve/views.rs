//! Finds the schemas of views that the settings name.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::documents::Documents;
use crate::location::{Location, escape_pointer_step};
use crate::resolve::index::SchemaIndex;
use crate::resolve::roots;
use crate::settings::Settings;

/// The schemas that the settings name for views, as far as they were found.
#[derive(Debug, Default)]
pub(super) struct FoundViewSchemas {
    /// The location of each schema, by the text that names it in the settings.
    pub(super) named: BTreeMap<String, Location>,
    /// An error for each text that names no schema, or several.
    pub(super) faults: Vec<Diagnostic>,
}

/// Finds the schema of each view in the settings. The texts that name schemas have the form of roots: `message.json` or
/// `api.json#/$defs/Message`.
pub(super) fn find_view_schemas(documents: &Documents, index: &SchemaIndex, settings: &Settings) -> FoundViewSchemas {
    let mut found = FoundViewSchemas::default();
    for (place, view) in &settings.views {
        for (value, text) in &view.values {
            match roots::find_schema_named(documents, index, text) {
                Some(location) => drop(found.named.insert(text.clone(), location)),
                None => found.faults.push(unclear_view_schema_error(documents, index, (place, value, text))),
            }
        }
    }
    found
}

/// Returns the error for `text`, the name in the settings of no schema, or of several. The view with this schema is for
/// the property `place` when the sibling property has `value`.
fn unclear_view_schema_error(
    documents: &Documents,
    index: &SchemaIndex,
    (place, value, text): (&str, &str, &str),
) -> Diagnostic {
    let (problem, help) = roots::describe_unclear_name(documents, index, text, "view's schema");
    let message = format!("the schema `{text}` of the view for `{value}` {problem}");
    let pointer = format!("/views/{}/{}", escape_pointer_step(place), escape_pointer_step(value));
    Diagnostic::new(DiagnosticKind::Settings, message).with_pointer(pointer).with_help(help)
}

/// Marks each whole document that is the schema of a view as not a root, so that no types with fields are generated for
/// it unless a root refers to it.
pub(super) fn unmark_view_roots(documents: &mut Documents, found: &FoundViewSchemas) {
    let whole = found.named.values().filter(|location| location.pointer().is_empty());
    let names: Vec<String> = whole
        .filter_map(|location| documents.all_documents().get(location.document))
        .map(|one| one.name.clone())
        .collect();
    names.iter().for_each(|name| documents.unmark_root_document(name));
}
