//! The corrected schema as one self-contained document: what validators and other tools take.
//!
//! Each place that is a root or referred to is a definition under `$defs`, by its Rust name; every
//! `$ref` is a pointer into the document. `$id`s and anchors go, since nothing needs them then.

mod translate;

use std::collections::BTreeMap;

use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::bundle::Bundle;
use crate::draft::Draft;
use crate::normalize::{self, Definitions};
use crate::place::Place;

/// Keywords that name a schema or hold definitions: their work is done.
const RESOLVED: &[&str] = &["$anchor", "$defs", "$id", "$schema", "definitions", "id"];

/// The document; its own schema is the first root.
pub(crate) fn document(bundle: &Bundle, definitions: &Definitions) -> Value {
    let by_name: BTreeMap<&String, &Place> =
        definitions.place_names.iter().map(|(place, name)| (name, place)).collect();
    // Only ASCII may stand in a URI as it is.
    let encoded = |name: &str| utf8_percent_encode(&reference(name), CONTROLS).to_string();
    let writer = Writer { bundle, definitions, draft: draft(bundle), reference: encoded };
    let schemas = by_name.iter().map(|(name, place)| ((*name).clone(), writer.schema(place)));
    let schemas: Map<String, Value> = schemas.collect();
    let root = definitions.roots.first().map(|root| encoded(&root.name));
    json!({ "$schema": dialect(writer.draft), "$ref": root, "$defs": schemas })
}

/// Where in the document the schemas of places stand, as JSON pointers.
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
                let rest: String = steps.iter().rev().map(|step| format!("/{step}")).collect();
                return Some(format!("/$defs/{name}{rest}"));
            }
            let parent = outer.parent()?;
            let step = outer.pointer().get(parent.pointer().len() + 1..)?;
            steps.push(Writer { bundle, definitions, draft, reference }.keyword(&parent, step)?.to_owned());
            outer = parent;
        }
    }
}

/// The schema of a place in draft 2020-12, with its references led into the document.
pub(crate) fn schema_at(bundle: &Bundle, definitions: &Definitions, place: &Place) -> Value {
    Writer { bundle, definitions, draft: Draft::Y2020, reference }.schema(place)
}

/// What a `$ref` to a definition says, by the letters of its name.
pub(crate) fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

/// Writes schemas in one draft.
struct Writer<'a> {
    bundle: &'a Bundle,
    definitions: &'a Definitions,
    draft: Draft,
    /// What a `$ref` to a definition says.
    reference: fn(&str) -> String,
}

impl Writer<'_> {
    fn schema(&self, place: &Place) -> Value {
        self.bundle.value(place).map_or(Value::Bool(true), |value| self.copy(place, value))
    }

    fn copy(&self, place: &Place, value: &Value) -> Value {
        match value {
            Value::Object(map) if self.bundle.is_schema(place) => {
                let reference = self.bundle.reference(place).map(|(keyword, _)| keyword);
                let kept = map.iter().filter(|(keyword, _)| !RESOLVED.contains(&keyword.as_str()));
                let copied = kept.filter_map(|(keyword, value)| {
                    let (keyword, value) = match keyword.as_str() {
                        keyword if Some(keyword) == reference => ("$ref", Value::String(self.reference(place)?)),
                        keyword => (keyword, self.copy(&place.child(keyword), value)),
                    };
                    Some((self.keyword(place, keyword)?.to_owned(), value))
                });
                let mut copied = copied.collect();
                translate::translate(&mut copied, self.bundle.draft(place), self.draft);
                Value::Object(copied)
            }
            Value::Object(map) => {
                map.iter().map(|(key, value)| (key.clone(), self.copy(&place.child(key), value))).collect()
            }
            Value::Array(list) => {
                let copied = list.iter().enumerate();
                copied.map(|(index, value)| self.copy(&place.child(&index.to_string()), value)).collect()
            }
            scalar => scalar.clone(),
        }
    }

    /// The reference of the schema at a place: to what schemas lead to that do nothing but refer to others.
    fn reference(&self, place: &Place) -> Option<String> {
        let target = self.bundle.target(place)?;
        let target = normalize::target(self.bundle, target).unwrap_or(target);
        self.definitions.place_names.get(target).map(|name| (self.reference)(name))
    }

    /// What a step from a place is called in the document: keywords of schemas may have other names.
    fn keyword<'k>(&self, place: &Place, step: &'k str) -> Option<&'k str> {
        match self.bundle.value(place) {
            Some(Value::Object(schema)) if self.bundle.is_schema(place) => {
                translate::keyword(schema, step, self.bundle.draft(place), self.draft)
            }
            _ => Some(step),
        }
    }
}

/// The draft of the document: that of the schemas, 2020-12 when they are of several.
fn draft(bundle: &Bundle) -> Draft {
    let mut drafts = bundle.schemas().map(|place| bundle.draft(place).like());
    let first = drafts.next().unwrap_or(Draft::Y2020);
    if drafts.all(|draft| draft == first) { first } else { Draft::Y2020 }
}

fn dialect(draft: Draft) -> &'static str {
    match draft {
        Draft::Four | Draft::OpenApi30 => "http://json-schema.org/draft-04/schema#",
        Draft::Six => "http://json-schema.org/draft-06/schema#",
        Draft::Seven => "http://json-schema.org/draft-07/schema#",
        Draft::Y2019 => "https://json-schema.org/draft/2019-09/schema",
        Draft::Y2020 => "https://json-schema.org/draft/2020-12/schema",
    }
}
