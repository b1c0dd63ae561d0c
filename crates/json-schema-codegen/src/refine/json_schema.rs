//! `impl JsonSchema` of schemars 1: gives back the schema that a type was made from.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use crate::bundle::Bundle;
use crate::diagnostic::Errors;
use crate::document;
use crate::normalize::{Definition, Definitions, Shape};
use crate::refine::{ident, internal};

/// The impls for all types that are not aliases, as a part to be included beside them.
pub(crate) fn json_schema(definitions: &Definitions, bundle: &Bundle) -> Result<syn::File, Errors> {
    let types = definitions.all.iter().filter(|definition| !is_alias(definition));
    let impls = types.map(|definition| implementation(definition, definitions, bundle));
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
    syn::parse2(tokens).map_err(|error| internal("the JsonSchema impls are not Rust", &error))
}

fn is_alias(definition: &Definition) -> bool {
    matches!(definition.shape, Shape::Alias(_))
}

fn implementation(definition: &Definition, definitions: &Definitions, bundle: &Bundle) -> TokenStream {
    let name = &definition.name;
    let ty = ident(name);
    let schema = document::schema_at(bundle, definitions, &definition.place);
    let schema = without_aliases(&schema, definitions, bundle, definitions.all.len());
    let mut used = Vec::new();
    references(&schema, &mut used);
    let used: Vec<&Definition> =
        definitions.all.iter().filter(|other| used.contains(&document::reference(&other.name))).collect();
    let names = used.iter().map(|other| document::reference(&other.name));
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

/// The schema with each reference to an alias replaced by what the alias stands for: it is no type
/// of its own. `depth` bounds aliases of aliases.
fn without_aliases(schema: &Value, definitions: &Definitions, bundle: &Bundle, depth: usize) -> Value {
    let again = |value: &Value| without_aliases(value, definitions, bundle, depth);
    match schema {
        Value::Array(list) => list.iter().map(again).collect(),
        Value::Object(map) => {
            let mut copied: Map<String, Value> = map.iter().map(|(name, value)| (name.clone(), again(value))).collect();
            if let Some(target) = map.get("$ref").and_then(|name| target(name, definitions)).filter(|_| depth > 0) {
                let there = document::schema_at(bundle, definitions, target);
                copied.remove("$ref");
                let mut all = vec![without_aliases(&there, definitions, bundle, depth - 1)];
                all.extend(copied.remove("allOf").and_then(|members| members.as_array().cloned()).unwrap_or_default());
                copied.insert("allOf".to_owned(), Value::Array(all));
            }
            Value::Object(copied)
        }
        scalar => scalar.clone(),
    }
}

/// The place that a reference leads to, when what is there is no type of its own.
fn target<'a>(name: &Value, definitions: &'a Definitions) -> Option<&'a crate::place::Place> {
    let name = name.as_str()?.strip_prefix("#/$defs/")?;
    let is_type = definitions.all.iter().any(|definition| definition.name == name && !is_alias(definition));
    let place = definitions.place_names.iter().find(|(_, other)| *other == name).map(|(place, _)| place);
    place.filter(|_| !is_type)
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

/// A raw string literal, with as many `#` as the text needs.
fn raw(text: &str) -> Literal {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}
