//! The corrected schema as one self-contained document: what validators and other tools take.
//!
//! Each place that is a root or referred to is a definition under `$defs`, by its Rust name; every
//! `$ref` is a pointer into the document. `$id`s and anchors go, since nothing needs them then.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::bundle::Bundle;
use crate::draft::Draft;
use crate::normalize::Definitions;
use crate::place::Place;

/// Keywords that name a schema or hold definitions: their work is done.
const RESOLVED: &[&str] = &["$anchor", "$defs", "$id", "$schema", "definitions", "id"];

/// The document; its own schema is the first root.
pub(crate) fn document(bundle: &Bundle, definitions: &Definitions) -> Value {
    let by_name: BTreeMap<&String, &Place> =
        definitions.place_names.iter().map(|(place, name)| (name, place)).collect();
    let schemas = by_name.iter().map(|(name, place)| ((*name).clone(), schema_at(bundle, definitions, place)));
    let schemas: Map<String, Value> = schemas.collect();
    let root = definitions.roots.first().map(|root| reference(&root.name));
    json!({ "$schema": dialect(bundle), "$ref": root, "$defs": schemas })
}

/// Where in the document the schema of a place stands, as a JSON pointer.
pub(crate) fn pointer(definitions: &Definitions, place: &Place) -> Option<String> {
    let mut outer = place.clone();
    loop {
        if let Some(name) = definitions.place_names.get(&outer) {
            let rest = place.pointer().strip_prefix(outer.pointer())?;
            return Some(format!("/$defs/{name}{rest}"));
        }
        outer = outer.parent()?;
    }
}

/// The schema of a place with its references led into the document.
pub(crate) fn schema_at(bundle: &Bundle, definitions: &Definitions, place: &Place) -> Value {
    bundle.value(place).map_or(Value::Bool(true), |value| copy(bundle, definitions, place, value))
}

/// What a `$ref` to a definition says in the document.
pub(crate) fn reference(name: &str) -> String {
    format!("#/$defs/{name}")
}

fn copy(bundle: &Bundle, definitions: &Definitions, place: &Place, value: &Value) -> Value {
    match value {
        Value::Object(map) if bundle.is_schema(place) => {
            let kept = map.iter().filter(|(keyword, _)| !RESOLVED.contains(&keyword.as_str()));
            let copied = kept.filter_map(|(keyword, value)| {
                let value = match keyword.as_str() {
                    "$ref" => Value::String(reference(definitions.place_names.get(bundle.target(place)?)?)),
                    keyword => copy(bundle, definitions, &place.child(keyword), value),
                };
                Some((keyword.clone(), value))
            });
            copied.collect()
        }
        Value::Object(map) => {
            let copied =
                map.iter().map(|(key, value)| (key.clone(), copy(bundle, definitions, &place.child(key), value)));
            copied.collect()
        }
        Value::Array(list) => {
            let copied = list.iter().enumerate();
            copied.map(|(index, value)| copy(bundle, definitions, &place.child(&index.to_string()), value)).collect()
        }
        scalar => scalar.clone(),
    }
}

/// The `$schema` of the document: the draft of the first root.
fn dialect(bundle: &Bundle) -> &'static str {
    match bundle.roots().first().map(|place| bundle.draft(place)) {
        Some(Draft::Four | Draft::OpenApi30) => "http://json-schema.org/draft-04/schema#",
        Some(Draft::Six) => "http://json-schema.org/draft-06/schema#",
        Some(Draft::Seven) => "http://json-schema.org/draft-07/schema#",
        Some(Draft::Y2019) => "https://json-schema.org/draft/2019-09/schema",
        Some(Draft::Y2020) | None => "https://json-schema.org/draft/2020-12/schema",
    }
}
