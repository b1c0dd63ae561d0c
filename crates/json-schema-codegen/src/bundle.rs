//! Writes the corrected schemas as one self-contained document, for validators and other tools.
//!
//! Each schema that is a root or referred to becomes a definition in `$defs`, under its Rust name. Each
//! `$ref` becomes a pointer into the document. `$id`s and anchors are left out, since nothing needs them then.

mod translate;

use std::collections::BTreeMap;

use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::{self, Definitions, Place, View};
use crate::resolve::Resolved;

/// Keywords that are left out: they name a schema or hold definitions, and references are resolved.
const KEYWORDS_LEFT_OUT: &[&str] = &["$anchor", "$defs", "$id", "$schema", "definitions", "id"];

/// Returns the document: `{"$schema": …, "$ref": "#/$defs/Event", "$defs": {…}}`. The `$ref` is the first root. The schemas of
/// views are definitions too, and so is the schema of each place that has views, by the name of the enum of its views.
pub(crate) fn document(resolved: &Resolved, definitions: &Definitions) -> Value {
    // A URI may contain only ASCII.
    let encoded_reference = |name: &str| utf8_percent_encode(&reference(name), CONTROLS).to_string();
    let writer = Writer { resolved, definitions, draft: draft(resolved), reference: encoded_reference };
    let by_name = locations_by_name(resolved, definitions);
    let schemas = by_name.iter().map(|(name, location)| ((*name).to_owned(), writer.schema(location)));
    let pointer = pointers(resolved, definitions);
    let refer = |location: &Location| {
        pointer(location).map(|pointer| utf8_percent_encode(&format!("#{pointer}"), CONTROLS).to_string())
    };
    let places = definitions.views.places.iter().filter_map(|place| {
        let owner = refer(&definitions.get(place.owner)?.location)?;
        let schema = schema_of_place(place, definitions, owner, |view| refer(&view.location), writer.draft);
        Some((place.name.clone(), schema))
    });
    let schemas: Map<String, Value> = schemas.chain(places).collect();
    let root = definitions.roots.first().map(|root| encoded_reference(&root.name));
    json!({ "$schema": dialect(writer.draft), "$ref": root, "$defs": schemas })
}

/// Returns the schema of the objects whose value of the property `place` fits the schema of its view: the schema at the
/// reference `owner`, and for each view of the place a condition on the sibling. `refer` returns the reference to a view.
pub(crate) fn schema_of_place(
    place: &Place,
    definitions: &Definitions,
    owner: String,
    refer: impl Fn(&View) -> Option<String>,
    draft: Draft,
) -> Value {
    let conditions = place.choices.iter().filter_map(|choice| {
        let view = refer(definitions.views.all.get(choice.view.0)?)?;
        let chosen = json!({ "properties": { (&*place.by): { "enum": choice.values } }, "required": [place.by] });
        let fits = json!({ "properties": { (&*place.property): { "$ref": view } } });
        Some(match draft < Draft::Seven {
            true => json!({ "anyOf": [{ "not": chosen }, fits] }),
            false => json!({ "if": chosen, "then": fits }),
        })
    });
    let all: Vec<Value> = std::iter::once(json!({ "$ref": owner })).chain(conditions).collect();
    json!({ "allOf": all })
}

/// Returns the name of the type or view of the schema at `location`, or the name of the schema if it has neither.
fn name_at<'a>(definitions: &'a Definitions, location: &Location) -> Option<&'a String> {
    definitions.type_names.get(location).or_else(|| definitions.views.type_names.get(location))
}

/// Returns the resolved schemas that the schema at `location` is one of: those that views reach if the roots do not reach it.
fn resolved_of<'a>(resolved: &'a Resolved, location: &Location) -> &'a Resolved {
    let of_views = resolved.companions().map(|companions| &*companions.resolved);
    of_views.filter(|of_views| !resolved.is_schema(location) && of_views.is_schema(location)).unwrap_or(resolved)
}

/// Returns the locations of the schemas that have names, those of views too. A root that only refers to a definition of its own name is
/// left out, since the definition has the name; a definition that refers to itself is not.
pub(crate) fn locations_by_name<'a>(
    resolved: &'a Resolved,
    definitions: &'a Definitions,
) -> BTreeMap<&'a str, &'a Location> {
    let name = |location| name_at(definitions, location);
    let refers_to_own_name = |location| {
        let target = normalize::target(resolved_of(resolved, location), location);
        target.is_some_and(|target| target != location && name(target) == name(location))
    };
    let types = &definitions.type_names;
    let of_views = definitions.views.type_names.iter().filter(|(location, _)| !types.contains_key(*location));
    let named = types.iter().chain(of_views).filter(|(location, _)| !refers_to_own_name(location));
    named.map(|(location, name)| (name.as_str(), location)).collect()
}

/// Returns a function that converts a location in the source files to the JSON pointer in the document:
/// `/$defs/Event/properties/id`. It returns `None` for a location that is not in the document.
pub(crate) fn pointers<'a>(
    resolved: &'a Resolved,
    definitions: &'a Definitions,
) -> impl Fn(&Location) -> Option<String> + use<'a> {
    let draft = draft(resolved);
    move |location| {
        let mut outer = location.clone();
        let mut steps = Vec::new();
        loop {
            if let Some(name) = name_at(definitions, &outer) {
                let below: String = steps.iter().rev().map(|step| format!("/{step}")).collect();
                return Some(format!("/$defs/{name}{below}"));
            }
            let parent = outer.parent()?;
            let step = outer.pointer().get(parent.pointer().len() + 1..)?;
            steps.push(Writer { resolved, definitions, draft, reference }.keyword(&parent, step)?.to_owned());
            outer = parent;
        }
    }
}

/// Returns the schema at `location` in draft 2020-12, with its references as pointers into the document.
pub(crate) fn schema_at(resolved: &Resolved, definitions: &Definitions, location: &Location) -> Value {
    Writer { resolved, definitions, draft: Draft::Y2020, reference }.schema(location)
}

/// Returns the `$ref` to a definition: `#/$defs/Event`. Not percent-encoded.
pub(crate) fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

/// Converts schemas to one draft, for the document.
struct Writer<'a> {
    resolved: &'a Resolved,
    definitions: &'a Definitions,
    /// The draft of the document.
    draft: Draft,
    /// Returns the `$ref` to the definition of this name.
    reference: fn(&str) -> String,
}

impl Writer<'_> {
    /// Returns the converted schema at `location`; `true` if there is none.
    fn schema(&self, location: &Location) -> Value {
        self.resolved.value(location).map_or(Value::Bool(true), |value| self.convert(location, value))
    }

    /// Converts `value`, which is at `location`, and all schemas in it. Values that are not schemas stay as they
    /// are.
    fn convert(&self, location: &Location, value: &Value) -> Value {
        match value {
            Value::Object(map) if resolved_of(self.resolved, location).is_schema(location) => {
                let reference = resolved_of(self.resolved, location).reference(location).map(|(keyword, _)| keyword);
                let written = map.iter().filter(|(keyword, _)| !KEYWORDS_LEFT_OUT.contains(&keyword.as_str()));
                let converted = written.filter_map(|(keyword, value)| {
                    let (keyword, value) = match keyword.as_str() {
                        keyword if Some(keyword) == reference => ("$ref", Value::String(self.reference(location)?)),
                        keyword => (keyword, self.convert(&location.child(keyword), value)),
                    };
                    Some((self.keyword(location, keyword)?.to_owned(), value))
                });
                let mut converted = converted.collect();
                translate::translate(&mut converted, self.resolved.draft(location), self.draft);
                Value::Object(converted)
            }
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), self.convert(&location.child(key), value))).collect()
            }
            Value::Array(list) => {
                let indexed = list.iter().enumerate();
                indexed.map(|(index, value)| self.convert(&location.child(&index.to_string()), value)).collect()
            }
            scalar => scalar.clone(),
        }
    }

    /// Returns the `$ref` of the schema at `location`, past schemas that only refer to another schema. `None` if its
    /// target is not known.
    fn reference(&self, location: &Location) -> Option<String> {
        let resolved = resolved_of(self.resolved, location);
        let target = resolved.target(location)?;
        let target = normalize::target(resolved, target).unwrap_or(target);
        name_at(self.definitions, target).map(|name| (self.reference)(name))
    }

    /// Returns `step`, a step from `location`, as it is in the document: the draft may have another name for a
    /// keyword. `None` if the keyword is left out of the document.
    fn keyword<'k>(&self, location: &Location, step: &'k str) -> Option<&'k str> {
        match self.resolved.value(location) {
            Some(Value::Object(schema)) if resolved_of(self.resolved, location).is_schema(location) => {
                translate::keyword(schema, step, self.resolved.draft(location), self.draft)
            }
            _ => Some(step),
        }
    }
}

/// Returns the draft of the document: that of all schemas, or 2020-12 if they have different drafts.
fn draft(resolved: &Resolved) -> Draft {
    let mut drafts = resolved.schemas().map(|location| resolved.draft(location).like());
    let first = drafts.next().unwrap_or(Draft::Y2020);
    if drafts.all(|draft| draft == first) { first } else { Draft::Y2020 }
}

/// Returns the `$schema` for a draft.
fn dialect(draft: Draft) -> &'static str {
    match draft {
        Draft::Four | Draft::OpenApi30 => "http://json-schema.org/draft-04/schema#",
        Draft::Six => "http://json-schema.org/draft-06/schema#",
        Draft::Seven => "http://json-schema.org/draft-07/schema#",
        Draft::Y2019 => "https://json-schema.org/draft/2019-09/schema",
        Draft::Y2020 => "https://json-schema.org/draft/2020-12/schema",
    }
}
