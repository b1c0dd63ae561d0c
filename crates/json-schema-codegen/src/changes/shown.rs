//! Formats types for the report, as a reader would write them in Rust: `Option<Vec<String>>`.

use serde_json::Value;

use crate::normalize::{AdditionalProperties, Definition, Definitions, Property, Shape, Struct, Tuple, Type};

/// Formats a type as in Rust, such as `Vec<Box<Node>>`, with `serde_json::Value` shortened to `Value`.
pub(crate) fn format_type(definitions: &Definitions, ty: &Type) -> String {
    let inner = |inner: &Type| format_type(definitions, inner);
    match ty {
        Type::Any => "Value".to_owned(),
        Type::Null => "()".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Integer { unsigned: false } => "i64".to_owned(),
        Type::Integer { unsigned: true } => "u64".to_owned(),
        Type::NarrowInteger { format, positive } => {
            let bits = format.trim_start_matches("uint").trim_start_matches("int");
            let sign = if format.starts_with('u') { "u" } else { "i" };
            if *positive { format!("NonZeroU{bits}") } else { format!("{sign}{bits}") }
        }
        Type::Checked(ty, _) => inner(ty),
        Type::Number => "Number".to_owned(),
        Type::String => "String".to_owned(),
        Type::Array(items) => format!("Vec<{}>", inner(items)),
        Type::Map(values) => format!("BTreeMap<String, {}>", inner(values)),
        Type::Nullable(value) => format!("Option<{}>", inner(value)),
        Type::Boxed(id) => format!("Box<{}>", definitions.name(*id)),
        Type::Named(id) => definitions.name(*id).to_owned(),
        Type::Path(path) => path.clone(),
    }
}

/// Formats the type of a property's field. An optional property becomes `Option<…>`, unless its type is nullable, which
/// is an `Option` already. If the schema accepts values of other types too, adds `, or any other value`.
pub(crate) fn format_property_type(definitions: &Definitions, property: &Property) -> String {
    let ty = format_type(definitions, &property.ty);
    let is_unwrapped = property.required || matches!(property.ty, Type::Nullable(_));
    let ty = if is_unwrapped { ty } else { format!("Option<{ty}>") };
    if property.accepts_others { format!("{ty}, or any other value") } else { ty }
}

/// Formats the additional properties of an object: their type, such as `i64`; `any` if they have no type; `any, which
/// are lost` if the types do not keep them; `none` if the object allows none.
pub(crate) fn format_additional_properties(definitions: &Definitions, extra: &AdditionalProperties) -> String {
    match extra {
        AdditionalProperties::Open { .. } => "any".to_owned(),
        AdditionalProperties::Ignored => "any, which are lost".to_owned(),
        AdditionalProperties::Typed { ty, .. } => format_type(definitions, ty),
        AdditionalProperties::Closed => "none".to_owned(),
    }
}

/// Formats the `patternProperties` of an object: `^x-: String, ^y-: i64`.
pub(crate) fn format_pattern_properties(definitions: &Definitions, object: &Struct) -> String {
    let all =
        object.patterns.iter().map(|pattern| format!("{}: {}", pattern.pattern, format_type(definitions, &pattern.ty)));
    all.collect::<Vec<_>>().join(", ")
}

/// Formats a tuple: `(String, Option<i64>, Vec<bool>)`, where `Option` marks an item that may be missing, and `Vec` any
/// number of further items.
pub(crate) fn format_tuple(definitions: &Definitions, tuple: &Tuple) -> String {
    let items = tuple.items.iter().map(|item| {
        let ty = format_type(definitions, &item.ty);
        if item.required { ty } else { format!("Option<{ty}>") }
    });
    let rest = tuple.rest.iter().map(|rest| format!("Vec<{}>", format_type(definitions, rest)));
    format!("({})", items.chain(rest).collect::<Vec<_>>().join(", "))
}

/// Returns the kind of a definition's Rust type in words, such as `an object` or `a union`.
pub(crate) fn describe_shape(definition: &Definition) -> &'static str {
    match definition.shape {
        Shape::Struct(_) => "an object",
        Shape::Enum(_) => "an enum",
        Shape::Union(_) => "a union",
        Shape::Tuple(_) => "a tuple",
        Shape::Alias(_) => "an alias",
        Shape::Newtype(_) => "a wrapper around a type",
    }
}

/// Formats a value as JSON on one line, in which characters that a terminal does not show are escaped: U+2028 becomes
/// `\u2028`.
pub fn format_json(value: &Value) -> String {
    let mut text = String::new();
    for c in value.to_string().chars() {
        let is_hidden = c != ' ' && (c.is_whitespace() || c.is_control() || is_invisible(c));
        if is_hidden {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text += &format!("\\u{unit:04x}"));
        } else {
            text.push(c);
        }
    }
    text
}

/// Checks whether a terminal shows nothing for `c`: it has no width, or it only changes the direction of text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::format_json;

    #[test]
    fn hidden_characters_of_a_value_are_escaped() {
        let value = serde_json::json!({ "a b": "\u{2028}\u{a0}\u{200b}\u{e0001}é\n" });
        assert_eq!(format_json(&value), r#"{"a b":"\u2028\u00a0\u200b\udb40\udc01é\n"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&format_json(&value)).ok(), Some(value));
    }
}
