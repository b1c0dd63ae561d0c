//! Resolves each reference that the roots reach, across all documents.
//!
//! Nothing is copied: the bundle is the documents, and for each reference the place that it leads to.

mod dynamic;
pub(crate) mod index;
pub(crate) mod nearest;
pub(crate) mod resolve;
pub(crate) mod roots;
mod steps;

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::correct::{Corrected, Correction};
use crate::diagnostic::{Diagnostic, Errors, Findings, Kind, Position};
use crate::documents::Documents;
use crate::draft::{self, Draft};
use crate::place::Place;
use crate::settings::{Dangling, Settings};

pub(crate) use dynamic::reference;

use index::Index;
use steps::Steps;

/// Documents whose references are resolved, as far as the roots reach.
#[derive(Debug)]
pub(crate) struct Bundle {
    documents: Documents,
    drafts: Vec<Draft>,
    corrections: Vec<Correction>,
    roots: Vec<Place>,
    /// The target of each reference, by the place of the schema that it stands in; nothing for one
    /// that leads nowhere. Dynamic references that can lead to several schemas are not among them.
    targets: HashMap<Place, Option<Place>>,
    /// The schemas that the roots reach.
    schemas: BTreeSet<Place>,
    steps: Steps,
    /// Where schemas lead that do nothing but refer to others: found when it is asked for.
    alias_targets: OnceLock<HashMap<Place, Place>>,
}

/// What the roots reach.
#[derive(Default)]
struct Reached {
    targets: HashMap<Place, Option<Place>>,
    schemas: BTreeSet<Place>,
}

/// Finds the roots and resolves what they reach.
pub(crate) fn bundle(corrected: Corrected, settings: &Settings) -> Result<Bundle, Errors> {
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
    findings.or(Bundle {
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

/// All schemas that the roots reach, and the targets of the references in them.
fn reach(
    documents: &Documents,
    index: &Index,
    drafts: &[Draft],
    roots: &[Place],
    dangling: Dangling,
) -> Result<Reached, Errors> {
    let mut findings = Findings::default();
    let mut reached = Reached::default();
    let ambiguous = dynamic::ambiguous(documents, index, drafts, roots);
    let mut waiting: Vec<Place> = roots.iter().rev().cloned().collect();
    while let Some(place) = waiting.pop() {
        let Some(Value::Object(schema)) = documents.get(&place) else { continue };
        if !reached.schemas.insert(place.clone()) {
            continue;
        }
        waiting.extend(draft::applied(&place, schema).into_iter().rev());
        let Some((keyword, text)) = reference(draft_of(drafts, &place), schema) else { continue };
        if ambiguous.contains(&place) {
            continue;
        }
        if findings.is_full() {
            break;
        }
        let target = match resolve::resolve(documents, index, &place, (keyword, text)) {
            Ok(None) if dangling == Dangling::Error => {
                findings.push(resolve::dangling(documents, index, &place.child(keyword), text));
                None
            }
            Ok(target) => target,
            Err(diagnostic) => {
                findings.push(*diagnostic);
                None
            }
        };
        waiting.extend(target.clone());
        reached.targets.insert(place, target);
    }
    findings.or(reached)
}

/// Returns the draft of the document that a place is in.
fn draft_of(drafts: &[Draft], place: &Place) -> Draft {
    drafts.get(place.document).copied().unwrap_or(Draft::Y2020)
}

impl Bundle {
    pub(crate) fn roots(&self) -> &[Place] {
        &self.roots
    }

    pub(crate) fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    pub(crate) fn draft(&self, place: &Place) -> Draft {
        draft_of(&self.drafts, place)
    }

    pub(crate) fn value(&self, place: &Place) -> Option<&Value> {
        self.documents.get(place)
    }

    /// The schema at a place when it is an object; each look is counted, and there is nothing to see
    /// once there have been too many.
    pub(crate) fn schema(&self, place: &Place) -> Option<&Map<String, Value>> {
        self.steps.take(place).then(|| self.documents.get(place)?.as_object())?
    }

    /// Where schemas lead that do nothing but refer to others, as `find` tells.
    pub(crate) fn alias_targets(&self, find: fn(&Self) -> HashMap<Place, Place>) -> &HashMap<Place, Place> {
        self.alias_targets.get_or_init(|| find(self))
    }

    /// An error when the schemas have been looked at more often than the limit allows.
    pub(crate) fn within_steps(&self) -> Result<(), Errors> {
        self.steps.check(&self.documents)
    }

    /// Returns the keyword and the text of the reference of the schema at a place; nothing where the
    /// reference is a dynamic one that can lead to several schemas.
    pub(crate) fn reference(&self, place: &Place) -> Option<(&'static str, &str)> {
        self.targets.get(place)?;
        reference(self.draft(place), self.documents.get(place)?.as_object()?)
    }

    /// Where the reference of the schema at a place leads.
    pub(crate) fn target(&self, place: &Place) -> Option<&Place> {
        self.targets.get(place)?.as_ref()
    }

    /// The places that references lead to.
    pub(crate) fn reached(&self) -> impl Iterator<Item = &Place> {
        self.targets.values().flatten()
    }

    /// Whether what stands at a place is a schema that the roots reach.
    pub(crate) fn is_schema(&self, place: &Place) -> bool {
        self.schemas.contains(place)
    }

    /// The schemas that the roots reach, in order.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &Place> {
        self.schemas.iter()
    }

    /// The schemas whose reference leads nowhere.
    pub(crate) fn dangling(&self) -> impl Iterator<Item = &Place> {
        self.targets.iter().filter(|(_, target)| target.is_none()).map(|(place, _)| place)
    }

    /// The name of the document that a place is in.
    pub(crate) fn document_name(&self, place: &Place) -> &str {
        self.documents.all().get(place.document).map_or("", |document| &document.name)
    }

    pub(crate) fn file(&self, place: &Place) -> String {
        self.documents.file(place)
    }

    /// The line and column of a place, or of the nearest value on the way there.
    pub(crate) fn position(&self, place: &Place) -> Position {
        self.documents.position(place)
    }

    /// A diagnostic about a place.
    pub(crate) fn diagnostic(&self, kind: Kind, place: &Place, message: impl Into<String>) -> Diagnostic {
        self.documents.diagnostic(kind, place, message)
    }
}
