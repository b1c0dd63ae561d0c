//! Names the types of schemas by the key of the definition, the title or `$id` of the document, the file name,
//! and the pointer.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::draft;
use crate::location::Location;
use crate::normalize::names;
use crate::normalize::node;
use crate::normalize::notes::Notes;
use crate::normalize::schemas::RuleInput;
use crate::normalize::taken_names::{ChangedName, TakenNames};
use crate::resolve::Resolved;
use crate::settings::Settings;

/// The names that no definition can have, since the generated code uses them: names of Rust's prelude, the generic
/// parameters of the impls, and the types of the runtime that the output exports.
#[rustfmt::skip]
pub(crate) const RESERVED_TYPE_NAMES: &[&str] = &[
    "Box", "Default", "Eq", "Err", "From", "Into", "Iterator", "None", "Ok", "Option", "Ord", "PartialEq",
    "PartialOrd", "Result", "Self", "Some", "String", "Vec",
    "A", "D", "E", "H", "S", "T",
    "Any", "AnyKind", "Unlisted", "UnlistedKind",
];

/// Returns (type names by location, taken names): the type names of the roots, of the schemas that references lead to,
/// and of the definitions that get types though nothing refers to them; and `taken` with these names added.
///
/// A name comes from `settings.type_name` if there is only one root and it is the root's, else from
/// [`make_location_name`]. If the name is taken, the name of its file is put before it (for the schemas of views,
/// `View` after it), and if that is taken too, a number after it. A root that only refers to a schema of its own name
/// has that name too. Names are given in the order of the locations, before those of all other types, so that a type
/// without a name in the schema cannot change them. Notes the names that had to change. `[rename]` applies later.
pub(crate) fn assign_type_names(
    resolved: &Resolved,
    settings: &Settings,
    mut taken: TakenNames,
    notes: &mut Notes,
) -> (HashMap<Location, String>, TakenNames) {
    let roots: BTreeSet<Location> = resolved.roots().iter().cloned().collect();
    let target = |location: &Location| node::find_alias_target(resolved, location).cloned();
    let targets =
        resolved.list_reference_targets().map(|location| target(location).unwrap_or_else(|| location.clone()));
    let places: BTreeSet<Location> = targets.chain(roots.iter().cloned()).collect();
    let others: BTreeSet<Location> = resolved.independent_definitions().iter().cloned().collect();
    let mut named = HashMap::new();
    let single = settings.type_name.as_ref().filter(|_| resolved.roots().len() == 1);
    if let (Some(name), Some(root)) = (single, resolved.roots().first()) {
        named.insert(root.clone(), taken.take_unique_name(&names::make_type_name(name)));
    }
    for location in places.iter().chain(others.difference(&places)) {
        if named.contains_key(location) {
            continue;
        }
        let name = make_location_name(resolved, settings, location);
        let is_qualified = taken.is_taken(&name) && !taken.has_suffix();
        let free = if is_qualified { prepend_file_name(resolved, location, &name) } else { name.clone() };
        let free = taken.take_unique_name(&free);
        taken.drain_changed_names();
        if let Some(target) = target(location).filter(|target| make_location_name(resolved, settings, target) == name) {
            named.insert(target, free.clone());
        }
        if free != name {
            notes.note_changed_names(
                location,
                "type",
                vec![ChangedName { text: name.clone(), wanted: name, name: free.clone() }],
            );
        }
        named.insert(location.clone(), free);
    }
    (named, taken)
}

/// Counts how many schemas have a title that becomes the same type name. Returns the numbers by type name; empty if the
/// setting `use_titles` is off.
pub(crate) fn count_title_names(schemas: &RuleInput<'_>) -> HashMap<String, usize> {
    let mut titles = HashMap::new();
    for location in schemas.resolved.reached_schemas().filter(|_| schemas.settings.use_titles) {
        if let Some(name) = schemas.resolved.find_value(location).and_then(read_type_title) {
            *titles.entry(name).or_default() += 1;
        }
    }
    titles
}

/// Returns the type name that the title of the schema at `location` makes. `None` if the title cannot name a type, or
/// if several schemas make this name, by the counts of [`count_title_names`] in `titles`.
pub(crate) fn find_title_name(
    schemas: &RuleInput<'_>,
    titles: &HashMap<String, usize>,
    location: &Location,
) -> Option<String> {
    let name = schemas.resolved.find_value(location).and_then(read_type_title)?;
    (titles.get(&name) == Some(&1)).then_some(name)
}

/// Returns the type name that the `title` of `schema` makes; `None` if there is no title, or if it cannot name a type.
fn read_type_title(schema: &Value) -> Option<String> {
    let title = schema.get("title").and_then(Value::as_str)?;
    names::is_type_title(title).then(|| names::make_type_name(title))
}

/// Returns the type name for the items of the list whose type name would be `name`: `OrderLines` becomes `OrderLine`.
pub(crate) fn make_item_type_name(name: &str) -> String {
    names::make_type_name(&names::make_singular(name))
}

/// Returns the prefix for the names of types inside a property of the struct `owner`. `taker` is the location of the
/// struct's schema, and `places` are the locations of the property's subschemas.
///
/// The prefix is `owner`, except for a property with a single subschema that is outside `taker`: the struct inherits
/// such a property from another object, through `allOf` or `$ref`. All structs that inherit it share its type, so the
/// prefix is the name of the object that defines it, whichever struct is built first. That name is made from `names`,
/// the type names by location; if no schema around the property has a name, the prefix is `owner` too.
pub(crate) fn find_type_name_prefix(
    names: &HashMap<Location, String>,
    taker: &Location,
    owner: &str,
    places: &[Location],
) -> String {
    let [location] = places else { return owner.to_owned() };
    if location.is_within(taker) {
        return owner.to_owned();
    }
    let holder = find_defining_object(location);
    let mut around = Some(holder.clone());
    while let Some(at) = around {
        if let Some(name) = names.get(&at) {
            let steps = holder.pointer()[at.pointer().len()..].split('/').skip(1);
            return append_path_words(
                name.clone(),
                &steps.map(crate::location::unescape_pointer_step).collect::<Vec<_>>(),
            );
        }
        around = at.parent();
    }
    owner.to_owned()
}

/// Returns the location of the object schema that defines the property whose subschema is at `location`: its pointer
/// ends before the last step `properties`, `patternProperties` or `additionalProperties`, so `/$defs/A/properties/b`
/// becomes `/$defs/A`. If there is no such step, returns the location of the document's root.
fn find_defining_object(location: &Location) -> Location {
    let mut at = location.clone();
    while let (Some(step), Some(parent)) = (at.last_step(), at.parent()) {
        at = parent;
        if ["properties", "patternProperties", "additionalProperties"].contains(&step.as_str()) {
            break;
        }
    }
    at
}

/// Makes a type name for the schema at `location`, before renames; another schema may have it too. It consists of the
/// key of the innermost definition around the schema, or of the name of the document if there is none, and words for
/// the steps below. `/$defs/Order/properties/lines` becomes `OrderLines`.
fn make_location_name(resolved: &Resolved, settings: &Settings, location: &Location) -> String {
    if location.pointer().is_empty() {
        return make_document_name(resolved, settings, location);
    }
    let steps: Vec<String> =
        location.pointer().split('/').skip(1).map(crate::location::unescape_pointer_step).collect();
    // A document may be an object whose values are schemas: `lines.json#/Line`.
    if let Some(only) = steps.first().filter(|only| steps.len() == 1 && !draft::holds_subschemas(only)) {
        return names::make_type_name(only);
    }
    let is_container = |step: &String| ["$defs", "definitions", "schemas"].contains(&step.as_str());
    match steps.iter().rposition(is_container) {
        Some(at) if at + 1 < steps.len() => append_path_words(names::make_type_name(&steps[at + 1]), &steps[at + 2..]),
        _ => append_path_words(make_document_name(resolved, settings, location), &steps),
    }
}

/// Appends words for `steps`, the steps of a pointer, to the type name `name`: `Event` and the steps `properties`,
/// `data` become `EventData`. Leaves out the keywords that add no meaning: `properties`, `items`, `components`,
/// `anyOf`, `oneOf`, and `allOf` with its index.
fn append_path_words(mut name: String, steps: &[String]) -> String {
    let mut steps = steps.iter();
    while let Some(step) = steps.next() {
        match step.as_str() {
            "properties" => {
                if let Some(property) = steps.next() {
                    name = names::join_type_names(&name, &names::make_type_name(property));
                }
            }
            "allOf" => drop(steps.next()),
            "items" | "components" | "anyOf" | "oneOf" => {}
            step => name = names::join_type_names(&name, &names::make_type_name(step)),
        }
    }
    name
}

/// Makes a type name for the document that `location` is in: from the title of its root schema if that can be a name,
/// else from the last part of its `$id` or `id`, else from the name of its file.
/// `https://example.com/order.schema.json` becomes `Order`.
fn make_document_name(resolved: &Resolved, settings: &Settings, location: &Location) -> String {
    let root = Location::new(location.document, "");
    let text = |keyword| resolved.find_value(&root).and_then(|schema| schema.get(keyword)).and_then(Value::as_str);
    let title = resolved.find_value(&root).filter(|_| settings.use_titles).and_then(read_type_title);
    if let Some(title) = title {
        return title;
    }
    let id = text("$id").or_else(|| text("id")).map(|id| id.trim_end_matches(['#', '/']));
    let path = id.filter(|id| !id.is_empty()).unwrap_or_else(|| resolved.document_name(&root));
    let last = path.rsplit('/').next().unwrap_or(path);
    let stem = [".json", ".yaml", ".yml"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last);
    names::make_type_name(stem.strip_suffix(".schema").or(stem.strip_suffix("-schema")).unwrap_or(stem))
}

/// Puts the name of the file that `location` is in before the type name `name`: `Line` in `shop/order.v2.json` becomes
/// `OrderLine`. Returns `name` unchanged if the file makes the same name.
fn prepend_file_name(resolved: &Resolved, location: &Location, name: &str) -> String {
    let file = resolved.document_name(location);
    let stem = file.rsplit('/').next().unwrap_or(file).split('.').next().unwrap_or(file);
    let stem = names::make_type_name(stem);
    if stem == name { name.to_owned() } else { names::join_type_names(&stem, name) }
}
