//! Finds the changes in the schema, with a function for each subject, such as the properties of objects.
//!
//! To add a kind of change, add a row to [`ChangeKind`], and find its changes in the function of its subject.

mod constraints;
mod objects;
mod properties;
mod types;
mod unreached;
mod values;
mod variants;
mod views;
mod words;

use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::ItemPart;
use crate::changes::pairs::Pairs;
use crate::changes::question::{Focus, OnlyIn, Question};
use crate::changes::validation::Validation;
use crate::location::Location;
use crate::normalize::DefinitionId;

/// The functions that find changes. None depends on another.
const SUBJECTS: &[fn(&Pairs<'_>) -> Vec<Finding>] = &[
    types::find,
    properties::find,
    objects::find,
    values::find,
    variants::find,
    views::find,
    words::find,
    constraints::find,
    unreached::find,
];

/// Returns the changes of all subjects, those of one kind together, in the order of [`ChangeKind::ALL`].
pub(crate) fn findings(pairs: &Pairs<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = SUBJECTS.iter().flat_map(|find| find(pairs)).collect();
    found.sort_by_key(|finding| finding.kind);
    found
}

/// A change in the schema, before its effects on Rust code and on reading are decided.
pub(crate) struct Finding {
    pub(crate) kind: ChangeKind,
    /// The new Rust name of the type; the old name if the type was removed.
    pub(crate) owner: String,
    /// See [`Change::member`](crate::changes::Change::member).
    pub(crate) member: Option<String>,
    /// Distinguishes findings of one kind about one member: the pointer to the keyword, relative to the schema of
    /// the type or property, such as `/items/minLength`. `None` if one kind finds a member only once.
    pub(crate) detail: Option<String>,
    /// See [`Change::old`](crate::changes::Change::old).
    pub(crate) old: Option<String>,
    /// See [`Change::new`](crate::changes::Change::new).
    pub(crate) new: Option<String>,
    /// The location that the report shows.
    pub(crate) location: ChangeLocation,
    /// The parts of public items whose differences this finding explains: (new Rust name of the type, part).
    pub(crate) claims: Vec<(String, ItemPart)>,
    /// The pairs of definitions that decide whether one version still reads the instances of the other; without
    /// any, the change does not affect reading.
    pub(crate) questions: Vec<Question>,
    /// Set if the type is a root that only one version has, so that the other version cannot read it.
    pub(crate) only_in: Option<OnlyIn>,
    /// The effect on validating instances.
    pub(crate) validation: Validation,
    /// See [`Change::behavior`](crate::changes::Change::behavior).
    pub(crate) behavior: Option<String>,
}

/// A location in the schema of one version.
#[derive(Clone)]
pub(crate) enum ChangeLocation {
    /// In the old schema, for something that was removed.
    Old(Location),
    /// In the new schema.
    New(Location),
}

impl Finding {
    /// Creates a finding about the type `owner` that has no member and explains no public item.
    pub(crate) fn new(kind: ChangeKind, owner: &str, location: ChangeLocation) -> Self {
        Self {
            kind,
            owner: owner.to_owned(),
            member: None,
            detail: None,
            old: None,
            new: None,
            location,
            claims: Vec::new(),
            questions: Vec::new(),
            only_in: None,
            validation: kind.validation(),
            behavior: None,
        }
    }

    fn with_member(mut self, member: &str) -> Self {
        self.member = Some(member.to_owned());
        self
    }

    fn with_old(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    fn with_new(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    /// Adds a part of this finding's type to `claims`.
    fn claim(mut self, part: ItemPart) -> Self {
        self.claims.push((self.owner.clone(), part));
        self
    }

    /// Adds the fields or variants of this finding's type with these Rust names to `claims`.
    fn claim_members<'n>(self, names: impl IntoIterator<Item = &'n String>) -> Self {
        names.into_iter().fold(self, |finding, name| finding.claim(ItemPart::Member(name.clone())))
    }

    /// Adds the question whether the `focus` of the old and the new definition reads the other, in both directions.
    fn with_question(mut self, (old, new): (DefinitionId, DefinitionId), focus: Focus) -> Self {
        self.questions.push(Question { old, new, focus });
        self
    }
}
