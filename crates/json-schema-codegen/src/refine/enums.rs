//! Writes the impls of enums of listed values. Enums of strings are tables for `values!` of the runtime; others compare
//! `serde_json::Value`s. Both keep unlisted values, unless the settings close them.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::normalize::Shape;
use crate::refine::table::{MacroTable, write_string_literal};
use crate::refine::{PassInput, make_ident};
use crate::runtime::is_equal_json;

/// Returns the table from which a macro makes the impls of an enum of strings: a row for each value with its variant,
/// and one for the fallback variant, if there is one. `None` for any other type.
pub(crate) fn make_string_enum_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let Shape::Enum(listed) = &item.definition.shape else { return None };
    if !listed.has_only_strings() {
        return None;
    }
    let name = &item.definition.name;
    let macro_name = match (listed.is_closed(), item.is_candidate()) {
        (false, false) => "values",
        (false, true) => "candidate_values",
        (true, false) => "closed_values",
        (true, true) => "candidate_closed_values",
    };
    let mut table =
        MacroTable::new(macro_name, format!("{name}, {}", write_string_literal(&format!("a string ({name})"))));
    for value in &listed.values {
        table.add_row(format!(
            "{} => {}",
            write_string_literal(value.value.as_str().unwrap_or_default()),
            value.variant
        ));
    }
    let others = if listed.open { "any string" } else { "unlisted" };
    if let Some(unknown) = &listed.unknown {
        table.add_row(format!("{others} => {unknown}"));
    }
    Some(table)
}

/// Writes the impl of `Default` for an enum without a fallback variant whose schema has a `default` that is one of its
/// values; nothing for any other type.
pub(crate) fn write_default_impl(item: &PassInput<'_>) -> TokenStream {
    let Some(variant) = item.choose_default_variant() else { return TokenStream::new() };
    let (name, variant) = (item.type_ident(), make_ident(variant));
    quote! {
        #[allow(deprecated, clippy::derivable_impls)]
        impl Default for #name {
            fn default() -> Self {
                Self::#variant
            }
        }
    }
}

impl PassInput<'_> {
    /// Returns the name of the variant for the `default` of the schema, for an enum without a fallback variant. `None`
    /// if the schema has no `default` that is one of its values, or for any other type.
    pub(super) fn choose_default_variant(&self) -> Option<&str> {
        let Shape::Enum(listed) = &self.definition.shape else { return None };
        let default = self.definition.docs.default.as_ref().filter(|_| listed.is_closed())?;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let value = listed.values.iter().find(|value| text(&value.value) == *default)?;
        Some(&value.variant)
    }
}

/// Returns the table from which a macro makes the impls of an enum of values that are not all strings: a row for each
/// value with its JSON text and its variant, and one for the fallback variant, if there is one. `None` for any other
/// type.
pub(crate) fn make_value_enum_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let Shape::Enum(listed) = &item.definition.shape else { return None };
    if listed.has_only_strings() {
        return None;
    }
    let macro_name = match (listed.is_closed(), item.is_candidate()) {
        (false, false) => "json_values",
        (false, true) => "candidate_json_values",
        (true, false) => "closed_json_values",
        (true, true) => "candidate_closed_json_values",
    };
    let mut table = MacroTable::new(macro_name, item.definition.name.clone());
    for value in &listed.values {
        table.add_row(format!("{} => {}", write_string_literal(&value.value.to_string()), value.variant));
    }
    let others = if listed.open { "any value" } else { "unlisted" };
    if let Some(unknown) = &listed.unknown {
        table.add_row(format!("{others} => {unknown}"));
    }
    Some(table)
}

/// A function that writes a JSON number as a literal of one Rust type, and returns `None` if this type cannot hold the
/// number.
type WriteNumber = fn(&Value) -> Option<String>;

/// (Rust type, function that writes a number as a literal of this type, such as `1.0` for 1 as `f64`) for the types
/// that the numbers of an enum can have; the first type that holds all numbers is taken.
const NUMBER_TYPES: &[(&str, WriteNumber)] = &[
    ("i64", |value| value.as_i64().map(|number| number.to_string())),
    ("u64", |value| value.as_u64().map(|number| number.to_string())),
    ("f64", |value| {
        let number = value.as_f64().filter(|number| is_equal_json(&Value::from(*number), value))?;
        Some(format!("{number:?}"))
    }),
];

/// Returns the table of the conversions between numbers and an enum of numbers without a fallback variant: a row for
/// each number. `None` for any other type.
pub(crate) fn make_number_enum_table(item: &PassInput<'_>) -> Option<MacroTable> {
    let Shape::Enum(listed) = &item.definition.shape else { return None };
    if !listed.is_closed() || listed.has_only_strings() {
        return None;
    }
    let literals = |write: WriteNumber| {
        let literals = listed.values.iter().map(|value| Some((write(&value.value)?, &value.variant)));
        literals.collect::<Option<Vec<_>>>()
    };
    let (ty, literals) = NUMBER_TYPES.iter().find_map(|(ty, write)| Some((ty, literals(*write)?)))?;
    let mut table = MacroTable::new("numbers", format!("{}, {ty}", item.definition.name));
    for (literal, variant) in literals {
        table.add_row(format!("{literal} => {variant}"));
    }
    Some(table)
}
