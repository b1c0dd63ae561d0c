//! Changes of the values that an enum lists (`enum` and `const`).

use std::collections::HashSet;

use serde_json::Value;

use crate::changes::kinds::{CONSTRUCTION, ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs, resolve_aliases};
use crate::changes::question::Focus;
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{Definition, Enum, EnumValue, Shape, Type};

/// The old and the new enum of one type.
struct EnumPair<'a> {
    pair: Pair<'a, Definition>,
    old: &'a Enum,
    new: &'a Enum,
}

/// Returns the types that are enums in both versions.
fn enum_pairs<'a>(pairs: &'a Pairs<'a>) -> impl Iterator<Item = EnumPair<'a>> {
    pairs.definitions().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Enum(old), Shape::Enum(new)) => Some(EnumPair { pair, old, new }),
        _ => None,
    })
}

impl EnumPair<'_> {
    /// Creates a finding about the type that asks whether each version reads all of the other.
    fn finding(&self, location: ChangeLocation) -> Finding {
        Finding::new(self.pair.name, location).with_question(self.pair.ids, Focus::All)
    }

    /// Makes `finding` also explain differences of the fields that have this type, and of `new()` of their structs.
    /// This is only needed if one version has a single value: `new()` takes no parameter for such a field. Otherwise
    /// returns `finding` unchanged.
    fn claim_fields(&self, pairs: &Pairs<'_>, finding: Finding) -> Finding {
        if self.old.values.len() > 1 && self.new.values.len() > 1 {
            return finding;
        }
        let has_this_type = |ty: &Type| *resolve_aliases(pairs.new.definitions(), ty) == Type::Named(self.pair.ids.1);
        pairs.structs().fold(finding, |finding, object| {
            let properties = object.new.properties.iter().filter(|property| has_this_type(&property.ty));
            properties.fold(finding, |finding, property| {
                finding.claim_members_of(object.name, &[&property.field, CONSTRUCTION])
            })
        })
    }

    /// Says that `value` is read as another variant; `variants` are the old and the new one.
    fn describe_behavior(&self, value: &EnumValue, (old, new): (&str, &str)) -> String {
        let value = value.value.to_string();
        let survives = if self.old.is_text() && self.new.is_text() { "; `as_str()` returns the same" } else { "" };
        format!("the value `{value}` leaves the variant `{old}` for `{new}`{survives}")
    }

    /// Checks whether each version lists a single value and the two differ.
    fn is_replaced(&self) -> bool {
        let (old, new) = (&self.old.values, &self.new.values);
        old.len() == 1 && new.len() == 1 && old[0].value != new[0].value
    }

    /// Returns the values that only the new version lists.
    fn added_values(&self) -> Vec<&EnumValue> {
        let old = value_set(self.old);
        self.new.values.iter().filter(|value| !old.contains(&value.value)).collect()
    }

    /// Returns the values that only the old version lists.
    fn removed_values(&self) -> Vec<&EnumValue> {
        let new = value_set(self.new);
        self.old.values.iter().filter(|value| !new.contains(&value.value)).collect()
    }
}

/// Returns the name of the fallback variant of an enum; "an error" if it has none.
fn fallback(listed: &Enum) -> &str {
    listed.unknown.as_deref().unwrap_or("an error")
}

/// Returns the listed values, for look-ups.
fn value_set(listed: &Enum) -> HashSet<&Value> {
    listed.values.iter().map(|value| &value.value).collect()
}

/// Returns the name of a value in reports: a string without quotes (`shipped`), any other value as JSON (`3`).
fn member_name(value: &EnumValue) -> String {
    value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned)
}

/// Returns the location of `value` in the `enum` of `definition`, such as `/enum/2` in the definition's schema; the
/// location of the definition itself if there is no such `enum` or it does not list the value (for example with
/// `const`).
fn value_location(generated: &Generated, definition: &Definition, value: &EnumValue) -> Location {
    let list_location = definition.location.child("enum");
    let values = generated.resolved().value(&list_location).and_then(|values| values.as_array());
    let index = values.and_then(|values| values.iter().position(|listed| *listed == value.value));
    index.map_or_else(|| definition.location.clone(), |index| list_location.child(&index.to_string()))
}

/// Finds the values that only the new version of an enum lists. A single value that another one replaced is left out.
pub(super) fn find_added(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |enums: EnumPair<'_>| {
        let added = enums.added_values().into_iter().map(|value| {
            let finding = enums.finding(ChangeLocation::New(value_location(pairs.new, enums.pair.new, value)));
            let behavior = enums.describe_behavior(value, (fallback(enums.old), &value.variant));
            let finding = Finding { behavior: Some(behavior), ..finding };
            enums.claim_fields(
                pairs,
                finding
                    .with_member(&member_name(value))
                    .with_new(value.value.to_string())
                    .claim_members(&[&value.variant]),
            )
        });
        added.collect::<Vec<_>>()
    };
    enum_pairs(pairs).filter(|enums| !enums.is_replaced()).flat_map(findings_of).collect()
}

/// Finds the values that only the old version of an enum lists. A single value that another one replaced is left out.
pub(super) fn find_removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let findings_of = |enums: EnumPair<'_>| {
        let removed = enums.removed_values().into_iter().map(|value| {
            let finding = enums.finding(ChangeLocation::Old(value_location(pairs.old, enums.pair.old, value)));
            let behavior = enums.describe_behavior(value, (&value.variant, fallback(enums.new)));
            let finding = Finding { behavior: Some(behavior), ..finding };
            enums.claim_fields(
                pairs,
                finding
                    .with_member(&member_name(value))
                    .with_old(value.value.to_string())
                    .claim_members(&[&value.variant]),
            )
        });
        removed.collect::<Vec<_>>()
    };
    enum_pairs(pairs).filter(|enums| !enums.is_replaced()).flat_map(findings_of).collect()
}

/// Finds the enums whose single value was replaced by another one.
pub(super) fn find_replaced(pairs: &Pairs<'_>) -> Vec<Finding> {
    let finding_of = |enums: EnumPair<'_>| {
        let (old, new) = (enums.old.values.first()?, enums.new.values.first()?);
        let finding = enums.finding(ChangeLocation::New(value_location(pairs.new, enums.pair.new, new)));
        let finding = finding.with_old(old.value.to_string()).with_new(new.value.to_string());
        Some(finding.claim_members(&[&old.variant, &new.variant]))
    };
    enum_pairs(pairs).filter(EnumPair::is_replaced).filter_map(finding_of).collect()
}

/// Finds the enums whose shared values are in another order in the new version.
pub(super) fn find_reordered(pairs: &Pairs<'_>) -> Vec<Finding> {
    let shared_values = |listed: &Enum, other: &Enum| {
        let other_values = value_set(other);
        let shared = listed.values.iter().filter(|value| other_values.contains(&value.value));
        shared.map(|value| value.value.to_string()).collect::<Vec<_>>().join(", ")
    };
    let finding_of = |enums: EnumPair<'_>| {
        let (old, new) = (shared_values(enums.old, enums.new), shared_values(enums.new, enums.old));
        let location = ChangeLocation::New(enums.pair.new.location.clone());
        (old != new).then(|| enums.finding(location).with_old(old).with_new(new))
    };
    enum_pairs(pairs).filter_map(finding_of).collect()
}

/// Finds the enums whose schema allowed only the listed values, and now allows others.
pub(super) fn find_opened(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = enum_pairs(pairs).filter(|enums| !enums.old.open && enums.new.open);
    found.map(|enums| enums.finding(ChangeLocation::New(enums.pair.new.location.clone())).claim_type()).collect()
}

/// Finds the enums whose schema allowed other values than the listed ones, and no longer does.
pub(super) fn find_closed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let found = enum_pairs(pairs).filter(|enums| enums.old.open && !enums.new.open);
    found.map(|enums| enums.finding(ChangeLocation::New(enums.pair.new.location.clone())).claim_type()).collect()
}
