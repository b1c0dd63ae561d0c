//! A schema that accepts what lenient readers do: the given one with its bounds moved outwards.

use serde_json::{Map, Value, json};

use crate::Leniency;
use crate::pointer;

/// The keyword, no validator knows it, that marks a branch as one to make less often.
pub(crate) const RARE: &str = "json-schema-documents:rare";

/// Relaxes the schema `document`, and says where in it the subschema at `pointer` is then.
pub(crate) fn relaxed(document: &Value, pointer: &str, leniency: Leniency) -> (Value, String) {
    let mut relaxation = Relaxation { leniency, moves: Vec::new() };
    let mut relaxed = relaxation.schema(document, "", "");
    relaxation.redirect(&mut relaxed);
    (relaxed, relaxation.moved(pointer))
}

struct Relaxation {
    leniency: Leniency,
    /// The subschemas that are elsewhere now: where each was, and where it is.
    moves: Vec<(String, String)>,
}

impl Relaxation {
    /// The relaxed form of `schema`, which was at `from` and is to be at `to`.
    fn schema(&mut self, schema: &Value, from: &str, to: &str) -> Value {
        if from != to {
            self.moves.push((from.to_owned(), to.to_owned()));
        }
        let Value::Object(keywords) = schema else {
            return schema.clone();
        };
        let mut relaxed = Map::new();
        for (keyword, value) in keywords {
            let new_keyword = self.keyword(keyword, keywords);
            let from = pointer::child(from, keyword);
            let to = pointer::child(to, new_keyword);
            let value = match keyword.as_str() {
                "properties" => self.properties(value, keywords, &from, &to),
                "$defs" | "definitions" | "patternProperties" | "dependentSchemas" => self.map(value, &from, &to),
                "allOf" | "anyOf" | "oneOf" | "prefixItems" => self.list(value, &from, &to),
                "items"
                | "additionalProperties"
                | "contains"
                | "then"
                | "else"
                | "unevaluatedItems"
                | "unevaluatedProperties" => self.schema(value, &from, &to),
                // Within `not` and `if` to accept more would be to accept less in the end.
                _ => value.clone(),
            };
            relaxed.insert(new_keyword.to_owned(), value);
        }
        if self.leniency.unknown_enum_values {
            open_enum(&mut relaxed);
        }
        Value::Object(relaxed)
    }

    /// What `keyword` becomes: branches that exclude each other no longer do once relaxed.
    fn keyword<'k>(&self, keyword: &'k str, keywords: &Map<String, Value>) -> &'k str {
        if keyword == "oneOf" && !keywords.contains_key("anyOf") { "anyOf" } else { keyword }
    }

    fn properties(&mut self, members: &Value, keywords: &Map<String, Value>, from: &str, to: &str) -> Value {
        let required = keywords.get("required").and_then(Value::as_array);
        let is_required = |name: &str| {
            let mut names = required.into_iter().flatten();
            names.any(|required| required == name)
        };
        let mut relaxed = Map::new();
        for (name, schema) in members.as_object().into_iter().flatten() {
            let (from, to) = (pointer::child(from, name), pointer::child(to, name));
            let schema = if self.leniency.nulls && !is_required(name) {
                let branch = self.schema(schema, &from, &format!("{to}/anyOf/0"));
                json!({ "anyOf": [branch, { "type": "null", RARE: true }] })
            } else {
                self.schema(schema, &from, &to)
            };
            relaxed.insert(name.clone(), schema);
        }
        Value::Object(relaxed)
    }

    fn map(&mut self, members: &Value, from: &str, to: &str) -> Value {
        let mut relaxed = Map::new();
        for (name, schema) in members.as_object().into_iter().flatten() {
            let (from, to) = (pointer::child(from, name), pointer::child(to, name));
            relaxed.insert(name.clone(), self.schema(schema, &from, &to));
        }
        Value::Object(relaxed)
    }

    fn list(&mut self, items: &Value, from: &str, to: &str) -> Value {
        let items = items.as_array().into_iter().flatten().enumerate();
        let relaxed = items.map(|(index, schema)| {
            let (from, to) = (pointer::child(from, index), pointer::child(to, index));
            self.schema(schema, &from, &to)
        });
        relaxed.collect()
    }

    /// Where the subschema is that was at `pointer`.
    fn moved(&self, pointer: &str) -> String {
        let rest = |from: &str| {
            let rest = pointer.strip_prefix(from)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(rest)
        };
        // The innermost move includes those around it.
        let moves = self.moves.iter();
        let moves = moves.filter_map(|(from, to)| Some((from.len(), to, rest(from)?)));
        match moves.max_by_key(|(length, ..)| *length) {
            Some((_, to, rest)) => format!("{to}{rest}"),
            None => pointer.to_owned(),
        }
    }

    /// Makes each `$ref` in `value` lead to where its target is now.
    fn redirect(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get_mut("$ref") {
                    if let Some(target) = pointer::from_reference(reference) {
                        *reference = pointer::to_reference(&self.moved(&target));
                    }
                }
                members.values_mut().for_each(|all| self.redirect(all));
            }
            Value::Array(items) => items.iter_mut().for_each(|all| self.redirect(all)),
            _ => (),
        }
    }
}

/// Lets a schema whose `enum` lists texts, and `null` at most, accept other texts too.
fn open_enum(keywords: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = keywords.get("enum") else {
        return;
    };
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let is_textual = values.iter().all(|all| all.is_string() || all.is_null());
    if texts.is_empty() || !is_textual {
        return;
    }
    let union = json!({ "anyOf": [
        { "enum": values },
        { "type": "string", RARE: true },
        { "enum": near_misses(&texts), RARE: true },
    ]});
    keywords.shift_remove("enum");
    // Last in `allOf`, it moves no subschema.
    let all_of = keywords.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(schemas) = all_of {
        schemas.push(union);
    }
}

/// Texts that a careless reader takes for one of `texts`.
fn near_misses(texts: &[&str]) -> Vec<String> {
    let mut misses: Vec<String> = Vec::new();
    for text in texts {
        for miss in [text.to_uppercase(), text.to_lowercase(), format!("{text} "), format!("{text}2")] {
            if !texts.contains(&miss.as_str()) && !misses.contains(&miss) {
                misses.push(miss);
            }
        }
    }
    misses
}
