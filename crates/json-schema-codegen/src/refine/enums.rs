//! Writes the impls of enums of listed values. Enums of strings are tables for `values!` of the runtime; others compare
//! `serde_json::Value`s. Both keep unlisted values.

use crate::normalize::Shape;
use crate::refine::Item;
use crate::refine::table::{Table, literal};

/// Returns the table of an enum of strings; `None` for any other type.
pub(crate) fn of_texts(item: &Item<'_>) -> Option<Table> {
    let Shape::Enum(listed) = &item.definition.shape else { return None };
    if !listed.is_text() {
        return None;
    }
    let name = &item.definition.name;
    let macro_name = if item.is_candidate() { "candidate_values" } else { "values" };
    let mut table = Table::new(macro_name, format!("{name}, {}", literal(&format!("a string ({name})"))));
    for value in &listed.values {
        table.row(format!("{} => {}", literal(value.value.as_str().unwrap_or_default()), value.variant));
    }
    let others = if listed.open { "any string" } else { "unlisted" };
    table.row(format!("{others} => {}", listed.unknown));
    Some(table)
}

/// Returns the table of an enum of values that are not all strings: a row for each value with its JSON text, and one for
/// the variant that keeps other values. `None` for any other type.
pub(crate) fn of_values(item: &Item<'_>) -> Option<Table> {
    let Shape::Enum(listed) = &item.definition.shape else { return None };
    if listed.is_text() {
        return None;
    }
    let macro_name = if item.is_candidate() { "candidate_json_values" } else { "json_values" };
    let mut table = Table::new(macro_name, item.definition.name.clone());
    for value in &listed.values {
        table.row(format!("{} => {}", literal(&value.value.to_string()), value.variant));
    }
    let others = if listed.open { "any value" } else { "unlisted" };
    table.row(format!("{others} => {}", listed.unknown));
    Some(table)
}
