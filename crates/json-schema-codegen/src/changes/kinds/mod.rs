//! Finds the changes in the schema, by their kinds, such as `property_added`.
//!
//! To add a kind, add a variant to [`ChangeKind`], a row to [`KINDS`], and the function that finds its changes to the submodule of its
//! subject (for example `properties` for changes of properties).

mod constraints;
mod objects;
mod properties;
mod types;
mod unreached;
mod values;
mod variants;
mod words;

use crate::changes::change_kind::ChangeKind;
pub(crate) use crate::changes::differences::{CONSTRUCTION, PRIVATE_FIELDS, TYPE_NAME};
use crate::changes::pairs::Pairs;
use crate::changes::question::{Focus, OnlyIn, Question};
use crate::changes::report::Validation;
use crate::location::Location;
use crate::normalize::DefinitionId;

/// Finds all changes of one kind between two versions.
type Find = fn(&Pairs<'_>) -> Vec<Finding>;

/// All kinds that are found in the schema, each with the function that finds its changes. If nothing else orders two changes of one type, a report lists them in the order of this table.
const KINDS: &[(ChangeKind, Find)] = &[
    (ChangeKind::RootAdded, types::find_added_roots),
    (ChangeKind::RootRemoved, types::find_removed_roots),
    (ChangeKind::TypeAdded, types::find_added),
    (ChangeKind::TypeRemoved, types::find_removed),
    (ChangeKind::TypeRenamed, types::find_renamed),
    (ChangeKind::TypeMoved, types::find_moved),
    (ChangeKind::DefinitionSplitOut, types::find_split_out),
    (ChangeKind::DefinitionInlined, types::find_inlined),
    (ChangeKind::ShapeChanged, types::find_shape_changes),
    (ChangeKind::AliasChanged, types::find_alias_changes),
    (ChangeKind::TupleChanged, types::find_tuple_changes),
    (ChangeKind::PropertyAdded, properties::find_added),
    (ChangeKind::PropertyRemoved, properties::find_removed),
    (ChangeKind::PropertyRenamed, properties::find_renamed),
    (ChangeKind::PropertyRequired, properties::find_required),
    (ChangeKind::PropertyOptional, properties::find_optional),
    (ChangeKind::PropertyNullable, properties::find_nullable),
    (ChangeKind::PropertyNotNull, properties::find_not_null),
    (ChangeKind::PropertyToList, properties::find_to_list),
    (ChangeKind::PropertyFromList, properties::find_from_list),
    (ChangeKind::PropertyWidened, properties::find_widened),
    (ChangeKind::PropertyNarrowed, properties::find_narrowed),
    (ChangeKind::PropertyTypeChanged, properties::find_retyped),
    (ChangeKind::PropertiesReordered, properties::find_reordered),
    (ChangeKind::ObjectOpened, objects::find_opened),
    (ChangeKind::ObjectClosed, objects::find_closed),
    (ChangeKind::UnlistedTypeChanged, objects::find_retyped),
    (ChangeKind::NamePatternsChanged, objects::find_pattern_changes),
    (ChangeKind::ValueAdded, values::find_added),
    (ChangeKind::ValueRemoved, values::find_removed),
    (ChangeKind::ValueReplaced, values::find_replaced),
    (ChangeKind::ValuesReordered, values::find_reordered),
    (ChangeKind::ValuesOpened, values::find_opened),
    (ChangeKind::ValuesClosed, values::find_closed),
    (ChangeKind::MemberAdded, variants::find_added),
    (ChangeKind::MemberRemoved, variants::find_removed),
    (ChangeKind::MemberRenamed, variants::find_renamed),
    (ChangeKind::MemberTypeChanged, variants::find_retyped),
    (ChangeKind::TagValueAdded, variants::find_added_tag_values),
    (ChangeKind::TagValueRemoved, variants::find_removed_tag_values),
    (ChangeKind::UnionToldOtherwise, variants::find_distinction_changes),
    (ChangeKind::Deprecated, words::find_deprecated),
    (ChangeKind::Undeprecated, words::find_undeprecated),
    (ChangeKind::FormatChanged, constraints::find_format_changes),
    (ChangeKind::DefaultChanged, constraints::find_default_changes),
    (ChangeKind::ConstraintAdded, constraints::find_added),
    (ChangeKind::ConstraintRemoved, constraints::find_removed),
    (ChangeKind::ConstraintChanged, constraints::find_changed),
    (ChangeKind::TitleChanged, words::find_title_changes),
    (ChangeKind::DescriptionChanged, words::find_description_changes),
    (ChangeKind::ExamplesChanged, words::find_example_changes),
    (ChangeKind::UnreachedChanged, unreached::find_changes),
];

/// A change in the schema, before its effects on Rust code and on reading are decided.
pub(crate) struct Finding {
    /// The new Rust name of the type; the old name if the type was removed.
    pub(crate) owner: String,
    /// The JSON name of the property, the text of the enum value, or the Rust name of the variant; `None` if the
    /// change is about the type itself.
    pub(crate) member: Option<String>,
    /// Distinguishes findings of one kind about one member: the pointer to the keyword, relative to the schema of
    /// the type or property, such as `/items/minLength`. `None` if one kind finds a member only once.
    pub(crate) detail: Option<String>,
    /// The old type, value or text for readers; `None` if it did not exist or is not shown.
    pub(crate) old: Option<String>,
    /// The new type, value or text for readers; `None` if it does not exist or is not shown.
    pub(crate) new: Option<String>,
    /// The location that the report shows.
    pub(crate) location: ChangeLocation,
    /// The public Rust items whose differences this finding explains: the new Rust name of a type, with the Rust
    /// name of a field or variant, or one of [`CONSTRUCTION`], [`PRIVATE_FIELDS`] and [`TYPE_NAME`]; with `None`,
    /// differences of the type itself.
    pub(crate) claims: Vec<(String, Option<String>)>,
    /// The pairs of definitions that decide whether one version still reads the instances of the other; without
    /// any, the change does not affect reading.
    pub(crate) questions: Vec<Question>,
    /// Set if the type is a root that only one version has, so that the other version cannot read it.
    pub(crate) only_in: Option<OnlyIn>,
    /// The effect on validating instances, where the kind does not say it.
    pub(crate) validation: Option<Validation>,
    /// The text of [`Change::behavior`]: a change at run time that the compiler does not show.
    ///
    /// [`Change::behavior`]: crate::changes::Change::behavior
    pub(crate) behavior: Option<String>,
}

/// A location in the schema of one version.
pub(crate) enum ChangeLocation {
    /// In the old schema, for something that was removed.
    Old(Location),
    /// In the new schema.
    New(Location),
}

impl Finding {
    /// Creates a finding about the type `owner` that has no member and explains no public item.
    pub(crate) fn new(owner: &str, location: ChangeLocation) -> Self {
        let owner = owner.to_owned();
        Self {
            owner,
            member: None,
            detail: None,
            old: None,
            new: None,
            location,
            claims: Vec::new(),
            questions: Vec::new(),
            only_in: None,
            validation: None,
            behavior: None,
        }
    }

    fn with_member(mut self, member: &str) -> Self {
        self.member = Some(member.to_owned());
        self
    }

    fn with_detail(mut self, detail: &str) -> Self {
        self.detail = Some(detail.to_owned());
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

    /// Adds the given members of this finding's type to `claims`.
    fn claim_members(self, members: &[&str]) -> Self {
        let owner = self.owner.clone();
        self.claim_members_of(&owner, members)
    }

    /// Adds the given members of the type with the Rust name `owner` to `claims`.
    fn claim_members_of(mut self, owner: &str, members: &[&str]) -> Self {
        self.claims.extend(members.iter().map(|member| (owner.to_owned(), Some((*member).to_owned()))));
        self
    }

    /// Adds differences of this finding's type itself to `claims`.
    fn claim_type(mut self) -> Self {
        self.claims.push((self.owner.clone(), None));
        self
    }

    /// Adds the question whether the `focus` of the old and the new definition reads the other, in both directions.
    fn with_question(mut self, (old, new): (DefinitionId, DefinitionId), focus: Focus) -> Self {
        self.questions.push(Question { old, new, focus });
        self
    }
}

/// Returns the findings of all kinds with their kinds, in the order of [`KINDS`].
pub(crate) fn findings(pairs: &Pairs<'_>) -> Vec<(ChangeKind, Finding)> {
    let found = KINDS.iter().map(|(kind, find)| (*kind, find(pairs)));
    found.flat_map(|(kind, findings)| findings.into_iter().map(move |finding| (kind, finding))).collect()
}
