//! Writes a crate that uses everything public in the generated types: it names each type, reads each field as its type,
//! makes each struct that can be made, calls each method, matches each variant, and relies on each trait.

use std::fmt::Write as _;

use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, Item, Visibility};

use crate::probe_views::{write_place_probe, write_view_probe};

/// Returns the source of a crate that uses all public items of the generated text `types`, which is the module with the
/// path `path`.
pub fn write_probe_crate(types: &str, path: &str) -> String {
    let file = syn::parse_file(types).unwrap();
    let mut text = format!("#![allow(unused, deprecated)]\nuse {path}::*;\n");
    for (number, item) in file.items.iter().enumerate() {
        match item {
            Item::Struct(item) => write_struct_probe(&mut text, number, item),
            Item::Enum(item) => write_enum_probe(&mut text, number, item),
            Item::Type(item) => {
                let (name, ty) = (&item.ident, format_tokens(&item.ty));
                writeln!(text, "fn alias_{number}(value: {name}) -> {ty} {{ value }}").unwrap();
            }
            Item::Impl(item) => write_impl_probe(&mut text, &number.to_string(), item),
            Item::Macro(item) => write_table_probe(&mut text, number, &item.mac),
            _ => {}
        }
    }
    text
}

/// Formats a piece of Rust code as text.
fn format_tokens(it: &impl ToTokens) -> String {
    it.to_token_stream().to_string()
}

/// Checks whether `attributes` contain `#[non_exhaustive]`.
fn is_non_exhaustive(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

/// Adds functions to `text` that read each public field of the struct `item`, and that build it with a literal if that
/// is possible. `number` makes the names of the functions unique.
fn write_struct_probe(text: &mut String, number: usize, item: &syn::ItemStruct) {
    let name = &item.ident;
    let is_public = |field: &&syn::Field| matches!(field.vis, Visibility::Public(_));
    let public: Vec<(String, String)> = item
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| is_public(field))
        .map(|(index, field)| {
            (field.ident.as_ref().map_or(index.to_string(), ToString::to_string), format_tokens(&field.ty))
        })
        .collect();
    for (at, (field, ty)) in public.iter().enumerate() {
        writeln!(text, "fn field_{number}_{at}(value: {name}) -> {ty} {{ value.{field} }}").unwrap();
    }
    if public.len() == item.fields.len() && !is_non_exhaustive(&item.attrs) {
        let parameters: Vec<String> = public.iter().enumerate().map(|(at, (_, ty))| format!("p{at}: {ty}")).collect();
        let fields: Vec<String> = public.iter().enumerate().map(|(at, (field, _))| format!("{field}: p{at}")).collect();
        let (parameters, fields) = (parameters.join(", "), fields.join(", "));
        writeln!(text, "fn literal_{number}({parameters}) -> {name} {{ {name} {{ {fields} }} }}").unwrap();
    }
    write_derive_probe(text, number, name, &item.attrs);
}

/// Adds functions to `text` that build each variant of the enum `item`, and that match all of them. `number` makes the
/// names of the functions unique.
fn write_enum_probe(text: &mut String, number: usize, item: &syn::ItemEnum) {
    let name = &item.ident;
    let mut arms = String::new();
    for (at, variant) in item.variants.iter().enumerate() {
        let ident = &variant.ident;
        match &variant.fields {
            Fields::Unnamed(fields) => {
                let ty = format_tokens(&fields.unnamed[0].ty);
                writeln!(arms, "{name}::{ident}(held) => {{ let _: {ty} = held; {at} }}").unwrap();
                writeln!(text, "fn variant_{number}_{at}(held: {ty}) -> {name} {{ {name}::{ident}(held) }}").unwrap();
            }
            _ => {
                writeln!(arms, "{name}::{ident} => {at},").unwrap();
                writeln!(text, "fn variant_{number}_{at}() -> {name} {{ {name}::{ident} }}").unwrap();
            }
        }
    }
    let rest = if is_non_exhaustive(&item.attrs) { "_ => 1000," } else { "" };
    writeln!(text, "fn matched_{number}(value: {name}) -> usize {{ match value {{ {arms} {rest} }} }}").unwrap();
    write_derive_probe(text, number, name, &item.attrs);
}

/// Adds functions to `text` that rely on each trait that the type `name` derives.
fn write_derive_probe(text: &mut String, number: usize, name: &syn::Ident, attributes: &[syn::Attribute]) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let list = attribute.meta.require_list().unwrap().tokens.to_string();
        for (at, one) in list.split(',').enumerate() {
            let path = if one.trim() == "Debug" { "::std::fmt::Debug" } else { one.trim() };
            writeln!(text, "fn derived_{number}_{at}() {{ fn is<T: {path}>() {{}} is::<{name}>() }}").unwrap();
        }
    }
}

/// The public items that the macros of the runtime make from a table, by the names of the macros. Methods that take
/// closures, or whose result borrows from several parameters, are left out.
const ITEMS_MADE_BY_MACROS: &[(&str, &str)] = &[
    ("access", "impl IT { pub fn as_any(&self) -> Any<'_> {} pub fn texts(&self) -> Vec<(String, String)> {} }"),
    ("builder", "impl IT {}"),
    ("numbers", "impl IT {}"),
    (
        "closed_json_values",
        "impl IT {
            pub fn to_value(&self) -> ::serde_json::Value {}
            pub fn listed_values() -> &'static [Self] {}
            pub fn as_any(&self) -> Any<'_> {}
        }
        impl TryFrom<::serde_json::Value> for IT {}
        impl ::std::fmt::Display for IT {}
        impl ::serde::Serialize for IT {}
        impl<'de> ::serde::Deserialize<'de> for IT {}",
    ),
    (
        "closed_values",
        "impl IT {
            pub fn as_str(&self) -> &'static str {}
            pub fn listed_values() -> &'static [Self] {}
        }
        impl TryFrom<&str> for IT {}
        impl TryFrom<String> for IT {}
        impl AsRef<str> for IT {}
        impl ::std::str::FromStr for IT {}
        impl ::std::fmt::Display for IT {}
        impl PartialEq<str> for IT {}
        impl ::serde::Serialize for IT {}
        impl<'de> ::serde::Deserialize<'de> for IT {}",
    ),
    (
        "json_values",
        "impl IT {
            pub fn to_value(&self) -> ::serde_json::Value {}
            pub fn unlisted(&self) -> Vec<Unlisted> {}
            pub fn as_any(&self) -> Any<'_> {}
        }
        impl PartialEq for IT {}
        impl From<::serde_json::Value> for IT {}
        impl ::serde::Serialize for IT {}
        impl<'de> ::serde::Deserialize<'de> for IT {}",
    ),
    (
        "newtype",
        "impl IT { pub fn unlisted(&self) -> Vec<Unlisted> {} pub fn as_any(&self) -> Any<'_> {} }
        impl ::serde::Serialize for IT {}",
    ),
    (
        "properties",
        "impl PartialEq for IT {}
        impl IT {
            pub fn unlisted(&self) -> Vec<Unlisted> {}
            pub fn as_any(&self) -> Any<'_> {}
            pub fn texts(&self) -> Vec<(String, String)> {}
        }
        impl ::serde::Serialize for IT {}
        impl<'de> ::serde::Deserialize<'de> for IT {}",
    ),
    (
        "values",
        "impl IT {
            pub fn as_str(&self) -> &str {}
            pub fn listed_values() -> &'static [Self] {}
            pub fn is_unknown(&self) -> bool {}
            pub fn unlisted(&self) -> Vec<Unlisted> {}
        }
        impl From<&str> for IT {}
        impl From<String> for IT {}
        impl AsRef<str> for IT {}
        impl ::std::str::FromStr for IT {}
        impl ::std::fmt::Display for IT {}
        impl PartialEq<str> for IT {}
        impl PartialEq<&str> for IT {}
        impl Ord for IT {}
        impl ::std::hash::Hash for IT {}
        impl ::serde::Serialize for IT {}
        impl<'de> ::serde::Deserialize<'de> for IT {}",
    ),
    (
        "variants",
        "impl IT { pub fn unlisted(&self) -> Vec<Unlisted> {} pub fn as_any(&self) -> Any<'_> {} }
        impl ::serde::Serialize for IT {}
        impl<'de> ::serde::Deserialize<'de> for IT {}",
    ),
];

/// Adds functions to `text` that use the items which the macro call `table` makes.
fn write_table_probe(text: &mut String, number: usize, table: &syn::Macro) {
    let called = &table.path.segments.last().unwrap().ident;
    let called = called.to_string();
    if ["lenient_text", "lenient_always", "lenient_by_value"].contains(&called.as_str()) {
        // They make nothing public.
        return;
    }
    match called.as_str() {
        "view" => return write_view_probe(text, number, table),
        "place" => return write_place_probe(text, number, table),
        _ => {}
    }
    // `candidate_properties!` makes the items of `properties!`, and others that only unions need; `lenient_properties!`
    // and `properties_or_others!` make the same public items.
    let called = called.strip_prefix("lenient_").unwrap_or(&called);
    let called = called.strip_prefix("candidate_").unwrap_or(called);
    let called = called.strip_suffix("_or_others").unwrap_or(called);
    let (_, made) = ITEMS_MADE_BY_MACROS.iter().find(|(name, _)| called == *name).unwrap();
    let name = table.tokens.clone().into_iter().next().unwrap().to_string();
    let made: syn::File = syn::parse_str(&made.replace("IT", &name)).unwrap();
    for (at, item) in made.items.iter().enumerate() {
        if let Item::Impl(item) = item {
            write_impl_probe(text, &format!("{number}_{at}"), item);
        }
    }
}

/// Adds functions to `text` that rely on the trait of the block `item`, or that call its public methods. `number` makes
/// the names of the functions unique.
fn write_impl_probe(text: &mut String, number: &str, item: &syn::ItemImpl) {
    let ty = format_tokens(&item.self_ty);
    if let Some((path, _)) = &item.trait_ {
        let path = format_tokens(path).replace("'de", "'static").replace('&', "&'static ");
        if !path.starts_with("runtime") {
            writeln!(text, "fn trait_{number}() {{ fn is<T: {path}>() {{}} is::<{ty}>() }}").unwrap();
        }
        return;
    }
    for (at, method) in item.items.iter().enumerate() {
        let ImplItem::Fn(method) = method else { continue };
        if !matches!(method.vis, Visibility::Public(_)) {
            continue;
        }
        let signature = &method.sig;
        let parameters = signature.inputs.iter().map(|input| match input {
            FnArg::Receiver(_) => ("it".to_owned(), format!("&{ty}")),
            FnArg::Typed(typed) => (format_tokens(&typed.pat), format_tokens(&typed.ty)),
        });
        let (names, typed): (Vec<String>, Vec<String>) =
            parameters.map(|(name, ty)| (name.clone(), format!("{name}: {ty}"))).unzip();
        let gives = format_tokens(&signature.output).replace("Self", &ty).replace("runtime :: ", "");
        let (called, names, typed) = (&signature.ident, names.join(", "), typed.join(", "));
        writeln!(text, "fn method_{number}_{at}({typed}) {gives} {{ <{ty}>::{called}({names}) }}").unwrap();
    }
}
