//! The report of changes. Programs read it as JSON; the command line prints it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::validation::Validation;
use crate::report::SourceLocation;

/// The changes from one version of a schema to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// The counts of the changes, and the version bump that they require.
    pub summary: Summary,
    /// The changes grouped by their causes, the gravest cause first.
    pub causes: Vec<Cause>,
    /// The changes: breaking ones first, then additive ones, then the rest; each of these by the name of the Rust type.
    pub changes: Vec<Change>,
}

impl Changes {
    /// Returns whether there is no change.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns whether a change can break Rust code that uses the types.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(|change| change.rust.verdict == Verdict::Breaking)
    }
}

/// Counts of the changes, and the version bump that they require.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// Number of changes.
    pub changes: usize,
    /// Number of changes by their verdict on Rust; a verdict that no change has is listed with 0.
    pub rust: BTreeMap<Verdict, usize>,
    /// Number of changes because of which the old types refuse an instance that the new schema allows.
    pub old_refuses_new: usize,
    /// Number of changes because of which the new types refuse an instance that the old schema allowed.
    pub new_refuses_old: usize,
    /// Number of changes for which it is undecided, in at least one direction, whether the types read the instances.
    pub undecided: usize,
    /// The version bump that SemVer requires for a crate that publishes the types.
    pub step: RequiredBump,
}

/// The version bump that SemVer requires for a crate that publishes the types. It depends on whether the crate has
/// reached 1.0: before 1.0, Cargo treats a new minor version as breaking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RequiredBump {
    /// For a version `0.y.z`: `minor`, `patch` or `none`.
    pub before_1_0: Bump,
    /// For `1.0.0` and later versions: `major`, `minor`, `patch` or `none`.
    pub from_1_0: Bump,
}

/// The part of a version that a release increases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bump {
    /// No part: there is no change, so no release is needed.
    None,
    /// The third number, as from `1.2.3` to `1.2.4`.
    Patch,
    /// The second number, as from `1.2.3` to `1.3.0`.
    Minor,
    /// The first number, as from `1.2.3` to `2.0.0`.
    Major,
}

/// Changes that one edit of the schema explains, such as all types that a new title renames.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Cause {
    /// The kind of the changes of this cause, as in [`Change::kind`].
    pub kind: ChangeKind,
    /// A description of the changes for readers, such as "`OrderState`: a value was added (2): `paid`, `sent`".
    pub text: String,
    /// The gravest verdict on Rust among the changes of this cause and those that follow from it.
    pub verdict: Verdict,
    /// Number of changes of this cause because of which the old types refuse an instance that the new schema allows.
    pub old_refuses_new: usize,
    /// Number of changes of this cause because of which the new types refuse an instance that the old schema allowed.
    pub new_refuses_old: usize,
    /// Lines for `codegen.toml` that undo the effect on Rust, such as `[rename]` with the old names; `None` if no
    /// setting does.
    pub settings: Option<String>,
    /// The indexes in [`Changes::changes`] of the changes of this cause.
    pub changes: Vec<usize>,
    /// The indexes in [`Changes::changes`] of changes that follow from this cause, such as the types inside an added
    /// property.
    pub follows: Vec<usize>,
}

/// One difference between the two versions, with its effects on Rust code, on reading and on validating.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The kind, type and member, such as `property_added:Order.tax`. A change has this id in every run.
    pub id: String,
    /// The kind of change, such as `property_added`.
    pub kind: ChangeKind,
    /// The kind as a clause for readers, such as "a property was added".
    pub words: &'static str,
    /// The name of the Rust type: the new one; the old one if the type was removed; empty if the change concerns no
    /// type.
    pub owner: String,
    /// The JSON name of the property, the text of the enum value, or the Rust name of the variant. For `item_changed`
    /// the Rust name of the field or variant, or `new()`, `private fields` or `name of the type`. `None` if the change
    /// is about the type itself.
    pub member: Option<String>,
    /// The location of the change in the new schema; in the old schema for something that was removed.
    #[serde(flatten)]
    pub source: SourceLocation,
    /// The old type, value or text; `None` if there was none or it is not shown.
    pub old: Option<String>,
    /// The new type, value or text; `None` if there is none or it is not shown.
    pub new: Option<String>,
    /// The effect on Rust code that uses the types.
    pub rust: ApiImpact,
    /// The effect on reading instances.
    pub wire: WireImpact,
    /// The effect on validating instances against the schema, which is stricter than the types.
    pub validation: Validation,
    /// A change at run time that the compiler does not show, such as "the value of `tax` leaves `extra` for the field
    /// `tax`", with what to search for in a program; `None` if the change has no such effect.
    pub behavior: Option<String>,
}

/// The effect of a change on Rust code that uses the types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ApiImpact {
    /// Whether the code may stop compiling.
    pub verdict: Verdict,
    /// The lints of cargo-semver-checks that report the change; not every breaking change has one.
    pub lints: Vec<&'static str>,
    /// The differences of the public items, one sentence each, such as "`Order.tax` was added".
    pub items: Vec<String>,
}

/// Whether a change can break Rust code that uses the types. In the order of `Ord`, the gravest verdict comes
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Code that compiled may stop compiling.
    Breaking,
    /// Code that compiled still compiles, but the public items differ: for example, one was added or deprecated.
    Additive,
    /// The public items are the same.
    None,
}

/// The effect of a change on reading instances of the other version.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WireImpact {
    /// Whether the old types read every instance that the new schema allows.
    pub old_reads_new: Compatibility,
    /// Whether the new types read every instance that the old schema allowed.
    pub new_reads_old: Compatibility,
}

/// Whether the types of one version read every instance that the schema of the other version allows, as far as one
/// change is concerned.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Compatibility {
    /// The types read every instance; this is proven.
    Holds,
    /// The types refuse at least one instance.
    Fails {
        /// An instance that they refuse, as small as the search could make it; `None` if none was found.
        document: Option<Value>,
        /// Whether the types refuse the instance because of an additional property, which the schema that allows the
        /// instance does not define.
        unlisted: bool,
    },
    /// The types read every instance, but a value inside some instance has another type than the type of its property.
    /// With `mismatch = "keep"`, the value is kept beside the field of the property, which then has no value.
    Keeps {
        /// An instance of the type with such a value, as small as the search could make it; `None` if none was found.
        document: Option<Value>,
        /// The properties that keep such a value: the property that changed, or properties of the objects around it.
        by: Vec<Keeper>,
    },
    /// There is no proof either way.
    Undecided {
        /// The reason why there is no proof.
        reason: Reason,
    },
}

/// A property of a struct that keeps values of another type than its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Keeper {
    /// The Rust name of the struct, in the version that reads.
    pub owner: String,
    /// The JSON name of the property.
    pub property: String,
    /// The name of the property's field. While the struct keeps a value, this field is `None` or the default of its
    /// type.
    pub field: String,
    /// The name of the field in which the struct keeps the values, such as `extra`.
    pub kept_in: String,
}

/// The reason why it is undecided whether the types of one version read every instance of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// The type has no schema of its own that a validator can compile.
    NoSchema,
    /// No instance of the type was found, so none could be tried.
    NoInstance,
    /// The types read every instance that was tried, and a proof would have taken more steps than are allowed.
    NoProof,
}

impl Summary {
    /// Counts `changes`, and derives the version bump that they require.
    pub(crate) fn from_changes(changes: &[Change]) -> Self {
        let mut rust =
            BTreeMap::from([Verdict::Breaking, Verdict::Additive, Verdict::None].map(|verdict| (verdict, 0)));
        for change in changes {
            *rust.entry(change.rust.verdict).or_default() += 1;
        }
        let fails = |reading: &Compatibility| matches!(reading, Compatibility::Fails { .. });
        let is_undecided = |wire: &WireImpact| {
            let both = [&wire.old_reads_new, &wire.new_reads_old];
            both.iter().any(|reading| matches!(reading, Compatibility::Undecided { .. }))
        };
        Self {
            changes: changes.len(),
            old_refuses_new: changes.iter().filter(|change| fails(&change.wire.old_reads_new)).count(),
            new_refuses_old: changes.iter().filter(|change| fails(&change.wire.new_reads_old)).count(),
            undecided: changes.iter().filter(|change| is_undecided(&change.wire)).count(),
            step: RequiredBump::for_verdict(changes.iter().map(|change| change.rust.verdict).min()),
            rust,
        }
    }
}

impl RequiredBump {
    /// Returns the version bump for changes whose gravest verdict is `gravest`. For `None`, which means no change,
    /// there is no bump.
    fn for_verdict(gravest: Option<Verdict>) -> Self {
        let (before_1_0, from_1_0) = match gravest {
            Some(Verdict::Breaking) => (Bump::Minor, Bump::Major),
            Some(Verdict::Additive) => (Bump::Patch, Bump::Minor),
            Some(Verdict::None) => (Bump::Patch, Bump::Patch),
            None => (Bump::None, Bump::None),
        };
        Self { before_1_0, from_1_0 }
    }
}
