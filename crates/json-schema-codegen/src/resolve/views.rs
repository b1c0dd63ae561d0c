//! Finds the schemas of views that the settings name, and all that they reach.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors};
use crate::documents::Documents;
use crate::location::{Location, escape};
use crate::resolve::index::Index;
use crate::resolve::reach::{self, Sources};
use crate::resolve::steps::Steps;
use crate::resolve::{Resolved, roots};
use crate::settings::Settings;

/// The schemas of views that the settings name.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The schemas by the texts that name them.
    named: BTreeMap<String, Location>,
    /// An error for each text that names no schema, or several.
    faults: Vec<Diagnostic>,
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

/// The schemas of views, and all that they reach.
#[derive(Debug)]
pub(crate) struct Companions {
    /// The schemas of the views are its roots.
    pub(crate) resolved: Box<Resolved>,
    /// The schema of each view by the text that names it in the settings.
    pub(crate) named: BTreeMap<String, Location>,
    /// An error for each text in the settings that names no schema, or several. It is reported with the other errors about
    /// views, which need the types.
    pub(crate) faults: Vec<Diagnostic>,
}

/// Resolves the references in the schemas of views and in all that they reach; `None` if the settings have no views.
/// `documents` are those of `sources`.
///
/// # Errors
/// References that refer to no schema, unless the settings allow them.
pub(super) fn companions(
    documents: &Arc<Documents>,
    sources: &Sources<'_>,
    found: Found,
    settings: &Settings,
) -> Result<Option<Companions>, Errors> {
    if settings.views.is_empty() {
        return Ok(None);
    }
    let Found { named, faults } = found;
    let roots: Vec<Location> = named.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let reached = reach::from(sources, &roots, settings)?;
    let resolved = Box::new(Resolved {
        documents: Arc::clone(documents),
        drafts: sources.drafts.to_vec(),
        corrections: Vec::new(),
        roots,
        steps: Steps::new(reached.schemas.len(), &settings.limits),
        reached,
        alias_targets: OnceLock::new(),
        companions: None,
    });
    Ok(Some(Companions { resolved, named, faults }))
}
