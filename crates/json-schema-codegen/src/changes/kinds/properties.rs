//! Changes of the properties of objects.

use crate::changes::kinds::{CONSTRUCTION, ChangeLocation, Finding, PRIVATE_FIELDS};
use crate::changes::pairs::{Pair, Pairs, resolve_aliases};
use crate::changes::question::Focus;
use crate::changes::report::Validation;
use crate::changes::shown;
use crate::changes::wire;
use crate::normalize::{Extra, Property, Struct, Type};

/// Creates a finding about `property` of the struct `pair`. It explains differences of the property's field, and asks
/// whether each version reads the property of the other.
fn finding(pair: &Pair<'_, Struct>, property: &Property, location: ChangeLocation) -> Finding {
    let focus = Focus::Property(property.json_name.clone());
    Finding::new(pair.name, location)
        .with_member(&property.json_name)
        .claim_members(&[&property.field])
        .with_question(pair.ids, focus)
}

/// Returns the name of the field with the additional properties; `None` if the struct allows none.
fn extra_field(object: &Struct) -> Option<&str> {
    match &object.extra {
        Extra::Open { field } | Extra::Typed { field, .. } => Some(field),
        Extra::Ignored | Extra::Closed => None,
    }
}

/// Returns which way of building the struct a property affects when it is added, removed or renamed: `new()`, which
/// takes the required properties, or else struct literals, which a private field prevents.
fn construction_claim(property: &Property) -> &'static str {
    if property.required { CONSTRUCTION } else { PRIVATE_FIELDS }
}

/// Returns the property of `object` with the JSON name `wire`.
fn find_property<'a>(object: &'a Struct, wire: &str) -> Option<&'a Property> {
    object.properties.iter().find(|property| property.json_name == wire)
}

/// Returns the properties of `object` whose JSON names `other` does not have, in the order of `object`.
fn properties_missing_in<'a>(object: &'a Struct, other: &Struct) -> Vec<&'a Property> {
    object.properties.iter().filter(|property| find_property(other, &property.json_name).is_none()).collect()
}

/// Finds the properties that only the new version of a struct has, without renamed ones.
pub(super) fn find_added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |pair: Pair<'_, Struct>| {
        let renamed: Vec<&str> =
            find_renamed_pairs(pairs, &pair).iter().map(|(_, new)| new.json_name.as_str()).collect();
        let added = properties_missing_in(pair.new, pair.old)
            .into_iter()
            .filter(|property| !renamed.contains(&property.json_name.as_str()));
        let found = added.map(|property| {
            let found = finding(&pair, property, ChangeLocation::New(property.location.clone()))
                .claim_members(&[construction_claim(property)]);
            let behavior = extra_field(pair.old).map(|extra| {
                let (name, field) = (&property.json_name, &property.field);
                format!("the value of `{name}` leaves `{extra}` for the field `{field}`: search for `{extra}` in the program")
            });
            let validation = match (&pair.old.extra, property.required) {
                (_, true) => Validation::Stricter,
                (Extra::Closed, false) => Validation::Looser,
                (_, false) => Validation::Other,
            };
            let found = found.with_new(shown::format_property_type(pairs.new.definitions(), property));
            Finding { behavior, validation: Some(validation), ..found }
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(findings_of).collect()
}

/// Finds the properties that only the old version of a struct has, without renamed ones.
pub(super) fn find_removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |pair: Pair<'_, Struct>| {
        let renamed: Vec<&str> =
            find_renamed_pairs(pairs, &pair).iter().map(|(old, _)| old.json_name.as_str()).collect();
        let removed = properties_missing_in(pair.old, pair.new)
            .into_iter()
            .filter(|property| !renamed.contains(&property.json_name.as_str()));
        let found = removed.map(|property| {
            let found = finding(&pair, property, ChangeLocation::Old(property.location.clone()))
                .claim_members(&[construction_claim(property)]);
            let behavior = extra_field(pair.new).map(|extra| {
                let (name, field) = (&property.json_name, &property.field);
                format!(
                    "the value of `{name}` leaves the field `{field}` for `{extra}`: `{extra}.get({name:?})` has it"
                )
            });
            let validation = match pair.new.extra {
                Extra::Closed => Validation::Stricter,
                _ => Validation::Looser,
            };
            let found = found.with_old(shown::format_property_type(pairs.old.definitions(), property));
            Finding { behavior, validation: Some(validation), ..found }
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(findings_of).collect()
}

/// Returns the properties, as (old, new), that have another JSON name in the new version, but the same type, the same
/// `required` and the same index among the properties. Returns none if the numbers of properties differ, since the
/// indexes say nothing then.
fn find_renamed_pairs<'a>(pairs: &Pairs<'_>, pair: &Pair<'a, Struct>) -> Vec<(&'a Property, &'a Property)> {
    let (removed, added) = (properties_missing_in(pair.old, pair.new), properties_missing_in(pair.new, pair.old));
    let index = |object: &Struct, wire: &str| object.properties.iter().position(|property| property.json_name == wire);
    let is_renamed = |(old, new): &(&Property, &Property)| {
        let has_same_type = old.required == new.required && pairs.is_same_type(&old.ty, &new.ty);
        has_same_type && index(pair.old, &old.json_name) == index(pair.new, &new.json_name)
    };
    let has_same_count = pair.old.properties.len() == pair.new.properties.len();
    if has_same_count { removed.into_iter().zip(added).filter(is_renamed).collect() } else { Vec::new() }
}

/// Finds the properties that have another JSON name in the new version; see [`find_renamed_pairs`].
pub(super) fn find_renamed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |pair: Pair<'_, Struct>| {
        let found = find_renamed_pairs(pairs, &pair).into_iter().map(|(old, new)| {
            let found = finding(&pair, new, ChangeLocation::New(new.location.clone()))
                .with_old(&old.json_name)
                .with_new(&new.json_name);
            found
                .claim_members(&[&old.field, construction_claim(new)])
                .with_question(pair.ids, Focus::Property(old.json_name.clone()))
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(findings_of).collect()
}

/// Returns a finding, with the old and the new type of the field, for each property that both versions have under one
/// JSON name and for which `is_changed(old, new)` returns true.
fn find_shared(pairs: &Pairs<'_>, is_changed: impl Fn(&Property, &Property) -> bool) -> Vec<Finding> {
    let findings_of = |pair: Pair<'_, Struct>| {
        let both = Pairs::shared_properties(&pair).into_iter().filter(|(old, new)| is_changed(old, new));
        let found = both.map(|(old, new)| {
            let old_type = shown::format_property_type(pairs.old.definitions(), old);
            let new_type = shown::format_property_type(pairs.new.definitions(), new);
            finding(&pair, new, ChangeLocation::New(new.location.clone()))
                .claim_members(&[&old.field])
                .with_old(old_type)
                .with_new(new_type)
        });
        found.collect::<Vec<_>>()
    };
    pairs.structs().flat_map(findings_of).collect()
}

/// Finds the properties that were optional and are required now.
pub(super) fn find_required(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = find_shared(pairs, |old, new| !old.required && new.required);
    found.into_iter().map(|finding| finding.claim_members(&[CONSTRUCTION])).collect()
}

/// Finds the properties that were required and are optional now.
pub(super) fn find_optional(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = find_shared(pairs, |old, new| old.required && !new.required);
    found.into_iter().map(|finding| finding.claim_members(&[CONSTRUCTION, PRIVATE_FIELDS])).collect()
}

/// How the type of a property changed. Exactly one variant describes each change: the first that applies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TypeChange {
    /// Became nullable.
    Nullable,
    /// Is no longer nullable.
    NotNull,
    /// Became a list of the old type.
    ToList,
    /// Was a list, and became one item of it.
    FromList,
    /// The new type reads all values of the old, but not the reverse.
    Widened,
    /// The old type reads all values of the new, but not the reverse.
    Narrowed,
    /// Any other change of the type.
    Other,
}

/// Returns how the values that a property accepts changed: its type, or, if that is the same, whether it accepts values of
/// other types too. `None` if neither changed.
fn classify_change(pairs: &Pairs<'_>, old: &Property, new: &Property) -> Option<TypeChange> {
    if !pairs.is_same_type(&old.ty, &new.ty) {
        return Some(classify_type_change(pairs, &old.ty, &new.ty));
    }
    match (old.accepts_others, new.accepts_others) {
        (false, true) => Some(TypeChange::Widened),
        (true, false) => Some(TypeChange::Narrowed),
        _ => None,
    }
}

/// Returns how the type of a property changed, looking through aliases; `old` and `new` are not the same type.
fn classify_type_change(pairs: &Pairs<'_>, old: &Type, new: &Type) -> TypeChange {
    let (old_side, new_side) = ((pairs.old.definitions(), old), (pairs.new.definitions(), new));
    let (old_target, new_target) = (resolve_aliases(old_side.0, old), resolve_aliases(new_side.0, new));
    match (old_target, new_target) {
        (_, Type::Nullable(inner)) if pairs.is_same_type(old, inner) => TypeChange::Nullable,
        (Type::Nullable(inner), _) if pairs.is_same_type(inner, new) => TypeChange::NotNull,
        (_, Type::Array(items)) if pairs.is_same_type(old, items) => TypeChange::ToList,
        (Type::Array(items), _) if pairs.is_same_type(items, new) => TypeChange::FromList,
        _ => match (wire::reads_type(new_side, old_side), wire::reads_type(old_side, new_side)) {
            (true, false) => TypeChange::Widened,
            (false, true) => TypeChange::Narrowed,
            _ => TypeChange::Other,
        },
    }
}

/// Finds the properties whose types changed in the way `wanted`.
fn find_type_changes(pairs: &Pairs<'_>, wanted: TypeChange) -> Vec<Finding> {
    find_shared(pairs, |old, new| classify_change(pairs, old, new) == Some(wanted))
}

/// Finds the properties that now also allow null.
pub(super) fn find_nullable(pairs: &Pairs<'_>) -> Vec<Finding> {
    find_type_changes(pairs, TypeChange::Nullable)
}

/// Finds the properties that no longer allow null.
pub(super) fn find_not_null(pairs: &Pairs<'_>) -> Vec<Finding> {
    find_type_changes(pairs, TypeChange::NotNull)
}

/// Finds the properties that became a list of their old type.
pub(super) fn find_to_list(pairs: &Pairs<'_>) -> Vec<Finding> {
    find_type_changes(pairs, TypeChange::ToList)
}

/// Finds the properties that were a list and became one item of it.
pub(super) fn find_from_list(pairs: &Pairs<'_>) -> Vec<Finding> {
    find_type_changes(pairs, TypeChange::FromList)
}

/// Finds the properties whose new type reads all values of the old type, but not the reverse.
pub(super) fn find_widened(pairs: &Pairs<'_>) -> Vec<Finding> {
    find_type_changes(pairs, TypeChange::Widened)
}

/// Finds the properties whose old type reads all values of the new type, but not the reverse.
pub(super) fn find_narrowed(pairs: &Pairs<'_>) -> Vec<Finding> {
    find_type_changes(pairs, TypeChange::Narrowed)
}

/// Finds the properties whose type changed in a way that the other functions do not find.
pub(super) fn find_retyped(pairs: &Pairs<'_>) -> Vec<Finding> {
    find_type_changes(pairs, TypeChange::Other)
}

/// Finds the structs whose shared properties are in another order in the new version.
pub(super) fn find_reordered(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |pair: Pair<'_, Struct>| {
        let shared_names = |object: &Struct, other: &Struct| {
            let names = object.properties.iter().map(|property| property.json_name.clone());
            names.filter(|wire| find_property(other, wire).is_some()).collect::<Vec<_>>()
        };
        let (old, new) = (shared_names(pair.old, pair.new), shared_names(pair.new, pair.old));
        let location = ChangeLocation::New(pairs.new_definition(pair.ids.1)?.location.clone());
        let found = || Finding::new(pair.name, location).with_old(old.join(", ")).with_new(new.join(", ")).claim_type();
        (old != new).then(found)
    };
    pairs.structs().filter_map(finding_of).collect()
}
