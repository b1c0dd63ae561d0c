//! `impl JsonSchema` of schemars 1: gives back the schema that a type was made from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use crate::bundle;
use crate::diagnostic::Errors;
use crate::location::Location;
use crate::normalize::{Definition, Definitions, Shape};
use crate::refine::{Output, ident};
use crate::resolve::Resolved;

/// The impls for all types that are not aliases, as a part to be included beside them.
pub(crate) fn json_schema(definitions: &Definitions, resolved: &Resolved) -> Result<Output, Errors> {
    let types = definitions.all.iter().filter(|definition| !is_alias(definition));
    let names = Names::new(definitions, resolved);
    let impls = types.map(|definition| implementation(definition, &names));
    let tokens = quote! {
        #(#impls)*

        mod json_schema {
            /// The schema of a text, its references led to where the generator keeps the types.
            pub(super) fn schema(text: &str, types: &[(&str, ::schemars::Schema)]) -> ::schemars::Schema {
                let mut schema = ::serde_json::from_str(text).unwrap_or_default();
                lead(&mut schema, types);
                ::schemars::Schema::try_from(schema).unwrap_or_default()
            }

            fn lead(schema: &mut ::serde_json::Value, types: &[(&str, ::schemars::Schema)]) {
                match schema {
                    ::serde_json::Value::Object(map) => {
                        map.values_mut().for_each(|value| lead(value, types));
                        let found = map.get("$ref").and_then(|name| types.iter().find(|(ty, _)| name == ty));
                        if let Some(target) = found.and_then(|(_, schema)| schema.get("$ref")) {
                            map.insert("$ref".to_owned(), target.clone());
                        }
                    }
                    ::serde_json::Value::Array(list) => list.iter_mut().for_each(|value| lead(value, types)),
                    _ => {}
                }
            }
        }
    };
    let mut output = Output::default();
    output.items(tokens, false)?;
    Ok(output)
}

fn is_alias(definition: &Definition) -> bool {
    matches!(definition.shape, Shape::Alias(_))
}

fn implementation(definition: &Definition, all: &Names<'_>) -> TokenStream {
    let name = &definition.name;
    let ty = ident(name);
    let schema = bundle::schema_at(all.resolved, all.definitions, &definition.location);
    let mut room = INLINED;
    let schema = all.without_aliases(&schema, DEPTH, &mut room);
    let mut found = Vec::new();
    references(&schema, &mut found);
    let used = found.iter().filter_map(|reference| all.types.get(reference.strip_prefix("#/$defs/")?));
    let used: BTreeSet<usize> = used.copied().collect();
    let used: Vec<&Definition> = used.into_iter().filter_map(|number| all.definitions.all.get(number)).collect();
    let names = used.iter().map(|other| bundle::reference(&other.name));
    let types = used.iter().map(|other| ident(&other.name));
    let text = raw(&format!("{schema:#}"));
    let argument = if used.is_empty() { quote!(_) } else { quote!(generator) };
    quote! {
        impl ::schemars::JsonSchema for #ty {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #name.into()
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", #name).into()
            }

            fn json_schema(#argument: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let types = [#((#names, generator.subschema_for::<#types>())),*];
                json_schema::schema(#text, &types)
            }
        }
    }
}

/// How many values of aliases the schema of one type takes in. What is past that takes any value:
/// aliases that refer to each other more than once would double it again and again.
const INLINED: usize = 2_000;

/// How deep aliases of aliases are taken in.
const DEPTH: usize = 8;

/// Definitions and places by their names.
struct Names<'a> {
    resolved: &'a Resolved,
    definitions: &'a Definitions,
    types: HashMap<&'a str, usize>,
    places: BTreeMap<&'a str, &'a Location>,
}

impl<'a> Names<'a> {
    fn new(definitions: &'a Definitions, resolved: &'a Resolved) -> Self {
        let types = definitions.all.iter().enumerate().filter(|(_, definition)| !is_alias(definition));
        let types = types.map(|(number, definition)| (definition.name.as_str(), number)).collect();
        let places = bundle::locations_by_name(resolved, definitions);
        Self { resolved, definitions, types, places }
    }

    /// The place that a reference leads to, when what is there is no type of its own.
    fn alias(&self, reference: &Value) -> Option<&'a Location> {
        let name = reference.as_str()?.strip_prefix("#/$defs/")?;
        if self.types.contains_key(name) { None } else { self.places.get(name).copied() }
    }

    /// The schema with each reference to an alias replaced by what the alias stands for: it is no
    /// type of its own. `room` is how many values may still be taken in.
    fn without_aliases(&self, schema: &Value, depth: usize, room: &mut usize) -> Value {
        match schema {
            Value::Array(list) => list.iter().map(|value| self.without_aliases(value, depth, room)).collect(),
            Value::Object(map) => {
                let copy = |(name, value): (&String, &Value)| (name.clone(), self.without_aliases(value, depth, room));
                let mut copied: Map<String, Value> = map.iter().map(copy).collect();
                if let Some(target) = map.get("$ref").and_then(|reference| self.alias(reference)) {
                    copied.remove("$ref");
                    let mut all = vec![self.inlined(target, depth, room)];
                    all.extend(
                        copied.remove("allOf").and_then(|members| members.as_array().cloned()).unwrap_or_default(),
                    );
                    copied.insert("allOf".to_owned(), Value::Array(all));
                }
                Value::Object(copied)
            }
            scalar => scalar.clone(),
        }
    }

    fn inlined(&self, target: &Location, depth: usize, room: &mut usize) -> Value {
        let size = self.resolved.value(target).map_or(0, |value| size(value, *room));
        if depth == 0 || size >= *room {
            return Value::Bool(true);
        }
        *room -= size;
        let there = bundle::schema_at(self.resolved, self.definitions, target);
        self.without_aliases(&there, depth - 1, room)
    }
}

/// How many values a value holds, itself counted, as far as `most`.
fn size(value: &Value, most: usize) -> usize {
    let mut waiting = vec![value];
    let mut count = 0;
    while let (Some(value), true) = (waiting.pop(), count < most) {
        count += 1;
        match value {
            Value::Object(map) => waiting.extend(map.values()),
            Value::Array(list) => waiting.extend(list),
            _ => {}
        }
    }
    count
}

fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// rustc takes no more than 255.
const MOST_HASHES: usize = 8;

/// JSON with the characters escaped that turn the direction of text, which rustc refuses in source,
/// and those that control a terminal.
fn plain(text: &str) -> String {
    let escaped = |c: char| match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{7F}'..='\u{9F}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(escaped).collect()
}

/// A raw string literal, with as many `#` as the text needs.
fn raw(text: &str) -> Literal {
    let text = plain(text);
    let hashes = (1..=MOST_HASHES).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}")));
    let raw = hashes.and_then(|hashes| format!("r{hashes}\"{text}\"{hashes}").parse().ok());
    raw.unwrap_or_else(|| Literal::string(&text))
}
