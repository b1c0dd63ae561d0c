//! Puts findings and what differs in the public items together: each difference is some change's.

use std::collections::BTreeSet;

use crate::changes::differences::Difference;
use crate::changes::kinds::{At, Finding, Kind};
use crate::changes::pairs::Pairs;
use crate::changes::report::{Change, Reading, Rust, Verdict, Wire};
use crate::place::Place;
use crate::report::{Source, source};

/// The changes of a run, in the making.
pub(crate) struct Judge<'a> {
    pairs: &'a Pairs<'a>,
    differences: Vec<Difference>,
}

/// Kinds for what no finding accounts for: nothing that differs goes untold.
const UNACCOUNTED: (&str, &str) = ("item_changed", "a public item changed");
const OTHERWISE: (&str, &str) = ("output_changed", "the schema changed in something that the types do not show");

impl<'a> Judge<'a> {
    pub(crate) fn new(pairs: &'a Pairs<'a>, differences: Vec<Difference>) -> Self {
        Self { pairs, differences }
    }

    pub(crate) fn changes(&self, findings: Vec<(&'static Kind, Finding)>) -> Vec<Change> {
        let accounts = self.accounts(&findings);
        let mut changes = Vec::new();
        for (number, (kind, finding)) in findings.into_iter().enumerate() {
            let differences = self.differences.iter().zip(&accounts).filter(|(_, finders)| finders.contains(&number));
            let rust = rust(differences.map(|(difference, _)| difference));
            changes.push(self.change(kind, finding, rust));
        }
        let left = self.differences.iter().zip(&accounts).filter(|(_, finders)| finders.is_empty());
        changes.extend(left.map(|(difference, _)| self.unaccounted(difference)));
        if changes.is_empty() && self.is_otherwise() {
            changes.push(self.otherwise());
        }
        changes
    }

    /// The findings that account for each difference: those that claim it, else the first one about
    /// the structure of its type.
    fn accounts(&self, findings: &[(&'static Kind, Finding)]) -> Vec<Vec<usize>> {
        let claims = |finding: &Finding, difference: &Difference| {
            finding.claims.iter().any(|(owner, member)| *owner == difference.owner && *member == difference.member)
        };
        let of = |difference: &Difference| {
            let numbered = || findings.iter().enumerate();
            let claimed = numbered().filter(|(_, (_, finding))| claims(finding, difference));
            let claimed: Vec<usize> = claimed.map(|(number, _)| number).collect();
            let is_about = |finding: &Finding| finding.claims.iter().any(|(owner, _)| *owner == difference.owner);
            let first = || numbered().find(|(_, (_, finding))| is_about(finding)).map(|(number, _)| number);
            if claimed.is_empty() { first().into_iter().collect() } else { claimed }
        };
        self.differences.iter().map(of).collect()
    }

    fn change(&self, kind: &Kind, finding: Finding, rust: Rust) -> Change {
        let source = match &finding.at {
            At::Old(place) => source(self.pairs.old.bundle(), place),
            At::New(place) => source(self.pairs.new.bundle(), place),
        };
        Change {
            id: id(kind.id, &finding),
            kind: kind.id,
            words: kind.words,
            wire: self.pairs.decider.wire(&finding.wire, finding.alone),
            owner: finding.owner,
            member: finding.member,
            source,
            old: finding.old,
            new: finding.new,
            rust,
        }
    }

    fn unaccounted(&self, difference: &Difference) -> Change {
        let definition = self.pairs.definitions().find(|pair| pair.name == difference.owner);
        let source =
            definition.map(|pair| source(self.pairs.new.bundle(), &pair.new.place)).unwrap_or_else(|| self.anywhere());
        let member = difference.member.as_deref().unwrap_or("type");
        Change {
            id: format!("{}:{}.{member}", UNACCOUNTED.0, difference.owner),
            owner: difference.owner.clone(),
            member: difference.member.clone(),
            rust: rust(std::iter::once(difference)),
            ..plain(UNACCOUNTED, source)
        }
    }

    /// Whether the output differs though nothing has been found.
    fn is_otherwise(&self) -> bool {
        self.pairs.old.types() != self.pairs.new.types() || self.pairs.old.schema() != self.pairs.new.schema()
    }

    fn otherwise(&self) -> Change {
        Change { id: OTHERWISE.0.to_owned(), ..plain(OTHERWISE, self.anywhere()) }
    }

    /// The first root: a place for what has none.
    fn anywhere(&self) -> Source {
        let root = self.pairs.new.bundle().roots().first().cloned();
        source(self.pairs.new.bundle(), &root.unwrap_or_else(|| Place::new(0, "")))
    }
}

/// A change of no type, with nothing to it.
fn plain((kind, words): (&'static str, &'static str), source: Source) -> Change {
    Change {
        id: String::new(),
        kind,
        words,
        owner: String::new(),
        member: None,
        source,
        old: None,
        new: None,
        rust: rust(std::iter::empty()),
        wire: Wire { old_reads_new: Reading::Holds, new_reads_old: Reading::Holds },
    }
}

fn id(kind: &str, finding: &Finding) -> String {
    let member = finding.member.iter().map(|member| format!(".{member}"));
    let detail = finding.detail.iter().map(|detail| format!("#{detail}"));
    format!("{kind}:{}{}", finding.owner, member.chain(detail).collect::<String>())
}

/// The verdict of several differences: the gravest.
fn rust<'d>(differences: impl Iterator<Item = &'d Difference>) -> Rust {
    let all: Vec<&Difference> = differences.collect();
    let verdict = all.iter().map(|difference| difference.verdict).min().unwrap_or(Verdict::None);
    let lints: BTreeSet<&'static str> = all.iter().filter_map(|difference| difference.lint).collect();
    let items = all.iter().map(|difference| difference.words.clone()).collect();
    Rust { verdict, lints: lints.into_iter().collect(), items }
}
