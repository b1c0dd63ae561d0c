//! Writes a struct: what is set, then what was kept.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::{Extra, Struct};
use crate::refine::structs::has_nulls;
use crate::refine::{Item, ident};

pub(super) fn write(item: &Item<'_>, object: &Struct) -> TokenStream {
    let name = item.name();
    let entries = object.properties.iter().map(|property| {
        let (wire, field) = (&property.wire, ident(&property.field));
        if property.required {
            quote!(map.serialize_entry(#wire, &self.#field)?;)
        } else {
            quote!(if let Some(value) = &self.#field { map.serialize_entry(#wire, value)?; })
        }
    });
    let extra = match &object.extra {
        Extra::Open { field } | Extra::Typed { field, .. } => Some(field),
        Extra::Closed => None,
    };
    let maps = object.patterns.iter().map(|pattern| &pattern.field).chain(extra).map(|field| {
        let field = ident(field);
        quote! {
            for (name, value) in &self.#field {
                if !self.has(name) { map.serialize_entry(name, value)?; }
            }
        }
    });
    let nulls = has_nulls(item, object).then(|| {
        quote! {
            for name in &self.nulls {
                if !self.has(name) { map.serialize_entry(name, &())?; }
            }
        }
    });
    let mutable =
        (!object.properties.is_empty() || !object.patterns.is_empty() || extra.is_some()).then(|| quote!(mut));
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap as _;
                let #mutable map = serializer.serialize_map(None)?;
                #(#entries)*
                #(#maps)*
                #nulls
                map.end()
            }
        }
    }
}
