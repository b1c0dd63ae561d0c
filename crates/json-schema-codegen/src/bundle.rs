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
use crate::normalize::{self, Definitions};
use crate::resolve::Resolved;

/// The keywords that are not copied into the bundle: they name a schema or hold definitions, which nothing needs once
/// all references are resolved.
const KEYWORDS_LEFT_OUT: &[&str] = &["$anchor", "$defs", "$id", "$schema", "definitions", "id"];

/// Returns the bundle, one document with all corrected schemas: `{"$schema": …, "$ref": "#/$defs/Event", "$defs":
/// {…}}`. Its `$ref` refers to the first root.
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
    let schemas: Map<String, Value> = schemas.collect();
    let root = definitions.roots.first().map(|root| encoded_reference(&root.name));
    json!({ "$schema": dialect_uri(writer.draft), "$ref": root, "$defs": schemas })
}

/// Returns the location of the schema of each type, by the type's Rust name. If a root consists of a reference to the
/// definition that has the same type name, returns the location of the definition.
pub(crate) fn find_named_schemas<'a>(
    resolved: &'a Resolved,
    definitions: &'a Definitions,
) -> BTreeMap<&'a str, &'a Location> {
    let name = |location| definitions.type_names.get(location);
    let refers_to_own_name = |location| {
        let target = normalize::find_alias_target(resolved, location);
        target.is_some_and(|target| target != location && name(target) == name(location))
    };
    let named = definitions.type_names.iter().filter(|(location, _)| !refers_to_own_name(location));
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
            if let Some(name) = definitions.type_names.get(&outer) {
                let below: String = steps.iter().rev().map(|step| format!("/{step}")).collect();
                return Some(format!("/$defs/{name}{below}"));
            }
            let parent = outer.parent()?;
            let step = outer.pointer().get(parent.pointer().len() + 1..)?;
            steps.push(
                BundleWriter { resolved, definitions, draft, format_reference }
                    .translate_step(&parent, step)?
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
        self.resolved.value(location).map_or(Value::Bool(true), |value| self.convert_value(location, value))
    }

    /// Converts `value`, which is at `location`, and all schemas inside it. Values that are not schemas are copied.
    fn convert_value(&self, location: &Location, value: &Value) -> Value {
        match value {
            Value::Object(map) if self.resolved.is_schema(location) => {
                let reference = self.resolved.reference(location).map(|(keyword, _)| keyword);
                let written = map.iter().filter(|(keyword, _)| !KEYWORDS_LEFT_OUT.contains(&keyword.as_str()));
                let converted = written.filter_map(|(keyword, value)| {
                    let (keyword, value) = match keyword.as_str() {
                        keyword if Some(keyword) == reference => {
                            ("$ref", Value::String(self.convert_reference(location)?))
                        }
                        keyword => (keyword, self.convert_value(&location.child(keyword), value)),
                    };
                    Some((self.translate_step(location, keyword)?.to_owned(), value))
                });
                let mut converted = converted.collect();
                translate::translate_keyword_forms(&mut converted, self.resolved.draft(location), self.draft);
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
    fn convert_reference(&self, location: &Location) -> Option<String> {
        let target = self.resolved.target(location)?;
        let target = normalize::find_alias_target(self.resolved, target).unwrap_or(target);
        self.definitions.type_names.get(target).map(|name| (self.format_reference)(name))
    }

    /// Returns the name in the bundle of `step`, a step of a pointer below `location`: the draft of the bundle may have
    /// another name for a keyword, such as `prefixItems` for `items`. `None` if the keyword is not copied into the
    /// bundle.
    fn translate_step<'k>(&self, location: &Location, step: &'k str) -> Option<&'k str> {
        match self.resolved.value(location) {
            Some(Value::Object(schema)) if self.resolved.is_schema(location) => {
                translate::translate_keyword_name(schema, step, self.resolved.draft(location), self.draft)
            }
            _ => Some(step),
        }
    }
}

/// Returns the draft of the bundle: the draft of all schemas that the roots reach if it is the same for all, otherwise
/// 2020-12. OpenAPI 3.0 counts as draft 4.
fn choose_bundle_draft(resolved: &Resolved) -> Draft {
    let mut drafts = resolved.schemas().map(|location| resolved.draft(location).base_draft());
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
