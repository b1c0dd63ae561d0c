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
    let name = item.name();
    let new = construct::new(item, object);
    let (number, has) = (number(object), has(object));
    let (read, write) = (read::read(item, object), write::write(item, object));
    let expecting = format!("an object ({name})");
    quote! {
        impl #name {
            #new

            /// What this holds that the schema does not list, by path.
            pub fn unlisted(&self) -> Vec<Unlisted> {
                runtime::Found::of(self)
            }
        }

        impl runtime::Object for #name {
            const EXPECTING: &'static str = #expecting;

            #number

            fn has(&self, name: &str) -> bool {
                #has
            }

            #read
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::object(deserializer)
            }
        }

        #write
    }
}

/// The function that knows the properties by name.
fn number(object: &Struct) -> TokenStream {
    if object.properties.is_empty() {
        return quote! {
            fn number(_: &str) -> Option<usize> {
                None
            }
        };
    }
    let arms = object.properties.iter().enumerate().map(|(number, property)| {
        let (wire, number) = (&property.wire, Literal::usize_unsuffixed(number));
        quote!(#wire => #number,)
    });
    quote! {
        fn number(name: &str) -> Option<usize> {
            let number = match name { #(#arms)* _ => return None };
            Some(number)
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
