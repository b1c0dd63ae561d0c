//! Writes how the types that have no table of properties or strings are looked at as JSON, and how their texts are
//! replaced: unions, tuples, newtypes, and enums of other values than strings.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::normalize::{Enum, Shape, Tuple, Type, Union};
use crate::refine::table::Table;
use crate::refine::{Item, ident};

/// Returns the impl of `Wrapper`, or of `Access` for a tuple; nothing for types with a table.
pub(crate) fn pass(item: &Item<'_>) -> TokenStream {
    match &item.definition.shape {
        Shape::Enum(listed) if !listed.is_text() => values(item, listed),
        Shape::Union(union) => variants(item, union),
        Shape::Tuple(tuple) => items(item, tuple),
        Shape::Newtype(ty) => newtype(item, ty),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Alias(_) => TokenStream::new(),
    }
}

/// Returns the table of the macro that implements the methods; `None` for types with a table of their own.
pub(crate) fn methods(item: &Item<'_>) -> Option<Table> {
    let macro_name = match &item.definition.shape {
        Shape::Enum(listed) if listed.is_text() => return None,
        Shape::Struct(_) | Shape::Alias(_) => return None,
        Shape::Tuple(_) => "access",
        Shape::Enum(_) | Shape::Union(_) | Shape::Newtype(_) => "wrapper_access",
    };
    Some(Table::new(macro_name, item.definition.name.clone()))
}

/// Returns the expression for the treatment of values of the type `ty`.
fn treat(item: &Item<'_>, ty: &Type) -> TokenStream {
    if item.is_opaque(ty) { quote!(runtime::Foreign) } else { quote!(runtime::Known) }
}

/// Returns the impl of `Wrapper` for an enum of values.
fn values(item: &Item<'_>, listed: &Enum) -> TokenStream {
    let (name, unknown) = (item.name(), ident(&listed.unknown));
    let variants = listed.values.iter().map(|value| ident(&value.variant));
    let texts = listed.values.iter().map(|value| value.value.to_string());
    quote! {
        impl runtime::Wrapper for #name {
            fn inside(&self) -> runtime::Any<'_> {
                runtime::Any::of(match self {
                    #(Self::#variants => runtime::constant!(#texts),)*
                    Self::#unknown(value) => value,
                })
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::redact_value(self, self.to_value(), redactor)
            }

            fn empty_inside(&mut self, _: &mut runtime::Redactor<'_>) {
                *self = Self::from(::serde_json::Value::from(""));
            }
        }
    }
}

/// Returns the impl of `Wrapper` for a union.
fn variants(item: &Item<'_>, union: &Union) -> TokenStream {
    let name = item.name();
    let members = union.variants.iter().map(|variant| (ident(&variant.name), treat(item, &variant.ty)));
    let fallback = union.fallback.variant().map(|name| (ident(name), quote!(runtime::Known)));
    let (names, treats): (Vec<_>, Vec<_>) = members.chain(fallback).unzip();
    quote! {
        impl runtime::Wrapper for #name {
            fn inside(&self) -> runtime::Any<'_> {
                match self {
                    #(Self::#names(value) => runtime::Treat::view(#treats, value),)*
                }
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                match self {
                    #(Self::#names(value) => runtime::Treat::redact(#treats, value, redactor),)*
                }
            }

            fn empty_inside(&mut self, redactor: &mut runtime::Redactor<'_>) {
                match self {
                    #(Self::#names(value) => runtime::Treat::empty(#treats, value, redactor),)*
                }
            }
        }
    }
}

/// Returns the impl of `Wrapper` for a newtype.
fn newtype(item: &Item<'_>, ty: &Type) -> TokenStream {
    let (name, treat) = (item.name(), treat(item, ty));
    quote! {
        impl runtime::Wrapper for #name {
            fn inside(&self) -> runtime::Any<'_> {
                runtime::Treat::view(#treat, &self.0)
            }

            fn redact_inside(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                runtime::Treat::redact(#treat, &mut self.0, redactor)
            }

            fn empty_inside(&mut self, redactor: &mut runtime::Redactor<'_>) {
                runtime::Treat::empty(#treat, &mut self.0, redactor);
            }
        }
    }
}

/// Returns the impl of `Access` for a tuple.
fn items(item: &Item<'_>, tuple: &Tuple) -> TokenStream {
    let name = item.name();
    let fields = tuple
        .items
        .iter()
        .enumerate()
        .map(|(index, field)| (Literal::usize_unsuffixed(index), field.required, treat(item, &field.ty)));
    let (views, redacts): (Vec<_>, Vec<_>) = fields
        .map(|(index, is_required, treat)| match is_required {
            true => (
                quote!(visit(None, runtime::Treat::view(#treat, &self.#index));),
                quote!(redactor.fixed(#treat, #index, &mut self.#index);),
            ),
            false => (
                quote!(if let Some(item) = &self.#index { visit(None, runtime::Treat::view(#treat, item)); }),
                quote!(if let Some(item) = &mut self.#index { redactor.fixed(#treat, #index, item); }),
            ),
        })
        .unzip();
    let (rest_views, rest_redacts) = tuple
        .rest
        .as_ref()
        .map(|ty| {
            let (index, treat) = (Literal::usize_unsuffixed(tuple.items.len()), treat(item, ty));
            (
                quote!(for item in &self.#index { visit(None, runtime::Treat::view(#treat, item)); }),
                quote!(redactor.list(#treat, #index, &mut self.#index);),
            )
        })
        .unzip();
    quote! {
        #[allow(unused_variables)]
        impl runtime::Access for #name {
            fn look(&self) -> runtime::Look<'_> {
                runtime::Look::Array
            }

            fn each<'a>(&'a self, visit: &mut dyn ::std::ops::FnMut(Option<&'a str>, runtime::Any<'a>)) {
                #(#views)*
                #rest_views
            }

            fn redact(&mut self, redactor: &mut runtime::Redactor<'_>) -> bool {
                #(#redacts)*
                #rest_redacts
                false
            }
        }
    }
}
