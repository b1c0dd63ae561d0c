//! The kinds of changes: an ordered table, a row a kind.
//!
//! To add a kind: a row here, and the function that finds it, in the file of what it is about.

mod constraints;
mod objects;
mod properties;
mod types;
mod values;
mod variants;
mod words;

pub(crate) use crate::changes::differences::{NAME, NEW, PRIVATE};
use crate::changes::pairs::Pairs;
use crate::changes::wire::{Focus, Question};
use crate::normalize::DefinitionId;
use crate::place::Place;

/// Finds all changes of one kind.
type Find = fn(&Pairs<'_>) -> Vec<Finding>;

/// A kind of change.
pub(crate) struct Kind {
    /// Its name, which never changes.
    pub(crate) id: &'static str,
    /// What has happened.
    pub(crate) words: &'static str,
    find: Find,
}

const fn kind(id: &'static str, words: &'static str, find: Find) -> Kind {
    Kind { id, words, find }
}

/// The kinds, in the order in which the changes of one type are told.
pub(crate) const KINDS: &[Kind] = &[
    kind("root_added", "a root was added", types::root_added),
    kind("root_removed", "a root was removed", types::root_removed),
    kind("type_added", "a type was added", types::added),
    kind("type_removed", "a type was removed", types::removed),
    kind("type_renamed", "a type was renamed", types::renamed),
    kind("type_moved", "a definition was moved", types::moved),
    kind("definition_split_out", "a schema was split out into a definition", types::split_out),
    kind("definition_inlined", "a definition was put where it is used", types::inlined),
    kind("shape_changed", "a type became one of another sort", types::shape),
    kind("alias_changed", "a type stands for another one", types::alias),
    kind("tuple_changed", "the items of a list changed", types::tuple),
    kind("property_added", "a property was added", properties::added),
    kind("property_removed", "a property was removed", properties::removed),
    kind("property_renamed", "a property was renamed", properties::renamed),
    kind("property_required", "a property was made required", properties::required),
    kind("property_optional", "a property was made optional", properties::optional),
    kind("property_nullable", "a property may be null", properties::nullable),
    kind("property_not_null", "a property may be null no longer", properties::not_null),
    kind("property_to_list", "a property became a list of what it was", properties::to_list),
    kind("property_from_list", "a property became one of what it was a list of", properties::from_list),
    kind("property_widened", "a property allows more types", properties::widened),
    kind("property_narrowed", "a property allows fewer types", properties::narrowed),
    kind("property_type_changed", "a property has another type", properties::retyped),
    kind("properties_reordered", "properties stand in another order", properties::reordered),
    kind("object_opened", "an object allows unlisted properties", objects::opened),
    kind("object_closed", "an object allows no unlisted properties", objects::closed),
    kind("unlisted_type_changed", "unlisted properties have another type", objects::retyped),
    kind("name_patterns_changed", "properties are told by other patterns of their names", objects::patterns),
    kind("value_added", "a value was added", values::added),
    kind("value_removed", "a value was removed", values::removed),
    kind("value_replaced", "the only value was replaced", values::replaced),
    kind("values_reordered", "values stand in another order", values::reordered),
    kind("values_opened", "values need not be listed ones", values::opened),
    kind("values_closed", "values must be listed ones", values::closed),
    kind("member_added", "a member was added to a union", variants::added),
    kind("member_removed", "a member was removed from a union", variants::removed),
    kind("member_type_changed", "a member of a union has another type", variants::retyped),
    kind("tag_value_added", "a value of the tag was added", variants::tag_added),
    kind("tag_value_removed", "a value of the tag was removed", variants::tag_removed),
    kind("union_told_otherwise", "members of a union are told apart otherwise", variants::told),
    kind("deprecated", "it was deprecated", words::deprecated),
    kind("undeprecated", "it is deprecated no longer", words::undeprecated),
    kind("format_changed", "the format changed", constraints::format),
    kind("default_changed", "the default changed", constraints::default),
    kind("constraint_added", "a constraint was added that types do not hold", constraints::added),
    kind("constraint_removed", "a constraint was removed that types do not hold", constraints::removed),
    kind("constraint_changed", "a constraint changed that types do not hold", constraints::changed),
    kind("title_changed", "the title changed", words::title),
    kind("description_changed", "the description changed", words::description),
    kind("examples_changed", "the examples changed", words::examples),
];

/// A change, before it is judged.
pub(crate) struct Finding {
    /// The name of the type now, or its old one where there is none now.
    pub(crate) owner: String,
    pub(crate) member: Option<String>,
    /// What tells it from others of the kind and member.
    pub(crate) detail: Option<String>,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) at: At,
    /// The public items that it accounts for: types, and members of them.
    pub(crate) claims: Vec<(String, Option<String>)>,
    pub(crate) wire: Vec<Question>,
    /// The type that the other version has none for, where it was to be read as such.
    pub(crate) alone: Option<Alone>,
}

/// A type that one version alone has.
#[derive(Clone, Copy)]
pub(crate) enum Alone {
    Old(DefinitionId),
    New(DefinitionId),
}

/// Where a change is seen.
pub(crate) enum At {
    Old(Place),
    New(Place),
}

impl Finding {
    pub(crate) fn new(owner: &str, at: At) -> Self {
        let owner = owner.to_owned();
        Self {
            owner,
            member: None,
            detail: None,
            old: None,
            new: None,
            at,
            claims: Vec::new(),
            wire: Vec::new(),
            alone: None,
        }
    }

    fn member(mut self, member: &str) -> Self {
        self.member = Some(member.to_owned());
        self
    }

    fn detail(mut self, detail: &str) -> Self {
        self.detail = Some(detail.to_owned());
        self
    }

    fn was(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    fn is(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    fn claims(self, members: &[&str]) -> Self {
        let owner = self.owner.clone();
        self.claims_of(&owner, members)
    }

    fn claims_of(mut self, owner: &str, members: &[&str]) -> Self {
        self.claims.extend(members.iter().map(|member| (owner.to_owned(), Some((*member).to_owned()))));
        self
    }

    fn claims_type(mut self) -> Self {
        self.claims.push((self.owner.clone(), None));
        self
    }

    fn asks(mut self, (old, new): (DefinitionId, DefinitionId), focus: Focus) -> Self {
        self.wire.push(Question { old, new, focus });
        self
    }
}

/// All changes of all kinds.
pub(crate) fn findings(pairs: &Pairs<'_>) -> Vec<(&'static Kind, Finding)> {
    KINDS.iter().flat_map(|kind| (kind.find)(pairs).into_iter().map(move |finding| (kind, finding))).collect()
}
