//! Changes of the values that an enum lists (`enum` and `const`).

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::{DefinitionPairs, VersionPair, resolve_aliases};
use crate::changes::question::QuestionFocus;
use crate::changes::shown;
use crate::changes::type_part::TypePart;
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{Definition, Enum, EnumValue, Shape, Type};

/// Finds the enum values that were added, removed, replaced or reordered, and the enums that started or stopped to
/// accept values that they do not list.
pub(super) fn find_enum_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let enums = pairs.definition_pairs().filter_map(|pair| match (&pair.old.shape, &pair.new.shape) {
        (Shape::Enum(old), Shape::Enum(new)) => Some(EnumPair { pairs, pair, old, new }),
        _ => None,
    });
    enums.flat_map(|enums| enums.compare_enums()).collect()
}

/// The old and the new version of an enum.
struct EnumPair<'a> {
    pairs: &'a DefinitionPairs<'a>,
    pair: VersionPair<'a, Definition>,
    old: &'a Enum,
    new: &'a Enum,
}

impl EnumPair<'_> {
    /// Returns all changes of the enum. If both versions list a single value and these differ, returns one change that
    /// replaces the value, instead of an added and a removed value.
    fn compare_enums(&self) -> Vec<SchemaChange> {
        let (added, removed) = (find_values_missing_in(self.new, self.old), find_values_missing_in(self.old, self.new));
        let mut found: Vec<SchemaChange> = match (added.as_slice(), removed.as_slice()) {
            ([new], [old]) if self.old.values.len() == 1 && self.new.values.len() == 1 => {
                vec![self.create_replaced_value_change(old, new)]
            }
            _ => added
                .into_iter()
                .map(|value| self.create_added_value_change(value))
                .chain(removed.into_iter().map(|value| self.create_removed_value_change(value)))
                .collect(),
        };
        found.extend(self.find_changed_variants());
        let orders = (format_shared_values(self.old, self.new), format_shared_values(self.new, self.old));
        if orders.0 != orders.1 {
            found.push(
                self.create_enum_change(ChangeKind::ValuesReordered).with_old_text(orders.0).with_new_text(orders.1),
            );
        }
        match (self.old.open, self.new.open) {
            (false, true) => {
                found.push(self.create_enum_change(ChangeKind::ValuesOpened).with_explained_part(TypePart::Type))
            }
            (true, false) => {
                found.push(self.create_enum_change(ChangeKind::ValuesClosed).with_explained_part(TypePart::Type))
            }
            _ => {}
        }
        found
    }

    /// Returns a change for each value whose variant has another name in the new version. Code with the old name may compile
    /// and mean another value.
    fn find_changed_variants(&self) -> Vec<SchemaChange> {
        let variants: HashMap<&Value, &EnumValue> = self.old.values.iter().map(|value| (&value.value, value)).collect();
        let pairs = self.new.values.iter().filter_map(|new| Some((*variants.get(&new.value)?, new)));
        let changed = pairs.filter(|(old, new)| old.variant != new.variant).map(|(old, new)| {
            let location = ChangeLocation::New(locate_enum_value(self.pairs.new, self.pair.new, new));
            let change = self.set_changed_value(self.create_enum_change(ChangeKind::ValueVariantChanged), new);
            let change = change.with_explained_members([&old.variant]);
            let (owner, value) = (self.pair.name, shown::format_json(&new.value));
            let text =
                format!("`{owner}::{}` was the value `{value}`, which is now `{owner}::{}`", old.variant, new.variant);
            let change = change.with_old_text(&old.variant).with_new_text(&new.variant);
            SchemaChange { location, changed_meaning: Some(text), ..change }
        });
        changed.collect()
    }

    /// Creates a change of the enum, at its location in the new schema, that asks whether each version reads all
    /// instances of the other.
    fn create_enum_change(&self, kind: ChangeKind) -> SchemaChange {
        let location = ChangeLocation::New(self.pair.new.location.clone());
        SchemaChange::new(kind, self.pair.name, location).with_question(self.pair.ids, QuestionFocus::All)
    }

    /// Creates the change for `value`, which only the new version lists.
    fn create_added_value_change(&self, value: &EnumValue) -> SchemaChange {
        let change = self.create_enum_change(ChangeKind::ValueAdded).with_new_text(shown::format_json(&value.value));
        let behavior =
            self.old.unknown.as_ref().map(|unknown| self.describe_variant_change(value, unknown, &value.variant));
        let location = ChangeLocation::New(locate_enum_value(self.pairs.new, self.pair.new, value));
        SchemaChange { behavior, location, ..self.set_changed_value(change, value) }
    }

    /// Creates the change for `value`, which only the old version lists.
    fn create_removed_value_change(&self, value: &EnumValue) -> SchemaChange {
        let change = self.create_enum_change(ChangeKind::ValueRemoved).with_old_text(shown::format_json(&value.value));
        let behavior =
            self.new.unknown.as_ref().map(|unknown| self.describe_variant_change(value, &value.variant, unknown));
        let location = ChangeLocation::Old(locate_enum_value(self.pairs.old, self.pair.old, value));
        SchemaChange { behavior, location, ..self.set_changed_value(change, value) }
    }

    /// Creates the change for an enum with a single value: `old` in the old version, `new` in the new one.
    fn create_replaced_value_change(&self, old: &EnumValue, new: &EnumValue) -> SchemaChange {
        let location = ChangeLocation::New(locate_enum_value(self.pairs.new, self.pair.new, new));
        let change =
            self.create_enum_change(ChangeKind::ValueReplaced).with_explained_members([&old.variant, &new.variant]);
        let change = change.with_old_text(shown::format_json(&old.value)).with_new_text(shown::format_json(&new.value));
        SchemaChange { location, ..change }
    }

    /// Returns a sentence for programmers: `value` was read as the variant `old`, and is now read as the variant `new`.
    fn describe_variant_change(&self, value: &EnumValue, old: &str, new: &str) -> String {
        let value = shown::format_json(&value.value);
        let survives = if self.old.has_only_strings() && self.new.has_only_strings() {
            "; `as_str()` returns the same"
        } else {
            ""
        };
        format!("the value `{value}` leaves the variant `{old}` for `{new}`{survives}")
    }

    /// Sets `value` as the member of `change`, which then explains differences of the value's variant. If either
    /// version lists a single value, the change also explains differences of the fields that have this enum as their
    /// type, and of `new()` of their structs, since `new()` has no parameter for a field with a single value.
    fn set_changed_value(&self, change: SchemaChange, value: &EnumValue) -> SchemaChange {
        let mut change = change.with_member(&format_value_name(value)).with_explained_members([&value.variant]);
        if self.old.values.len() > 1 && self.new.values.len() > 1 {
            return change;
        }
        let definitions = self.pairs.new.definitions();
        let has_this_type = |ty: &Type| *resolve_aliases(definitions, ty) == Type::Named(self.pair.ids.1);
        for object in self.pairs.struct_pairs() {
            for property in object.new.properties.iter().filter(|property| has_this_type(&property.ty)) {
                let parts = [TypePart::Member(property.field.clone()), TypePart::Construction];
                change.explained_parts.extend(parts.map(|part| (object.name.to_owned(), part)));
            }
        }
        change
    }
}

/// Returns the values of `listed` that `other` does not list, in the order of `listed`.
fn find_values_missing_in<'a>(listed: &'a Enum, other: &Enum) -> Vec<&'a EnumValue> {
    let others = collect_value_set(other);
    listed.values.iter().filter(|value| !others.contains(&value.value)).collect()
}

/// Returns the values that `listed` and `other` both list, as JSON in the order of `listed`: `"open", 3`.
fn format_shared_values(listed: &Enum, other: &Enum) -> String {
    let others = collect_value_set(other);
    let shared = listed.values.iter().filter(|value| others.contains(&value.value));
    shared.map(|value| shown::format_json(&value.value)).collect::<Vec<_>>().join(", ")
}

/// Returns the values that an enum lists as a set, for fast look-ups.
fn collect_value_set(listed: &Enum) -> HashSet<&Value> {
    listed.values.iter().map(|value| &value.value).collect()
}

/// Formats an enum value for reports: a string without quotes (`shipped`), any other value as JSON (`3`).
fn format_value_name(value: &EnumValue) -> String {
    value.value.as_str().map_or_else(|| shown::format_json(&value.value), str::to_owned)
}

/// Returns the location of `value` in the keyword `enum` of `definition`'s schema, such as `/enum/2` below the
/// definition's location. Returns the location of the definition if its schema has no `enum` that lists the value, for
/// example because it has `const`.
fn locate_enum_value(generated: &Generated, definition: &Definition, value: &EnumValue) -> Location {
    let list_location = definition.location.child("enum");
    let values = generated.resolved().find_value(&list_location).and_then(|values| values.as_array());
    let index = values.and_then(|values| values.iter().position(|listed| *listed == value.value));
    index.map_or_else(|| definition.location.clone(), |index| list_location.child(&index.to_string()))
}
