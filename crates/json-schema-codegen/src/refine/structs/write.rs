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
        let write = if property.required { quote!(value) } else { quote!(optional) };
        quote!(output.#write(#wire, &self.#field)?;)
    });
    let extra = match &object.extra {
        Extra::Open { field } | Extra::Typed { field, .. } => Some(field),
        Extra::Closed => None,
    };
    let maps = object.patterns.iter().map(|pattern| &pattern.field).chain(extra).map(|field| {
        let field = ident(field);
        quote!(output.kept(self, &self.#field)?;)
    });
    let nulls = has_nulls(item, object).then(|| quote!(output.nulls(self, &self.nulls)?;));
    let is_empty = object.properties.is_empty() && object.patterns.is_empty() && extra.is_none();
    let mutable = (!is_empty).then(|| quote!(mut));
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let #mutable output = runtime::Output::new(serializer)?;
                #(#entries)*
                #(#maps)*
                #nulls
                output.end()
            }
        }
    }
}
