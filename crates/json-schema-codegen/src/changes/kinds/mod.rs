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
use crate::changes::pairs::DefinitionPairs;
use crate::changes::question::{OneSidedDefinition, QuestionFocus, ReadingQuestion};
use crate::changes::type_part::TypePart;
use crate::changes::validation::Validation;
use crate::location::Location;
use crate::normalize::DefinitionId;

/// The functions that find changes in the schema, one for each subject. No function depends on the results of another.
const CHANGE_FINDERS: &[fn(&DefinitionPairs<'_>) -> Vec<SchemaChange>] = &[
    types::find_type_changes,
    properties::find_property_changes,
    objects::find_additional_property_changes,
    values::find_enum_changes,
    variants::find_union_changes,
    views::find_view_changes,
    words::find_annotation_changes,
    constraints::find_keyword_changes,
    unreached::find_unreached_changes,
];

/// Returns the changes in the schema that all functions of [`CHANGE_FINDERS`] find, sorted by kind, in the order of
/// [`ChangeKind::ALL`].
pub(crate) fn find_schema_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let mut found: Vec<SchemaChange> = CHANGE_FINDERS.iter().flat_map(|find| find(pairs)).collect();
    found.sort_by_key(|change| change.kind);
    found
}

/// A change in the schema, without its effects on Rust code and on reading, which
/// [`ChangeBuilder`](crate::changes::change_builder::ChangeBuilder) decides.
pub(crate) struct SchemaChange {
    pub(crate) kind: ChangeKind,
    /// The new Rust name of the type; the old name if the type was removed.
    pub(crate) owner: String,
    /// See [`Change::member`](crate::changes::Change::member).
    pub(crate) member: Option<String>,
    /// Distinguishes changes of one kind about one member: the pointer to the keyword, relative to the schema of the
    /// type or property, such as `/items/minLength`. `None` if a kind has at most one change for a member.
    pub(crate) detail: Option<String>,
    /// See [`Change::old`](crate::changes::Change::old).
    pub(crate) old: Option<String>,
    /// See [`Change::new`](crate::changes::Change::new).
    pub(crate) new: Option<String>,
    /// The location in the schema that the report shows for the change.
    pub(crate) location: ChangeLocation,
    /// The parts of public Rust items whose differences this change explains: (new Rust name of the type, part).
    pub(crate) explained_parts: Vec<(String, TypePart)>,
    /// The questions whose answers decide whether one version still reads the instances of the other. Empty if the
    /// change does not affect reading.
    pub(crate) questions: Vec<ReadingQuestion>,
    /// Set if the type is a root that only one version has, so that the other version cannot read it.
    pub(crate) only_in: Option<OneSidedDefinition>,
    /// The change of the set of values that the schema accepts, such as fewer values.
    pub(crate) validation: Validation,
    /// See [`Change::behavior`](crate::changes::Change::behavior).
    pub(crate) behavior: Option<String>,
    /// A sentence about a name in code that still compiles, but now means another property or value. It makes the change
    /// breaking.
    pub(crate) changed_meaning: Option<String>,
}

/// A location in the schema of the old or of the new version.
#[derive(Clone)]
pub(crate) enum ChangeLocation {
    /// A location in the old schema, for a change that removes something.
    Old(Location),
    /// A location in the new schema, for any other change.
    New(Location),
}

impl SchemaChange {
    /// Creates a change of the type `owner` itself that explains no difference of public items and asks no question
    /// about reading.
    pub(crate) fn new(kind: ChangeKind, owner: &str, location: ChangeLocation) -> Self {
        Self {
            kind,
            owner: owner.to_owned(),
            member: None,
            detail: None,
            old: None,
            new: None,
            location,
            explained_parts: Vec::new(),
            questions: Vec::new(),
            only_in: None,
            validation: kind.default_validation(),
            behavior: None,
            changed_meaning: None,
        }
    }

    /// Sets `member`: the change is about this property, value or variant of the type.
    fn with_member(mut self, member: &str) -> Self {
        self.member = Some(member.to_owned());
        self
    }

    /// Sets the text of the old type, value or name that the report shows.
    fn with_old_text(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    /// Sets the text of the new type, value or name that the report shows.
    fn with_new_text(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    /// Adds `part` of the changed type to the parts whose differences this change explains.
    fn with_explained_part(mut self, part: TypePart) -> Self {
        self.explained_parts.push((self.owner.clone(), part));
        self
    }

    /// Adds the fields or variants of the changed type with these Rust names to the parts whose differences this change
    /// explains.
    fn with_explained_members<'n>(self, names: impl IntoIterator<Item = &'n String>) -> Self {
        names.into_iter().fold(self, |change, name| change.with_explained_part(TypePart::Member(name.clone())))
    }

    /// Adds the question whether the old and the new definition read each other's instances, as far as the part `focus`
    /// of the definitions is concerned.
    fn with_question(mut self, (old, new): (DefinitionId, DefinitionId), focus: QuestionFocus) -> Self {
        self.questions.push(ReadingQuestion { old, new, focus });
        self
    }
}
