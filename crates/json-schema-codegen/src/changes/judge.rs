//! Joins the findings in the schema with the differences of the public Rust items, so that each difference is reported
//! by at least one change.

use std::collections::BTreeSet;

use crate::changes::behavior::describe_kept;
use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::{Difference, ItemPart};
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::Pairs;
use crate::changes::report::{ApiImpact, Change, Compatibility, Verdict, WireImpact};
use crate::changes::validation::Validation;
use crate::changes::wire::Decider;
use crate::location::Location;
use crate::report::{SourceLocation, find_source};
use crate::resolve::Resolved;

/// Builds the changes of the report.
pub(crate) struct Judge<'a> {
    pairs: &'a Pairs<'a>,
    decider: &'a Decider<'a>,
    differences: Vec<Difference>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(pairs: &'a Pairs<'a>, decider: &'a Decider<'a>, differences: Vec<Difference>) -> Self {
        Self { pairs, decider, differences }
    }

    /// Returns the changes: one for each finding, in their order; then one for each difference that no finding
    /// explains. If there is none and the outputs still differ, returns a single change of the kind `output_changed`.
    pub(crate) fn build_changes(&self, findings: Vec<Finding>) -> Vec<Change> {
        self.decider.answer_all(findings.iter().flat_map(|finding| &finding.questions));
        let explanations = self.explanations(&findings);
        let mut changes = Vec::new();
        for (index, finding) in findings.into_iter().enumerate() {
            let differences =
                self.differences.iter().zip(&explanations).filter(|(_, indexes)| indexes.contains(&index));
            let rust = combine_differences(differences.map(|(difference, _)| difference));
            changes.push(self.build_change(finding, rust));
        }
        let unexplained = self.differences.iter().zip(&explanations).filter(|(_, indexes)| indexes.is_empty());
        changes.extend(unexplained.map(|(difference, _)| self.item_changed(difference)));
        if changes.is_empty() && self.output_differs() {
            changes.push(self.output_changed());
        }
        changes
    }

    /// Returns for each difference the indexes of the findings that explain it: those that claim it, where a claim of a type
    /// is one of its methods too; else the first
    /// finding that claims anything of its type; else none.
    fn explanations(&self, findings: &[Finding]) -> Vec<Vec<usize>> {
        let claims_part = |part: &ItemPart, difference: &Difference| {
            *part == difference.part || *part == ItemPart::Type && matches!(difference.part, ItemPart::Method(_))
        };
        let claims = |finding: &Finding, difference: &Difference| {
            finding.claims.iter().any(|(owner, part)| *owner == difference.owner && claims_part(part, difference))
        };
        let explaining = |difference: &Difference| {
            let indexed = || findings.iter().enumerate();
            let claimed = indexed().filter(|(_, finding)| claims(finding, difference));
            let claimed: Vec<usize> = claimed.map(|(index, _)| index).collect();
            let is_about = |finding: &Finding| finding.claims.iter().any(|(owner, _)| *owner == difference.owner);
            let first_about_type = || indexed().find(|(_, finding)| is_about(finding)).map(|(index, _)| index);
            if claimed.is_empty() { first_about_type().into_iter().collect() } else { claimed }
        };
        self.differences.iter().map(explaining).collect()
    }

    /// Builds the change for a finding, with `rust` as its effect on Rust code, and decides its effect on reading.
    fn build_change(&self, finding: Finding, rust: ApiImpact) -> Change {
        let source = match &finding.location {
            ChangeLocation::Old(location) => find_source(self.pairs.old.resolved(), location),
            ChangeLocation::New(location) => find_source(self.pairs.new.resolved(), location),
        };
        let wire = self.decider.decide(&finding.questions, finding.only_in);
        let behavior = finding.behavior.clone().or_else(|| describe_kept(&wire));
        Change {
            id: change_id(&finding),
            kind: finding.kind,
            words: finding.kind.words(),
            wire,
            owner: finding.owner,
            member: finding.member,
            source,
            old: finding.old,
            new: finding.new,
            rust,
            validation: finding.validation,
            behavior,
        }
    }

    /// Builds the change for a difference that no finding explains, at the location of its type in the new schema.
    fn item_changed(&self, difference: &Difference) -> Change {
        let definition = self.pairs.definitions().find(|pair| pair.name == difference.owner);
        let source = definition
            .map(|pair| find_source(self.pairs.new.resolved(), &pair.new.location))
            .unwrap_or_else(|| self.first_root_source());
        let member = difference.part.text();
        Change {
            id: format!("{}:{}.{}", ChangeKind::ItemChanged.name(), difference.owner, member.unwrap_or("type")),
            owner: difference.owner.clone(),
            member: member.map(str::to_owned),
            rust: combine_differences(std::iter::once(difference)),
            ..empty_change(ChangeKind::ItemChanged, source)
        }
    }

    /// Checks whether the generated types or the corrected documents of the two versions differ.
    fn output_differs(&self) -> bool {
        let (old, new) = (self.pairs.old, self.pairs.new);
        let values = |resolved: &Resolved| {
            let names = resolved.document_names();
            let values = (0..names.len()).map(|index| resolved.value(&Location::new(index, "")).cloned());
            values.collect::<Vec<_>>()
        };
        old.types() != new.types() || values(old.resolved()) != values(new.resolved())
    }

    /// Builds the change of the kind `output_changed`, at the first root.
    fn output_changed(&self) -> Change {
        Change {
            id: ChangeKind::OutputChanged.name().to_owned(),
            ..empty_change(ChangeKind::OutputChanged, self.first_root_source())
        }
    }

    /// Returns the location of the first root of the new version, for a change that belongs to no location.
    fn first_root_source(&self) -> SourceLocation {
        let root = self.pairs.new.resolved().roots().first().cloned();
        find_source(self.pairs.new.resolved(), &root.unwrap_or_else(|| Location::new(0, "")))
    }
}

/// Builds a change without a type, texts or any effect, of the given kind.
fn empty_change(kind: ChangeKind, source: SourceLocation) -> Change {
    Change {
        id: String::new(),
        kind,
        words: kind.words(),
        owner: String::new(),
        member: None,
        source,
        old: None,
        new: None,
        rust: combine_differences(std::iter::empty()),
        wire: WireImpact { old_reads_new: Compatibility::Holds, new_reads_old: Compatibility::Holds },
        validation: Validation::Same,
        behavior: None,
    }
}

/// Returns the id of a change, which is the same in every run: `constraint_changed:Order.count#/minimum`.
fn change_id(finding: &Finding) -> String {
    let separator = if finding.owner.is_empty() { "" } else { "." };
    let member = finding.member.iter().map(|member| format!("{separator}{member}"));
    let detail = finding.detail.iter().map(|detail| format!("#{detail}"));
    format!("{}:{}{}", finding.kind.name(), finding.owner, member.chain(detail).collect::<String>())
}

/// Combines differences to one effect on Rust code: the gravest verdict, the lints without duplicates, and all texts.
fn combine_differences<'d>(differences: impl Iterator<Item = &'d Difference>) -> ApiImpact {
    let all: Vec<&Difference> = differences.collect();
    let verdict = all.iter().map(|difference| difference.verdict).min().unwrap_or(Verdict::None);
    let lints: BTreeSet<&'static str> = all.iter().filter_map(|difference| difference.lint).collect();
    let items = all.iter().map(|difference| difference.text.clone()).collect();
    ApiImpact { verdict, lints: lints.into_iter().collect(), items }
}
