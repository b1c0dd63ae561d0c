//! Finds the schemas of views that the settings name, and all that they reach.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::documents::Documents;
use crate::location::{Location, escape};
use crate::resolve::index::Index;
use crate::resolve::reach::{self, Sources};
use crate::resolve::steps::Steps;
use crate::resolve::{Resolved, roots};
use crate::settings::Settings;

/// The schemas of views, by the texts that name them in the settings.
pub(super) type Named = BTreeMap<String, Location>;

/// Finds the schema of each view in the settings, as roots are found.
///
/// # Errors
/// An error for each text that names no schema, or several.
pub(super) fn find(documents: &Documents, index: &Index, settings: &Settings) -> Result<Named, Errors> {
    let mut findings = Findings::default();
    let mut named = Named::new();
    for (place, view) in &settings.views {
        for (value, text) in &view.values {
            match roots::find_schema_named(documents, index, text) {
                Some(location) => drop(named.insert(text.clone(), location)),
                None => findings.push(unclear_schema(documents, index, (place, value, text))),
            }
        }
    }
    findings.or(named)
}

/// Returns the error for the schema `text` of the view for `value` at `place`, which does not exist, or is in several
/// files.
fn unclear_schema(documents: &Documents, index: &Index, (place, value, text): (&str, &str, &str)) -> Diagnostic {
    let (problem, help) = roots::unclear(documents, index, text);
    let message = format!("the schema `{text}` of the view for `{value}` {problem}");
    let pointer = format!("/views/{}/{}", escape(place), escape(value));
    Diagnostic::new(DiagnosticKind::Settings, message).pointing(pointer).help(help)
}

/// Marks each document that is the schema of a view as not a root, so that it has no type with fields unless a root refers
/// to it.
pub(super) fn unmark_roots(documents: &mut Documents, named: &Named) {
    let whole = named.values().filter(|location| location.pointer().is_empty());
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
    pub(crate) named: Named,
}

/// Resolves the references in the schemas of views and in all that they reach; `None` if there are no views. `documents`
/// are those of `sources`.
///
/// # Errors
/// References that refer to no schema, unless the settings allow them.
pub(super) fn companions(
    documents: &Arc<Documents>,
    sources: &Sources<'_>,
    named: Named,
    settings: &Settings,
) -> Result<Option<Companions>, Errors> {
    if named.is_empty() {
        return Ok(None);
    }
    let roots: Vec<Location> = named.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let reached = reach::from(sources, &roots, settings)?;
    let steps = Steps::new(reached.schemas.len(), &settings.limits);
    let resolved = Box::new(Resolved {
        documents: Arc::clone(documents),
        drafts: sources.drafts.to_vec(),
        corrections: Vec::new(),
        roots,
        reached,
        steps,
        alias_targets: OnceLock::new(),
        companions: None,
    });
    Ok(Some(Companions { resolved, named }))
}
