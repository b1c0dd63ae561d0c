//! Names of definitions: from the title, the key, the `$id`, or the place.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::draft;
use crate::location::Location;
use crate::normalize::names::{self, Changed, Taken};
use crate::normalize::node;
use crate::normalize::notes::Notes;
use crate::normalize::used::Used;
use crate::resolve::Resolved;
use crate::settings::Settings;

/// Names of the output that no definition can have: of the prelude, of generic parameters, and of
/// what the impls define.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "Box", "Default", "Eq", "Err", "From", "Into", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq",
    "PartialOrd", "Result", "Self", "Some", "String", "Vec",
    "A", "D", "E", "H", "S", "T",
    "Unlisted", "UnlistedKind",
];

/// The names of all places that are roots or referred to. They are given first, in the order of
/// the places, so that what is added elsewhere does not change them.
pub(crate) fn type_names(
    resolved: &Resolved,
    settings: &Settings,
    used: &mut Used,
    notes: &mut Notes,
) -> (HashMap<Location, String>, Taken) {
    let mut taken = Taken::with(TAKEN);
    let roots: BTreeSet<Location> = resolved.roots().iter().cloned().collect();
    let targets = resolved.reached().map(|location| node::target(resolved, location).unwrap_or(location).clone());
    let places: BTreeSet<Location> = targets.chain(roots.iter().cloned()).collect();
    let others = resolved.definitions().iter().filter(|location| !places.contains(location));
    let others: BTreeSet<Location> = others.cloned().collect();
    let mut named = HashMap::new();
    let single = settings.type_name.as_ref().filter(|_| resolved.roots().len() == 1);
    if let (Some(name), Some(root)) = (single, resolved.roots().first()) {
        named.insert(root.clone(), taken.unique(&names::type_name(name)));
    }
    for location in places.iter().chain(&others) {
        if named.contains_key(location) {
            continue;
        }
        let name = own_name(resolved, location);
        let name = used.renames.get(&settings.rename, &name).unwrap_or(name);
        let free = if taken.contains(&name) { qualified(resolved, location, &name) } else { name.clone() };
        let free = taken.unique(&free);
        taken.changed();
        if free != name {
            notes.rename(location, "type", vec![Changed { text: name.clone(), wanted: name, name: free.clone() }]);
        }
        named.insert(location.clone(), free);
    }
    (named, taken)
}

/// The name of one item of a list of this name.
pub(crate) fn item(name: &str) -> String {
    names::type_name(&names::singular(name))
}

/// The name of the object that lists what stands at a place, where it stands out of the object that
/// takes it over: what several take over from one base has one name, whoever is the first.
pub(crate) fn owner(names: &HashMap<Location, String>, taker: &Location, owner: &str, places: &[Location]) -> String {
    let [location] = places else { return owner.to_owned() };
    if location.is_within(taker) {
        return owner.to_owned();
    }
    let holder = holder(location);
    let mut around = Some(holder.clone());
    while let Some(at) = around {
        if let Some(name) = names.get(&at) {
            let steps = holder.pointer()[at.pointer().len()..].split('/').skip(1);
            return path_name(name.clone(), &steps.map(crate::location::unescape).collect::<Vec<_>>());
        }
        around = at.parent();
    }
    owner.to_owned()
}

/// The schema of the object that what stands at a place is a part of.
fn holder(location: &Location) -> Location {
    let mut at = location.clone();
    while let (Some(step), Some(parent)) = (at.last_step(), at.parent()) {
        at = parent;
        if ["properties", "patternProperties", "additionalProperties"].contains(&step.as_str()) {
            break;
        }
    }
    at
}

/// What people would call the schema at a place.
fn own_name(resolved: &Resolved, location: &Location) -> String {
    if location.pointer().is_empty() {
        return document_name(resolved, location);
    }
    let steps: Vec<String> = location.pointer().split('/').skip(1).map(crate::location::unescape).collect();
    // A document may be a plain folder of schemas: `lines.json#/Line`.
    if let Some(only) = steps.first().filter(|only| steps.len() == 1 && !draft::is_applicator(only)) {
        return names::type_name(only);
    }
    let is_container = |step: &String| ["$defs", "definitions", "schemas"].contains(&step.as_str());
    match steps.iter().rposition(is_container) {
        Some(at) if at + 1 < steps.len() => path_name(names::type_name(&steps[at + 1]), &steps[at + 2..]),
        _ => path_name(document_name(resolved, location), &steps),
    }
}

/// `Event`, `properties`, `data` becomes `EventData`: keywords say nothing to people.
fn path_name(mut name: String, steps: &[String]) -> String {
    let mut steps = steps.iter();
    while let Some(step) = steps.next() {
        match step.as_str() {
            "properties" => {
                if let Some(property) = steps.next() {
                    name = names::joined(&name, &names::type_name(property));
                }
            }
            "allOf" => drop(steps.next()),
            "items" | "components" | "anyOf" | "oneOf" => {}
            step => name = names::joined(&name, &names::type_name(step)),
        }
    }
    name
}

/// The title when it can be a name, else the end of the `$id`, else the name of the file.
fn document_name(resolved: &Resolved, location: &Location) -> String {
    let root = Location::new(location.document, "");
    let text = |keyword| resolved.value(&root).and_then(|schema| schema.get(keyword)).and_then(Value::as_str);
    if let Some(title) = text("title").filter(|title| names::is_name(title)) {
        return names::type_name(title);
    }
    let id = text("$id").or_else(|| text("id")).map(|id| id.trim_end_matches(['#', '/']));
    let path = id.filter(|id| !id.is_empty()).unwrap_or_else(|| resolved.document_name(&root));
    let last = path.rsplit('/').next().unwrap_or(path);
    let stem = [".json", ".yaml", ".yml"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last);
    names::type_name(stem.strip_suffix(".schema").or(stem.strip_suffix("-schema")).unwrap_or(stem))
}

/// The name with that of its document before it.
fn qualified(resolved: &Resolved, location: &Location, name: &str) -> String {
    let file = resolved.document_name(location);
    let stem = file.rsplit('/').next().unwrap_or(file).split('.').next().unwrap_or(file);
    let stem = names::type_name(stem);
    if stem == name { name.to_owned() } else { names::joined(&stem, name) }
}
