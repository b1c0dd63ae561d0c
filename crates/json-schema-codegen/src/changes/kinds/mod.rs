//! The kinds of changes that a report distinguishes, such as `property_added`.
//!
//! To add a kind, add a row to [`KINDS`], and the function that finds its changes to the submodule of its
//! subject (for example `properties` for changes of properties).

mod constraints;
mod objects;
mod properties;
mod types;
mod unreached;
mod values;
mod variants;
mod words;

pub(crate) use crate::changes::differences::{CONSTRUCTION, PRIVATE_FIELDS, TYPE_NAME};
use crate::changes::pairs::Pairs;
use crate::changes::question::{Focus, OnlyIn, Question};
use crate::changes::report::Validation;
use crate::location::Location;
use crate::normalize::DefinitionId;

/// Finds all changes of one kind between two versions.
type Find = fn(&Pairs<'_>) -> Vec<Finding>;

/// One kind of change.
pub(crate) struct Kind {
    /// The identifier in reports, such as `property_added`. It stays the same in later releases.
    pub(crate) id: &'static str,
    /// A short clause for readers, such as "a property was added".
    pub(crate) words: &'static str,
    find: Find,
}

/// Creates a row of [`KINDS`] from the identifier, the clause for readers and the function that finds the changes.
const fn kind(id: &'static str, words: &'static str, find: Find) -> Kind {
    Kind { id, words, find }
}

/// All kinds. If nothing else orders two changes of one type, a report lists them in the order of this table.
pub(crate) const KINDS: &[Kind] = &[
    kind("root_added", "a root was added", types::find_added_roots),
    kind("root_removed", "a root was removed", types::find_removed_roots),
    kind("type_added", "a type was added", types::find_added),
    kind("type_removed", "a type was removed", types::find_removed),
    kind("type_renamed", "a type was renamed", types::find_renamed),
    kind("type_moved", "a definition was moved", types::find_moved),
    kind("definition_split_out", "a schema was split out into a definition", types::find_split_out),
    kind("definition_inlined", "a definition was inlined where it is used", types::find_inlined),
    kind("shape_changed", "a type became another kind of type", types::find_shape_changes),
    kind("alias_changed", "an alias or wrapper has another type", types::find_alias_changes),
    kind("tuple_changed", "the items of a tuple changed", types::find_tuple_changes),
    kind("property_added", "a property was added", properties::find_added),
    kind("property_removed", "a property was removed", properties::find_removed),
    kind("property_renamed", "a property was renamed", properties::find_renamed),
    kind("property_required", "a property was made required", properties::find_required),
    kind("property_optional", "a property was made optional", properties::find_optional),
    kind("property_nullable", "a property may now be null", properties::find_nullable),
    kind("property_not_null", "a property may no longer be null", properties::find_not_null),
    kind("property_to_list", "a property became a list of its old type", properties::find_to_list),
    kind("property_from_list", "a property became one item of its old list", properties::find_from_list),
    kind("property_widened", "a property allows more types", properties::find_widened),
    kind("property_narrowed", "a property allows fewer types", properties::find_narrowed),
    kind("property_type_changed", "a property has another type", properties::find_retyped),
    kind("properties_reordered", "the properties are in another order", properties::find_reordered),
    kind("object_opened", "an object now allows additional properties", objects::find_opened),
    kind("object_closed", "an object no longer allows additional properties", objects::find_closed),
    kind("unlisted_type_changed", "additional properties have another type", objects::find_retyped),
    kind("name_patterns_changed", "the patterns of property names changed", objects::find_pattern_changes),
    kind("value_added", "a value was added", values::find_added),
    kind("value_removed", "a value was removed", values::find_removed),
    kind("value_replaced", "the only value was replaced", values::find_replaced),
    kind("values_reordered", "the values are in another order", values::find_reordered),
    kind("values_opened", "values that are not listed are now allowed", values::find_opened),
    kind("values_closed", "values that are not listed are no longer allowed", values::find_closed),
    kind("member_added", "a member was added to a union", variants::find_added),
    kind("member_removed", "a member was removed from a union", variants::find_removed),
    kind("member_renamed", "a member of a union has another name", variants::find_renamed),
    kind("member_type_changed", "a member of a union has another type", variants::find_retyped),
    kind("tag_value_added", "a value of the tag was added", variants::find_added_tag_values),
    kind("tag_value_removed", "a value of the tag was removed", variants::find_removed_tag_values),
    kind(
        "union_told_otherwise",
        "the members of a union are distinguished in another way",
        variants::find_distinction_changes,
    ),
    kind("deprecated", "it is now deprecated", words::find_deprecated),
    kind("undeprecated", "it is no longer deprecated", words::find_undeprecated),
    kind("format_changed", "the format changed", constraints::find_format_changes),
    kind("default_changed", "the default changed", constraints::find_default_changes),
    kind("constraint_added", "a constraint that the types do not enforce was added", constraints::find_added),
    kind("constraint_removed", "a constraint that the types do not enforce was removed", constraints::find_removed),
    kind("constraint_changed", "a constraint that the types do not enforce changed", constraints::find_changed),
    kind("title_changed", "the title changed", words::find_title_changes),
    kind("description_changed", "the description changed", words::find_description_changes),
    kind("examples_changed", "the examples changed", words::find_example_changes),
    kind("unreached_changed", "a part that no type is made from changed", unreached::find_changes),
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
    /// What a program has to look for although no compiler shows it; see [`Change::behavior`].
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
pub(crate) fn findings(pairs: &Pairs<'_>) -> Vec<(&'static Kind, Finding)> {
    KINDS.iter().flat_map(|kind| (kind.find)(pairs).into_iter().map(move |finding| (kind, finding))).collect()
}
