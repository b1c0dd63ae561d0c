//! Changes of parts of the documents that no type is made from, such as definitions that no root reaches.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::DefinitionPairs;
use crate::location::Location;
use crate::resolve::Resolved;

/// The keywords that hold definitions: their subschemas do not apply to the value that the schema around them
/// describes.
const DEFINITION_KEYWORDS: [&str; 2] = ["$defs", "definitions"];

/// Most names in the reported pointer of a part that is not inside a reached schema, such as 2 in `/info/version`.
const MAX_POINTER_STEPS: usize = 2;

/// Finds the parts of the documents that differ between the versions and from which neither version makes a type:
/// definitions that no root reaches, and properties of a document that is not a schema, such as an OpenAPI document.
pub(super) fn find_unreached_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let (old, new) = (pairs.old.resolved(), pairs.new.resolved());
    let mut changes = Vec::new();
    for (name, old_index, new_index) in pair_documents(old, new) {
        let mut pointers = Vec::new();
        let value = |resolved: &Resolved, index: Option<usize>| {
            index.and_then(|index| resolved.find_value(&Location::new(index, "")).cloned())
        };
        match (value(old, old_index), value(new, new_index)) {
            (Some(old), Some(new)) => collect_differing_pointers(&old, &new, &Location::new(0, ""), &mut pointers),
            _ => pointers.push(String::new()),
        }
        let part = |pointer: &String| {
            let of_old = old_index.and_then(|index| find_unreached_part(old, &Location::new(index, pointer.as_str())));
            let of_new = new_index.and_then(|index| find_unreached_part(new, &Location::new(index, pointer.as_str())));
            match (old_index, new_index) {
                (Some(_), Some(_)) => of_old.filter(|_| of_new.is_some()),
                _ => of_old.or(of_new),
            }
        };
        let parts: BTreeSet<String> = pointers.iter().filter_map(part).collect();
        changes.extend(parts.into_iter().map(|pointer| {
            let at = |index: Option<usize>, resolved: &Resolved| {
                let location = Location::new(index?, pointer.as_str());
                resolved.find_value(&location).is_some().then_some(location)
            };
            let location = match (at(new_index, new), at(old_index, old)) {
                (Some(location), _) => ChangeLocation::New(location),
                (None, location) => ChangeLocation::Old(location.unwrap_or_else(|| Location::new(0, ""))),
            };
            SchemaChange::new(ChangeKind::UnreachedChanged, "", location).with_member(&format!("{name}#{pointer}"))
        }));
    }
    changes
}

/// Returns the documents of both versions by name, as (name, index in the old version, index in the new version). If
/// each version has a single document, these two are paired even if their names differ.
fn pair_documents(old: &Resolved, new: &Resolved) -> Vec<(String, Option<usize>, Option<usize>)> {
    let (old, new) = (old.document_names(), new.document_names());
    if let ([_], [name]) = (old.as_slice(), new.as_slice()) {
        return vec![(name.clone(), Some(0), Some(0))];
    }
    let index = |names: &[String], name: &String| names.iter().position(|other| other == name);
    let names: BTreeSet<&String> = old.iter().chain(&new).collect();
    names.into_iter().map(|name| (name.clone(), index(&old, name), index(&new, name))).collect()
}

/// Adds to `pointers` the pointers of the smallest parts in which `old` and `new` differ: properties that only one of
/// them has, and lists and scalars that differ. `location` is where both values are in their documents.
fn collect_differing_pointers(old: &Value, new: &Value, location: &Location, pointers: &mut Vec<String>) {
    match (old, new) {
        (old, new) if old == new => {}
        (Value::Object(old), Value::Object(new)) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let inner = location.child(name);
                match (old.get(name), new.get(name)) {
                    (Some(old), Some(new)) => collect_differing_pointers(old, new, &inner, pointers),
                    // Each definition may be reached or not.
                    (Some(Value::Object(only)), None) | (None, Some(Value::Object(only)))
                        if DEFINITION_KEYWORDS.contains(&name.as_str()) =>
                    {
                        pointers.extend(only.keys().map(|name| inner.child(name).pointer().to_owned()));
                    }
                    _ => pointers.push(inner.pointer().to_owned()),
                }
            }
        }
        _ => pointers.push(location.pointer().to_owned()),
    }
}

/// Checks whether a root, or the schema of a view, reaches the schema at `location`.
fn is_reached(resolved: &Resolved, location: &Location) -> bool {
    let is_reached_by_roots =
        resolved.is_reached_schema(location) || resolved.list_reference_targets().any(|target| target == location);
    is_reached_by_roots || resolved.view_schemas().is_some_and(|schemas| is_reached(&schemas.resolved, location))
}

/// Returns the pointer of the part around `location` that no type is made from: the definition that holds it and that
/// no root reaches, such as `/$defs/Old`; or, if no reached schema contains `location`, its first [`MAX_POINTER_STEPS`]
/// names. `None` if `location` belongs to a reached schema.
fn find_unreached_part(resolved: &Resolved, location: &Location) -> Option<String> {
    let mut steps: Vec<String> = Vec::new();
    let mut outer = location.clone();
    let reached = loop {
        if is_reached(resolved, &outer) {
            break Some(outer);
        }
        let Some(parent) = outer.parent() else { break None };
        steps.push(outer.pointer().get(parent.pointer().len()..)?.to_owned());
        outer = parent;
    };
    steps.reverse();
    let Some(reached) = reached else {
        return Some(steps.iter().take(MAX_POINTER_STEPS).map(String::as_str).collect());
    };
    let keyword = steps.first()?.strip_prefix('/')?;
    let part = || format!("{}{}", reached.pointer(), steps.iter().take(2).map(String::as_str).collect::<String>());
    DEFINITION_KEYWORDS.contains(&keyword).then(part)
}
