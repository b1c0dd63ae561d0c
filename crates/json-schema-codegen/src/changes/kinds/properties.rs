//! Changes of the properties of objects.

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::{DefinitionPairs, VersionPair, resolve_aliases};
use crate::changes::question::QuestionFocus;
use crate::changes::shown;
use crate::changes::type_part::TypePart;
use crate::changes::validation::Validation;
use crate::changes::wire;
use crate::normalize::{AdditionalProperties, Property, Struct, Type};

/// Finds the properties that were added, removed, renamed or reordered, and those whose type or `required` changed.
pub(super) fn find_property_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let changes_of = |pair: VersionPair<'_, Struct>| {
        let renamed = find_renamed_properties(pairs, &pair);
        let is_renamed = |property: &&Property| {
            renamed.iter().any(|(old, new)| std::ptr::eq(*old, *property) || std::ptr::eq(*new, *property))
        };
        let added = find_properties_missing_in(pair.new, pair.old).into_iter().filter(|property| !is_renamed(property));
        let removed =
            find_properties_missing_in(pair.old, pair.new).into_iter().filter(|property| !is_renamed(property));
        let shared = DefinitionPairs::pair_shared_properties(&pair);
        let changed = shared.into_iter().flat_map(|(old, new)| compare_properties(pairs, &pair, old, new));
        let mut found: Vec<SchemaChange> =
            added.map(|property| create_added_property_change(pairs, &pair, property)).collect();
        found.extend(removed.map(|property| create_removed_property_change(pairs, &pair, property)));
        found.extend(renamed.iter().map(|(old, new)| create_renamed_property_change(&pair, old, new)));
        found.extend(changed);
        found.extend(find_reordered_properties(pairs, &pair));
        found
    };
    pairs.struct_pairs().flat_map(changes_of).collect()
}

/// Creates a change of `property`, a property of the struct `pair`. The change explains differences of the property's
/// field, and asks whether each version reads the property of the other.
fn create_property_change(
    kind: ChangeKind,
    pair: &VersionPair<'_, Struct>,
    property: &Property,
    location: ChangeLocation,
) -> SchemaChange {
    SchemaChange::new(kind, pair.name, location)
        .with_member(&property.json_name)
        .with_explained_members([&property.field])
        .with_question(pair.ids, QuestionFocus::Property(property.json_name.clone()))
}

/// Returns the way of building the struct that breaks if `property` is added, removed or renamed: `new()` for a
/// required property, which is a parameter of it; otherwise struct literals, which private fields prevent.
fn choose_construction_part(property: &Property) -> TypePart {
    if property.required { TypePart::Construction } else { TypePart::PrivateFields }
}

/// Returns the properties of `object` whose JSON names no property of `other` has, in the order of `object`.
fn find_properties_missing_in<'a>(object: &'a Struct, other: &Struct) -> Vec<&'a Property> {
    object.properties.iter().filter(|property| other.find_property(&property.json_name).is_none()).collect()
}

/// Creates the change for `property`, which only the new version of the struct `pair` defines.
fn create_added_property_change(
    pairs: &DefinitionPairs<'_>,
    pair: &VersionPair<'_, Struct>,
    property: &Property,
) -> SchemaChange {
    let location = ChangeLocation::New(property.location.clone());
    let (name, field) = (&property.json_name, &property.field);
    let behavior = pair.old.extra.field_name().map(|extra| {
        format!("the value of `{name}` leaves `{extra}` for the field `{field}`: search for `{extra}` in the program")
    });
    let validation = match (&pair.old.extra, property.required) {
        (_, true) => Validation::Stricter,
        (AdditionalProperties::Closed, false) => Validation::Looser,
        (_, false) => Validation::Other,
    };
    let found = create_property_change(ChangeKind::PropertyAdded, pair, property, location)
        .with_explained_part(choose_construction_part(property))
        .with_new_text(shown::format_property_type(pairs.new.definitions(), property));
    SchemaChange { behavior, validation, ..found }
}

/// Creates the change for `property`, which only the old version of the struct `pair` defines.
fn create_removed_property_change(
    pairs: &DefinitionPairs<'_>,
    pair: &VersionPair<'_, Struct>,
    property: &Property,
) -> SchemaChange {
    let location = ChangeLocation::Old(property.location.clone());
    let (name, field) = (&property.json_name, &property.field);
    let behavior = pair.new.extra.field_name().map(|extra| {
        format!("the value of `{name}` leaves the field `{field}` for `{extra}`: `{extra}.get({name:?})` has it")
    });
    let validation = match pair.new.extra {
        AdditionalProperties::Closed => Validation::Stricter,
        _ => Validation::Looser,
    };
    let found = create_property_change(ChangeKind::PropertyRemoved, pair, property, location)
        .with_explained_part(choose_construction_part(property))
        .with_old_text(shown::format_property_type(pairs.old.definitions(), property));
    SchemaChange { behavior, validation, ..found }
}

/// Returns the renamed properties as (old, new): those that have another JSON name in the new version, but the same
/// type, the same `required` and the same index among the properties. Empty if the two versions have different numbers
/// of properties, since indexes cannot be compared then.
fn find_renamed_properties<'a>(
    pairs: &DefinitionPairs<'_>,
    pair: &VersionPair<'a, Struct>,
) -> Vec<(&'a Property, &'a Property)> {
    if pair.old.properties.len() != pair.new.properties.len() {
        return Vec::new();
    }
    let is_renamed = |(old, new): &(&Property, &Property)| {
        pair.new.find_property(&old.json_name).is_none()
            && pair.old.find_property(&new.json_name).is_none()
            && old.required == new.required
            && pairs.is_same_type(&old.ty, &new.ty)
    };
    pair.old.properties.iter().zip(&pair.new.properties).filter(is_renamed).collect()
}

/// Creates the change for the property `old`, which the new version names `new`.
fn create_renamed_property_change(pair: &VersionPair<'_, Struct>, old: &Property, new: &Property) -> SchemaChange {
    create_property_change(ChangeKind::PropertyRenamed, pair, new, ChangeLocation::New(new.location.clone()))
        .with_old_text(&old.json_name)
        .with_new_text(&new.json_name)
        .with_explained_members([&old.field])
        .with_explained_part(choose_construction_part(new))
        .with_question(pair.ids, QuestionFocus::Property(old.json_name.clone()))
}

/// Returns the changes of a property that both versions define under one JSON name: one if it was made required or
/// optional, and one if it accepts other values.
fn compare_properties(
    pairs: &DefinitionPairs<'_>,
    pair: &VersionPair<'_, Struct>,
    old: &Property,
    new: &Property,
) -> Vec<SchemaChange> {
    let change = |kind| {
        create_property_change(kind, pair, new, ChangeLocation::New(new.location.clone()))
            .with_explained_members([&old.field])
            .with_old_text(shown::format_property_type(pairs.old.definitions(), old))
            .with_new_text(shown::format_property_type(pairs.new.definitions(), new))
    };
    let required = match (old.required, new.required) {
        (false, true) => Some(change(ChangeKind::PropertyRequired).with_explained_part(TypePart::Construction)),
        (true, false) => {
            let change = change(ChangeKind::PropertyOptional).with_explained_part(TypePart::Construction);
            Some(change.with_explained_part(TypePart::PrivateFields))
        }
        _ => None,
    };
    let moved = (old.field != new.field).then(|| create_changed_field_change(pair, old, new));
    required.into_iter().chain(find_value_change_kind(pairs, old, new).map(change)).chain(moved).collect()
}

/// Creates the change for a property that is in the field of `old` in the old version of the struct `pair`, and in that of
/// `new` in the new one. Code with the name of the old field may compile and mean another property.
fn create_changed_field_change(pair: &VersionPair<'_, Struct>, old: &Property, new: &Property) -> SchemaChange {
    let location = ChangeLocation::New(new.location.clone());
    let change = create_property_change(ChangeKind::PropertyFieldChanged, pair, new, location)
        .with_explained_members([&old.field])
        .with_old_text(&old.field)
        .with_new_text(&new.field);
    let (owner, name) = (pair.name, &new.json_name);
    let text = format!("`{owner}.{}` was the property `{name}`, which is now in `{owner}.{}`", old.field, new.field);
    SchemaChange { changed_meaning: Some(text), ..change }
}

/// Returns the kind of change of the values that a property accepts: of its type if that changed; else
/// `PropertyWidened` or `PropertyNarrowed` if the schema now also accepts values of other types, or no longer does.
/// `None` if neither changed.
fn find_value_change_kind(pairs: &DefinitionPairs<'_>, old: &Property, new: &Property) -> Option<ChangeKind> {
    if !pairs.is_same_type(&old.ty, &new.ty) {
        return Some(find_type_change_kind(pairs, &old.ty, &new.ty));
    }
    match (old.accepts_others, new.accepts_others) {
        (false, true) => Some(ChangeKind::PropertyWidened),
        (true, false) => Some(ChangeKind::PropertyNarrowed),
        _ => None,
    }
}

/// Returns the kind of change between two types of a property that are not the same type, such as `PropertyToList` if
/// `new` is a list of `old`. Looks through aliases.
fn find_type_change_kind(pairs: &DefinitionPairs<'_>, old: &Type, new: &Type) -> ChangeKind {
    let (old_side, new_side) = ((pairs.old.definitions(), old), (pairs.new.definitions(), new));
    match (resolve_aliases(old_side.0, old), resolve_aliases(new_side.0, new)) {
        (_, Type::Nullable(inner)) if pairs.is_same_type(old, inner) => ChangeKind::PropertyNullable,
        (Type::Nullable(inner), _) if pairs.is_same_type(inner, new) => ChangeKind::PropertyNotNull,
        (_, Type::Array(items)) if pairs.is_same_type(old, items) => ChangeKind::PropertyToList,
        (Type::Array(items), _) if pairs.is_same_type(items, new) => ChangeKind::PropertyFromList,
        _ => match (wire::proves_reading(new_side, old_side), wire::proves_reading(old_side, new_side)) {
            (true, false) => ChangeKind::PropertyWidened,
            (false, true) => ChangeKind::PropertyNarrowed,
            _ => ChangeKind::PropertyTypeChanged,
        },
    }
}

/// Returns the change for a struct whose properties of both versions are in another order in the new version. `None` if
/// their order is equal.
fn find_reordered_properties(pairs: &DefinitionPairs<'_>, pair: &VersionPair<'_, Struct>) -> Option<SchemaChange> {
    let shared_names = |object: &Struct, other: &Struct| {
        let names = object.properties.iter().map(|property| property.json_name.as_str());
        names.filter(|name| other.find_property(name).is_some()).collect::<Vec<_>>().join(", ")
    };
    let (old, new) = (shared_names(pair.old, pair.new), shared_names(pair.new, pair.old));
    let location = ChangeLocation::New(pairs.new_definition(pair.ids.1)?.location.clone());
    let change = || SchemaChange::new(ChangeKind::PropertiesReordered, pair.name, location);
    (old != new).then(|| change().with_old_text(old).with_new_text(new).with_explained_part(TypePart::Type))
}
