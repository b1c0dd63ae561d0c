//! Writes `impl JsonSchema` for schemars 1, which returns the schema that a type was generated from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use crate::bundle;
use crate::diagnostic::Errors;
use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::{Definition, Definitions, Shape, View, ViewPlace};
use crate::refine::{Output, make_ident};
use crate::resolve::Resolved;

/// Returns the impls for all types that are not aliases, for the views, and for the enums of views, as a part that is
/// included beside the types. The schema of an enum of views is that of the objects whose property fits its view.
///
/// # Errors
/// If the output is not valid Rust, which is a fault of the generator.
pub(crate) fn write_json_schema_impls(definitions: &Definitions, resolved: &Resolved) -> Result<Output, Errors> {
    let names = NamedTypes::new(definitions, resolved);
    let impls = names.types.iter().map(|ty| write_impl(ty, &names));
    let tokens = quote! {
        #(#impls)*

        mod json_schema {
            /// Parses the text of a schema. A reference to one of `types` (reference in the text, reference schema of
            /// the generator) becomes the reference of the generator.
            pub(super) fn schema(text: &str, types: &[(&str, ::schemars::Schema)]) -> ::schemars::Schema {
                let mut schema = ::serde_json::from_str(text).unwrap_or_default();
                redirect(&mut schema, types);
                ::schemars::Schema::try_from(schema).unwrap_or_default()
            }

            /// Replaces the references in a schema by those of the generator.
            fn redirect(schema: &mut ::serde_json::Value, types: &[(&str, ::schemars::Schema)]) {
                match schema {
                    ::serde_json::Value::Object(map) => {
                        map.values_mut().for_each(|value| redirect(value, types));
                        let found = map.get("$ref").and_then(|name| types.iter().find(|(ty, _)| name == ty));
                        if let Some(target) = found.and_then(|(_, schema)| schema.get("$ref")) {
                            map.insert("$ref".to_owned(), target.clone());
                        }
                    }
                    ::serde_json::Value::Array(list) => list.iter_mut().for_each(|value| redirect(value, types)),
                    _ => {}
                }
            }
        }
    };
    let mut output = Output::default();
    output.add_items(tokens, false)?;
    Ok(output)
}

/// Checks whether the type of a definition is an alias, for which there can be no impl.
fn is_alias(definition: &Definition) -> bool {
    matches!(definition.shape, Shape::Alias(_))
}

/// A type that gets an impl of `JsonSchema`.
struct ImplementedType<'a> {
    name: &'a str,
    /// The type with its lifetime, if it has one: `Message<'_>`.
    ty: TokenStream,
    source: SchemaSource<'a>,
}

/// The source of the schema of a type.
enum SchemaSource<'a> {
    /// The schema at a location.
    At(&'a Location),
    /// The conditions of a place that has views.
    Place(&'a ViewPlace),
}

/// Returns the types that get an impl: the types that are not aliases, the views, and the enums of views.
fn list_implemented_types(definitions: &Definitions) -> Vec<ImplementedType<'_>> {
    let types = definitions.all.iter().filter(|definition| !is_alias(definition)).map(|definition| {
        let ty = make_ident(&definition.name);
        ImplementedType { name: &definition.name, ty: quote!(#ty), source: SchemaSource::At(&definition.location) }
    });
    let views = definitions.views.all.iter().map(|view| (&view.name, SchemaSource::At(&view.location)));
    let places = definitions.views.places.iter().map(|place| (&place.name, SchemaSource::Place(place)));
    let with_lifetime = views.chain(places).map(|(name, source)| {
        let ty = make_ident(name);
        ImplementedType { name, ty: quote!(#ty<'_>), source }
    });
    types.chain(with_lifetime).collect()
}

/// Returns the impl of `JsonSchema` for a type.
fn write_impl(implemented: &ImplementedType<'_>, all: &NamedTypes<'_>) -> TokenStream {
    let ImplementedType { name, ty, source } = implemented;
    let schema = match source {
        SchemaSource::At(location) => bundle::convert_schema_for_bundle(all.resolved, all.definitions, location),
        SchemaSource::Place(place) => {
            let owner = bundle::format_reference(all.definitions.name(place.owner));
            let make_reference = |view: &View| Some(bundle::format_reference(&view.name));
            bundle::build_view_place_schema(place, all.definitions, owner, make_reference, Draft::Y2020)
        }
    };
    let mut room = MAX_INLINED_VALUES;
    let schema = all.replace_aliases(&schema, MAX_ALIAS_DEPTH, &mut room);
    let mut found = Vec::new();
    collect_references(&schema, &mut found);
    let used = found.iter().filter_map(|reference| all.indices.get(reference.strip_prefix("#/$defs/")?));
    let used: BTreeSet<usize> = used.copied().collect();
    let used: Vec<&ImplementedType<'_>> = used.into_iter().filter_map(|index| all.types.get(index)).collect();
    let names = used.iter().map(|other| bundle::format_reference(other.name));
    let types = used.iter().map(|other| &other.ty);
    let text = write_raw_string(&format!("{schema:#}"));
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

/// Most JSON values that replace references to aliases in the schema of one type. Beyond that, `true` replaces the
/// reference: aliases that refer to each other several times would double the schema again and again.
const MAX_INLINED_VALUES: usize = 2_000;

/// Most aliases inside one another that are replaced; beyond that, `true` replaces the reference.
const MAX_ALIAS_DEPTH: usize = 8;

/// The types that get an impl, and all named schemas, by their names.
struct NamedTypes<'a> {
    resolved: &'a Resolved,
    definitions: &'a Definitions,
    /// The types that get an impl, in the order of the impls.
    types: Vec<ImplementedType<'a>>,
    /// The indices of `types` by the names of the types.
    indices: HashMap<&'a str, usize>,
    /// The locations of all named schemas, by their names.
    locations: BTreeMap<&'a str, &'a Location>,
}

impl<'a> NamedTypes<'a> {
    fn new(definitions: &'a Definitions, resolved: &'a Resolved) -> Self {
        let types = list_implemented_types(definitions);
        let indices = types.iter().enumerate().map(|(index, ty)| (ty.name, index)).collect();
        let locations = bundle::find_named_schemas(resolved, definitions);
        Self { resolved, definitions, types, indices, locations }
    }

    /// Returns the location of the schema that `reference` (`#/$defs/NAME`) refers to if its type is an alias; `None`
    /// if it is not.
    fn find_alias(&self, reference: &Value) -> Option<&'a Location> {
        let name = reference.as_str()?.strip_prefix("#/$defs/")?;
        if self.indices.contains_key(name) { None } else { self.locations.get(name).copied() }
    }

    /// Returns `schema` with each reference to an alias replaced by the schema of the alias, since schemars has no
    /// entry for it. `depth` is how many aliases inside one another may still be replaced, `room` how many JSON values
    /// may still be inserted; it is reduced by those that are. At 0, `true` replaces the reference.
    fn replace_aliases(&self, schema: &Value, depth: usize, room: &mut usize) -> Value {
        match schema {
            Value::Array(list) => list.iter().map(|value| self.replace_aliases(value, depth, room)).collect(),
            Value::Object(map) => {
                let copy = |(name, value): (&String, &Value)| (name.clone(), self.replace_aliases(value, depth, room));
                let mut copied: Map<String, Value> = map.iter().map(copy).collect();
                if let Some(target) = map.get("$ref").and_then(|reference| self.find_alias(reference)) {
                    copied.remove("$ref");
                    let mut all = vec![self.inline_alias(target, depth, room)];
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

    /// Returns the schema at `target` without references to aliases, or `true` if `depth` or `room` does not suffice.
    fn inline_alias(&self, target: &Location, depth: usize, room: &mut usize) -> Value {
        let size = self.resolved.find_value(target).map_or(0, |value| count_values(value, *room));
        if depth == 0 || size >= *room {
            return Value::Bool(true);
        }
        *room -= size;
        let there = bundle::convert_schema_for_bundle(self.resolved, self.definitions, target);
        self.replace_aliases(&there, depth - 1, room)
    }
}

/// Returns the number of JSON values in a value, including itself, but at most about `most`: counting ends there.
fn count_values(value: &Value, most: usize) -> usize {
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

/// Adds the value of each `$ref` in a schema, such as `#/$defs/Order`, to `found`.
fn collect_references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| collect_references(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| collect_references(value, found)),
        _ => {}
    }
}

/// Most `#`s of a raw string literal; rustc allows 255.
const MAX_HASHES: usize = 8;

/// Returns a JSON text with JSON escapes in the place of characters that change the direction of text, which rustc
/// rejects in source, and of control characters.
fn escape_invisible(text: &str) -> String {
    let escaped = |c: char| match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{7F}'..='\u{9F}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(escaped).collect()
}

/// Returns a raw string literal with as many `#`s as the text needs; a string literal with escapes if it needs more
/// than [`MAX_HASHES`].
fn write_raw_string(text: &str) -> Literal {
    let text = escape_invisible(text);
    let hashes = (1..=MAX_HASHES).map(|count| "#".repeat(count)).find(|hashes| !text.contains(&format!("\"{hashes}")));
    let raw = hashes.and_then(|hashes| format!("r{hashes}\"{text}\"{hashes}").parse().ok());
    raw.unwrap_or_else(|| Literal::string(&text))
}
