//! Describes the members of a union that have no description in the schema.

use serde_json::Value;

use crate::normalize::{Tag, TypeSet, Variant};
use crate::refine::docs::code;

/// Returns a sentence that says what distinguishes the values of a variant: their tag, their required properties, or
/// their JSON type. For example "An object whose `kind` is `card`."
pub(crate) fn describe(variant: &Variant, tag: Option<&Tag>) -> String {
    if let (Some(tag), false) = (tag, variant.tags.is_empty()) {
        let values = variant.tags.iter().map(text_of).collect();
        return format!("An object whose {} is {}.", code(&tag.property), list(values, "or"));
    }
    match variant.types {
        TypeSet::OBJECT if variant.required.is_empty() => "An object.".to_owned(),
        TypeSet::OBJECT => format!("An object with {}.", list(variant.required.clone(), "and")),
        TypeSet::ARRAY => "A list.".to_owned(),
        TypeSet::STRING => "A text.".to_owned(),
        TypeSet::NUMBER => "A number.".to_owned(),
        TypeSet::INTEGER => "A whole number.".to_owned(),
        TypeSet::BOOLEAN => "`true` or `false`.".to_owned(),
        TypeSet::NULL => "`null`.".to_owned(),
        _ => format!("A value of the member {}.", code(&variant.name)),
    }
}

/// Returns the text of a value: a string without quotes, any other value as JSON.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns the texts as inline code in an enumeration with `last` before the last one, each text once: `a`, `b` and `c`.
/// Empty for no texts.
fn list(mut texts: Vec<String>, last: &str) -> String {
    let mut seen = std::collections::BTreeSet::new();
    texts.retain(|text| seen.insert(text.clone()));
    let texts: Vec<String> = texts.iter().map(|text| code(text)).collect();
    match texts.split_last() {
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
        None => String::new(),
    }
}
