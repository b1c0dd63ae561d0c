//! Writes the corrected schemas as one self-contained document, for validators and other tools.
//!
//! Each schema that is a root or referred to becomes a definition in `$defs`, under its Rust name. Each
//! `$ref` becomes a pointer into the document. `$id`s and anchors are left out, since nothing needs them then.

mod translate;

use std::collections::BTreeMap;

use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::bundle::Bundle;
use crate::draft::Draft;
use crate::normalize::{self, Definitions};
use crate::place::Place;

/// Keywords that are left out: they name a schema or hold definitions, and references are resolved.
const RESOLVED: &[&str] = &["$anchor", "$defs", "$id", "$schema", "definitions", "id"];

/// Returns the document: `{"$schema": …, "$ref": "#/$defs/Event", "$defs": {…}}`. The `$ref` is the first root.
pub(crate) fn document(bundle: &Bundle, definitions: &Definitions) -> Value {
    let by_name: BTreeMap<&String, &Place> =
        definitions.place_names.iter().map(|(place, name)| (name, place)).collect();
    // A URI may contain only ASCII.
    let encoded_reference = |name: &str| utf8_percent_encode(&reference(name), CONTROLS).to_string();
    let writer = Writer { bundle, definitions, draft: draft(bundle), reference: encoded_reference };
    let schemas = by_name.iter().map(|(name, place)| ((*name).clone(), writer.schema(place)));
    let schemas: Map<String, Value> = schemas.collect();
    let root = definitions.roots.first().map(|root| encoded_reference(&root.name));
    json!({ "$schema": dialect(writer.draft), "$ref": root, "$defs": schemas })
}

/// Returns a function that converts a location in the source files to the JSON pointer in the document:
/// `/$defs/Event/properties/id`. It returns `None` for a location that is not in the document.
pub(crate) fn pointers<'a>(
    bundle: &'a Bundle,
    definitions: &'a Definitions,
) -> impl Fn(&Place) -> Option<String> + use<'a> {
    let draft = draft(bundle);
    move |place| {
        let mut outer = place.clone();
        let mut steps = Vec::new();
        loop {
            if let Some(name) = definitions.place_names.get(&outer) {
                let below: String = steps.iter().rev().map(|step| format!("/{step}")).collect();
                return Some(format!("/$defs/{name}{below}"));
            }
            let parent = outer.parent()?;
            let step = outer.pointer().get(parent.pointer().len() + 1..)?;
            steps.push(Writer { bundle, definitions, draft, reference }.keyword(&parent, step)?.to_owned());
            outer = parent;
        }
    }
}

/// Returns the schema at `place` in draft 2020-12, with its references as pointers into the document.
pub(crate) fn schema_at(bundle: &Bundle, definitions: &Definitions, place: &Place) -> Value {
    Writer { bundle, definitions, draft: Draft::Y2020, reference }.schema(place)
}

/// Returns the `$ref` to a definition: `#/$defs/Event`. Not percent-encoded.
pub(crate) fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

/// Converts schemas to one draft, for the document.
struct Writer<'a> {
    bundle: &'a Bundle,
    definitions: &'a Definitions,
    /// The draft of the document.
    draft: Draft,
    /// Returns the `$ref` to the definition of this name.
    reference: fn(&str) -> String,
}

impl Writer<'_> {
    /// Returns the converted schema at `place`; `true` if there is none.
    fn schema(&self, place: &Place) -> Value {
        self.bundle.value(place).map_or(Value::Bool(true), |value| self.convert(place, value))
    }

    /// Converts `value`, which is at `place`, and all schemas in it. Values that are not schemas stay as they
    /// are.
    fn convert(&self, place: &Place, value: &Value) -> Value {
        match value {
            Value::Object(map) if self.bundle.is_schema(place) => {
                let reference = self.bundle.reference(place).map(|(keyword, _)| keyword);
                let written = map.iter().filter(|(keyword, _)| !RESOLVED.contains(&keyword.as_str()));
                let converted = written.filter_map(|(keyword, value)| {
                    let (keyword, value) = match keyword.as_str() {
                        keyword if Some(keyword) == reference => ("$ref", Value::String(self.reference(place)?)),
                        keyword => (keyword, self.convert(&place.child(keyword), value)),
                    };
                    Some((self.keyword(place, keyword)?.to_owned(), value))
                });
                let mut converted = converted.collect();
                translate::translate(&mut converted, self.bundle.draft(place), self.draft);
                Value::Object(converted)
            }
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), self.convert(&place.child(key), value))).collect()
            }
            Value::Array(list) => {
                let indexed = list.iter().enumerate();
                indexed.map(|(index, value)| self.convert(&place.child(&index.to_string()), value)).collect()
            }
            scalar => scalar.clone(),
        }
    }

    /// Returns the `$ref` of the schema at `place`, past schemas that only refer to another schema. `None` if its
    /// target is not known.
    fn reference(&self, place: &Place) -> Option<String> {
        let target = self.bundle.target(place)?;
        let target = normalize::target(self.bundle, target).unwrap_or(target);
        self.definitions.place_names.get(target).map(|name| (self.reference)(name))
    }

    /// Returns `step`, a step from `place`, as it is in the document: the draft may have another name for a
    /// keyword. `None` if the keyword is left out of the document.
    fn keyword<'k>(&self, place: &Place, step: &'k str) -> Option<&'k str> {
        match self.bundle.value(place) {
            Some(Value::Object(schema)) if self.bundle.is_schema(place) => {
                translate::keyword(schema, step, self.bundle.draft(place), self.draft)
            }
            _ => Some(step),
        }
    }
}

/// Returns the draft of the document: that of all schemas, or 2020-12 if they have different drafts.
fn draft(bundle: &Bundle) -> Draft {
    let mut drafts = bundle.schemas().map(|place| bundle.draft(place).like());
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
