//! Names the variants of the values that an `enum` lists.

use serde_json::Value;

use crate::normalize::definition::Docs;
use crate::normalize::names;

/// Returns the text that the variant of `value` is named after: the value itself, or for a number its
/// title, if it has a short one.
pub(crate) fn value_text(value: &Value, docs: &Docs) -> String {
    match (value, &docs.title) {
        (Value::String(text), _) => text.clone(),
        (Value::Number(_), Some(title)) if names::is_name(title) => title.clone(),
        _ => value.to_string(),
    }
}

/// Returns the name of the variant for a text that [`value_text`] returned: `not-found` becomes
/// `NotFound`, and `-1.5` becomes `Minus1Point5`.
pub(crate) fn value_name(text: &str) -> String {
    let is_number =
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) && text.parse::<f64>().is_ok();
    if is_number { number_name(text) } else { names::type_name(text) }
}

/// Returns a name for the text of a number, with its sign and its point in words: `2` becomes `N2`, and
/// `-1.5` becomes `Minus1Point5`.
pub(crate) fn number_name(text: &str) -> String {
    let (sign, digits) = match text.split_at_checked(1) {
        Some(("-", digits)) => ("Minus", digits),
        Some(("+", digits)) => ("Plus", digits),
        _ => ("N", text),
    };
    format!("{sign}{}", names::type_name(&digits.replace('.', " point ")).trim_start_matches('N'))
}
