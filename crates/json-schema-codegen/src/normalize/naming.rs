//! Names the types of schemas by the key of the definition, the title or `$id` of the document, the file name,
//! and the pointer.

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

/// The names that no definition can have, since the generated code uses them: names of Rust's prelude, the generic
/// parameters of the impls, and `Unlisted` and `UnlistedKind`.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "Box", "Default", "Eq", "Err", "From", "Into", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq",
    "PartialOrd", "Result", "Self", "Some", "String", "Vec",
    "A", "D", "E", "H", "S", "T",
    "Unlisted", "UnlistedKind",
];

/// Returns (names, taken names): the type names of the roots and of the schemas that references lead to, by
/// location, and the set of these and of [`TAKEN`].
///
/// A name comes from `settings.type_name` if there is only one root and it is the root's, else from [`own_name`]
/// and `settings.rename`. If the name is taken, the name of the document is put before it, then a number behind
/// it. Names are given in the order of the locations, before those of all other types, so that a type without a
/// name in the schema cannot change them. Records the renames as used, and notes the names that had to change.
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

/// Returns the name for the type of the items of the list `name`: `OrderLines` becomes `OrderLine`.
pub(crate) fn item(name: &str) -> String {
    names::type_name(&names::singular(name))
}

/// Returns the name that the type names of a property begin with. The property is one of the struct `owner`, which
/// is made from the schema at `taker`; its subschemas are at `places`.
///
/// This is `owner`, except for a property that has a single subschema, outside `taker`: one that `allOf` or
/// `$ref` takes over from another object. Such a type is shared by all objects that take the property over, so
/// its name begins with that of the object that defines it, whichever struct is built first. That name is made
/// from `names`, the type names by location; `owner` if no schema around the property has one.
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

/// Returns the location of the object schema that defines the property whose subschema is at `location`: the part
/// before the last step `properties`, `patternProperties` or `additionalProperties`. `/$defs/A/properties/b`
/// becomes `/$defs/A`. The whole document if there is no such step.
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

/// Returns the name of the schema at `location` before renames, which another schema may have too: the key of the
/// definition that it is or is in, else the name of the document, and words for the steps below.
/// `/$defs/Order/properties/lines` becomes `OrderLines`.
fn own_name(resolved: &Resolved, location: &Location) -> String {
    if location.pointer().is_empty() {
        return document_name(resolved, location);
    }
    let steps: Vec<String> = location.pointer().split('/').skip(1).map(crate::location::unescape).collect();
    // A document may be an object whose values are schemas: `lines.json#/Line`.
    if let Some(only) = steps.first().filter(|only| steps.len() == 1 && !draft::is_applicator(only)) {
        return names::type_name(only);
    }
    let is_container = |step: &String| ["$defs", "definitions", "schemas"].contains(&step.as_str());
    match steps.iter().rposition(is_container) {
        Some(at) if at + 1 < steps.len() => path_name(names::type_name(&steps[at + 1]), &steps[at + 2..]),
        _ => path_name(document_name(resolved, location), &steps),
    }
}

/// Appends words for the steps of a pointer to `name`: `Event` and the steps `properties`, `data` become
/// `EventData`. Leaves out the keywords that add no meaning: `properties`, `items`, `components`, `anyOf`,
/// `oneOf`, and `allOf` with its index.
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

/// Returns a name for the document that `location` is in: from the title of its root schema if that can be a name,
/// else from the last part of its `$id` or `id`, else from the name of its file.
/// `https://example.com/order.schema.json` becomes `Order`.
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

/// Returns `name` with the name of the file of `location` before it: `Line` in `shop/order.v2.json` becomes
/// `OrderLine`. Returns `name` alone if the file has the same name.
fn qualified(resolved: &Resolved, location: &Location, name: &str) -> String {
    let file = resolved.document_name(location);
    let stem = file.rsplit('/').next().unwrap_or(file).split('.').next().unwrap_or(file);
    let stem = names::type_name(stem);
    if stem == name { name.to_owned() } else { names::joined(&stem, name) }
}
