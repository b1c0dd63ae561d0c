//! Reads and writes structs without losing anything: unlisted properties stay, and so does an
//! explicit `null` of an optional property.

mod read;
mod rest;
mod write;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Extra, Property, Shape, Struct, Type};
use crate::refine::{Item, ident};

pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let Shape::Struct(object) = &item.definition.shape else { return TokenStream::new() };
    let names = numbers(item, object);
    let write = write::write(item, object);
    let read = read::read(item, object);
    quote!(#names #write #read)
}

/// The function that knows the properties by name, and the one that knows which are set.
fn numbers(item: &Item<'_>, object: &Struct) -> TokenStream {
    let name = item.name();
    let arms = object.properties.iter().enumerate().map(|(number, property)| {
        let (wire, number) = (&property.wire, Literal::usize_unsuffixed(number));
        quote!(#wire => #number,)
    });
    let required = object.properties.iter().enumerate().filter(|(_, property)| property.required);
    let required: Vec<Literal> = required.map(|(number, _)| Literal::usize_unsuffixed(number)).collect();
    let always = (!required.is_empty()).then(|| quote!(Some(#(#required)|*) => true,));
    let optional = object.properties.iter().enumerate().filter(|(_, property)| !property.required);
    let optional = optional.map(|(number, property)| {
        let (number, field) = (Literal::usize_unsuffixed(number), ident(&property.field));
        quote!(Some(#number) => self.#field.is_some(),)
    });
    let number = if object.properties.is_empty() {
        quote!(None)
    } else {
        quote!(Some(match name { #(#arms)* _ => return None }))
    };
    let argument = if object.properties.is_empty() { quote!(_) } else { quote!(name) };
    quote! {
        impl #name {
            fn number(#argument: &str) -> Option<usize> {
                #number
            }

            fn has(&self, name: &str) -> bool {
                match Self::number(name) { #always #(#optional)* _ => false }
            }
        }
    }
}

/// Whether nulls are noted beside `extra`, which cannot hold them.
fn has_nulls(object: &Struct) -> bool {
    !matches!(object.extra, Extra::Open { .. })
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
