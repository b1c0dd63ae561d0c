//! Names the types of schemas by the key of the definition, the title or `$id` of the document, the file name,
//! and the pointer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::draft;
use crate::location::Location;
use crate::normalize::definition::Definitions;
use crate::normalize::names::{self, Changed, Taken};
use crate::normalize::node;
use crate::normalize::notes::Notes;
use crate::normalize::schemas::Schemas;
use crate::normalize::used::Used;
use crate::resolve::Resolved;
use crate::settings::Settings;

/// The names that no definition can have, since the generated code uses them: names of Rust's prelude, the generic
/// parameters of the impls, and the types of the runtime that the output exports.
#[rustfmt::skip]
pub(crate) const TAKEN: &[&str] = &[
    "Box", "Default", "Eq", "Err", "From", "Into", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq",
    "PartialOrd", "Result", "Self", "Some", "String", "Vec",
    "A", "D", "E", "H", "S", "T",
    "Any", "AnyKind", "Unlisted", "UnlistedKind",
];

/// Returns (names, taken names): the type names of the roots, of the schemas that references lead to, and of the
/// definitions that have types anyway, by location; and the set of these and of `taken`.
///
/// A name comes from `settings.type_name` if there is only one root and it is the root's, else from [`own_name`].
/// If the name is taken, the name of the document is put before it, then a number behind it. A root that only
/// refers to a schema of its own name has that name too. Names are given in the order of the locations, before
/// those of all other types, so that a type without a name in the schema cannot change them. Notes the names that
/// had to change. `[rename]` applies later, by [`rename`].
pub(crate) fn type_names(
    resolved: &Resolved,
    settings: &Settings,
    mut taken: Taken,
    notes: &mut Notes,
) -> (HashMap<Location, String>, Taken) {
    let roots: BTreeSet<Location> = resolved.roots().iter().cloned().collect();
    let target = |location: &Location| node::target(resolved, location).cloned();
    let targets =
        resolved.list_reference_targets().map(|location| target(location).unwrap_or_else(|| location.clone()));
    let places: BTreeSet<Location> = targets.chain(roots.iter().cloned()).collect();
    let others: BTreeSet<Location> = resolved.independent_definitions().iter().cloned().collect();
    let mut named = HashMap::new();
    let single = settings.type_name.as_ref().filter(|_| resolved.roots().len() == 1);
    if let (Some(name), Some(root)) = (single, resolved.roots().first()) {
        named.insert(root.clone(), taken.unique(&names::type_name(name)));
    }
    for location in places.iter().chain(others.difference(&places)) {
        if named.contains_key(location) {
            continue;
        }
        let name = own_name(resolved, settings, location);
        let is_qualified = taken.contains(&name) && !taken.has_suffix();
        let free = if is_qualified { qualified(resolved, location, &name) } else { name.clone() };
        let free = taken.unique(&free);
        taken.changed();
        if let Some(target) = target(location).filter(|target| own_name(resolved, settings, target) == name) {
            named.insert(target, free.clone());
        }
        if free != name {
            notes.rename(location, "type", vec![Changed { text: name.clone(), wanted: name, name: free.clone() }]);
        }
        named.insert(location.clone(), free);
    }
    (named, taken)
}

/// Gives the definitions, roots and aliases whose names are keys of `[rename]`, or of a `[patch]` with a new name, the
/// names that the settings have for them. The keys are the names without any rename, so that one rename changes no other name.
/// Records the renames as used.
///
/// # Errors
/// A new name that another type has.
pub(crate) fn rename(definitions: &mut Definitions, settings: &Settings, used: &mut Used) -> Result<(), Errors> {
    let renames = settings.renames();
    if renames.is_empty() {
        return Ok(());
    }
    let aliases = definitions.roots.iter().chain(&definitions.aliases);
    let called: BTreeSet<String> =
        definitions.all.iter().map(|one| &one.name).chain(aliases.map(|alias| &alias.name)).cloned().collect();
    let result = check_renames(&renames, &called, &BTreeSet::new(), used);
    definitions.all.iter_mut().for_each(|one| rename_one(&renames, &mut one.name, &mut one.alias));
    let roots = definitions.roots.iter_mut().chain(&mut definitions.aliases).map(|root| &mut root.name);
    for name in roots.chain(definitions.type_names.values_mut()) {
        rename_one(&renames, name, &mut None);
    }
    result
}

/// Gives the views, the enums of places, and the definitions from the index `first` on, which are the enums that views
/// return, the names that the settings have for them, as [`rename`] does.
///
/// # Errors
/// A new name that another type has.
pub(crate) fn rename_views(
    definitions: &mut Definitions,
    first: usize,
    settings: &Settings,
    used: &mut Used,
) -> Result<(), Errors> {
    let renames = settings.renames();
    let Definitions { all, views, roots, aliases, .. } = definitions;
    let (types, enums) = all.split_at_mut(first);
    let others = types.iter().map(|one| &one.name).chain(roots.iter().chain(&*aliases).map(|alias| &alias.name));
    let others = others.cloned().collect();
    let named = enums.iter_mut().map(|one| (&mut one.name, &mut one.alias));
    let named = named.chain(views.all.iter_mut().map(|one| (&mut one.name, &mut one.alias)));
    let named = named.chain(views.places.iter_mut().map(|one| (&mut one.name, &mut one.alias)));
    let mut named: Vec<(&mut String, &mut Option<String>)> = named.collect();
    let called = named.iter().map(|(name, _)| (**name).clone()).collect();
    let result = check_renames(&renames, &called, &others, used);
    named.iter_mut().for_each(|(name, alias)| rename_one(&renames, name, alias));
    views.type_names.values_mut().for_each(|name| rename_one(&renames, name, &mut None));
    result
}

/// Checks the renames of the types that are `called` so; `others` has the names of types that are not renamed now. Records
/// the renames as used.
///
/// # Errors
/// A new name that another type has.
fn check_renames(
    renames: &BTreeMap<String, String>,
    called: &BTreeSet<String>,
    others: &BTreeSet<String>,
    used: &mut Used,
) -> Result<(), Errors> {
    let mut findings = Findings::default();
    for (from, to) in renames.iter().filter(|(from, _)| called.contains(*from)) {
        used.renames.record(from);
        let same_target = renames.iter().find(|(other, name)| *name == to && called.contains(*other));
        let is_given = called.contains(to) && !renames.contains_key(to) || same_target != Some((from, to));
        if is_given || others.contains(to) || TAKEN.contains(&to.as_str()) {
            let message = format!("`{from}` cannot be renamed to `{to}`: another type has this name");
            let help = "choose another name, or rename the other type too";
            findings.push(Diagnostic::new(DiagnosticKind::Settings, message).help(help));
        }
    }
    findings.into_result(())
}

/// Replaces a name that is a key of `renames` by its new name, and sets `alias` to the old one.
fn rename_one(renames: &BTreeMap<String, String>, name: &mut String, alias: &mut Option<String>) {
    if let Some(new) = renames.get(name) {
        *alias = Some(std::mem::replace(name, new.clone()));
    }
}

/// Counts the schemas with each title that can be the name of a type, by that name; empty if `use_titles` is off.
pub(crate) fn count_titles(schemas: &Schemas<'_>) -> HashMap<String, usize> {
    let mut titles = HashMap::new();
    for location in schemas.resolved.schemas().filter(|_| schemas.settings.use_titles) {
        if let Some(name) = schemas.resolved.value(location).and_then(title) {
            *titles.entry(name).or_default() += 1;
        }
    }
    titles
}

/// Returns the name that the title of the schema at `location` makes, if no other schema of `titles` has the same;
/// several types cannot be told apart by it.
pub(crate) fn title_name(
    schemas: &Schemas<'_>,
    titles: &HashMap<String, usize>,
    location: &Location,
) -> Option<String> {
    let name = schemas.resolved.value(location).and_then(title)?;
    (titles.get(&name) == Some(&1)).then_some(name)
}

/// Returns the name that the `title` of a schema makes; `None` if it has none that can be the name of a type.
fn title(schema: &Value) -> Option<String> {
    let title = schema.get("title").and_then(Value::as_str)?;
    names::is_phrase(title).then(|| names::type_name(title))
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
fn own_name(resolved: &Resolved, settings: &Settings, location: &Location) -> String {
    if location.pointer().is_empty() {
        return document_name(resolved, settings, location);
    }
    let steps: Vec<String> = location.pointer().split('/').skip(1).map(crate::location::unescape).collect();
    // A document may be an object whose values are schemas: `lines.json#/Line`.
    if let Some(only) = steps.first().filter(|only| steps.len() == 1 && !draft::holds_subschemas(only)) {
        return names::type_name(only);
    }
    let is_container = |step: &String| ["$defs", "definitions", "schemas"].contains(&step.as_str());
    match steps.iter().rposition(is_container) {
        Some(at) if at + 1 < steps.len() => path_name(names::type_name(&steps[at + 1]), &steps[at + 2..]),
        _ => path_name(document_name(resolved, settings, location), &steps),
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
fn document_name(resolved: &Resolved, settings: &Settings, location: &Location) -> String {
    let root = Location::new(location.document, "");
    let text = |keyword| resolved.value(&root).and_then(|schema| schema.get(keyword)).and_then(Value::as_str);
    let title = resolved.value(&root).filter(|_| settings.use_titles).and_then(title);
    if let Some(title) = title {
        return title;
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
