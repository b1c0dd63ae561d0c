//! Changes of the values that an enum lists (`enum` and `const`).

use std::collections::HashSet;

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::differences::ItemPart;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::{Pair, Pairs, resolve_aliases};
use crate::changes::question::Focus;
use crate::changes::shown;
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{Definition, Enum, EnumValue, Shape, Type};

/// Finds the values that were added, removed, replaced or reordered, and the enums that now allow others or no longer do.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let enums = pairs.definitions().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Enum(old), Shape::Enum(new)) => Some(EnumPair { pairs, pair, old, new }),
        _ => None,
    });
    enums.flat_map(|enums| enums.compare()).collect()
}

/// The old and the new enum of one type.
struct EnumPair<'a> {
    pairs: &'a Pairs<'a>,
    pair: Pair<'a, Definition>,
    old: &'a Enum,
    new: &'a Enum,
}

impl EnumPair<'_> {
    /// Returns the findings about this type. A single value that another one replaced is neither added nor removed.
    fn compare(&self) -> Vec<Finding> {
        let (added, removed) = (values_missing_in(self.new, self.old), values_missing_in(self.old, self.new));
        let mut found: Vec<Finding> = match (added.as_slice(), removed.as_slice()) {
            ([new], [old]) if self.old.values.len() == 1 && self.new.values.len() == 1 => vec![self.replaced(old, new)],
            _ => added
                .into_iter()
                .map(|value| self.added(value))
                .chain(removed.into_iter().map(|value| self.removed(value)))
                .collect(),
        };
        let orders = (shared_values(self.old, self.new), shared_values(self.new, self.old));
        if orders.0 != orders.1 {
            found.push(self.finding(ChangeKind::ValuesReordered).with_old(orders.0).with_new(orders.1));
        }
        match (self.old.open, self.new.open) {
            (false, true) => found.push(self.finding(ChangeKind::ValuesOpened).claim(ItemPart::Type)),
            (true, false) => found.push(self.finding(ChangeKind::ValuesClosed).claim(ItemPart::Type)),
            _ => {}
        }
        found
    }

    /// Creates a finding about the type, at its location in the new schema, that asks whether each version reads all of the
    /// other.
    fn finding(&self, kind: ChangeKind) -> Finding {
        let location = ChangeLocation::New(self.pair.new.location.clone());
        Finding::new(kind, self.pair.name, location).with_question(self.pair.ids, Focus::All)
    }

    /// Returns the finding for a value that only the new version lists.
    fn added(&self, value: &EnumValue) -> Finding {
        let finding = self.finding(ChangeKind::ValueAdded).with_new(shown::format_json(&value.value));
        let behavior = self.old.unknown.as_ref().map(|unknown| self.describe_move(value, unknown, &value.variant));
        let location = ChangeLocation::New(value_location(self.pairs.new, self.pair.new, value));
        Finding { behavior, location, ..self.claim_value(finding, value) }
    }

    /// Returns the finding for a value that only the old version lists.
    fn removed(&self, value: &EnumValue) -> Finding {
        let finding = self.finding(ChangeKind::ValueRemoved).with_old(shown::format_json(&value.value));
        let behavior = self.new.unknown.as_ref().map(|unknown| self.describe_move(value, &value.variant, unknown));
        let location = ChangeLocation::Old(value_location(self.pairs.old, self.pair.old, value));
        Finding { behavior, location, ..self.claim_value(finding, value) }
    }

    /// Returns the finding for the only value, which another one replaced.
    fn replaced(&self, old: &EnumValue, new: &EnumValue) -> Finding {
        let location = ChangeLocation::New(value_location(self.pairs.new, self.pair.new, new));
        let finding = self.finding(ChangeKind::ValueReplaced).claim_members([&old.variant, &new.variant]);
        let finding = finding.with_old(shown::format_json(&old.value)).with_new(shown::format_json(&new.value));
        Finding { location, ..finding }
    }

    /// Says that `value` is read as another variant: as `new` instead of `old`.
    fn describe_move(&self, value: &EnumValue, old: &str, new: &str) -> String {
        let value = shown::format_json(&value.value);
        let survives = if self.old.is_text() && self.new.is_text() { "; `as_str()` returns the same" } else { "" };
        format!("the value `{value}` leaves the variant `{old}` for `{new}`{survives}")
    }

    /// Makes `finding` a finding about `value`, which explains differences of its variant. If one version has a single
    /// value, the finding also explains differences of the fields that have this type, and of `new()` of their structs, which
    /// takes no parameter for a field with a single value.
    fn claim_value(&self, finding: Finding, value: &EnumValue) -> Finding {
        let mut finding = finding.with_member(&member_name(value)).claim_members([&value.variant]);
        if self.old.values.len() > 1 && self.new.values.len() > 1 {
            return finding;
        }
        let definitions = self.pairs.new.definitions();
        let has_this_type = |ty: &Type| *resolve_aliases(definitions, ty) == Type::Named(self.pair.ids.1);
        for object in self.pairs.structs() {
            for property in object.new.properties.iter().filter(|property| has_this_type(&property.ty)) {
                let parts = [ItemPart::Member(property.field.clone()), ItemPart::Construction];
                finding.claims.extend(parts.map(|part| (object.name.to_owned(), part)));
            }
        }
        finding
    }
}

/// Returns the values of `listed` that `other` does not list.
fn values_missing_in<'a>(listed: &'a Enum, other: &Enum) -> Vec<&'a EnumValue> {
    let others = value_set(other);
    listed.values.iter().filter(|value| !others.contains(&value.value)).collect()
}

/// Returns the values of `listed` that `other` lists too, joined as JSON in the order of `listed`.
fn shared_values(listed: &Enum, other: &Enum) -> String {
    let others = value_set(other);
    let shared = listed.values.iter().filter(|value| others.contains(&value.value));
    shared.map(|value| shown::format_json(&value.value)).collect::<Vec<_>>().join(", ")
}

/// Returns the listed values, for look-ups.
fn value_set(listed: &Enum) -> HashSet<&Value> {
    listed.values.iter().map(|value| &value.value).collect()
}

/// Returns the name of a value in reports: a string without quotes (`shipped`), any other value as JSON (`3`).
fn member_name(value: &EnumValue) -> String {
    value.value.as_str().map_or_else(|| shown::format_json(&value.value), str::to_owned)
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
