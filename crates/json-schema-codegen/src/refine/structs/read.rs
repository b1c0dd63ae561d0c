//! Reads a struct by a visitor that takes each property into a slot.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::normalize::{Property, Struct};
use crate::refine::structs::rest::{Rest, rest};
use crate::refine::{Item, ident};

pub(super) fn read(item: &Item<'_>, object: &Struct) -> TokenStream {
    let slots = object.properties.iter().zip(item.types).map(|(property, ty)| {
        let (slot, held) = (slot(property), item.held(property));
        let wire = item.has_integer(&held).then(|| item.wire_type(&held, ty)).map(|wire| quote!(: Option<#wire>));
        quote!(let mut #slot #wire = None;)
    });
    let arms = arms(item, object);
    let Rest { slot, unlisted, end, field: rest } = rest(item, object);
    let fields = object.properties.iter().map(|property| field(item, property));
    quote! {
        fn read<'de, A: ::serde::de::MapAccess<'de>>(mut input: runtime::Input<A>) -> Result<Self, A::Error> {
            #(#slots)*
            #slot
            while let Some(key) = input.key::<Self>()? {
                match key {
                    #(#arms)*
                    runtime::Key::Unknown(name) => #unlisted
                }
            }
            #end
            Ok(Self { #(#fields)* #rest })
        }
    }
}

/// The local variable for the value of a property: no other name ends so.
fn slot(property: &Property) -> Ident {
    format_ident!("{}_", property.field)
}

/// What is done with the value of each property; the last arm takes all other numbers.
fn arms(item: &Item<'_>, object: &Struct) -> Vec<TokenStream> {
    let last = object.properties.len().wrapping_sub(1);
    let mut arms = Vec::new();
    for (number, property) in object.properties.iter().enumerate() {
        let (wire, slot) = (&property.wire, slot(property));
        let put = if item.notes_null(property) {
            quote!(input.optional(#wire, &mut #slot)?)
        } else {
            quote!(input.value(#wire, &mut #slot)?)
        };
        let number = Literal::usize_unsuffixed(number);
        let pattern = if number.to_string() == last.to_string() { quote!(_) } else { quote!(#number) };
        arms.push(quote!(runtime::Key::Known(#pattern) => #put,));
    }
    if arms.is_empty() {
        arms.push(quote!(runtime::Key::Known(_) => {}));
    }
    arms
}

/// The value of a field, from its slot.
fn field(item: &Item<'_>, property: &Property) -> TokenStream {
    let (field, slot, wire) = (ident(&property.field), slot(property), &property.wire);
    let held = item.held(property);
    let value = if property.required {
        item.value_of(&held, quote!(runtime::take(#slot, #wire)?))
    } else if item.has_integer(&held) {
        let value = item.value_of(&held, quote!(value));
        quote!(#slot.map(|value| #value))
    } else {
        quote!(#slot)
    };
    quote!(#field: #value,)
}
