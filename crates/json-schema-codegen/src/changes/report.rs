//! What is told of changes: for programs as JSON, for the command line to print.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::report::Source;

/// What one schema changes over another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// The changes taken together.
    pub summary: Summary,
    /// Each change, by the types of the output and their members.
    pub changes: Vec<Change>,
}

impl Changes {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether there is one that breaks what depends on the types.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(|change| change.rust.verdict == Verdict::Breaking)
    }
}

/// Changes taken together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// How many changes there are.
    pub changes: usize,
    /// How many changes there are of each verdict for Rust.
    pub rust: BTreeMap<Verdict, usize>,
    /// How many changes keep the old types from reading a document that the new schema allows.
    pub old_refuses_new: usize,
    /// How many changes keep the new types from reading a document that the old schema allowed.
    pub new_refuses_old: usize,
    /// How many changes are undecided on the wire.
    pub undecided: usize,
    /// The step of the version that SemVer asks for.
    pub step: Step,
}

/// The step of the version of a crate that publishes the types, which depends on whether it has
/// reached 1.0: Cargo takes a new minor version before 1.0 as one that breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// For a version `0.y.z`: `minor` or `patch`.
    pub before_1_0: Level,
    /// For a version from `1.0.0` on.
    pub from_1_0: Level,
}

/// A part of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing has changed.
    None,
    /// `0.0.1`
    Patch,
    /// `0.1.0`
    Minor,
    /// `1.0.0`
    Major,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The change by its kind, type and member: the same one has the same id in any run.
    pub id: String,
    /// What kind of change it is; `KINDS` in the source has all of them.
    pub kind: &'static str,
    /// The kind in words.
    pub words: &'static str,
    /// The Rust type that it is about: its new name, or the old one when there is no new one.
    pub owner: String,
    /// The property, value or member of the type, as it stands in a document.
    pub member: Option<String>,
    /// Where the schema says so: the new one, or the old one when it says so no longer.
    #[serde(flatten)]
    pub source: Source,
    /// What was there.
    pub old: Option<String>,
    /// What is there now.
    pub new: Option<String>,
    /// What a crate sees that depends on the types.
    pub rust: Rust,
    /// What becomes of documents.
    pub wire: Wire,
}

/// What a crate sees that depends on the types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rust {
    /// Whether it breaks.
    pub verdict: Verdict,
    /// The lints of cargo-semver-checks that see it: not all changes have one.
    pub lints: Vec<&'static str>,
    /// The public items that differ, each in words.
    pub items: Vec<String>,
}

/// Whether a change breaks what depends on the types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Code that compiled may no longer.
    Breaking,
    /// Code that compiled does; there is more to use.
    Additive,
    /// The public items are the same.
    None,
}

/// What becomes of documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Wire {
    /// Whether the old types read what the new schema allows.
    pub old_reads_new: Reading,
    /// Whether the new types read what the old schema allowed.
    pub new_reads_old: Reading,
}

/// Whether types read all that a schema allows, as far as one change goes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reading {
    /// They do: this is proved.
    Holds,
    /// They do not.
    Fails {
        /// A document of the type that they refuse, where one is found: no part of it can go.
        document: Option<Value>,
        /// Whether it takes a property that the schema does not list for them to refuse it.
        unlisted: bool,
    },
    /// There is no proof, and of the documents that were tried none was refused.
    Undecided,
}

impl Summary {
    pub(crate) fn of(changes: &[Change]) -> Self {
        let mut rust = BTreeMap::from([Verdict::Breaking, Verdict::Additive, Verdict::None].map(|each| (each, 0)));
        for change in changes {
            *rust.entry(change.rust.verdict).or_default() += 1;
        }
        let fails = |reading: &Reading| matches!(reading, Reading::Fails { .. });
        let is_undecided =
            |wire: &Wire| [&wire.old_reads_new, &wire.new_reads_old].iter().any(|one| **one == Reading::Undecided);
        Self {
            changes: changes.len(),
            old_refuses_new: changes.iter().filter(|change| fails(&change.wire.old_reads_new)).count(),
            new_refuses_old: changes.iter().filter(|change| fails(&change.wire.new_reads_old)).count(),
            undecided: changes.iter().filter(|change| is_undecided(&change.wire)).count(),
            step: Step::of(changes.iter().map(|change| change.rust.verdict).min()),
            rust,
        }
    }
}

impl Step {
    /// The step for the gravest verdict, if there is any change.
    fn of(gravest: Option<Verdict>) -> Self {
        let (before_1_0, from_1_0) = match gravest {
            Some(Verdict::Breaking) => (Level::Minor, Level::Major),
            Some(Verdict::Additive) => (Level::Patch, Level::Minor),
            Some(Verdict::None) => (Level::Patch, Level::Patch),
            None => (Level::None, Level::None),
        };
        Self { before_1_0, from_1_0 }
    }
}
