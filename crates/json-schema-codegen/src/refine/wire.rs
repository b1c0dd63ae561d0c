//! The types that are read: the field's own, but for whole numbers, which are read through
//! `Whole` so that `1.0` is one.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::Type;
use crate::refine::Item;

impl Item<'_> {
    /// The type that a type with whole numbers in it is read as.
    pub(crate) fn whole(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Integer { unsigned: false } => Some("runtime::Whole<i64>".to_owned()),
            Type::Integer { unsigned: true } => Some("runtime::Whole<u64>".to_owned()),
            Type::Array(inner) => Some(format!("Vec<{}>", self.whole(inner)?)),
            Type::Map(inner) => Some(format!("::std::collections::BTreeMap<String, {}>", self.whole(inner)?)),
            Type::Nullable(inner) => Some(format!("Option<{}>", self.whole(inner)?)),
            Type::Named(id) => self.whole(self.aliased(*id)?),
            _ => None,
        }
    }

    /// Returns the type that a field of a type is read as: with `Whole` in the place of integers.
    pub(crate) fn wire_type(&self, ty: &Type) -> TokenStream {
        let rust = self.rust(ty);
        let whole = self.whole(ty).and_then(|whole| whole.parse().ok());
        whole.unwrap_or_else(|| quote!(#rust))
    }

    /// The value of the field, from the value that was read.
    pub(crate) fn value_of(&self, ty: &Type, value: TokenStream) -> TokenStream {
        if self.whole(ty).is_some() { quote!(runtime::plain(#value)) } else { value }
    }

    /// What makes the value of a variant or a newtype of the value that was read: its name, or a
    /// closure where the two differ.
    pub(crate) fn constructor(&self, ty: &Type, name: TokenStream) -> TokenStream {
        if self.whole(ty).is_none() {
            return name;
        }
        quote!(|value| #name(runtime::plain(value)))
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
