//! Resolves each reference that the roots reach, across all documents.
//!
//! Copies no schema: the result has the documents, and for each reference the location that it refers to.

mod dynamic;
pub(crate) mod index;
pub(crate) mod nearest;
pub(crate) mod reference;
pub(crate) mod roots;
mod steps;

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::correct::{Corrected, Correction};
use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings, Position};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::location::Location;
use crate::settings::{Dangling, Settings};

use index::Index;
use reference::draft_of;
use steps::Steps;

/// Documents, with the references resolved that are in schemas the roots reach (the roots, their
/// subschemas, and those referred to).
#[derive(Debug)]
pub(crate) struct Resolved {
    documents: Documents,
    /// The draft of each document, in the order of `documents`.
    drafts: Vec<Draft>,
    corrections: Vec<Correction>,
    roots: Vec<Location>,
    /// The target of each reference, by the schema that has the reference; `None` if it does not refer to
    /// any schema. Dynamic references that can refer to several schemas are left out.
    targets: HashMap<Location, Option<Location>>,
    /// The schemas that the roots reach.
    schemas: BTreeSet<Location>,
    steps: Steps,
    /// The target of each schema that only refers to another schema: the end of the chain of references.
    /// Computed on first use.
    alias_targets: OnceLock<HashMap<Location, Location>>,
}

/// The schemas that the roots reach, and the targets of their references, as in [`Resolved`].
#[derive(Default)]
struct Reached {
    targets: HashMap<Location, Option<Location>>,
    schemas: BTreeSet<Location>,
}

/// Finds the roots, and resolves the references in all schemas that they reach.
pub(crate) fn resolve(corrected: Corrected, settings: &Settings) -> Result<Resolved, Errors> {
    let Corrected { documents, corrections } = corrected;
    let documents = documents.with_metaschemas();
    let mut findings = Findings::default();
    let drafts: Vec<Draft> = documents.all().iter().map(|document| Draft::of(&document.value)).collect();
    let index = findings.keep(Index::new(&documents, &drafts));
    let index = index.unwrap_or_default();
    let roots = findings.keep(roots::find(&documents, &index, settings)).unwrap_or_default();
    let reached = findings.keep(reach(&documents, &index, &drafts, &roots, settings.dangling));
    let Reached { targets, schemas } = reached.unwrap_or_default();
    let steps = Steps::new(schemas.len(), &settings.limits);
    findings.or(Resolved {
        documents,
        drafts,
        corrections,
        roots,
        targets,
        schemas,
        steps,
        alias_targets: OnceLock::new(),
    })
}

/// Follows subschemas and references from `roots`, and returns the schemas found and the targets of their
/// references. A reference that refers to no schema is an error, unless `dangling` allows it.
fn reach(
    documents: &Documents,
    index: &Index,
    drafts: &[Draft],
    roots: &[Location],
    dangling: Dangling,
) -> Result<Reached, Errors> {
    let mut findings = Findings::default();
    let mut reached = Reached::default();
    let ambiguous = dynamic::ambiguous(documents, index, drafts, roots);
    let mut waiting: Vec<Location> = roots.iter().rev().cloned().collect();
    while let Some(location) = waiting.pop() {
        let Some(Value::Object(schema)) = documents.get(&location) else { continue };
        if !reached.schemas.insert(location.clone()) {
            continue;
        }
        waiting.extend(draft::applied(&location, schema).into_iter().rev());
        let Some((keyword, text)) = reference::in_schema(draft_of(drafts, &location), schema) else { continue };
        if ambiguous.contains(&location) {
            continue;
        }
        if findings.is_full() {
            break;
        }
        let target = match reference::resolve(documents, index, &location, (keyword, text)) {
            Ok(None) if dangling == Dangling::Error => {
                findings.push(reference::dangling(documents, index, &location.child(keyword), text));
                None
            }
            Ok(target) => target,
            Err(diagnostic) => {
                findings.push(*diagnostic);
                None
            }
        };
        waiting.extend(target.clone());
        reached.targets.insert(location, target);
    }
    findings.or(reached)
}

impl Resolved {
    /// Returns the roots, each once, in the order of the settings or of the documents.
    pub(crate) fn roots(&self) -> &[Location] {
        &self.roots
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
        self.targets.get(location)?;
        reference::in_schema(self.draft(location), self.documents.get(location)?.as_object()?)
    }

    /// Returns the target of the reference in the schema at a location. `None` if it has no reference, or one
    /// without a known target.
    pub(crate) fn target(&self, location: &Location) -> Option<&Location> {
        self.targets.get(location)?.as_ref()
    }

    /// Returns the targets of all references, in no particular order; one that several refer to, several times.
    pub(crate) fn reached(&self) -> impl Iterator<Item = &Location> {
        self.targets.values().flatten()
    }

    /// Checks whether the value at a location is a schema (an object) that the roots reach.
    pub(crate) fn is_schema(&self, location: &Location) -> bool {
        self.schemas.contains(location)
    }

    /// Returns the schemas (objects) that the roots reach, in order of location.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &Location> {
        self.schemas.iter()
    }

    /// Returns the schemas whose reference does not refer to any schema, in no particular order.
    pub(crate) fn dangling(&self) -> impl Iterator<Item = &Location> {
        self.targets.iter().filter(|(_, target)| target.is_none()).map(|(location, _)| location)
    }

    /// Returns the name of the document that a location is in: its path relative to the schema folder, or its
    /// URL.
    pub(crate) fn document_name(&self, location: &Location) -> &str {
        self.documents.all().get(location.document).map_or("", |document| &document.name)
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
