//! Changes of keywords that the generated types do not enforce, such as `minimum`, `format` and `default`. A value
//! that violates such a keyword is still read.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::changes::change_kind::ChangeKind;
use crate::changes::kinds::{ChangeLocation, SchemaChange};
use crate::changes::pairs::DefinitionPairs;
use crate::changes::shown;
use crate::changes::validation::compare_limits;
use crate::generate::Generated;
use crate::location::Location;
use crate::normalize::{DefinitionId, Definitions, Shape, View};
use crate::vocabulary::UNENFORCED_KEYWORDS;

/// Identifies a keyword in both versions: the new Rust name of the type; the JSON name of the property, or `None` for
/// the type itself; the pointer of the subschema with the keyword, relative to the schema of that type or property,
/// such as `/items`; the name of the keyword.
type KeywordKey = (String, Option<String>, String, String);

/// The type or property whose schema contains a keyword: (new Rust name of the type, JSON name of the property). The
/// JSON name is `None` for the type itself; the whole is `None` for a type that only one version has.
type KeywordOwner = Option<(String, Option<String>)>;

/// Returns the keywords of `generated` that the types do not enforce, and `format` and `default`, with their values and
/// locations. `owners` has the types and properties by the locations of their schemas; a keyword outside these schemas
/// is left out.
fn collect_unenforced_keywords(
    generated: &Generated,
    owners: &HashMap<Location, KeywordOwner>,
) -> BTreeMap<KeywordKey, (Value, Location)> {
    let is_wanted = |keyword: &str| UNENFORCED_KEYWORDS.contains(&keyword) || ["format", "default"].contains(&keyword);
    let mut all = BTreeMap::new();
    let of_views =
        generated.resolved().view_schemas().into_iter().flat_map(|schemas| schemas.resolved.reached_schemas());
    for location in generated.resolved().reached_schemas().chain(of_views) {
        let Some(Value::Object(schema)) = generated.resolved().find_value(location) else { continue };
        // The limits of a tuple's length are left out: the types enforce its `minItems`, and `tuple_changed` reports
        // its items.
        let is_enforced = |keyword: &str| {
            let has_items = schema.contains_key("prefixItems") || schema.get("items").is_some_and(Value::is_array);
            has_items && ["minItems", "maxItems"].contains(&keyword)
        };
        for (keyword, value) in schema.iter().filter(|(keyword, _)| is_wanted(keyword) && !is_enforced(keyword)) {
            if let Some((owner, member, path)) = find_keyword_owner(owners, location) {
                all.insert((owner, member, path, keyword.clone()), (value.clone(), location.child(keyword)));
            }
        }
    }
    all
}

/// Returns the innermost type or property in `owners` whose schema contains `location`, as (Rust name of the type, JSON
/// name of the property, pointer of `location` relative to that schema). `None` if no schema in `owners` contains it,
/// or if only one version has the type.
fn find_keyword_owner(
    owners: &HashMap<Location, KeywordOwner>,
    location: &Location,
) -> Option<(String, Option<String>, String)> {
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

/// Returns, for each location of a schema in `generated`, the type, property, view or property of a view that is made
/// from it. If a property and a type have one location, the property is returned; if a view and a type have one, the
/// type. A type or view that only this version has is mapped to `None`, so that its keywords do not count as keywords
/// of the schema around it. `new_names` has the new names of the definitions that both versions have, and `new_views`
/// the new names of the views by their names in `generated`; `other` has the definitions of the other version.
fn map_locations_to_owners(
    generated: &Generated,
    new_names: &HashMap<DefinitionId, &str>,
    new_views: &HashMap<&str, &str>,
    other: &Definitions,
) -> HashMap<Location, KeywordOwner> {
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
    // Definitions without a type of their own, such as those of strings.
    let other_names: HashSet<&String> = other.type_names.values().collect();
    for (location, name) in &generated.definitions().type_names {
        let owner = other_names.contains(name).then(|| (name.clone(), None));
        owners.entry(location.clone()).or_insert(owner);
    }
    owners
}

/// Finds the keywords that were added or removed, and those whose value changed. Leaves out keywords of properties that
/// only one version has.
pub(super) fn find_keyword_changes(pairs: &DefinitionPairs<'_>) -> Vec<SchemaChange> {
    let (old, new) = (pairs.old, pairs.new);
    let old_names = pairs.definition_pairs().map(|pair| (pair.ids.0, pair.name)).collect();
    let new_names = pairs.definition_pairs().map(|pair| (pair.ids.1, pair.name)).collect();
    let views = || pairs.views.views.matched.iter();
    let old_views = views().map(|(old, new)| (old.name.as_str(), new.name.as_str())).collect();
    let new_views = views().map(|(_, new)| (new.name.as_str(), new.name.as_str())).collect();
    let old_keywords =
        collect_unenforced_keywords(old, &map_locations_to_owners(old, &old_names, &old_views, new.definitions()));
    let new_keywords =
        collect_unenforced_keywords(new, &map_locations_to_owners(new, &new_names, &new_views, old.definitions()));
    let mut changes = Vec::new();
    for (key, (value, location)) in &new_keywords {
        let before = old_keywords.get(key).map(|(value, _)| value);
        if before != Some(value) {
            changes.push(create_keyword_change(key, before, Some(value), ChangeLocation::New(location.clone())));
        }
    }
    for (key, (value, location)) in old_keywords.iter().filter(|(key, _)| !new_keywords.contains_key(*key)) {
        changes.push(create_keyword_change(key, Some(value), None, ChangeLocation::Old(location.clone())));
    }
    changes.retain(|change| is_about_shared_property(pairs, change));
    changes
}

/// Creates the change for a keyword whose value was `old` and is now `new`; `None` where a version does not have the
/// keyword. The report shows the values as in `minimum: 1`.
fn create_keyword_change(
    (owner, member, path, keyword): &KeywordKey,
    old: Option<&Value>,
    new: Option<&Value>,
    location: ChangeLocation,
) -> SchemaChange {
    let kind = match (keyword.as_str(), old, new) {
        ("format", ..) => ChangeKind::FormatChanged,
        ("default", ..) => ChangeKind::DefaultChanged,
        (_, None, _) => ChangeKind::ConstraintAdded,
        (_, _, None) => ChangeKind::ConstraintRemoved,
        _ => ChangeKind::ConstraintChanged,
    };
    let text = |value: &Value| format!("{keyword}: {}", shown::format_json(value));
    let (old_text, new_text) = (old.map(text), new.map(text));
    let validation = compare_limits(keyword, old, new).unwrap_or_else(|| kind.default_validation());
    let (member, detail) = (member.clone(), Some(format!("{path}/{keyword}")));
    SchemaChange {
        member,
        detail,
        validation,
        old: old_text,
        new: new_text,
        ..SchemaChange::new(kind, owner, location)
    }
}

/// Checks whether both versions have the property that `change` is about; true if it is about a type itself. The
/// keywords of a property are added and removed with it, so they are not reported as changes of their own.
fn is_about_shared_property(pairs: &DefinitionPairs<'_>, change: &SchemaChange) -> bool {
    let Some(member) = &change.member else { return true };
    let has = |object: &crate::normalize::Struct| object.find_property(member).is_some();
    let has_method = |view: &View| view.accessors.iter().any(|accessor| accessor.json_name == *member);
    let mut views = pairs.views.views.matched.iter().filter(|(_, new)| new.name == change.owner);
    pairs.struct_pairs().any(|pair| pair.name == change.owner && has(pair.old) && has(pair.new))
        || views.any(|(old, new)| has_method(old) && has_method(new))
}
