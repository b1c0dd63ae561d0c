//! Changes of keywords that the generated types do not enforce, such as `minimum`, `format` and `default`. A value
//! that violates such a keyword is still read.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, Finding};
use crate::changes::pairs::Pairs;
use crate::changes::shown;
use crate::changes::validation::validation_of_keyword;
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{DefinitionId, Definitions, Shape, View};
use crate::vocabulary::UNENFORCED;

/// A keyword and the subschema that has it: the new Rust name of the type; the JSON name of the property, or `None` for
/// the type itself; the pointer of the subschema, relative to the schema of that type or property, such as `/items`;
/// and the name of the keyword.
type Key = (String, Option<String>, String, String);

/// The new Rust name of a type, with the JSON name of a property or `None` for the type itself; `None` if only one version has
/// the type.
type Owner = Option<(String, Option<String>)>;

/// Returns the keywords of `generated` that the types do not enforce, and `format` and `default`, with their values and
/// locations.
/// `owners` has the types and properties by the locations of their schemas; a keyword outside of these is left out.
fn collect_keywords(generated: &Generated, owners: &HashMap<Location, Owner>) -> BTreeMap<Key, (Value, Location)> {
    let is_wanted = |keyword: &str| UNENFORCED.contains(&keyword) || ["format", "default"].contains(&keyword);
    let mut all = BTreeMap::new();
    let of_views = generated.resolved().companions().into_iter().flat_map(|companions| companions.resolved.schemas());
    for location in generated.resolved().schemas().chain(of_views) {
        let Some(Value::Object(schema)) = generated.resolved().value(location) else { continue };
        // The limits of a tuple's length are left out: the types enforce its `minItems`, and `tuple_changed` reports
        // its items.
        let is_enforced = |keyword: &str| {
            let has_items = schema.contains_key("prefixItems") || schema.get("items").is_some_and(Value::is_array);
            has_items && ["minItems", "maxItems"].contains(&keyword)
        };
        for (keyword, value) in schema.iter().filter(|(keyword, _)| is_wanted(keyword) && !is_enforced(keyword)) {
            if let Some((owner, member, path)) = find_owner(owners, location) {
                all.insert((owner, member, path, keyword.clone()), (value.clone(), location.child(keyword)));
            }
        }
    }
    all
}

/// Returns the innermost type or property in `owners` whose schema contains `location`, as (Rust name of the type, JSON
/// name of the property, pointer of `location` relative to that schema). `None` if no schema in `owners` contains it, or if
/// only one version has the type.
fn find_owner(owners: &HashMap<Location, Owner>, location: &Location) -> Option<(String, Option<String>, String)> {
    let mut outer = location.clone();
    loop {
        if let Some(owner) = owners.get(&outer) {
            let (owner, member) = owner.as_ref()?;
            let path = location.pointer().strip_prefix(outer.pointer())?.to_owned();
            return Some((owner.clone(), member.clone(), path));
        }
        outer = outer.parent()?;
    }
}

/// Returns the owners of the schemas of `generated`, one of the two versions, by their locations: (name of the type, JSON name
/// of the property; `None` for a type). `None` stands for a type that only this version has: its keywords are added or removed
/// with it, and belong to nothing around it. If a property and a type have one location, the property wins; a view of a type's
/// schema is left out. `new_names` has the new names of the definitions that both versions have, and `new_views` those of the
/// views by their names in `generated`; `other` has the definitions of the other version.
fn map_owners(
    generated: &Generated,
    new_names: &HashMap<DefinitionId, &str>,
    new_views: &HashMap<&str, &str>,
    other: &Definitions,
) -> HashMap<Location, Owner> {
    let mut owners = HashMap::new();
    for (index, definition) in generated.definitions().all.iter().enumerate() {
        let name = new_names.get(&DefinitionId(index)).map(|name| (*name).to_owned());
        if let Shape::Struct(object) = &definition.shape {
            for property in &object.properties {
                let owner = name.clone().map(|name| (name, Some(property.json_name.clone())));
                owners.insert(property.location.clone(), owner);
            }
        }
        owners.entry(definition.location.clone()).or_insert(name.map(|name| (name, None)));
    }
    for view in &generated.definitions().views.all {
        let name = new_views.get(view.name.as_str()).map(|name| (*name).to_owned());
        for accessor in &view.accessors {
            let owner = name.clone().map(|name| (name, Some(accessor.json_name.clone())));
            owners.entry(accessor.location.clone()).or_insert(owner);
        }
        owners.entry(view.location.clone()).or_insert(name.map(|name| (name, None)));
    }
    // Definitions that are no types of their own, such as those of strings.
    let other_names: HashSet<&String> = other.type_names.values().collect();
    for (location, name) in &generated.definitions().type_names {
        let owner = other_names.contains(name).then(|| (name.clone(), None));
        owners.entry(location.clone()).or_insert(owner);
    }
    owners
}

/// Finds the keywords that were added or removed or have another value. Keywords of properties that only one version has are
/// left out.
pub(super) fn find(pairs: &Pairs<'_>) -> Vec<Finding> {
    let (old, new) = (pairs.old, pairs.new);
    let old_names = pairs.definitions().map(|pair| (pair.ids.0, pair.name)).collect();
    let new_names = pairs.definitions().map(|pair| (pair.ids.1, pair.name)).collect();
    let views = || pairs.views.views.matched.iter();
    let old_views = views().map(|(old, new)| (old.name.as_str(), new.name.as_str())).collect();
    let new_views = views().map(|(_, new)| (new.name.as_str(), new.name.as_str())).collect();
    let old_keywords = collect_keywords(old, &map_owners(old, &old_names, &old_views, new.definitions()));
    let new_keywords = collect_keywords(new, &map_owners(new, &new_names, &new_views, old.definitions()));
    let mut findings = Vec::new();
    for (key, (value, location)) in &new_keywords {
        let before = old_keywords.get(key).map(|(value, _)| value);
        if before != Some(value) {
            findings.push(finding(key, before, Some(value), ChangeLocation::New(location.clone())));
        }
    }
    for (key, (value, location)) in old_keywords.iter().filter(|(key, _)| !new_keywords.contains_key(*key)) {
        findings.push(finding(key, Some(value), None, ChangeLocation::Old(location.clone())));
    }
    findings.retain(|finding| is_in_both_versions(pairs, finding));
    findings
}

/// Creates the finding for the keyword `key`, whose values are shown as in `minimum: 1`.
fn finding(
    (owner, member, path, keyword): &Key,
    old: Option<&Value>,
    new: Option<&Value>,
    location: ChangeLocation,
) -> Finding {
    let kind = match (keyword.as_str(), old, new) {
        ("format", ..) => ChangeKind::FormatChanged,
        ("default", ..) => ChangeKind::DefaultChanged,
        (_, None, _) => ChangeKind::ConstraintAdded,
        (_, _, None) => ChangeKind::ConstraintRemoved,
        _ => ChangeKind::ConstraintChanged,
    };
    let text = |value: &Value| format!("{keyword}: {}", shown::format_json(value));
    let (old_text, new_text) = (old.map(text), new.map(text));
    let validation = validation_of_keyword(keyword, old, new).unwrap_or_else(|| kind.validation());
    let (member, detail) = (member.clone(), Some(format!("{path}/{keyword}")));
    Finding { member, detail, validation, old: old_text, new: new_text, ..Finding::new(kind, owner, location) }
}

/// Checks whether both versions have the property of `finding`; true if it is about a type. The keywords of a property
/// are added and removed with it, so they are not changes of their own.
fn is_in_both_versions(pairs: &Pairs<'_>, finding: &Finding) -> bool {
    let Some(member) = &finding.member else { return true };
    let has = |object: &crate::normalize::Struct| object.property(member).is_some();
    let has_method = |view: &View| view.accessors.iter().any(|accessor| accessor.json_name == *member);
    let mut views = pairs.views.views.matched.iter().filter(|(_, new)| new.name == finding.owner);
    pairs.structs().any(|pair| pair.name == finding.owner && has(pair.old) && has(pair.new))
        || views.any(|(old, new)| has_method(old) && has_method(new))
}
