//! Reads the properties that are not listed: by the patterns of their names, or as they come.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::normalize::{Extra, Struct, Type};
use crate::pattern::Program;
use crate::refine::structs::{has_nulls, notes_nulls};
use crate::refine::{Item, ident};
use crate::runtime::Step;

/// How the properties that are not listed are read.
pub(super) struct Rest {
    /// The variables that they are read into.
    pub(super) slot: TokenStream,
    /// What is done with one of them, `name`.
    pub(super) unlisted: TokenStream,
    /// What is done at the end of the object.
    pub(super) end: TokenStream,
    /// The fields of the struct that hold them.
    pub(super) field: TokenStream,
}

pub(super) fn rest(item: &Item<'_>, object: &Struct) -> Rest {
    let rest = unmatched(item, object);
    let mut slots = Vec::new();
    let mut tests = Vec::new();
    let mut fields = Vec::new();
    for (number, (pattern, ty)) in item.patterns(object).enumerate() {
        let (map, field) = (format_ident!("matched_{number}"), ident(&pattern.field));
        let program = program(&pattern.program);
        let insert = insert(item, &pattern.ty, ty, &quote!(#map));
        slots.push(quote!(let mut #map = ::std::collections::BTreeMap::new();));
        tests.push(quote!(if runtime::matches(#program, &name) #insert else));
        fields.push(quote!(#field: #map,));
    }
    let Rest { slot, unlisted, end, field } = rest;
    let unlisted = if tests.is_empty() { unlisted } else { quote!({ #(#tests)* #unlisted }) };
    Rest { slot: quote!(#slot #(#slots)*), unlisted, end, field: quote!(#(#fields)* #field) }
}

fn unmatched(item: &Item<'_>, object: &Struct) -> Rest {
    let notes_nulls = notes_nulls(item, object);
    let nulls_field = has_nulls(item, object).then(|| quote!(nulls: input.nulls,));
    match &object.extra {
        Extra::Open { field } => {
            let field = ident(field);
            let keep = notes_nulls.then(|| quote!(input.keep_nulls(&mut extra);));
            Rest {
                slot: quote!(let mut extra = ::serde_json::Map::new();),
                unlisted: quote!({
                    let value = input.other(&name)?;
                    extra.insert(name, value);
                }),
                end: quote!(#keep),
                field: if field == "extra" { quote!(extra,) } else { quote!(#field: extra,) },
            }
        }
        Extra::Typed { field, ty } => {
            let field = ident(field);
            let rust = item.types.last().cloned().unwrap_or_else(|| syn::parse_quote!(::serde_json::Value));
            Rest {
                slot: quote!(let mut extra = ::std::collections::BTreeMap::new();),
                unlisted: insert(item, ty, &rust, &quote!(extra)),
                end: TokenStream::new(),
                field: if field == "extra" { quote!(extra, #nulls_field) } else { quote!(#field: extra, #nulls_field) },
            }
        }
        Extra::Closed => Rest {
            slot: TokenStream::new(),
            unlisted: quote!({
                return Err(runtime::refused(&name));
            }),
            end: TokenStream::new(),
            field: quote!(#nulls_field),
        },
    }
}

/// Reads the value of the property `name` into a map.
fn insert(item: &Item<'_>, ty: &Type, rust: &syn::Type, map: &TokenStream) -> TokenStream {
    let wire = item.wire_type(ty, rust);
    let value = item.value_of(ty, quote!(value));
    quote!({
        let value: #wire = input.other(&name)?;
        #map.insert(name, #value);
    })
}

/// The program of a pattern as a constant.
fn program(program: &Program) -> TokenStream {
    let steps = program.steps().iter().map(|step| match step {
        Step::Class(ranges) => {
            let ranges = ranges.iter().map(|(first, last)| quote!((#first, #last)));
            quote!(runtime::Step::Class(::std::borrow::Cow::Borrowed(&[#(#ranges),*])))
        }
        Step::Split(one, other) => {
            let (one, other) =
                (proc_macro2::Literal::usize_unsuffixed(*one), proc_macro2::Literal::usize_unsuffixed(*other));
            quote!(runtime::Step::Split(#one, #other))
        }
        Step::Start => quote!(runtime::Step::Start),
        Step::End => quote!(runtime::Step::End),
        Step::Match => quote!(runtime::Step::Match),
    });
    quote!(const { &[#(#steps),*] })
}
