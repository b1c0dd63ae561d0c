//! Writes `new` of the structs with required properties. Its parameters are the required properties with more than one
//! possible value. If there are no parameters, writes `Default` too.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::{Enum, Extra, Property, Shape, Struct, Type};
use crate::refine::structs::has_nulls;
use crate::refine::{Item, ident};

/// Returns `new` and `Default` of a struct; nothing for other types and for structs without required properties, which
/// derive `Default`.
pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    let Shape::Struct(object) = &item.definition.shape else { return TokenStream::new() };
    if object.properties.iter().all(|property| !property.required) {
        return TokenStream::new();
    }
    let name = item.name();
    let new = new(item, object);
    let default = item.has_default_value().then(|| default(&name));
    quote!(impl #name { #new } #default)
}

/// Returns the function `new` of a struct.
fn new(item: &Item<'_>, object: &Struct) -> TokenStream {
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for property in &object.properties {
        let ty = item.rust(&property.ty);
        let field = ident(&property.field);
        let value = item.value_unless_given(property).unwrap_or_else(|| {
            let (parameter, value) = parameter(item, property, ty);
            parameters.push(parameter);
            value
        });
        let is_shorthand = field == value.to_string();
        values.push(if is_shorthand { quote!(#field,) } else { quote!(#field: #value,) });
    }
    let maps = empty_maps(item, object);
    let many = (parameters.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        /// Creates a value with the properties that the schema requires, and without any others.
        #many
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values)* #maps }
        }
    }
}

/// Returns the values of the fields that have no property of their own: empty maps, and no explicit `null`s.
fn empty_maps(item: &Item<'_>, object: &Struct) -> TokenStream {
    let patterns = object.patterns.iter().map(|pattern| {
        let field = ident(&pattern.field);
        quote!(#field: ::std::collections::BTreeMap::new(),)
    });
    let extra = match &object.extra {
        Extra::Open { field } => {
            let field = ident(field);
            quote!(#field: ::serde_json::Map::new(),)
        }
        Extra::Typed { field, .. } => {
            let field = ident(field);
            quote!(#field: ::std::collections::BTreeMap::new(),)
        }
        Extra::Ignored | Extra::Closed => TokenStream::new(),
    };
    let nulls = has_nulls(item, object).then(|| quote!(nulls: Vec::new(),));
    quote!(#(#patterns)* #extra #nulls)
}

/// Returns the impl of `Default` that calls `new`.
fn default(name: &proc_macro2::Ident) -> TokenStream {
    quote! {
        impl Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// Returns (the parameter of `new` for a property, the value of the field). For strings and enums of strings the
/// parameter is `impl Into`, so that it takes a `&str`.
fn parameter(item: &Item<'_>, property: &Property, ty: &syn::Type) -> (TokenStream, TokenStream) {
    let name = ident(&property.field);
    let is_text = match property.ty.unchecked() {
        Type::String => true,
        Type::Named(_) => item.named(property.ty.unchecked()).is_some_and(
            |found| matches!(&found.shape, Shape::Enum(listed) if listed.is_text() && !listed.is_closed()),
        ),
        _ => false,
    };
    if is_text { (quote!(#name: impl Into<#ty>), quote!(#name.into())) } else { (quote!(#name: #ty), quote!(#name)) }
}

impl Item<'_> {
    /// Checks whether the type is a struct that has `Default` without any setting: each required property has only one
    /// possible value.
    pub(super) fn has_default_value(&self) -> bool {
        let Shape::Struct(object) = &self.definition.shape else { return false };
        object.properties.iter().all(|property| !property.required || self.only_value(property).is_some())
    }

    /// Returns the value that the field of a property has unless another one is given: the only one that the schema allows,
    /// or that of an absent property; `None` if the property is required and may have several values.
    pub(super) fn value_unless_given(&self, property: &Property) -> Option<TokenStream> {
        match property.required {
            false if self.is_empty_if_absent(property) => Some(quote!(Default::default())),
            false => Some(quote!(None)),
            true => self.only_value(property),
        }
    }

    /// Returns the value of a property if the schema allows only one, such as `OrderKind::Sale`; `None` if it allows
    /// several.
    pub(super) fn only_value(&self, property: &Property) -> Option<TokenStream> {
        let ty = property.ty.unchecked();
        let definition = self.named(ty).filter(|_| matches!(ty, Type::Named(_)))?;
        match &definition.shape {
            Shape::Enum(Enum { values, open: false, .. }) => match values.as_slice() {
                [only] => {
                    let (name, variant) = (ident(&definition.name), ident(&only.variant));
                    Some(quote!(#name::#variant))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
