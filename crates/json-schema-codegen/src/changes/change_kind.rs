//! The kinds of changes that a report distinguishes.

use serde::Serialize;

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
    UnionToldOtherwise,
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
    /// A part that no type is made from changed.
    UnreachedChanged,
    /// A public item changed.
    ItemChanged,
    /// The schema or the generated text changed, but no public item did.
    OutputChanged,
}

impl ChangeKind {
    /// Returns the name of the kind, such as `property_added`. It stays the same in later releases.
    pub fn name(self) -> &'static str {
        self.name_and_words().0
    }

    /// Returns the kind as a clause for readers, such as "a property was added".
    pub fn words(self) -> &'static str {
        self.name_and_words().1
    }

    /// Returns (name, clause for readers).
    #[rustfmt::skip]
    #[allow(clippy::too_many_lines, reason = "a table, with a row for each kind")]
    fn name_and_words(self) -> (&'static str, &'static str) {
        match self {
            Self::RootAdded => ("root_added", "a root was added"),
            Self::RootRemoved => ("root_removed", "a root was removed"),
            Self::TypeAdded => ("type_added", "a type was added"),
            Self::TypeRemoved => ("type_removed", "a type was removed"),
            Self::TypeRenamed => ("type_renamed", "a type was renamed"),
            Self::TypeMoved => ("type_moved", "a definition was moved"),
            Self::DefinitionSplitOut => ("definition_split_out", "a schema was split out into a definition"),
            Self::DefinitionInlined => ("definition_inlined", "a definition was inlined where it is used"),
            Self::ShapeChanged => ("shape_changed", "a type became another kind of type"),
            Self::AliasChanged => ("alias_changed", "an alias or wrapper has another type"),
            Self::TupleChanged => ("tuple_changed", "the items of a tuple changed"),
            Self::PropertyAdded => ("property_added", "a property was added"),
            Self::PropertyRemoved => ("property_removed", "a property was removed"),
            Self::PropertyRenamed => ("property_renamed", "a property was renamed"),
            Self::PropertyRequired => ("property_required", "a property was made required"),
            Self::PropertyOptional => ("property_optional", "a property was made optional"),
            Self::PropertyNullable => ("property_nullable", "a property may now be null"),
            Self::PropertyNotNull => ("property_not_null", "a property may no longer be null"),
            Self::PropertyToList => ("property_to_list", "a property became a list of its old type"),
            Self::PropertyFromList => ("property_from_list", "a property became one item of its old list"),
            Self::PropertyWidened => ("property_widened", "a property allows more types"),
            Self::PropertyNarrowed => ("property_narrowed", "a property allows fewer types"),
            Self::PropertyTypeChanged => ("property_type_changed", "a property has another type"),
            Self::PropertiesReordered => ("properties_reordered", "the properties are in another order"),
            Self::ObjectOpened => ("object_opened", "an object now allows additional properties"),
            Self::ObjectClosed => ("object_closed", "an object no longer allows additional properties"),
            Self::UnlistedTypeChanged => ("unlisted_type_changed", "additional properties have another type"),
            Self::NamePatternsChanged => ("name_patterns_changed", "the patterns of property names changed"),
            Self::ValueAdded => ("value_added", "a value was added"),
            Self::ValueRemoved => ("value_removed", "a value was removed"),
            Self::ValueReplaced => ("value_replaced", "the only value was replaced"),
            Self::ValuesReordered => ("values_reordered", "the values are in another order"),
            Self::ValuesOpened => ("values_opened", "values that are not listed are now allowed"),
            Self::ValuesClosed => ("values_closed", "values that are not listed are no longer allowed"),
            Self::MemberAdded => ("member_added", "a member was added to a union"),
            Self::MemberRemoved => ("member_removed", "a member was removed from a union"),
            Self::MemberRenamed => ("member_renamed", "a member of a union has another name"),
            Self::MemberTypeChanged => ("member_type_changed", "a member of a union has another type"),
            Self::TagValueAdded => ("tag_value_added", "a value of the tag was added"),
            Self::TagValueRemoved => ("tag_value_removed", "a value of the tag was removed"),
            Self::UnionToldOtherwise => ("union_told_otherwise", "the members of a union are distinguished in another way"),
            Self::Deprecated => ("deprecated", "it is now deprecated"),
            Self::Undeprecated => ("undeprecated", "it is no longer deprecated"),
            Self::FormatChanged => ("format_changed", "the format changed"),
            Self::DefaultChanged => ("default_changed", "the default changed"),
            Self::ConstraintAdded => ("constraint_added", "a constraint that the types do not enforce was added"),
            Self::ConstraintRemoved => ("constraint_removed", "a constraint that the types do not enforce was removed"),
            Self::ConstraintChanged => ("constraint_changed", "a constraint that the types do not enforce changed"),
            Self::TitleChanged => ("title_changed", "the title changed"),
            Self::DescriptionChanged => ("description_changed", "the description changed"),
            Self::ExamplesChanged => ("examples_changed", "the examples changed"),
            Self::UnreachedChanged => ("unreached_changed", "a part that no type is made from changed"),
            Self::ItemChanged => ("item_changed", "a public item changed"),
            Self::OutputChanged => ("output_changed", "the schema or the generated text changed, but no public item did"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ChangeKind;

    #[test]
    fn name_is_the_one_in_json() {
        for kind in [ChangeKind::PropertyAdded, ChangeKind::UnionToldOtherwise, ChangeKind::OutputChanged] {
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.name().into()));
        }
    }
}
