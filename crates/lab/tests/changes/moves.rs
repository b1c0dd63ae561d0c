//! Makes instances of which the two versions keep a value in different places.

use std::collections::BTreeSet;

use json_schema_codegen::Generated;
use json_schema_codegen::changes::{ChangeKind, Compatibility as Verdict};
use json_schema_instances::Sample;
use serde_json::Value;

use crate::case::VersionPair;
use crate::directions::{INSTANCES_PER_TYPE, both_versions_have_type, list_direction_verdicts};
use crate::program::{DEBUG_KEY_PREFIX, ExpectedReading};

/// An instance of which the old and the new type keep a value in different fields or variants, as a change reports.
pub struct ValueMove {
    old: ExpectedReading,
    new: ExpectedReading,
    /// A text that what the old type read contains, as `{:?}` prints it, and that what the new type read does not; or
    /// the reverse if `is_new`.
    text: String,
    /// Whether the new type's value has `text`; if not, the old type's has it.
    is_new: bool,
}

impl ValueMove {
    /// Creates the move of a value in `document`, an instance of the type `owner`.
    fn new(case: &VersionPair, owner: &str, document: &Value, text: String, is_new: bool) -> Self {
        let [old, new] = make_readings_by_both(case, owner, document);
        Self { old, new, text, is_new }
    }

    /// Returns (the readings of the instance by the old and the new type, `text`, `is_new`).
    pub fn into_readings(self) -> ([ExpectedReading; 2], String, bool) {
        ([self.old, self.new], self.text, self.is_new)
    }
}

/// Returns the readings of `document` by the type `owner` of the old and of the new version, for which the program
/// prints the value.
fn make_readings_by_both(case: &VersionPair, owner: &str, document: &Value) -> [ExpectedReading; 2] {
    ["old", "new"].map(|which| {
        let key = format!("{DEBUG_KEY_PREFIX}{which}_{}::{owner}", case.name);
        ExpectedReading { key, document: document.clone(), is_read: true }
    })
}

/// Returns a small instance of the type `owner` that has the property `member` with another value than `null`; `None`
/// if none was found.
fn make_instance_with(generated: &Generated, owner: &str, member: &str) -> Option<Value> {
    let pointer = generated.schema_pointers().remove(owner)?;
    let sample = Sample::new(&generated.schema(), &pointer, 7).ok()?;
    let has_member = |instance: &Value| instance.get(member).is_some_and(|value| !value.is_null());
    let found = sample.instances().take(INSTANCES_PER_TYPE).find(has_member)?;
    Some(sample.minimize(found, has_member))
}

/// Returns the text with which `{:?}` shows the property `name` in a map of unlisted properties: `"tax": `.
fn format_unlisted_text(name: &str) -> String {
    format!("{name:?}: ")
}

/// Returns an instance for each change of the case that reports that a value moves to another field or variant.
pub fn find_value_moves(case: &VersionPair) -> Vec<ValueMove> {
    let moving = case
        .changes
        .changes
        .iter()
        .filter(|change| change.behavior.is_some() && both_versions_have_type(case, &change.owner));
    let found = moving.filter_map(|change| {
        let member = change.member.as_deref()?;
        let (document, text, is_new) = match change.kind {
            ChangeKind::PropertyAdded => {
                (make_instance_with(&case.new, &change.owner, member)?, format_unlisted_text(member), false)
            }
            ChangeKind::PropertyRemoved => {
                (make_instance_with(&case.old, &change.owner, member)?, format_unlisted_text(member), true)
            }
            ChangeKind::ValueAdded => {
                (serde_json::from_str(change.new.as_deref()?).ok()?, "Unknown(".to_owned(), false)
            }
            ChangeKind::ValueRemoved => {
                (serde_json::from_str(change.old.as_deref()?).ok()?, "Unknown(".to_owned(), true)
            }
            _ => return None,
        };
        Some(ValueMove::new(case, &change.owner, &document, text, is_new))
    });
    found.collect()
}

/// Returns an instance for each property of which a change of the case reports that it keeps a value of another type:
/// the instance in the report, or an instance of the struct around it with the reported one as its property's value.
pub fn find_kept_values(case: &VersionPair) -> Vec<ValueMove> {
    let ways = case.changes.changes.iter().flat_map(|change| list_direction_verdicts(case, change));
    let found = ways.flat_map(|way| {
        let Verdict::Keeps { document, by } = way.verdict else { return Vec::new() };
        let (which, writer) = way.writer;
        let moved = by.iter().map(|keeper| {
            let document = document.as_ref().unwrap();
            let (text, is_new) = (format_unlisted_text(&keeper.property), which == "old");
            if keeper.owner == way.owner && document.get(&keeper.property).is_some() {
                return ValueMove::new(case, way.owner, document, text, is_new);
            }
            let mut around = make_instance_with(writer, &keeper.owner, &keeper.property).unwrap();
            let value = &mut around[keeper.property.as_str()];
            *value = if value.is_array() { vec![document.clone()].into() } else { document.clone() };
            ValueMove::new(case, &keeper.owner, &around, text, is_new)
        });
        moved.collect()
    });
    found.collect()
}

/// Returns random instances of both versions, for each type that both have. Each is returned as (its readings by both
/// versions, the direction in which the other version reads it).
pub fn make_exchanged_readings(case: &VersionPair) -> Vec<([ExpectedReading; 2], ReadingDirection)> {
    let mut found = Vec::new();
    for (writer, direction) in [(&case.old, ReadingDirection::NewReadsOld), (&case.new, ReadingDirection::OldReadsNew)]
    {
        for (owner, pointer) in writer.schema_pointers() {
            if both_versions_have_type(case, &owner) {
                let sample = Sample::new(&writer.schema(), &pointer, 7).unwrap();
                let documents = sample.instances().take(INSTANCES_PER_TYPE);
                found.extend(documents.map(|document| (make_readings_by_both(case, &owner, &document), direction)));
            }
        }
    }
    found
}

/// The direction of reading: which version reads the instances of the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReadingDirection {
    OldReadsNew,
    NewReadsOld,
}

impl ReadingDirection {
    /// Returns the names of the properties that keep a value of another type in this direction, or whose values move,
    /// as the changes of the case report.
    pub fn collect_moved_property_names(self, case: &VersionPair) -> BTreeSet<&str> {
        let names = case.changes.changes.iter().flat_map(|change| {
            let verdict = match self {
                Self::OldReadsNew => &change.wire.old_reads_new,
                Self::NewReadsOld => &change.wire.new_reads_old,
            };
            let by = if let Verdict::Keeps { by, .. } = verdict { by.as_slice() } else { &[] };
            let member = change.behavior.as_ref().and(change.member.as_deref());
            by.iter().map(|keeper| keeper.property.as_str()).chain(member)
        });
        names.collect()
    }
}

/// Returns the names of the properties in `document`, at any depth. Does not look inside the values of the properties
/// in `moved`.
pub fn collect_property_names<'a>(document: &'a Value, moved: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let inside = |value| collect_property_names(value, moved);
    match document {
        Value::Object(members) => {
            let around = members.keys().map(String::as_str);
            let unmoved = members.iter().filter(|(name, _)| !moved.contains(name.as_str()));
            around.chain(unmoved.flat_map(|(_, value)| inside(value))).collect()
        }
        Value::Array(items) => items.iter().flat_map(inside).collect(),
        _ => BTreeSet::new(),
    }
}
