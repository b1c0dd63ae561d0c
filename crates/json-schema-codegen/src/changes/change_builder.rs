//! Combines the changes in the schema with the differences of the public Rust items, so that each difference is
//! reported by at least one change.

use std::collections::BTreeSet;

use crate::changes::behavior::describe_kept_values;
use crate::changes::change_kind::ChangeKind;
use crate::changes::difference::ApiDifference;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::DefinitionPairs;
use crate::changes::report::{ApiImpact, Change, Compatibility, Verdict, WireImpact};
use crate::changes::type_part::TypePart;
use crate::changes::validation::Validation;
use crate::changes::wire::ReadingDecider;
use crate::location::Location;
use crate::report::{SourceLocation, find_source_location};
use crate::resolve::Resolved;

/// Builds the changes of a report from the changes in the schema and the differences of the public Rust items.
pub(crate) struct ChangeBuilder<'a> {
    pairs: &'a DefinitionPairs<'a>,
    decider: &'a ReadingDecider<'a>,
    differences: Vec<ApiDifference>,
}

impl<'a> ChangeBuilder<'a> {
    /// Creates a builder that assigns `differences`, the differences of the public Rust items, to changes in the schema.
    pub(crate) fn new(
        pairs: &'a DefinitionPairs<'a>,
        decider: &'a ReadingDecider<'a>,
        differences: Vec<ApiDifference>,
    ) -> Self {
        Self { pairs, decider, differences }
    }

    /// Returns the changes of the report: one for each of `schema_changes`, in their order; then one for each
    /// difference of public items that none of these explains. If there is neither and the outputs still differ,
    /// returns a single change of the kind `output_changed`.
    pub(crate) fn build_changes(&self, schema_changes: Vec<SchemaChange>) -> Vec<Change> {
        self.decider.answer_questions(schema_changes.iter().flat_map(|change| &change.questions));
        let explanations = self.find_explaining_changes(&schema_changes);
        let mut changes = Vec::new();
        for (index, change) in schema_changes.into_iter().enumerate() {
            let differences =
                self.differences.iter().zip(&explanations).filter(|(_, indexes)| indexes.contains(&index));
            let mut rust = combine_into_impact(differences.map(|(difference, _)| difference));
            if let Some(text) = &change.changed_meaning {
                rust.verdict = Verdict::Breaking;
                rust.items.push(text.clone());
            }
            changes.push(self.build_change(change, rust));
        }
        let unexplained = self.differences.iter().zip(&explanations).filter(|(_, indexes)| indexes.is_empty());
        changes.extend(unexplained.map(|(difference, _)| self.build_unexplained_change(difference)));
        if changes.is_empty() && self.has_output_change() {
            changes.push(self.build_output_change());
        }
        changes
    }

    /// Returns, for each difference of public items, the indexes of the `changes` in the schema that explain it: all
    /// that explain this part of the type; else the first that explains any part of the type; else none. A change that
    /// explains [`TypePart::Type`] explains the type's methods too.
    fn find_explaining_changes(&self, changes: &[SchemaChange]) -> Vec<Vec<usize>> {
        let includes = |part: &TypePart, difference: &ApiDifference| {
            *part == difference.part || *part == TypePart::Type && matches!(difference.part, TypePart::Method(_))
        };
        let explains = |change: &SchemaChange, difference: &ApiDifference| {
            let mut parts = change.explained_parts.iter();
            parts.any(|(owner, part)| *owner == difference.owner && includes(part, difference))
        };
        let explaining = |difference: &ApiDifference| {
            let indexed = || changes.iter().enumerate();
            let explaining_part = indexed().filter(|(_, change)| explains(change, difference));
            let explaining_part: Vec<usize> = explaining_part.map(|(index, _)| index).collect();
            let is_about =
                |change: &SchemaChange| change.explained_parts.iter().any(|(owner, _)| *owner == difference.owner);
            let first_about_type = || indexed().find(|(_, change)| is_about(change)).map(|(index, _)| index);
            if explaining_part.is_empty() { first_about_type().into_iter().collect() } else { explaining_part }
        };
        self.differences.iter().map(explaining).collect()
    }

    /// Builds the report's change from a change in the schema, with `rust` as its effect on Rust code. Decides its
    /// effect on reading.
    fn build_change(&self, change: SchemaChange, rust: ApiImpact) -> Change {
        let source = match &change.location {
            ChangeLocation::Old(location) => find_source_location(self.pairs.old.resolved(), location),
            ChangeLocation::New(location) => find_source_location(self.pairs.new.resolved(), location),
        };
        let wire = self.decider.decide_wire_impact(&change.questions, change.only_in);
        let behavior = change.behavior.clone().or_else(|| describe_kept_values(&wire));
        Change {
            id: build_change_id(&change),
            kind: change.kind,
            words: change.kind.words(),
            wire,
            owner: change.owner,
            member: change.member,
            source,
            old: change.old,
            new: change.new,
            rust,
            validation: change.validation,
            behavior,
        }
    }

    /// Builds a change of the kind `item_changed` for a difference that no change in the schema explains, at the
    /// location of the type in the new schema; at the first root if only one version has the type.
    fn build_unexplained_change(&self, difference: &ApiDifference) -> Change {
        let definition = self.pairs.definition_pairs().find(|pair| pair.name == difference.owner);
        let source = definition
            .map(|pair| find_source_location(self.pairs.new.resolved(), &pair.new.location))
            .unwrap_or_else(|| self.locate_first_root());
        let member = difference.part.report_label();
        Change {
            id: format!("{}:{}.{}", ChangeKind::ItemChanged.name(), difference.owner, member.unwrap_or("type")),
            owner: difference.owner.clone(),
            member: member.map(str::to_owned),
            rust: combine_into_impact(std::iter::once(difference)),
            ..build_empty_change(ChangeKind::ItemChanged, source)
        }
    }

    /// Checks whether the generated types, or the documents after corrections, differ between the versions.
    fn has_output_change(&self) -> bool {
        let (old, new) = (self.pairs.old, self.pairs.new);
        let values = |resolved: &Resolved| {
            let names = resolved.document_names();
            let values = (0..names.len()).map(|index| resolved.find_value(&Location::new(index, "")).cloned());
            values.collect::<Vec<_>>()
        };
        old.types() != new.types() || values(old.resolved()) != values(new.resolved())
    }

    /// Builds a change of the kind `output_changed`, at the first root of the new version.
    fn build_output_change(&self) -> Change {
        Change {
            id: ChangeKind::OutputChanged.name().to_owned(),
            ..build_empty_change(ChangeKind::OutputChanged, self.locate_first_root())
        }
    }

    /// Returns the location of the new version's first root, for a change that belongs to no other location.
    fn locate_first_root(&self) -> SourceLocation {
        let root = self.pairs.new.resolved().roots().first().cloned();
        find_source_location(self.pairs.new.resolved(), &root.unwrap_or_else(|| Location::new(0, "")))
    }
}

/// Builds a change of the kind `kind` without a type, without texts, and without any effect.
fn build_empty_change(kind: ChangeKind, source: SourceLocation) -> Change {
    Change {
        id: String::new(),
        kind,
        words: kind.words(),
        owner: String::new(),
        member: None,
        source,
        old: None,
        new: None,
        rust: combine_into_impact(std::iter::empty()),
        wire: WireImpact { old_reads_new: Compatibility::Holds, new_reads_old: Compatibility::Holds },
        validation: Validation::Same,
        behavior: None,
    }
}

/// Returns the id of a change in the schema, such as `constraint_changed:Order.count#/minimum`. It is the same in every
/// run.
fn build_change_id(change: &SchemaChange) -> String {
    let separator = if change.owner.is_empty() { "" } else { "." };
    let member = change.member.iter().map(|member| format!("{separator}{member}"));
    let detail = change.detail.iter().map(|detail| format!("#{detail}"));
    format!("{}:{}{}", change.kind.name(), change.owner, member.chain(detail).collect::<String>())
}

/// Combines differences of public items into one effect on Rust code: the gravest verdict, the lints without
/// duplicates, and all texts.
fn combine_into_impact<'d>(differences: impl Iterator<Item = &'d ApiDifference>) -> ApiImpact {
    let all: Vec<&ApiDifference> = differences.collect();
    let verdict = all.iter().map(|difference| difference.verdict).min().unwrap_or(Verdict::None);
    let lints: BTreeSet<&'static str> = all.iter().filter_map(|difference| difference.lint).collect();
    let items = all.iter().map(|difference| difference.text.clone()).collect();
    ApiImpact { verdict, lints: lints.into_iter().collect(), items }
}
