//! The kinds of changes that a report distinguishes.

use serde::Serialize;

use crate::changes::validation::Validation;

/// Defines [`ChangeKind`] from rows of (variant, name, clause for readers, effect on validating instances).
macro_rules! change_kinds {
    ($($variant:ident, $name:literal, $words:literal, $validation:ident;)*) => {
        /// A kind of change. In JSON it is its name, such as `property_added`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $(
                #[doc = concat!("`", $name, "`: ", $words, ".")]
                #[serde(rename = $name)]
                $variant,
            )*
        }

        impl ChangeKind {
            /// All kinds, in the order in which a report lists changes of one type that nothing else orders.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns the name of the kind, such as `property_added`. It stays the same in later releases.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the kind as a clause for readers, such as "a property was added".
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }

            /// Returns how the values that the schema accepts change with a change of this kind, unless a change says it
            /// better; `Same` for a kind that says nothing about values.
            pub(crate) fn validation(self) -> Validation {
                match self { $(Self::$variant => Validation::$validation,)* }
            }
        }
    };
}

change_kinds! {
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
    UnionToldOtherwise, "union_told_otherwise", "the members of a union are distinguished in another way", Same;
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
    UnreachedChanged, "unreached_changed", "a part that no type is made from changed", Same;
    ItemChanged, "item_changed", "a public item changed", Same;
    OutputChanged, "output_changed", "the schema or the generated text changed, but no public item did", Same;
}
