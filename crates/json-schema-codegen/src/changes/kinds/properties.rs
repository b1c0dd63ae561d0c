//! Changes of the properties of objects.

use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::ItemPart;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs, resolve_aliases};
use crate::changes::question::Focus;
use crate::changes::shown;
use crate::changes::validation::Validation;
use crate::changes::wire;
use crate::normalize::{Extra, Property, Struct, Type};

/// Finds the properties that were added, removed, renamed or reordered, and those that changed under one JSON name.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |pair: Pair<'_, Struct>| {
        let renamed = renamed_properties(pairs, &pair);
        let is_renamed = |property: &&Property| {
            renamed.iter().any(|(old, new)| std::ptr::eq(*old, *property) || std::ptr::eq(*new, *property))
        };
        let added = properties_missing_in(pair.new, pair.old).into_iter().filter(|property| !is_renamed(property));
        let removed = properties_missing_in(pair.old, pair.new).into_iter().filter(|property| !is_renamed(property));
        let shared = Pairs::shared_properties(&pair);
        let changed = shared.into_iter().flat_map(|(old, new)| compare_properties(pairs, &pair, old, new));
        let mut found: Vec<Finding> = added.map(|property| added_property(pairs, &pair, property)).collect();
        found.extend(removed.map(|property| removed_property(pairs, &pair, property)));
        found.extend(renamed.iter().map(|(old, new)| renamed_property(&pair, old, new)));
        found.extend(changed);
        found.extend(reordered_properties(pairs, &pair));
        found
    };
    pairs.structs().flat_map(findings_of).collect()
}

/// Creates a finding about `property` of the struct `pair`. It explains differences of the property's field, and asks
/// whether each version reads the property of the other.
fn finding(kind: ChangeKind, pair: &Pair<'_, Struct>, property: &Property, location: ChangeLocation) -> Finding {
    Finding::new(kind, pair.name, location)
        .with_member(&property.json_name)
        .claim_members([&property.field])
        .with_question(pair.ids, Focus::Property(property.json_name.clone()))
}

/// Returns which way of building the struct a property affects when it is added, removed or renamed: `new()`, which
/// takes the required properties, or else struct literals, which a private field prevents.
fn construction_part(property: &Property) -> ItemPart {
    if property.required { ItemPart::Construction } else { ItemPart::PrivateFields }
}

/// Returns the properties of `object` whose JSON names `other` does not have, in the order of `object`.
fn properties_missing_in<'a>(object: &'a Struct, other: &Struct) -> Vec<&'a Property> {
    object.properties.iter().filter(|property| other.property(&property.json_name).is_none()).collect()
}

/// Returns the finding for a property that only the new version has.
fn added_property(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>, property: &Property) -> Finding {
    let location = ChangeLocation::New(property.location.clone());
    let (name, field) = (&property.json_name, &property.field);
    let behavior = pair.old.extra.field().map(|extra| {
        format!("the value of `{name}` leaves `{extra}` for the field `{field}`: search for `{extra}` in the program")
    });
    let validation = match (&pair.old.extra, property.required) {
        (_, true) => Validation::Stricter,
        (Extra::Closed, false) => Validation::Looser,
        (_, false) => Validation::Other,
    };
    let found = finding(ChangeKind::PropertyAdded, pair, property, location)
        .claim(construction_part(property))
        .with_new(shown::format_property_type(pairs.new.definitions(), property));
    Finding { behavior, validation, ..found }
}

/// Returns the finding for a property that only the old version has.
fn removed_property(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>, property: &Property) -> Finding {
    let location = ChangeLocation::Old(property.location.clone());
    let (name, field) = (&property.json_name, &property.field);
    let behavior = pair.new.extra.field().map(|extra| {
        format!("the value of `{name}` leaves the field `{field}` for `{extra}`: `{extra}.get({name:?})` has it")
    });
    let validation = match pair.new.extra {
        Extra::Closed => Validation::Stricter,
        _ => Validation::Looser,
    };
    let found = finding(ChangeKind::PropertyRemoved, pair, property, location)
        .claim(construction_part(property))
        .with_old(shown::format_property_type(pairs.old.definitions(), property));
    Finding { behavior, validation, ..found }
}

/// Returns the properties, as (old, new), that have another JSON name in the new version, but the same type, the same
/// `required` and the same index among the properties. Returns none if the numbers of properties differ, since the
/// indexes say nothing then.
fn renamed_properties<'a>(pairs: &Pairs<'_>, pair: &Pair<'a, Struct>) -> Vec<(&'a Property, &'a Property)> {
    if pair.old.properties.len() != pair.new.properties.len() {
        return Vec::new();
    }
    let is_renamed = |(old, new): &(&Property, &Property)| {
        pair.new.property(&old.json_name).is_none()
            && pair.old.property(&new.json_name).is_none()
            && old.required == new.required
            && pairs.is_same_type(&old.ty, &new.ty)
    };
    pair.old.properties.iter().zip(&pair.new.properties).filter(is_renamed).collect()
}

/// Returns the finding for a property that has another JSON name in the new version.
fn renamed_property(pair: &Pair<'_, Struct>, old: &Property, new: &Property) -> Finding {
    finding(ChangeKind::PropertyRenamed, pair, new, ChangeLocation::New(new.location.clone()))
        .with_old(&old.json_name)
        .with_new(&new.json_name)
        .claim_members([&old.field])
        .claim(construction_part(new))
        .with_question(pair.ids, Focus::Property(old.json_name.clone()))
}

/// Returns the findings for a property that both versions have under one JSON name: that it was made required or optional,
/// and that it has another type.
fn compare_properties(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>, old: &Property, new: &Property) -> Vec<Finding> {
    let finding = |kind| {
        finding(kind, pair, new, ChangeLocation::New(new.location.clone()))
            .claim_members([&old.field])
            .with_old(shown::format_property_type(pairs.old.definitions(), old))
            .with_new(shown::format_property_type(pairs.new.definitions(), new))
    };
    let required = match (old.required, new.required) {
        (false, true) => Some(finding(ChangeKind::PropertyRequired).claim(ItemPart::Construction)),
        (true, false) => {
            let finding = finding(ChangeKind::PropertyOptional).claim(ItemPart::Construction);
            Some(finding.claim(ItemPart::PrivateFields))
        }
        _ => None,
    };
    required.into_iter().chain(value_change(pairs, old, new).map(finding)).collect()
}

/// Returns the kind of the change of the values that a property accepts: of its type, or, if that is the same, of whether it
/// accepts values of other types too. `None` if neither changed.
fn value_change(pairs: &Pairs<'_>, old: &Property, new: &Property) -> Option<ChangeKind> {
    if !pairs.is_same_type(&old.ty, &new.ty) {
        return Some(type_change(pairs, &old.ty, &new.ty));
    }
    match (old.accepts_others, new.accepts_others) {
        (false, true) => Some(ChangeKind::PropertyWidened),
        (true, false) => Some(ChangeKind::PropertyNarrowed),
        _ => None,
    }
}

/// Returns the kind of the change of a property's type, looking through aliases; `old` and `new` are not the same type.
fn type_change(pairs: &Pairs<'_>, old: &Type, new: &Type) -> ChangeKind {
    let (old_side, new_side) = ((pairs.old.definitions(), old), (pairs.new.definitions(), new));
    match (resolve_aliases(old_side.0, old), resolve_aliases(new_side.0, new)) {
        (_, Type::Nullable(inner)) if pairs.is_same_type(old, inner) => ChangeKind::PropertyNullable,
        (Type::Nullable(inner), _) if pairs.is_same_type(inner, new) => ChangeKind::PropertyNotNull,
        (_, Type::Array(items)) if pairs.is_same_type(old, items) => ChangeKind::PropertyToList,
        (Type::Array(items), _) if pairs.is_same_type(items, new) => ChangeKind::PropertyFromList,
        _ => match (wire::reads_type(new_side, old_side), wire::reads_type(old_side, new_side)) {
            (true, false) => ChangeKind::PropertyWidened,
            (false, true) => ChangeKind::PropertyNarrowed,
            _ => ChangeKind::PropertyTypeChanged,
        },
    }
}

/// Returns the finding for a struct whose shared properties are in another order in the new version; `None` for any other
/// struct.
fn reordered_properties(pairs: &Pairs<'_>, pair: &Pair<'_, Struct>) -> Option<Finding> {
    let shared_names = |object: &Struct, other: &Struct| {
        let names = object.properties.iter().map(|property| property.json_name.as_str());
        names.filter(|name| other.property(name).is_some()).collect::<Vec<_>>().join(", ")
    };
    let (old, new) = (shared_names(pair.old, pair.new), shared_names(pair.new, pair.old));
    let location = ChangeLocation::New(pairs.new_definition(pair.ids.1)?.location.clone());
    let finding = || Finding::new(ChangeKind::PropertiesReordered, pair.name, location);
    (old != new).then(|| finding().with_old(old).with_new(new).claim(ItemPart::Type))
}
