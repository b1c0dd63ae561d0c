//! The types that are read: the field's own, but for whole numbers, which are read through
//! `Whole` so that `1.0` is one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::Type;
use crate::refine::Item;

impl Item<'_> {
    /// Whether a type holds whole numbers that are not in a type with a reader of its own.
    pub(crate) fn has_integer(&self, ty: &Type) -> bool {
        match ty {
            Type::Integer { .. } => true,
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.has_integer(inner),
            Type::Named(id) => self.aliased(*id).is_some_and(|ty| self.has_integer(ty)),
            _ => false,
        }
    }

    /// The type to read, for a type whose Rust type is `rust`.
    pub(crate) fn wire_type(&self, ty: &Type, rust: &syn::Type) -> TokenStream {
        if self.has_integer(ty) { self.whole(ty) } else { quote!(#rust) }
    }

    fn whole(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Integer { unsigned: false } => quote!(runtime::Whole<i64>),
            Type::Integer { unsigned: true } => quote!(runtime::Whole<u64>),
            Type::List(inner) => {
                let inner = self.whole(inner);
                quote!(Vec<#inner>)
            }
            Type::Map(inner) => {
                let inner = self.whole(inner);
                quote!(::std::collections::BTreeMap<String, #inner>)
            }
            Type::Nullable(inner) => {
                let inner = self.whole(inner);
                quote!(Option<#inner>)
            }
            Type::Named(id) => self.aliased(*id).map(|ty| self.whole(ty)).unwrap_or_default(),
            _ => TokenStream::new(),
        }
    }

    /// The value of the field, from the value that was read.
    pub(crate) fn value_of(&self, ty: &Type, value: TokenStream) -> TokenStream {
        if !self.has_integer(ty) {
            return value;
        }
        match ty {
            Type::Integer { .. } => quote!(#value.0),
            Type::List(inner) => {
                let inner = self.value_of(inner, quote!(value));
                quote!(#value.into_iter().map(|value| #inner).collect())
            }
            Type::Map(inner) => {
                let inner = self.value_of(inner, quote!(value));
                quote!(#value.into_iter().map(|(name, value)| (name, #inner)).collect())
            }
            Type::Nullable(inner) => {
                let inner = self.value_of(inner, quote!(value));
                quote!(#value.map(|value| #inner))
            }
            Type::Named(id) => self.aliased(*id).map(|ty| self.value_of(ty, value)).unwrap_or_default(),
            _ => value,
        }
    }

    /// What makes the value of a variant or a newtype of the value that was read: its name, or a
    /// closure where the two differ.
    pub(crate) fn constructor(&self, ty: &Type, name: TokenStream) -> TokenStream {
        if self.has_integer(ty) {
            let value = self.value_of(ty, quote!(value));
            quote!(|value| #name(#value))
        } else {
            name
        }
    }

    /// Whether `null` is one of the values of the type, held by it as such.
    pub(crate) fn holds_null(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Null => true,
            Type::Named(id) => self.aliased(*id).is_some_and(|ty| self.holds_null(ty)),
            _ => false,
        }
    }
}
