//! The kinds of changes that a report distinguishes.

use serde::Serialize;

use crate::changes::validation::Validation;

/// A kind of change. In JSON it is a string in snake case, such as `property_added`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// A root was added: a schema for which a type is generated although nothing refers to it.
    RootAdded,
    /// A root was removed.
    RootRemoved,
    /// A type was added.
    TypeAdded,
    /// A type was removed.
    TypeRemoved,
    /// A type was renamed.
    TypeRenamed,
    /// A definition was moved to another location (document or pointer) and kept its name.
    TypeMoved,
    /// A schema inside another one became a definition that references refer to.
    DefinitionSplitOut,
    /// A definition was replaced by a schema inside the one that uses it.
    DefinitionInlined,
    /// A type became another kind of type: for example, a struct became an enum.
    ShapeChanged,
    /// An alias or wrapper now has another type inside.
    AliasChanged,
    /// The items of a tuple changed.
    TupleChanged,
    /// A property was added.
    PropertyAdded,
    /// A property was removed.
    PropertyRemoved,
    /// A property was renamed.
    PropertyRenamed,
    /// A property was made required.
    PropertyRequired,
    /// A property was made optional.
    PropertyOptional,
    /// A property may now be null.
    PropertyNullable,
    /// A property may no longer be null.
    PropertyNotNull,
    /// A property became a list whose items have its old type.
    PropertyToList,
    /// A property that was a list now has the type of the list's items.
    PropertyFromList,
    /// A property accepts all values that it accepted, and more.
    PropertyWidened,
    /// A property accepts only some of the values that it accepted.
    PropertyNarrowed,
    /// A property has another type, in a way that no other kind describes.
    PropertyTypeChanged,
    /// The properties are in another order.
    PropertiesReordered,
    /// An object now allows additional properties.
    ObjectOpened,
    /// An object no longer allows additional properties.
    ObjectClosed,
    /// The additional properties of an object have another type.
    UnlistedTypeChanged,
    /// The `patternProperties` of an object changed.
    NamePatternsChanged,
    /// A property is in a field with another name, since a property with a similar name was added or removed.
    PropertyFieldChanged,
    /// A value was added to an enum.
    ValueAdded,
    /// A value was removed from an enum.
    ValueRemoved,
    /// A value has a variant with another name, since a value with a similar name was added or removed.
    ValueVariantChanged,
    /// The only value of an enum was replaced by another one.
    ValueReplaced,
    /// The values of an enum are in another order.
    ValuesReordered,
    /// An enum now also accepts values that it does not list.
    ValuesOpened,
    /// An enum no longer accepts values that it does not list.
    ValuesClosed,
    /// A member was added to a union.
    MemberAdded,
    /// A member was removed from a union.
    MemberRemoved,
    /// A member of a union has another Rust name.
    MemberRenamed,
    /// A member of a union has another type.
    MemberTypeChanged,
    /// A tag value that selects a member of a union was added.
    TagValueAdded,
    /// A tag value that selects a member of a union was removed.
    TagValueRemoved,
    /// A union chooses the member for a value in another way, or treats values that fit no member in another way.
    DistinctionChanged,
    /// A type, property, enum value or variant is now deprecated.
    Deprecated,
    /// A type, property, enum value or variant is no longer deprecated.
    Undeprecated,
    /// The keyword `format` was added, removed or changed.
    FormatChanged,
    /// The keyword `default` was added, removed or changed.
    DefaultChanged,
    /// A keyword that the types do not enforce, such as `maxLength`, was added.
    ConstraintAdded,
    /// A keyword that the types do not enforce, such as `maxLength`, was removed.
    ConstraintRemoved,
    /// The value of a keyword that the types do not enforce, such as `maxLength`, changed.
    ConstraintChanged,
    /// The title changed.
    TitleChanged,
    /// The description changed.
    DescriptionChanged,
    /// The examples changed.
    ExamplesChanged,
    /// A view was added.
    ViewAdded,
    /// A view was removed.
    ViewRemoved,
    /// A view was renamed.
    ViewRenamed,
    /// A value of the sibling property has another view.
    ViewChoiceChanged,
    /// A method was added to a view.
    ViewMethodAdded,
    /// A method was removed from a view.
    ViewMethodRemoved,
    /// A method of a view returns values of another type.
    ViewMethodChanged,
    /// A part of a document changed from which no type is made.
    UnreachedChanged,
    /// A public Rust item changed, and no change in the schema explains the difference.
    ItemChanged,
    /// The schema or the generated text changed, but no public Rust item did, and no other kind describes the change.
    OutputChanged,
}

impl ChangeKind {
    /// All kinds, in the order in which a report lists changes of one type and one verdict.
    pub const ALL: &[Self] = ALL;

    /// Returns the name of the kind in JSON, such as `property_added`. Names stay the same in later releases.
    pub fn name(self) -> &'static str {
        find_kind_row(self).0
    }

    /// Returns the kind as a clause for readers, such as "a property was added".
    pub fn words(self) -> &'static str {
        find_kind_row(self).1
    }

    /// Returns how the set of values that the schema accepts changes with a change of this kind, where the change
    /// itself does not decide it. `Same` for a kind that does not affect the values.
    pub(crate) fn default_validation(self) -> Validation {
        find_kind_row(self).2
    }
}

/// Defines [`ALL`] and [`find_kind_row`] from rows of (variant, name, clause for readers, effect on the values that the
/// schema accepts). The compiler rejects a variant without a row.
macro_rules! define_change_kinds {
    ($($variant:ident, $name:literal, $words:literal, $validation:ident;)*) => {
        const ALL: &[ChangeKind] = &[$(ChangeKind::$variant),*];

        /// Returns (name, clause for readers, effect on the values that the schema accepts) of `kind`.
        fn find_kind_row(kind: ChangeKind) -> (&'static str, &'static str, Validation) {
            match kind { $(ChangeKind::$variant => ($name, $words, Validation::$validation),)* }
        }
    };
}

define_change_kinds! {
    RootAdded, "root_added", "a root was added", Same;
    RootRemoved, "root_removed", "a root was removed", Same;
    TypeAdded, "type_added", "a type was added", Same;
    TypeRemoved, "type_removed", "a type was removed", Same;
    TypeRenamed, "type_renamed", "a type was renamed", Same;
    TypeMoved, "type_moved", "a definition was moved", Same;
    DefinitionSplitOut, "definition_split_out", "a schema was split out into a definition", Same;
    DefinitionInlined, "definition_inlined", "a definition was inlined where it is used", Same;
    ShapeChanged, "shape_changed", "a type became another kind of type", Other;
    AliasChanged, "alias_changed", "an alias or wrapper has another type", Other;
    TupleChanged, "tuple_changed", "the items of a tuple changed", Other;
    PropertyAdded, "property_added", "a property was added", Other;
    PropertyRemoved, "property_removed", "a property was removed", Looser;
    PropertyRenamed, "property_renamed", "a property was renamed", Other;
    PropertyRequired, "property_required", "a property was made required", Stricter;
    PropertyOptional, "property_optional", "a property was made optional", Looser;
    PropertyNullable, "property_nullable", "a property may now be null", Looser;
    PropertyNotNull, "property_not_null", "a property may no longer be null", Stricter;
    PropertyToList, "property_to_list", "a property became a list of its old type", Other;
    PropertyFromList, "property_from_list", "a property became one item of its old list", Other;
    PropertyWidened, "property_widened", "a property allows more types", Looser;
    PropertyNarrowed, "property_narrowed", "a property allows fewer types", Stricter;
    PropertyTypeChanged, "property_type_changed", "a property has another type", Other;
    PropertiesReordered, "properties_reordered", "the properties are in another order", Same;
    ObjectOpened, "object_opened", "an object now allows additional properties", Looser;
    ObjectClosed, "object_closed", "an object no longer allows additional properties", Stricter;
    UnlistedTypeChanged, "unlisted_type_changed", "additional properties have another type", Other;
    NamePatternsChanged, "name_patterns_changed", "the patterns of property names changed", Other;
    PropertyFieldChanged, "property_field_changed", "a property is in another field", Same;
    ValueAdded, "value_added", "a value was added", Looser;
    ValueRemoved, "value_removed", "a value was removed", Stricter;
    ValueVariantChanged, "value_variant_changed", "a value has another variant", Same;
    ValueReplaced, "value_replaced", "the only value was replaced", Other;
    ValuesReordered, "values_reordered", "the values are in another order", Same;
    ValuesOpened, "values_opened", "values that are not listed are now allowed", Looser;
    ValuesClosed, "values_closed", "values that are not listed are no longer allowed", Stricter;
    MemberAdded, "member_added", "a member was added to a union", Looser;
    MemberRemoved, "member_removed", "a member was removed from a union", Stricter;
    MemberRenamed, "member_renamed", "a member of a union has another name", Same;
    MemberTypeChanged, "member_type_changed", "a member of a union has another type", Other;
    TagValueAdded, "tag_value_added", "a value of the tag was added", Same;
    TagValueRemoved, "tag_value_removed", "a value of the tag was removed", Same;
    DistinctionChanged, "distinction_changed", "the members of a union are distinguished in another way", Same;
    Deprecated, "deprecated", "it is now deprecated", Same;
    Undeprecated, "undeprecated", "it is no longer deprecated", Same;
    FormatChanged, "format_changed", "the format changed", Other;
    DefaultChanged, "default_changed", "the default changed", Same;
    ConstraintAdded, "constraint_added", "a constraint that the types do not enforce was added", Stricter;
    ConstraintRemoved, "constraint_removed", "a constraint that the types do not enforce was removed", Looser;
    ConstraintChanged, "constraint_changed", "a constraint that the types do not enforce changed", Other;
    TitleChanged, "title_changed", "the title changed", Same;
    DescriptionChanged, "description_changed", "the description changed", Same;
    ExamplesChanged, "examples_changed", "the examples changed", Same;
    ViewAdded, "view_added", "a view was added", Same;
    ViewRemoved, "view_removed", "a view was removed", Same;
    ViewRenamed, "view_renamed", "a view was renamed", Same;
    ViewChoiceChanged, "view_choice_changed", "a value of the property that decides has another view", Same;
    ViewMethodAdded, "view_method_added", "a method was added to a view", Same;
    ViewMethodRemoved, "view_method_removed", "a method was removed from a view", Same;
    ViewMethodChanged, "view_method_changed", "a method of a view returns values of another type", Same;
    UnreachedChanged, "unreached_changed", "a part that no type is made from changed", Same;
    ItemChanged, "item_changed", "a public item changed", Same;
    OutputChanged, "output_changed", "the schema or the generated text changed, but no public item did", Same;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_equals_kind_in_json() {
        for kind in ChangeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
