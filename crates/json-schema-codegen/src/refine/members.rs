//! Words for the members of a union of which the schema says nothing.

use serde_json::Value;

use crate::normalize::{Tag, TypeSet, Variant};
use crate::refine::docs::code;

/// What a value of the variant is: told by its tag, by its properties, or by its JSON type.
pub(crate) fn words(variant: &Variant, tag: Option<&Tag>) -> String {
    if let (Some(tag), false) = (tag, variant.tags.is_empty()) {
        let values = variant.tags.iter().map(plain).collect();
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

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// `a`, `b` and `c`, each once.
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
