//! The kinds of changes that a report distinguishes.

use serde::Serialize;

use crate::changes::validation::Validation;

/// A kind of change. In JSON it is its name, such as `property_added`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// A root was added.
    RootAdded,
    /// A root was removed.
    RootRemoved,
    /// A type was added.
    TypeAdded,
    /// A type was removed.
    TypeRemoved,
    /// A type was renamed.
    TypeRenamed,
    /// A definition was moved.
    TypeMoved,
    /// A schema was split out into a definition.
    DefinitionSplitOut,
    /// A definition was inlined where it is used.
    DefinitionInlined,
    /// A type became another kind of type.
    ShapeChanged,
    /// An alias or wrapper has another type.
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
    /// A property became a list of its old type.
    PropertyToList,
    /// A property became one item of its old list.
    PropertyFromList,
    /// A property allows more types.
    PropertyWidened,
    /// A property allows fewer types.
    PropertyNarrowed,
    /// A property has another type.
    PropertyTypeChanged,
    /// The properties are in another order.
    PropertiesReordered,
    /// An object now allows additional properties.
    ObjectOpened,
    /// An object no longer allows additional properties.
    ObjectClosed,
    /// Additional properties have another type.
    UnlistedTypeChanged,
    /// The patterns of property names changed.
    NamePatternsChanged,
    /// A value was added.
    ValueAdded,
    /// A value was removed.
    ValueRemoved,
    /// The only value was replaced.
    ValueReplaced,
    /// The values are in another order.
    ValuesReordered,
    /// Values that are not listed are now allowed.
    ValuesOpened,
    /// Values that are not listed are no longer allowed.
    ValuesClosed,
    /// A member was added to a union.
    MemberAdded,
    /// A member was removed from a union.
    MemberRemoved,
    /// A member of a union has another name.
    MemberRenamed,
    /// A member of a union has another type.
    MemberTypeChanged,
    /// A value of the tag was added.
    TagValueAdded,
    /// A value of the tag was removed.
    TagValueRemoved,
    /// The members of a union are distinguished in another way.
    DistinctionChanged,
    /// It is now deprecated.
    Deprecated,
    /// It is no longer deprecated.
    Undeprecated,
    /// The format changed.
    FormatChanged,
    /// The default changed.
    DefaultChanged,
    /// A constraint that the types do not enforce was added.
    ConstraintAdded,
    /// A constraint that the types do not enforce was removed.
    ConstraintRemoved,
    /// A constraint that the types do not enforce changed.
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
    /// A value of the property that decides has another view.
    ViewChoiceChanged,
    /// A method was added to a view.
    ViewMethodAdded,
    /// A method was removed from a view.
    ViewMethodRemoved,
    /// A method of a view returns values of another type.
    ViewMethodChanged,
    /// A part that no type is made from changed.
    UnreachedChanged,
    /// A public item changed.
    ItemChanged,
    /// The schema or the generated text changed, but no public item did.
    OutputChanged,
}

impl ChangeKind {
    /// All kinds, in the order in which a report lists changes of one type that nothing else orders.
    pub const ALL: &[Self] = ALL;

    /// Returns the name of the kind, such as `property_added`. It stays the same in later releases.
    pub fn name(self) -> &'static str {
        find_row(self).0
    }

    /// Returns the kind as a clause for readers, such as "a property was added".
    pub fn words(self) -> &'static str {
        find_row(self).1
    }

    /// Returns how the values that the schema accepts change with a change of this kind, unless a change says it
    /// better; `Same` for a kind that says nothing about values.
    pub(crate) fn validation(self) -> Validation {
        find_row(self).2
    }
}

/// Defines [`ALL`] and [`find_row`] from rows of (variant, name, clause for readers, effect on validating instances).
/// A variant without a row is an error of the compiler.
macro_rules! rows {
    ($($variant:ident, $name:literal, $words:literal, $validation:ident;)*) => {
        const ALL: &[ChangeKind] = &[$(ChangeKind::$variant),*];

        /// Returns (name, clause for readers, effect on validating instances) of a kind.
        fn find_row(kind: ChangeKind) -> (&'static str, &'static str, Validation) {
            match kind { $(ChangeKind::$variant => ($name, $words, Validation::$validation),)* }
        }
    };
}

rows! {
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
    ValueAdded, "value_added", "a value was added", Looser;
    ValueRemoved, "value_removed", "a value was removed", Stricter;
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
    fn name_is_that_in_json() {
        for kind in ChangeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
