//! Changes of keywords that the types do not hold: they refuse nothing.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::changes::kinds::{At, Finding};
use crate::changes::pairs::Pairs;
use crate::generate::Generated;
use crate::normalize::{Definition, Shape, UNENFORCED};
use crate::place::Place;

/// What a keyword is about: the type, the property, the way from there, and the keyword.
type Key = (String, Option<String>, String, String);

/// The keywords of one version that `is_one` names, with their values and places.
fn keywords(
    generated: &Generated,
    owners: &HashMap<Place, (String, Option<String>)>,
    is_one: fn(&str) -> bool,
) -> BTreeMap<Key, (Value, Place)> {
    let mut all = BTreeMap::new();
    for place in generated.bundle().schemas() {
        let Some(Value::Object(schema)) = generated.bundle().value(place) else { continue };
        // The least length of a list whose items have types of their own is held.
        let is_held = |keyword: &str| {
            let has_items = schema.contains_key("prefixItems") || schema.get("items").is_some_and(Value::is_array);
            has_items && ["minItems", "maxItems"].contains(&keyword)
        };
        for (keyword, value) in schema.iter().filter(|(keyword, _)| is_one(keyword) && !is_held(keyword)) {
            if let Some((owner, member, way)) = owner(owners, place) {
                all.insert((owner, member, way, keyword.clone()), (value.clone(), place.child(keyword)));
            }
        }
    }
    all
}

/// The type or property whose schema a place is in, and the way from there.
fn owner(owners: &HashMap<Place, (String, Option<String>)>, place: &Place) -> Option<(String, Option<String>, String)> {
    let mut outer = place.clone();
    loop {
        if let Some((owner, member)) = owners.get(&outer) {
            let way = place.pointer().strip_prefix(outer.pointer())?.to_owned();
            return Some((owner.clone(), member.clone(), way));
        }
        outer = outer.parent()?;
    }
}

/// The places of types and properties, by the names that `name` gives to types.
fn owners<'a>(
    definitions: impl Iterator<Item = &'a Definition>,
    name: impl Fn(&Definition) -> String,
) -> HashMap<Place, (String, Option<String>)> {
    let mut owners = HashMap::new();
    for definition in definitions {
        let name = name(definition);
        if let Shape::Struct(object) = &definition.shape {
            for property in &object.properties {
                owners.insert(property.place.clone(), (name.clone(), Some(property.wire.clone())));
            }
        }
        owners.entry(definition.place.clone()).or_insert((name, None));
    }
    owners
}

/// The keywords that differ: what they were, and what they are.
fn differing(pairs: &Pairs<'_>, is_one: fn(&str) -> bool) -> Vec<Finding> {
    let renamed = pairs.renamed();
    let called = |definition: &Definition| renamed.get(&definition.name).unwrap_or(&definition.name).clone();
    let (old, new) = (pairs.old, pairs.new);
    let was = keywords(old, &owners(pairs.definitions().map(|pair| pair.old), called), is_one);
    let is = keywords(new, &owners(pairs.definitions().map(|pair| pair.new), |one| one.name.clone()), is_one);
    let mut found = Vec::new();
    for (key, (value, place)) in &is {
        let before = was.get(key).map(|(value, _)| value);
        if before != Some(value) {
            found.push(finding(key, before, Some(value), At::New(place.clone())));
        }
    }
    for (key, (value, place)) in was.iter().filter(|(key, _)| !is.contains_key(*key)) {
        found.push(finding(key, Some(value), None, At::Old(place.clone())));
    }
    found.retain(|finding| is_kept(pairs, finding));
    found
}

fn finding((owner, member, way, keyword): &Key, old: Option<&Value>, new: Option<&Value>, at: At) -> Finding {
    let text = |value: &Value| format!("{keyword}: {value}");
    let finding = Finding::new(owner, at).detail(&format!("{way}/{keyword}"));
    Finding { member: member.clone(), old: old.map(text), new: new.map(text), ..finding }
}

/// Whether both versions have the property: one that comes or goes does so with its keywords.
fn is_kept(pairs: &Pairs<'_>, finding: &Finding) -> bool {
    let Some(member) = &finding.member else { return true };
    let has = |object: &crate::normalize::Struct| object.properties.iter().any(|property| property.wire == *member);
    pairs.structs().any(|pair| pair.name == finding.owner && has(pair.old) && has(pair.new))
}

fn is_constraint(keyword: &str) -> bool {
    UNENFORCED.contains(&keyword)
}

pub(super) fn format(pairs: &Pairs<'_>) -> Vec<Finding> {
    differing(pairs, |keyword| keyword == "format")
}

pub(super) fn default(pairs: &Pairs<'_>) -> Vec<Finding> {
    differing(pairs, |keyword| keyword == "default")
}

pub(super) fn added(pairs: &Pairs<'_>) -> Vec<Finding> {
    differing(pairs, is_constraint).into_iter().filter(|finding| finding.old.is_none()).collect()
}

pub(super) fn removed(pairs: &Pairs<'_>) -> Vec<Finding> {
    differing(pairs, is_constraint).into_iter().filter(|finding| finding.new.is_none()).collect()
}

pub(super) fn changed(pairs: &Pairs<'_>) -> Vec<Finding> {
    let both = |finding: &Finding| finding.old.is_some() && finding.new.is_some();
    differing(pairs, is_constraint).into_iter().filter(both).collect()
}
