//! Writes `new` of the structs with required properties. Its parameters are the required properties with more than one
//! possible value. If there are no parameters, writes `Default` too.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::{AdditionalProperties, Enum, Property, Shape, Struct, Type};
use crate::refine::structs::has_nulls_field;
use crate::refine::{PassInput, make_ident};

/// Returns the function `new` of a struct, and its impl of `Default` if `new` has no parameters; nothing for other
/// types and for structs without required properties, which derive `Default`.
pub(crate) fn write_constructors(item: &PassInput<'_>) -> TokenStream {
    let Shape::Struct(object) = &item.definition.shape else { return TokenStream::new() };
    if object.properties.iter().all(|property| !property.required) {
        return TokenStream::new();
    }
    let name = item.type_ident();
    let new = write_new(item, object);
    let default = item.has_default_without_setting().then(|| write_default_impl(&name));
    quote!(impl #name { #new } #default)
}

/// Returns the function `new` of a struct.
fn write_new(item: &PassInput<'_>, object: &Struct) -> TokenStream {
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for property in &object.properties {
        let ty = item.rust_type(&property.ty);
        let field = make_ident(&property.field);
        let value = item.write_initial_value(property).unwrap_or_else(|| {
            let (parameter, value) = write_parameter(item, property, ty);
            parameters.push(parameter);
            value
        });
        let is_shorthand = field == value.to_string();
        values.push(if is_shorthand { quote!(#field,) } else { quote!(#field: #value,) });
    }
    let maps = write_empty_maps(item, object);
    let many = (parameters.len() > 7).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    quote! {
        /// Creates a value with the properties that the schema requires, and without any others.
        #many
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values)* #maps }
        }
    }
}

/// Returns the initial values of the fields for several properties, such as `extra` (empty maps), and of `nulls`.
fn write_empty_maps(item: &PassInput<'_>, object: &Struct) -> TokenStream {
    let patterns = object.patterns.iter().map(|pattern| {
        let field = make_ident(&pattern.field);
        quote!(#field: ::std::collections::BTreeMap::new(),)
    });
    let extra = match &object.extra {
        AdditionalProperties::Open { field } => {
            let field = make_ident(field);
            quote!(#field: ::serde_json::Map::new(),)
        }
        AdditionalProperties::Typed { field, .. } => {
            let field = make_ident(field);
            quote!(#field: ::std::collections::BTreeMap::new(),)
        }
        AdditionalProperties::Ignored | AdditionalProperties::Closed => TokenStream::new(),
    };
    let nulls = has_nulls_field(item, object).then(|| quote!(nulls: Vec::new(),));
    quote!(#(#patterns)* #extra #nulls)
}

/// Returns the impl of `Default` that calls `new`.
fn write_default_impl(name: &proc_macro2::Ident) -> TokenStream {
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
fn write_parameter(item: &PassInput<'_>, property: &Property, ty: &syn::Type) -> (TokenStream, TokenStream) {
    let name = make_ident(&property.field);
    let is_text = match property.ty.without_assertions() {
        Type::String => true,
        Type::Named(_) => item.find_named_definition(property.ty.without_assertions()).is_some_and(
            |found| matches!(&found.shape, Shape::Enum(listed) if listed.has_only_strings() && !listed.is_closed()),
        ),
        _ => false,
    };
    if is_text { (quote!(#name: impl Into<#ty>), quote!(#name.into())) } else { (quote!(#name: #ty), quote!(#name)) }
}

impl PassInput<'_> {
    /// Checks whether the type is a struct that has `Default` without any setting: each required property has only one
    /// possible value.
    pub(super) fn has_default_without_setting(&self) -> bool {
        let Shape::Struct(object) = &self.definition.shape else { return false };
        object.properties.iter().all(|property| !property.required || self.write_only_value(property).is_some())
    }

    /// Returns the expression for the field of `property` in a value made by `new` or a builder that is given no value
    /// for it: the only value that the schema allows, or the field of an absent property (`None`). Returns `None` if
    /// the property is required and may have several values.
    pub(super) fn write_initial_value(&self, property: &Property) -> Option<TokenStream> {
        match property.required {
            false if self.is_collection_without_option(property) => Some(quote!(Default::default())),
            false => Some(quote!(None)),
            true => self.write_only_value(property),
        }
    }

    /// Returns the expression for the value of `property` if it is an enum of which the schema allows only one value,
    /// such as `OrderKind::Sale`; else `None`.
    pub(super) fn write_only_value(&self, property: &Property) -> Option<TokenStream> {
        let ty = property.ty.without_assertions();
        let definition = self.find_named_definition(ty).filter(|_| matches!(ty, Type::Named(_)))?;
        match &definition.shape {
            Shape::Enum(Enum { values, open: false, .. }) => match values.as_slice() {
                [only] => {
                    let (name, variant) = (make_ident(&definition.name), make_ident(&only.variant));
                    Some(quote!(#name::#variant))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
