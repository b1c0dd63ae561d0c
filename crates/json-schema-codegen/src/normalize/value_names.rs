//! Names the variants for the values that an `enum` lists.

use serde_json::Value;

use crate::normalize::definition::Docs;
use crate::normalize::names;

/// Returns the text from which the variant for `value` gets its name: a string as it is; for a number, the title in
/// `docs` if it is short; else the JSON text of the value.
pub(crate) fn find_variant_text(value: &Value, docs: &Docs) -> String {
    match (value, &docs.title) {
        (Value::String(text), _) => text.clone(),
        (Value::Number(_), Some(title)) if names::is_variant_title(title) => title.clone(),
        _ => value.to_string(),
    }
}

/// Makes the name of a variant from `text`, a result of [`find_variant_text`]: `not-found` becomes `NotFound`, and
/// `-1.5` becomes `Minus1Point5`. Two texts may have the same name.
pub(crate) fn make_variant_name(text: &str) -> String {
    let is_number =
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) && text.parse::<f64>().is_ok();
    if is_number { make_number_name(text) } else { names::make_type_name(text) }
}

/// Makes the name of a type or variant from the text of a number, with its sign and its point in words: `2` becomes
/// `N2`, and `-1.5` becomes `Minus1Point5`.
pub(crate) fn make_number_name(text: &str) -> String {
    let (sign, digits) = match text.split_at_checked(1) {
        Some(("-", digits)) => ("Minus", digits),
        Some(("+", digits)) => ("Plus", digits),
        _ => ("N", text),
    };
    format!("{sign}{}", names::make_type_name(&digits.replace('.', " point ")).trim_start_matches('N'))
}
