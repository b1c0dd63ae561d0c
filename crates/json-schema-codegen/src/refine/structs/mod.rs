//! Reads and writes structs without losing anything: unlisted properties stay, and so does an
//! explicit `null` of an optional property.

mod read;
mod rest;
mod write;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Extra, Property, Shape, Struct, Type};
use crate::refine::{Item, construct, ident};

pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let Shape::Struct(object) = &item.definition.shape else { return TokenStream::new() };
    let names = functions(item, object);
    let write = write::write(item, object);
    let read = read::read(item, object);
    quote!(#names #write #read)
}

/// `new`, the function that knows the properties by name, and the one that knows which are set.
fn functions(item: &Item<'_>, object: &Struct) -> TokenStream {
    let name = item.name();
    let new = construct::new(item, object);
    let arms = object.properties.iter().enumerate().map(|(number, property)| {
        let (wire, number) = (&property.wire, Literal::usize_unsuffixed(number));
        quote!(#wire => #number,)
    });
    let (argument, number) = match object.properties.len() {
        0 => (quote!(_), quote!(None)),
        _ => (quote!(name), quote!(let number = match name { #(#arms)* _ => return None }; Some(number))),
    };
    let has = has(object);
    quote! {
        impl #name {
            #new

            fn number(#argument: &str) -> Option<usize> {
                #number
            }

            fn has(&self, name: &str) -> bool {
                #has
            }
        }
    }
}

/// Whether the property of a name is one that is listed, and set.
fn has(object: &Struct) -> TokenStream {
    let optional = object.properties.iter().enumerate().filter(|(_, property)| !property.required);
    let optional: Vec<_> = optional
        .map(|(number, property)| {
            let (number, field) = (Literal::usize_unsuffixed(number), ident(&property.field));
            quote!(Some(#number) => self.#field.is_some(),)
        })
        .collect();
    if optional.is_empty() {
        return quote!(Self::number(name).is_some());
    }
    quote!(match Self::number(name) { #(#optional)* number => number.is_some() })
}

/// Whether nulls are noted beside `extra`, which cannot hold them.
pub(crate) fn has_nulls(item: &Item<'_>, object: &Struct) -> bool {
    !matches!(object.extra, Extra::Open { .. }) && notes_nulls(item, object)
}

/// Whether an explicit `null` of any property has to be noted.
fn notes_nulls(item: &Item<'_>, object: &Struct) -> bool {
    object.properties.iter().any(|property| item.notes_null(property))
}

impl Item<'_> {
    /// The type in the slot of a property: without the `Option` that an optional one has anyway.
    fn held(&self, property: &Property) -> Type {
        match &property.ty {
            Type::Nullable(inner) if !property.required => (**inner).clone(),
            ty => ty.clone(),
        }
    }

    /// Whether an explicit `null` of a property is something that its field cannot hold.
    fn notes_null(&self, property: &Property) -> bool {
        !property.required && !self.holds_null(&property.ty)
    }
}
