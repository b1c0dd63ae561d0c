//! Adds the limits of Rust's integer types to schemas.

use serde_json::{Value, json};

/// Adds `minimum` and `maximum` to each schema of integers in `schema`, at any depth, since the types refuse integers
/// outside their range by design: outside `u64` for the format `uint64`, otherwise outside `i64`. Leaves schemas with a
/// whole `maximum` of at least 0 unchanged.
pub fn add_integer_bounds(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(add_integer_bounds),
        Value::Object(keywords) => {
            let types = keywords.get("type").cloned().unwrap_or_default();
            let is_integer = types == "integer" || types.as_array().is_some_and(|all| all.contains(&json!("integer")));
            let is_unsigned = keywords.get("format") == Some(&json!("uint64"));
            let has_maximum = keywords.get("maximum").is_some_and(Value::is_u64);
            if is_integer && !has_maximum {
                let (least, most) =
                    if is_unsigned { (json!(0), json!(u64::MAX)) } else { (json!(i64::MIN), json!(i64::MAX)) };
                keywords.entry("minimum").or_insert(least);
                keywords.insert("maximum".to_owned(), most);
            }
            keywords.values_mut().for_each(add_integer_bounds);
        }
        _ => {}
    }
}
