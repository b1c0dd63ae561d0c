//! Declares the types: structs, enums, newtypes and aliases, with their documentation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::{
    AdditionalProperties, DefinitionId, Definitions, Docs, Enum, Property, RootType, Shape, Struct, Tuple, Type, Union,
    UnionFallback,
};
use crate::refine::structs::has_nulls_field;
use crate::refine::{PassInput, derives, docs, make_ident, members};

/// Returns the declaration of the type of a definition.
pub(crate) fn write_type_declaration(item: &PassInput<'_>) -> TokenStream {
    let docs = item.write_docs(&item.definition.docs);
    let alias = item.definition.alias.as_ref().map(|alias| quote!(#[doc(alias = #alias)]));
    let head = quote!(#docs #alias);
    match &item.definition.shape {
        Shape::Struct(object) => write_struct(item, object, &head),
        Shape::Enum(listed) => write_enum(item, listed, &head),
        Shape::Union(union) => write_union(item, union, &head),
        Shape::Tuple(tuple) => write_tuple(item, tuple, &head),
        Shape::Newtype(ty) if item.text_assertions_name().is_some() => {
            let (name, ty, derive) =
                (item.type_ident(), item.rust_type(ty), item.write_derive(derives::CHECKED_TEXT_TRAITS));
            quote!(#head #derive pub struct #name(#ty);)
        }
        Shape::Newtype(ty) => {
            let (name, ty, derive) =
                (item.type_ident(), item.rust_type(ty), item.write_derive(&["Clone", "Debug", "PartialEq"]));
            quote!(#head #derive pub struct #name(pub #ty);)
        }
        Shape::Alias(ty) => {
            let (name, ty) = (item.type_ident(), item.rust_type(ty));
            quote!(#head pub type #name = #ty;)
        }
    }
}

/// Returns the declaration `pub type A = B;` for a root or definition `A` that only refers to the schema of `B`. Empty
/// if both names are equal, or if `B` is not a definition.
pub(crate) fn write_root_alias(root: &RootType, definitions: &Definitions) -> TokenStream {
    let (id, is_nullable) = match &root.ty {
        Type::Named(id) => (*id, false),
        Type::Nullable(inner) => match **inner {
            Type::Named(id) => (id, true),
            _ => return TokenStream::new(),
        },
        _ => return TokenStream::new(),
    };
    let target = definitions.name(id);
    if root.name == target || root.name.is_empty() {
        return TokenStream::new();
    }
    let docs = format!(" Another name for [`{target}`].");
    let (name, target) = (make_ident(&root.name), make_ident(target));
    let target = if is_nullable { quote!(Option<#target>) } else { quote!(#target) };
    quote!(#[doc = #docs] pub type #name = #target;)
}

/// Returns the type of the field of a property whose values are of the type `ty`: `Option` of it if the property may be
/// absent, unless `ty` is an `Option` already.
pub(crate) fn make_field_type(property: &Property, ty: &syn::Type) -> syn::Type {
    if property.required || matches!(property.ty, Type::Nullable(_)) {
        ty.clone()
    } else {
        syn::parse_quote!(Option<#ty>)
    }
}

/// Returns the type of the field of `property` in its struct: an `Option` if the property may be absent, unless it is a
/// list or map that is empty then.
pub(crate) fn make_property_type(item: &PassInput<'_>, property: &Property) -> syn::Type {
    let ty = item.rust_type(&property.ty);
    if item.is_collection_without_option(property) { ty.clone() } else { make_field_type(property, ty) }
}

/// Returns the declaration of a struct. `head` has the tokens of its documentation.
fn write_struct(item: &PassInput<'_>, object: &Struct, head: &TokenStream) -> TokenStream {
    let name = item.type_ident();
    let fields = object.properties.iter().map(|property| {
        let fallback = format!("The property {}.", format_inline_code(&property.json_name));
        let docs = docs::write_doc_attributes(&property.docs, item.doc_base_url(), Some(&fallback));
        let (field, ty) = (make_ident(&property.field), make_property_type(item, property));
        quote!(#docs pub #field: #ty,)
    });
    let patterns = object.patterns.iter().map(|pattern| {
        let ty = item.rust_type(&pattern.ty);
        let docs = format!(" Properties whose names match {}.", format_inline_code(&pattern.pattern));
        let field = make_ident(&pattern.field);
        quote!(#[doc = #docs] pub #field: ::std::collections::BTreeMap<String, #ty>,)
    });
    let rest = match &object.extra {
        AdditionalProperties::Open { field } => {
            let field = make_ident(field);
            quote! {
                /// Properties that the schema does not define, with the values that were read.
                pub #field: ::serde_json::Map<String, ::serde_json::Value>,
            }
        }
        AdditionalProperties::Typed { field, ty } => {
            let (field, ty) = (make_ident(field), item.rust_type(ty));
            quote! {
                /// Properties that the schema does not define by name.
                pub #field: ::std::collections::BTreeMap<String, #ty>,
            }
        }
        AdditionalProperties::Ignored | AdditionalProperties::Closed => TokenStream::new(),
    };
    let nulls = has_nulls_field(item, object).then(|| quote!(nulls: Vec<&'static str>,));
    let is_default = object.properties.iter().all(|property| !property.required);
    let derive = item.write_derive(if is_default { &["Clone", "Debug", "Default"] } else { &["Clone", "Debug"] });
    let non_exhaustive = item.write_non_exhaustive();
    quote! {
        #head
        #derive
        #non_exhaustive
        pub struct #name { #(#fields)* #(#patterns)* #rest #nulls }
    }
}

/// Returns the declaration of an enum of listed values; `head` is its documentation.
fn write_enum(item: &PassInput<'_>, listed: &Enum, head: &TokenStream) -> TokenStream {
    let name = item.type_ident();
    let variants = listed.values.iter().map(|value| {
        let text = value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
        let docs = docs::write_doc_attributes(
            &prepend_value(&value.docs, &format_inline_code(&text)),
            item.doc_base_url(),
            None,
        );
        let variant = make_ident(&value.variant);
        quote!(#docs #variant,)
    });
    let holds = if listed.has_only_strings() { quote!(String) } else { quote!(::serde_json::Value) };
    let unknown = listed.unknown.as_deref().map(make_ident).map(|unknown| {
        quote! {
            /// A value that the schema does not list, as it was read.
            #unknown(#holds),
        }
    });
    let derive = item.write_derive(if listed.is_closed() { derives::CLOSED_ENUM_TRAITS } else { &["Clone", "Debug"] });
    let non_exhaustive = item.write_non_exhaustive();
    quote! {
        #head
        #derive
        #non_exhaustive
        pub enum #name {
            #(#variants)*
            #unknown
        }
    }
}

/// Returns the documentation of a listed value, with the value before its description: "`call_records`: A call."
/// Without a description, returns "The value `call_records`." `code` is the value as inline code.
fn prepend_value(documented: &Docs, code: &str) -> Docs {
    let description = match documented.visible_text() {
        Some(text) if text.trim_start().starts_with(['*', '-']) => format!("{code}:\n{text}"),
        Some(text) => format!("{code}: {}", text.trim_start()),
        None => format!("The value {code}."),
    };
    Docs { description: Some(description), ..documented.clone() }
}

/// Returns a text as inline code on one line, with spaces for its backticks.
fn format_inline_code(text: &str) -> String {
    let printable = docs::replace_unprintable(text).replace(['`', '\n'], " ");
    if printable.is_empty() { "`\"\"`".to_owned() } else { format!("`{printable}`") }
}

/// Returns the declaration of a union; `head` is its documentation.
fn write_union(item: &PassInput<'_>, union: &Union, head: &TokenStream) -> TokenStream {
    let name = item.type_ident();
    let variants = union.variants.iter().map(|variant| {
        let ty = item.rust_type(&variant.ty);
        let description = members::describe_variant(variant, union.tag.as_ref());
        let title = variant.docs.title.clone().filter(|title| *title != variant.name);
        let documented = Docs { title, ..variant.docs.clone() };
        let docs = docs::write_doc_attributes(&documented, item.doc_base_url(), Some(&description));
        let variant = make_ident(&variant.name);
        quote!(#docs #variant(#ty),)
    });
    let fallback = match &union.fallback {
        UnionFallback::Unknown(name) => Some((" A value that is not any of these, as it was read.", make_ident(name))),
        UnionFallback::Other(name) => Some((" Any other value.", make_ident(name))),
        UnionFallback::Reject => None,
    };
    let fallback = fallback.map(|(text, name)| quote!(#[doc = #text] #name(::serde_json::Value),));
    let derive = item.write_derive(&["Clone", "Debug", "PartialEq"]);
    let non_exhaustive = item.write_non_exhaustive();
    quote! {
        #head
        #derive
        #non_exhaustive
        pub enum #name {
            #(#variants)*
            #fallback
        }
    }
}

/// Returns the declaration of a tuple; `head` is its documentation.
fn write_tuple(item: &PassInput<'_>, tuple: &Tuple, head: &TokenStream) -> TokenStream {
    let name = item.type_ident();
    let items = tuple.items.iter().map(|field| {
        let ty = item.rust_type(&field.ty);
        if field.required { quote!(pub #ty,) } else { quote!(pub Option<#ty>,) }
    });
    let rest = tuple.rest.as_ref().map(|rest| {
        let ty = item.rust_type(rest);
        quote!(pub Vec<#ty>,)
    });
    let derive = item.write_derive(&["Clone", "Debug", "PartialEq"]);
    quote!(#head #derive pub struct #name(#(#items)* #rest);)
}

impl PassInput<'_> {
    /// Returns the base URL of links in descriptions that begin with `/`, if the settings have one.
    pub(crate) fn doc_base_url(&self) -> Option<&str> {
        self.settings.doc_base_url.as_deref()
    }

    /// Returns the doc attributes of the type. A title that only repeats the name of the type is left out. That the
    /// type is deprecated is said in words only: an attribute would warn wherever the output itself names the type.
    fn write_docs(&self, documented: &Docs) -> TokenStream {
        let title = documented.title.clone().filter(|title| *title != self.definition.name);
        let deprecated = documented.deprecated.then(|| quote!(#[doc = ""] #[doc = " Deprecated."]));
        let documented = &Docs { title, deprecated: false, ..documented.clone() };
        let kind = match &self.definition.shape {
            Shape::Struct(_) => "The object",
            Shape::Enum(_) => "The values of",
            Shape::Union(_) => "One of the kinds of",
            Shape::Tuple(_) => "The list",
            Shape::Alias(_) | Shape::Newtype(_) => "The type",
        };
        let fallback = format!("{kind} `{}`.", self.definition.name);
        let docs = docs::write_doc_attributes(documented, self.doc_base_url(), Some(&fallback));
        let views = self.write_view_docs();
        quote!(#docs #views #deprecated)
    }

    /// Returns the doc attributes of a struct whose objects have views: they name the method that returns the view.
    fn write_view_docs(&self) -> Option<TokenStream> {
        let is_held = |id: &DefinitionId| self.definitions.name(*id) == self.definition.name;
        let place = self.definitions.views.places.iter().find(|place| place.held.as_ref().is_some_and(is_held))?;
        let (owner, by) = (self.definitions.name(place.owner), format_inline_code(&place.by));
        let text =
            format!(" [`{owner}::{}`] returns it as a view, with the properties for the value of {by}.", place.method);
        Some(quote!(#[doc = ""] #[doc = #text]))
    }

    /// Returns `#[non_exhaustive]` if the settings ask for it.
    fn write_non_exhaustive(&self) -> Option<TokenStream> {
        self.settings.non_exhaustive.then(|| quote!(#[non_exhaustive]))
    }
}
