//! Resolves each reference that the roots reach, across all documents.
//!
//! Copies no schema: the result has the documents, and for each reference the location that it refers to.

pub(crate) mod drafts;
mod dynamic;
pub(crate) mod index;
pub(crate) mod nearest;
mod reach;
pub(crate) mod reference;
pub(crate) mod roots;
mod steps;
mod views;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use crate::correct::{Corrected, Correction};
use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings, Position};
use crate::documents::Documents;
use crate::draft::Draft;
use crate::location::Location;
use crate::settings::Settings;

use index::Index;
use reach::{Reached, Sources};
use reference::draft_of;
use steps::Steps;

/// Documents, with the references resolved that are in schemas the roots reach (the roots, their
/// subschemas, and those referred to).
#[derive(Debug)]
pub(crate) struct Resolved {
    documents: Arc<Documents>,
    /// The draft of each document, in the order of `documents`.
    drafts: Vec<Draft>,
    corrections: Vec<Correction>,
    roots: Vec<Location>,
    reached: Reached,
    steps: Steps,
    /// The target of each schema that only refers to another schema: the end of the chain of references.
    /// Computed on first use.
    alias_targets: OnceLock<HashMap<Location, Location>>,
    /// The schemas of views; `None` if the settings have no views.
    companions: Option<Companions>,
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

/// Finds the roots and the schemas of views, and resolves the references in all schemas that they reach.
pub(crate) fn resolve(corrected: Corrected, settings: &Settings) -> Result<Resolved, Errors> {
    let Corrected { documents, corrections } = corrected;
    let mut documents = documents.with_metaschemas();
    let mut findings = Findings::default();
    let drafts = drafts::find_drafts(&documents, settings.draft);
    let index = findings.keep(Index::new(&documents, &drafts)).unwrap_or_default();
    let viewed = views::find(&documents, &index, settings);
    views::unmark_roots(&mut documents, &viewed);
    let documents = Arc::new(documents);
    let roots = findings.keep(roots::find_roots(&documents, &index, settings)).unwrap_or_default();
    let sources = Sources { documents: &documents, index: &index, drafts: &drafts };
    let mut reached = findings.keep(reach::reach(&sources, &roots, settings)).unwrap_or_default();
    let companions = findings.keep(resolve_companions(&documents, &sources, viewed, settings)).flatten();
    if let Some(companions) = &companions {
        reached.left_out.retain(|location| !companions.resolved.is_schema(location));
    }
    let steps = Steps::new(reached.schemas.len(), &settings.limits);
    let alias_targets = OnceLock::new();
    findings.or(Resolved { documents, drafts, corrections, roots, reached, steps, alias_targets, companions })
}

/// Resolves the references in the schemas of views and in all that they reach; `None` if the settings have no views.
/// `documents` are those of `sources`.
///
/// # Errors
/// References that refer to no schema, unless the settings allow them.
fn resolve_companions(
    documents: &Arc<Documents>,
    sources: &Sources<'_>,
    found: views::Found,
    settings: &Settings,
) -> Result<Option<Companions>, Errors> {
    if settings.views.is_empty() {
        return Ok(None);
    }
    let views::Found { named, faults } = found;
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

impl Resolved {
    /// Returns the schemas of views; `None` if the settings have no views.
    pub(crate) fn companions(&self) -> Option<&Companions> {
        self.companions.as_ref()
    }

    /// Returns the roots, each once, in the order of the settings or of the documents.
    pub(crate) fn roots(&self) -> &[Location] {
        &self.roots
    }

    /// Returns the definitions that have types of their own even if nothing refers to them, in the order of the
    /// documents: those of the documents that are given whole.
    pub(crate) fn definitions(&self) -> &[Location] {
        &self.reached.definitions
    }

    /// Returns the definitions without a type because of an error in them, each with the error.
    pub(crate) fn broken_definitions(&self) -> &[(Location, Diagnostic)] {
        &self.reached.broken
    }

    /// Returns the definitions and documents that the roots which the settings name do not reach.
    pub(crate) fn left_out(&self) -> &[Location] {
        &self.reached.left_out
    }

    /// Returns the corrections that were applied.
    pub(crate) fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Returns the draft of the document that a location is in.
    pub(crate) fn draft(&self, location: &Location) -> Draft {
        draft_of(&self.drafts, location)
    }

    /// Returns the value at a location, without counting a step. `None` if there is none.
    pub(crate) fn value(&self, location: &Location) -> Option<&Value> {
        self.documents.get(location)
    }

    /// Returns the schema at a location if it is an object. Counts each call as a step, and returns `None` for
    /// every schema once the limit on steps is exceeded; [`Self::within_steps`] then returns the error.
    pub(crate) fn schema(&self, location: &Location) -> Option<&Map<String, Value>> {
        self.steps.take(location).then(|| self.documents.get(location)?.as_object())?
    }

    /// Returns the target of each schema that only refers to another. The first call computes them with `find`;
    /// later calls ignore it.
    pub(crate) fn alias_targets(&self, find: fn(&Self) -> HashMap<Location, Location>) -> &HashMap<Location, Location> {
        self.alias_targets.get_or_init(|| find(self))
    }

    /// Returns an error if [`Self::schema`] was called more often than the limit on steps allows.
    pub(crate) fn within_steps(&self) -> Result<(), Errors> {
        self.steps.check(&self.documents)
    }

    /// Returns the keyword and the text of the reference in the schema at a location. `None` if it has none, or
    /// a dynamic one that can refer to several schemas.
    pub(crate) fn reference(&self, location: &Location) -> Option<(&'static str, &str)> {
        self.reached.targets.get(location)?;
        reference::find_in_schema(self.draft(location), self.documents.get(location)?.as_object()?)
    }

    /// Returns the target of the reference in the schema at a location. `None` if it has no reference, or one
    /// without a known target.
    pub(crate) fn target(&self, location: &Location) -> Option<&Location> {
        self.reached.targets.get(location)?.as_ref()
    }

    /// Returns the targets of all references, in no particular order; one that several refer to, several times.
    pub(crate) fn reached(&self) -> impl Iterator<Item = &Location> {
        self.reached.targets.values().flatten()
    }

    /// Checks whether the value at a location is a schema (an object) that the roots reach.
    pub(crate) fn is_schema(&self, location: &Location) -> bool {
        self.reached.schemas.contains(location)
    }

    /// Returns the schemas (objects) that the roots reach, in order of location.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &Location> {
        self.reached.schemas.iter()
    }

    /// Returns the schemas whose reference does not refer to any schema, in no particular order.
    pub(crate) fn dangling(&self) -> impl Iterator<Item = &Location> {
        self.reached.targets.iter().filter(|(_, target)| target.is_none()).map(|(location, _)| location)
    }

    /// Returns the name of the document that a location is in: its path relative to the schema folder, or its
    /// URL.
    pub(crate) fn document_name(&self, location: &Location) -> &str {
        self.documents.all().get(location.document).map_or("", |document| &document.name)
    }

    /// Returns the names of all documents, in their order; [`Location::document`] is an index into it.
    #[cfg(feature = "changes")]
    pub(crate) fn document_names(&self) -> Vec<String> {
        self.documents.all().iter().map(|document| document.name.clone()).collect()
    }

    /// Returns the path of the file that a location is in, for messages.
    pub(crate) fn file(&self, location: &Location) -> String {
        self.documents.file(location)
    }

    /// Returns the line and column of the value at a location, or of the nearest value around it that the file
    /// has.
    pub(crate) fn position(&self, location: &Location) -> Position {
        self.documents.position(location)
    }

    /// Returns a diagnostic with the file, pointer, line and column of a location.
    pub(crate) fn diagnostic(
        &self,
        kind: DiagnosticKind,
        location: &Location,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.documents.diagnostic(kind, location, message)
    }
}
