//! The types as which values are read: those of the fields, with `Whole` in the place of integers, so that `1.0` is read
//! as 1, and with `Checked` around those that assertions are checked for.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::lower::RustTypes;
use crate::normalize::{Definitions, Type};
use crate::refine::Item;
use crate::refine::table::Table;

/// Returns the tables of the narrow integer types that the definitions have, those without 0 in the second; `None` for a
/// table without rows.
pub(super) fn integer_tables(definitions: &Definitions, rust_types: &RustTypes) -> [Option<Table>; 2] {
    let mut found: [BTreeSet<String>; 2] = Default::default();
    for ty in definitions.all.iter().flat_map(|definition| definition.shape.types()).filter_map(innermost) {
        if let Type::NarrowInteger { positive, .. } = ty {
            let text = rust_types.get(ty).to_token_stream().to_string().replace(' ', "");
            found[usize::from(*positive)].insert(text);
        }
    }
    let [narrow, positive] = found;
    let primitive = |name: &String| name.rsplit("NonZero").next().unwrap_or_default().to_lowercase();
    let positive = positive.iter().map(|name| format!("{name} as {}", primitive(name))).collect();
    [("narrow_integers", narrow), ("non_zero_integers", positive)].map(|(name, rows)| {
        let mut table = Table::without_head(name);
        let is_empty = rows.is_empty();
        for row in rows {
            table.row(row);
        }
        (!is_empty).then_some(table)
    })
}

/// Returns the type inside lists, maps, nullables and checks; `None` for definitions.
fn innermost(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => innermost(inner),
        Type::Named(_) | Type::Boxed(_) => None,
        ty => Some(ty),
    }
}

impl Item<'_> {
    /// Returns the type that values of `ty` are read as if it has integers in it, such as `Vec<runtime::Whole<i64>>`;
    /// `None` if it has none.
    pub(crate) fn whole(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Integer { unsigned: false } => Some("runtime::Whole<i64>".to_owned()),
            Type::Integer { unsigned: true } => Some("runtime::Whole<u64>".to_owned()),
            Type::NarrowInteger { positive, .. } => {
                let word = if *positive { "WholeNonZero" } else { "Whole" };
                Some(format!("runtime::{word}<{}>", self.text(ty)))
            }
            Type::Checked(inner, list) => {
                let read = self.whole(inner).unwrap_or_else(|| format!("runtime::Plain<{}>", self.text(inner)));
                Some(format!("runtime::Checked<{read}, assertions::{}>", self.definitions.assertions.name(*list)))
            }
            Type::Array(inner) => Some(format!("Vec<{}>", self.whole(inner)?)),
            Type::Map(inner) => Some(format!("{}<String, {}>", self.settings.map_path(), self.whole(inner)?)),
            Type::Nullable(inner) => Some(format!("Option<{}>", self.whole(inner)?)),
            Type::Named(id) => self.whole(self.aliased(*id)?),
            _ => None,
        }
    }

    /// Returns the Rust type of `ty` as text without spaces, such as `Vec<Recipient>`.
    fn text(&self, ty: &Type) -> String {
        self.rust(ty).to_token_stream().to_string().replace(' ', "")
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
            Type::Checked(inner, _) => self.holds_null(inner),
            Type::Named(id) => self.aliased(*id).is_some_and(|ty| self.holds_null(ty)),
            _ => false,
        }
    }
}
