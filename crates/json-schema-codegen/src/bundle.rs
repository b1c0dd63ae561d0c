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
use crate::normalize::{self, Definitions, View, ViewPlace};
use crate::resolve::Resolved;

/// The keywords that are not copied into the bundle: they name a schema or hold definitions, which nothing needs once
/// all references are resolved.
const KEYWORDS_NOT_COPIED: &[&str] = &["$anchor", "$defs", "$id", "$schema", "definitions", "id"];

/// Returns the bundle, one document with all corrected schemas: `{"$schema": …, "$ref": "#/$defs/Event", "$defs":
/// {…}}`. Its `$ref` refers to the first root. The schemas of views are definitions too. So are the schemas of places
/// of views, each by the name of the enum of its views.
pub(crate) fn build_bundle(resolved: &Resolved, definitions: &Definitions) -> Value {
    // A URI may contain only ASCII.
    let encoded_reference = |name: &str| utf8_percent_encode(&format_reference(name), CONTROLS).to_string();
    let writer = BundleWriter {
        resolved,
        definitions,
        draft: choose_bundle_draft(resolved),
        format_reference: encoded_reference,
    };
    let by_name = find_named_schemas(resolved, definitions);
    let schemas = by_name.iter().map(|(name, location)| ((*name).to_owned(), writer.convert_schema_at(location)));
    let convert_pointer = make_pointer_converter(resolved, definitions);
    let make_reference = |location: &Location| {
        convert_pointer(location).map(|pointer| utf8_percent_encode(&format!("#{pointer}"), CONTROLS).to_string())
    };
    let places = definitions.views.places.iter().filter_map(|place| {
        let owner = make_reference(&definitions.get(place.owner)?.location)?;
        let schema =
            build_view_place_schema(place, definitions, owner, |view| make_reference(&view.location), writer.draft);
        Some((place.name.clone(), schema))
    });
    let schemas: Map<String, Value> = schemas.chain(places).collect();
    let root = definitions.roots.first().map(|root| encoded_reference(&root.name));
    json!({ "$schema": dialect_uri(writer.draft), "$ref": root, "$defs": schemas })
}

/// Builds the schema of the objects whose value of the property `place.property` fits the schema of its view: the
/// schema at the reference `owner`, and for each view of the place a condition on the sibling property.
/// `make_reference` returns the `$ref` to the schema of a view; views for which it returns `None` are left out.
pub(crate) fn build_view_place_schema(
    place: &ViewPlace,
    definitions: &Definitions,
    owner: String,
    make_reference: impl Fn(&View) -> Option<String>,
    draft: Draft,
) -> Value {
    let conditions = place.choices.iter().filter_map(|choice| {
        let view = make_reference(definitions.views.all.get(choice.view.0)?)?;
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

/// Returns the name of the type or view that is made from the schema at `location`; `None` if there is neither.
fn find_type_name<'a>(definitions: &'a Definitions, location: &Location) -> Option<&'a String> {
    definitions.type_names.get(location).or_else(|| definitions.views.type_names.get(location))
}

/// Returns the resolved schemas that have the schema at `location`: those that the views reach if only they reach it,
/// else those that the roots reach.
fn choose_resolved_with_schema<'a>(resolved: &'a Resolved, location: &Location) -> &'a Resolved {
    let of_views = resolved.view_schemas().map(|schemas| &*schemas.resolved);
    of_views
        .filter(|of_views| !resolved.is_reached_schema(location) && of_views.is_reached_schema(location))
        .unwrap_or(resolved)
}

/// Returns the location of the schema of each type and view, by its Rust name. If a root consists of a reference to the
/// definition that has the same type name, returns the location of the definition.
pub(crate) fn find_named_schemas<'a>(
    resolved: &'a Resolved,
    definitions: &'a Definitions,
) -> BTreeMap<&'a str, &'a Location> {
    let name = |location| find_type_name(definitions, location);
    let refers_to_own_name = |location| {
        let target = normalize::find_alias_target(choose_resolved_with_schema(resolved, location), location);
        target.is_some_and(|target| target != location && name(target) == name(location))
    };
    let types = &definitions.type_names;
    let of_views = definitions.views.type_names.iter().filter(|(location, _)| !types.contains_key(*location));
    let named = types.iter().chain(of_views).filter(|(location, _)| !refers_to_own_name(location));
    named.map(|(location, name)| (name.as_str(), location)).collect()
}

/// Returns a function that converts the location of a schema in the source files to its JSON pointer in the bundle:
/// `/$defs/Event/properties/id`. The function returns `None` for a location that is not in the bundle.
pub(crate) fn make_pointer_converter<'a>(
    resolved: &'a Resolved,
    definitions: &'a Definitions,
) -> impl Fn(&Location) -> Option<String> + use<'a> {
    let draft = choose_bundle_draft(resolved);
    move |location| {
        let mut outer = location.clone();
        let mut steps = Vec::new();
        loop {
            if let Some(name) = find_type_name(definitions, &outer) {
                let below: String = steps.iter().rev().map(|step| format!("/{step}")).collect();
                return Some(format!("/$defs/{name}{below}"));
            }
            let parent = outer.parent()?;
            let step = outer.pointer().get(parent.pointer().len() + 1..)?;
            steps.push(
                BundleWriter { resolved, definitions, draft, format_reference }
                    .translate_pointer_step(&parent, step)?
                    .to_owned(),
            );
            outer = parent;
        }
    }
}

/// Returns the schema at `location` translated to draft 2020-12, with each reference as a pointer into the bundle, such
/// as `#/$defs/Event`. Returns `true` if there is no value at `location`.
pub(crate) fn convert_schema_for_bundle(resolved: &Resolved, definitions: &Definitions, location: &Location) -> Value {
    BundleWriter { resolved, definitions, draft: Draft::Y2020, format_reference }.convert_schema_at(location)
}

/// Returns the `$ref` to the definition of the type `name` in the bundle: `#/$defs/Event`. Does not percent-encode the
/// name.
pub(crate) fn format_reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

/// Converts schemas of the source files to schemas of the bundle: all in one draft, with references into the bundle.
struct BundleWriter<'a> {
    resolved: &'a Resolved,
    definitions: &'a Definitions,
    /// The draft of the bundle.
    draft: Draft,
    /// Returns the `$ref` to the definition of the type with the given name.
    format_reference: fn(&str) -> String,
}

impl BundleWriter<'_> {
    /// Returns the converted schema at `location`; `true` if there is no value at `location`.
    fn convert_schema_at(&self, location: &Location) -> Value {
        self.resolved.find_value(location).map_or(Value::Bool(true), |value| self.convert_value(location, value))
    }

    /// Converts `value`, which is at `location`, and all schemas inside it. Values that are not schemas are copied.
    fn convert_value(&self, location: &Location, value: &Value) -> Value {
        match value {
            Value::Object(map) if choose_resolved_with_schema(self.resolved, location).is_reached_schema(location) => {
                let reference = choose_resolved_with_schema(self.resolved, location)
                    .find_reference(location)
                    .map(|(keyword, _)| keyword);
                let written = map.iter().filter(|(keyword, _)| !KEYWORDS_NOT_COPIED.contains(&keyword.as_str()));
                let converted = written.filter_map(|(keyword, value)| {
                    let (keyword, value) = match keyword.as_str() {
                        keyword if Some(keyword) == reference => {
                            ("$ref", Value::String(self.make_bundle_reference(location)?))
                        }
                        keyword => (keyword, self.convert_value(&location.child(keyword), value)),
                    };
                    Some((self.translate_pointer_step(location, keyword)?.to_owned(), value))
                });
                let mut converted = converted.collect();
                translate::translate_keyword_forms(&mut converted, self.resolved.draft_at(location), self.draft);
                Value::Object(converted)
            }
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), self.convert_value(&location.child(key), value))).collect()
            }
            Value::Array(list) => {
                let indexed = list.iter().enumerate();
                indexed.map(|(index, value)| self.convert_value(&location.child(&index.to_string()), value)).collect()
            }
            scalar => scalar.clone(),
        }
    }

    /// Returns the `$ref` in the bundle for the reference of the schema at `location`. If the target consists of a
    /// reference to another schema, the result refers to the other schema. `None` if the target is not known.
    fn make_bundle_reference(&self, location: &Location) -> Option<String> {
        let resolved = choose_resolved_with_schema(self.resolved, location);
        let target = resolved.find_target(location)?;
        let target = normalize::find_alias_target(resolved, target).unwrap_or(target);
        find_type_name(self.definitions, target).map(|name| (self.format_reference)(name))
    }

    /// Returns the name in the bundle of `step`, a step of a pointer below `location`: the draft of the bundle may have
    /// another name for a keyword, such as `prefixItems` for `items`. `None` if the keyword is not copied into the
    /// bundle.
    fn translate_pointer_step<'k>(&self, location: &Location, step: &'k str) -> Option<&'k str> {
        match self.resolved.find_value(location) {
            Some(Value::Object(schema))
                if choose_resolved_with_schema(self.resolved, location).is_reached_schema(location) =>
            {
                translate::translate_keyword_name(schema, step, self.resolved.draft_at(location), self.draft)
            }
            _ => Some(step),
        }
    }
}

/// Returns the draft of the bundle: the draft of all schemas that the roots reach if it is the same for all, otherwise
/// 2020-12. OpenAPI 3.0 counts as draft 4.
fn choose_bundle_draft(resolved: &Resolved) -> Draft {
    let mut drafts = resolved.reached_schemas().map(|location| resolved.draft_at(location).base_draft());
    let first = drafts.next().unwrap_or(Draft::Y2020);
    if drafts.all(|draft| draft == first) { first } else { Draft::Y2020 }
}

/// Returns the URI that `$schema` has in a document of `draft`.
fn dialect_uri(draft: Draft) -> &'static str {
    match draft {
        Draft::Four | Draft::OpenApi30 => "http://json-schema.org/draft-04/schema#",
        Draft::Six => "http://json-schema.org/draft-06/schema#",
        Draft::Seven => "http://json-schema.org/draft-07/schema#",
        Draft::Y2019 => "https://json-schema.org/draft/2019-09/schema",
        Draft::Y2020 => "https://json-schema.org/draft/2020-12/schema",
    }
}
