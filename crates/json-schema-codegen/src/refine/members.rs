//! Describes the members of a union that have no description in the schema.

use serde_json::Value;

use crate::normalize::{TypeSet, UnionTag, Variant};
use crate::refine::docs::format_inline_code;

/// Returns a sentence that says which values the variant `variant` of a union holds, by their tag, their required
/// properties, or their JSON type: "An object whose `kind` is `card`." `tag` is the tag of the union, if it has one.
pub(crate) fn describe_variant(variant: &Variant, tag: Option<&UnionTag>) -> String {
    if let (Some(tag), false) = (tag, variant.tags.is_empty()) {
        let values = variant.tags.iter().map(format_value).collect();
        return format!("An object whose {} is {}.", format_inline_code(&tag.property), format_code_list(values, "or"));
    }
    match variant.types {
        TypeSet::OBJECT if variant.required.is_empty() => "An object.".to_owned(),
        TypeSet::OBJECT => format!("An object with {}.", format_code_list(variant.required.clone(), "and")),
        TypeSet::ARRAY => "A list.".to_owned(),
        TypeSet::STRING => "A text.".to_owned(),
        TypeSet::NUMBER => "A number.".to_owned(),
        TypeSet::INTEGER => "A whole number.".to_owned(),
        TypeSet::BOOLEAN => "`true` or `false`.".to_owned(),
        TypeSet::NULL => "`null`.".to_owned(),
        _ => format!("A value of the member {}.", format_inline_code(&variant.name)),
    }
}

/// Formats a JSON value: a string without quotes, any other value as JSON.
fn format_value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Formats the texts as a list in a sentence: each text once as inline code, with the word `last` before the last one,
/// such as "`a`, `b` and `c`" for `and`. Empty if there are no texts.
fn format_code_list(mut texts: Vec<String>, last: &str) -> String {
    let mut seen = std::collections::BTreeSet::new();
    texts.retain(|text| seen.insert(text.clone()));
    let texts: Vec<String> = texts.iter().map(|text| format_inline_code(text)).collect();
    match texts.split_last() {
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
        None => String::new(),
    }
}
