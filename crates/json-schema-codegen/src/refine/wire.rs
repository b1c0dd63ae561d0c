//! The types as which values are read: those of the fields, with `Whole` in the place of integers, so that `1.0` is read
//! as 1.

use proc_macro2::TokenStream;
use quote::quote;

use crate::normalize::Type;
use crate::refine::Item;

impl Item<'_> {
    /// Returns the type that values of `ty` are read as if it has integers in it, such as `Vec<runtime::Whole<i64>>`;
    /// `None` if it has none.
    pub(crate) fn whole(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Integer { unsigned: false } => Some("runtime::Whole<i64>".to_owned()),
            Type::Integer { unsigned: true } => Some("runtime::Whole<u64>".to_owned()),
            Type::Array(inner) => Some(format!("Vec<{}>", self.whole(inner)?)),
            Type::Map(inner) => Some(format!("{}<String, {}>", self.settings.map_path(), self.whole(inner)?)),
            Type::Nullable(inner) => Some(format!("Option<{}>", self.whole(inner)?)),
            Type::Named(id) => self.whole(self.aliased(*id)?),
            _ => None,
        }
    }

    /// Returns the type that values of `ty` are read as: its own, with `Whole` in the place of integers.
    pub(crate) fn wire_type(&self, ty: &Type) -> TokenStream {
        let rust = self.rust(ty);
        let whole = self.whole(ty).and_then(|whole| whole.parse().ok());
        whole.unwrap_or_else(|| quote!(#rust))
    }

    /// Returns the expression for a value of the type `ty` from the expression `value`, which has the type that it was
    /// read as.
    pub(crate) fn value_of(&self, ty: &Type, value: TokenStream) -> TokenStream {
        if self.whole(ty).is_some() { quote!(runtime::unwrap_whole(#value)) } else { value }
    }

    /// Returns the function that makes a variant or newtype `name` from the value that was read: `name` itself, or a
    /// closure if the value has to be converted to the type `ty` first.
    pub(crate) fn constructor(&self, ty: &Type, name: TokenStream) -> TokenStream {
        if self.whole(ty).is_none() {
            return name;
        }
        quote!(|value| #name(runtime::unwrap_whole(value)))
    }

    /// Checks whether the Rust type of `ty` itself holds `null` as a value, without an `Option`.
    pub(crate) fn holds_null(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Null => true,
            Type::Named(id) => self.aliased(*id).is_some_and(|ty| self.holds_null(ty)),
            _ => false,
        }
    }
}
