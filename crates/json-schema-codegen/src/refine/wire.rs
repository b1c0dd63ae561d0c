//! The types as which values are read: those of the fields, with `Whole` in the place of integers, so that `1.0` is
//! read as 1, and with `Checked` around those that assertions are checked for.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use crate::lower::RustTypes;
use crate::normalize::{Definitions, Type};
use crate::refine::PassInput;
use crate::refine::table::MacroTable;

/// Returns [table of the narrow integer types in the definitions, such as `u8`; table of those without 0, such as
/// `NonZeroU8`]. A table without rows is `None`.
pub(super) fn make_integer_tables(definitions: &Definitions, rust_types: &RustTypes) -> [Option<MacroTable>; 2] {
    let mut found: [BTreeSet<String>; 2] = Default::default();
    for ty in
        definitions.all.iter().flat_map(|definition| definition.shape.contained_types()).filter_map(find_innermost_type)
    {
        if let Type::NarrowInteger { positive, .. } = ty {
            let text = rust_types.get(ty).to_token_stream().to_string().replace(' ', "");
            found[usize::from(*positive)].insert(text);
        }
    }
    let [narrow, positive] = found;
    let primitive = |name: &String| name.rsplit("NonZero").next().unwrap_or_default().to_lowercase();
    let positive = positive.iter().map(|name| format!("{name} as {}", primitive(name))).collect();
    [("narrow_integers", narrow), ("non_zero_integers", positive)].map(|(name, rows)| {
        let mut table = MacroTable::without_rows(name);
        let is_empty = rows.is_empty();
        for row in rows {
            table.add_row(row);
        }
        (!is_empty).then_some(table)
    })
}

/// Returns the type inside lists, maps, nullables and assertions: `String` for `Vec<Option<String>>`. `None` if it is a
/// definition.
fn find_innermost_type(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
            find_innermost_type(inner)
        }
        Type::Named(_) | Type::Boxed(_) => None,
        ty => Some(ty),
    }
}

impl PassInput<'_> {
    /// Returns the type that values of `ty` are read as if it differs from the Rust type of `ty`, because `ty` contains
    /// integers or values with assertions: `Vec<runtime::Whole<i64>>` for `Vec<i64>`. Else `None`.
    pub(crate) fn write_differing_wire_type(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Integer { unsigned: false } => Some("runtime::Whole<i64>".to_owned()),
            Type::Integer { unsigned: true } => Some("runtime::Whole<u64>".to_owned()),
            Type::NarrowInteger { positive, .. } => {
                let word = if *positive { "WholeNonZero" } else { "Whole" };
                Some(format!("runtime::{word}<{}>", self.rust_type_text(ty)))
            }
            Type::Checked(inner, list) => {
                let read = self
                    .write_differing_wire_type(inner)
                    .unwrap_or_else(|| format!("runtime::Plain<{}>", self.rust_type_text(inner)));
                Some(format!("runtime::Checked<{read}, assertions::{}>", self.definitions.assertions.list_name(*list)))
            }
            Type::Array(inner) => Some(format!("Vec<{}>", self.write_differing_wire_type(inner)?)),
            Type::Map(inner) => {
                Some(format!("{}<String, {}>", self.settings.map_type_path(), self.write_differing_wire_type(inner)?))
            }
            Type::Nullable(inner) => Some(format!("Option<{}>", self.write_differing_wire_type(inner)?)),
            Type::Named(id) => self.write_differing_wire_type(self.find_alias_target(*id)?),
            _ => None,
        }
    }

    /// Returns the Rust type of `ty` as text without spaces, such as `Vec<Recipient>`.
    fn rust_type_text(&self, ty: &Type) -> String {
        self.rust_type(ty).to_token_stream().to_string().replace(' ', "")
    }

    /// Returns the type that values of `ty` are read as: the Rust type of `ty`, with `Whole` in the place of integers,
    /// and `Checked` around types with assertions.
    pub(crate) fn write_wire_type(&self, ty: &Type) -> TokenStream {
        let rust = self.rust_type(ty);
        let whole = self.write_differing_wire_type(ty).and_then(|whole| whole.parse().ok());
        whole.unwrap_or_else(|| quote!(#rust))
    }

    /// Returns the expression that converts `value`, an expression of the type [`Self::write_wire_type`], to the Rust
    /// type of `ty`; `value` itself if these are one type.
    pub(crate) fn write_conversion_from_wire(&self, ty: &Type, value: TokenStream) -> TokenStream {
        if self.write_differing_wire_type(ty).is_some() { quote!(runtime::unwrap_whole(#value)) } else { value }
    }

    /// Returns the function that makes a variant or newtype `name` from the value that was read: `name` itself, or a
    /// closure if the value has to be converted to the type `ty` first.
    pub(crate) fn write_variant_constructor(&self, ty: &Type, name: TokenStream) -> TokenStream {
        if self.write_differing_wire_type(ty).is_none() {
            return name;
        }
        quote!(|value| #name(runtime::unwrap_whole(value)))
    }

    /// Checks whether the Rust type of `ty` itself holds `null` as a value, without an `Option`.
    pub(crate) fn holds_null(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Null => true,
            Type::Checked(inner, _) => self.holds_null(inner),
            Type::Named(id) => self.find_alias_target(*id).is_some_and(|ty| self.holds_null(ty)),
            _ => false,
        }
    }
}
