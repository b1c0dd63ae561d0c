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

use crate::correct::{AppliedOperation, CorrectedDocuments};
use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings, Position};
use crate::documents::Documents;
use crate::draft::Draft;
use crate::location::Location;
use crate::settings::Settings;

use index::SchemaIndex;
use reach::{ReachedSchemas, ReferenceContext};
use reference::draft_of_document;
use steps::StepCounter;

/// The schema documents after all references in the schemas that the roots reach have been resolved.
#[derive(Debug)]
pub(crate) struct Resolved {
    documents: Arc<Documents>,
    /// The draft of each document, in the order of `documents`.
    drafts: Vec<Draft>,
    /// The operations of corrections that were applied to the documents.
    corrections: Vec<AppliedOperation>,
    /// The locations of the schemas for which types are generated although nothing refers to them.
    roots: Vec<Location>,
    reached: ReachedSchemas,
    steps: StepCounter,
    /// For each schema that only refers to another schema, the schema at the end of the chain of references. Computed
    /// on first use.
    alias_targets: OnceLock<HashMap<Location, Location>>,
    /// The schemas that the settings use as views; `None` if the settings have no views.
    view_schemas: Option<ViewSchemas>,
}

/// The schemas that the settings use as views, and all schemas that they reach.
#[derive(Debug)]
pub(crate) struct ViewSchemas {
    /// The documents with the references of these schemas resolved. Its roots are the schemas of the views.
    pub(crate) resolved: Box<Resolved>,
    /// The schema of each view, by the text that names the schema in the settings.
    pub(crate) named: BTreeMap<String, Location>,
    /// An error for each text in the settings that names no schema, or several. It is reported together with the other
    /// errors about views, which are found once there are types.
    pub(crate) faults: Vec<Diagnostic>,
}

/// Finds the roots and the schemas of views, and resolves the references in all schemas that these reach.
///
/// # Errors
/// Returns all errors that are found: schemas with one `$id`, roots that do not exist, references that refer to no
/// schema.
pub(crate) fn resolve_references(corrected: CorrectedDocuments, settings: &Settings) -> Result<Resolved, Errors> {
    let CorrectedDocuments { documents, corrections } = corrected;
    let mut documents = documents.with_used_metaschemas();
    let mut findings = Findings::default();
    let drafts = drafts::find_drafts(&documents, settings.draft);
    let index = findings.record_errors(SchemaIndex::new(&documents, &drafts)).unwrap_or_default();
    let viewed = views::find_view_schemas(&documents, &index, settings);
    views::unmark_view_roots(&mut documents, &viewed);
    let documents = Arc::new(documents);
    let roots = findings.record_errors(roots::find_roots(&documents, &index, settings)).unwrap_or_default();
    let sources = ReferenceContext { documents: &documents, index: &index, drafts: &drafts };
    let mut reached =
        findings.record_errors(reach::find_reached_schemas(&sources, &roots, settings)).unwrap_or_default();
    let view_schemas = findings.record_errors(resolve_view_schemas(&documents, &sources, viewed, settings)).flatten();
    if let Some(view_schemas) = &view_schemas {
        reached.left_out.retain(|location| !view_schemas.resolved.is_reached_schema(location));
    }
    let steps = StepCounter::new(reached.schemas.len(), &settings.limits);
    let alias_targets = OnceLock::new();
    findings.into_result(Resolved {
        documents,
        drafts,
        corrections,
        roots,
        reached,
        steps,
        alias_targets,
        view_schemas,
    })
}

/// Resolves the references in the schemas of the views `found`, and in all schemas that these reach. `None` if the
/// settings have no views. `documents` are those of `sources`.
///
/// # Errors
/// References that refer to no schema, unless the settings allow them.
fn resolve_view_schemas(
    documents: &Arc<Documents>,
    sources: &ReferenceContext<'_>,
    found: views::FoundViewSchemas,
    settings: &Settings,
) -> Result<Option<ViewSchemas>, Errors> {
    if settings.views.is_empty() {
        return Ok(None);
    }
    let views::FoundViewSchemas { named, faults } = found;
    let roots: Vec<Location> = named.values().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let reached = reach::find_schemas_reached_from(sources, &roots, settings)?;
    let resolved = Box::new(Resolved {
        documents: Arc::clone(documents),
        drafts: sources.drafts.to_vec(),
        corrections: Vec::new(),
        roots,
        steps: StepCounter::new(reached.schemas.len(), &settings.limits),
        reached,
        alias_targets: OnceLock::new(),
        view_schemas: None,
    });
    Ok(Some(ViewSchemas { resolved, named, faults }))
}

impl Resolved {
    /// Returns the schemas that the settings use as views; `None` if the settings have no views.
    pub(crate) fn view_schemas(&self) -> Option<&ViewSchemas> {
        self.view_schemas.as_ref()
    }

    /// Returns the locations of the roots, each once, in the order of the settings or of the documents.
    pub(crate) fn roots(&self) -> &[Location] {
        &self.roots
    }

    /// Returns the definitions that get types of their own even if nothing refers to them, in the order of the
    /// documents. Empty if the settings name roots.
    pub(crate) fn independent_definitions(&self) -> &[Location] {
        &self.reached.definitions
    }

    /// Returns the definitions that have no type because of an error in them, each with the error.
    pub(crate) fn broken_definitions(&self) -> &[(Location, Diagnostic)] {
        &self.reached.broken
    }

    /// Returns the definitions and documents that the roots in the settings do not reach. Empty if the settings name no
    /// roots.
    pub(crate) fn unreached_schemas(&self) -> &[Location] {
        &self.reached.left_out
    }

    /// Returns the operations of corrections that were applied to the documents.
    pub(crate) fn corrections(&self) -> &[AppliedOperation] {
        &self.corrections
    }

    /// Returns the draft of the document that `location` is in.
    pub(crate) fn draft_at(&self, location: &Location) -> Draft {
        draft_of_document(&self.drafts, location)
    }

    /// Returns the value at `location`, without counting a step. `None` if there is no value.
    pub(crate) fn find_value(&self, location: &Location) -> Option<&Value> {
        self.documents.value_at(location)
    }

    /// Returns the schema at `location` if it is an object. Counts each call as a step, and returns `None` for every
    /// schema once the limit on steps is exceeded; [`Self::check_step_limit`] then returns the error.
    pub(crate) fn find_schema(&self, location: &Location) -> Option<&Map<String, Value>> {
        self.steps.take_step(location).then(|| self.documents.value_at(location)?.as_object())?
    }

    /// Returns, for each schema that only refers to another schema, the schema at the end of the chain of references.
    /// The first call computes the result with `find`; later calls ignore `find`.
    pub(crate) fn alias_targets_or_find(
        &self,
        find: fn(&Self) -> HashMap<Location, Location>,
    ) -> &HashMap<Location, Location> {
        self.alias_targets.get_or_init(|| find(self))
    }

    /// Returns an error if [`Self::find_schema`] was called more often than the limit on steps allows.
    pub(crate) fn check_step_limit(&self) -> Result<(), Errors> {
        self.steps.check_limit(&self.documents)
    }

    /// Returns (keyword, text) of the reference in the schema at `location`: `("$ref", "#/$defs/a")`. `None` if it has
    /// no reference, or a dynamic one that can refer to several schemas.
    pub(crate) fn find_reference(&self, location: &Location) -> Option<(&'static str, &str)> {
        self.reached.targets.get(location)?;
        reference::find_reference_in_schema(self.draft_at(location), self.documents.value_at(location)?.as_object()?)
    }

    /// Returns the location of the schema that the reference in the schema at `location` refers to. `None` if it has no
    /// reference, or one without a known target.
    pub(crate) fn find_target(&self, location: &Location) -> Option<&Location> {
        self.reached.targets.get(location)?.as_ref()
    }

    /// Returns the targets of all references, in no particular order; a schema that several references refer to comes
    /// several times.
    pub(crate) fn list_reference_targets(&self) -> impl Iterator<Item = &Location> {
        self.reached.targets.values().flatten()
    }

    /// Checks whether the value at `location` is a schema (an object) that the roots reach.
    pub(crate) fn is_reached_schema(&self, location: &Location) -> bool {
        self.reached.schemas.contains(location)
    }

    /// Returns the locations of the schemas (objects) that the roots reach, sorted.
    pub(crate) fn reached_schemas(&self) -> impl Iterator<Item = &Location> {
        self.reached.schemas.iter()
    }

    /// Returns the locations of the schemas whose reference does not refer to any schema, in no particular order.
    pub(crate) fn list_dangling_schemas(&self) -> impl Iterator<Item = &Location> {
        self.reached.targets.iter().filter(|(_, target)| target.is_none()).map(|(location, _)| location)
    }

    /// Returns the name of the document that `location` is in: its path relative to the schema folder, or its URL.
    pub(crate) fn document_name(&self, location: &Location) -> &str {
        self.documents.all_documents().get(location.document).map_or("", |document| &document.name)
    }

    /// Returns the names of all documents; [`Location::document`] is an index into the list.
    #[cfg(feature = "changes")]
    pub(crate) fn document_names(&self) -> Vec<String> {
        self.documents.all_documents().iter().map(|document| document.name.clone()).collect()
    }

    /// Returns the path for messages of the file that `location` is in.
    pub(crate) fn file_display_path(&self, location: &Location) -> String {
        self.documents.file_display_path(location)
    }

    /// Returns the line and column in its file of the value at `location`, or of the nearest value around it that the
    /// file has.
    pub(crate) fn find_position(&self, location: &Location) -> Position {
        self.documents.find_position(location)
    }

    /// Creates a diagnostic with the file, pointer, line and column of `location`.
    pub(crate) fn make_diagnostic(
        &self,
        kind: DiagnosticKind,
        location: &Location,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.documents.make_diagnostic(kind, location, message)
    }
}
