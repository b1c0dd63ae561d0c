//! Names the variants for the values that an `enum` lists.

use serde_json::Value;

use crate::normalize::definition::Docs;
use crate::normalize::names;

/// Returns the text that the variant of `value` is named after: the text of a string, the title (in `docs`) of a
/// number if the title can be a name, else the value as JSON.
pub(crate) fn value_text(value: &Value, docs: &Docs) -> String {
    match (value, &docs.title) {
        (Value::String(text), _) => text.clone(),
        (Value::Number(_), Some(title)) if names::is_name(title) => title.clone(),
        _ => value.to_string(),
    }
}

/// Returns the name of the variant for `text`, which [`value_text`] returned: `not-found` becomes `NotFound`, and
/// `-1.5` becomes `Minus1Point5`. The names of two texts may be equal.
pub(crate) fn value_name(text: &str) -> String {
    let is_number =
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) && text.parse::<f64>().is_ok();
    if is_number { number_name(text) } else { names::type_name(text) }
}

/// Returns the name of a type or variant for a number, with its sign and its point in words: `2` becomes `N2`,
/// and `-1.5` becomes `Minus1Point5`.
pub(crate) fn number_name(text: &str) -> String {
    let (sign, digits) = match text.split_at_checked(1) {
        Some(("-", digits)) => ("Minus", digits),
        Some(("+", digits)) => ("Plus", digits),
        _ => ("N", text),
    };
    format!("{sign}{}", names::type_name(&digits.replace('.', " point ")).trim_start_matches('N'))
}
