//! Equality of instances as JSON Schema defines it.

use serde_json::{Number, Value};

/// Checks whether two values are equal as JSON Schema defines it: numbers are compared by value (`1` is equal to
/// `1.0`), and the properties of objects in any order.
pub fn are_equal_json(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || are_equal_numbers(a, b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| are_equal_json(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            let has_equal =
                |(name, value): (&String, &Value)| b.get(name).is_some_and(|other| are_equal_json(value, other));
            a.len() == b.len() && a.iter().all(has_equal)
        }
        _ => a == b,
    }
}

/// Checks whether two numbers have the same value. Whole numbers are compared exactly, since two different whole
/// numbers beyond 2^53 may be the same `f64`.
fn are_equal_numbers(a: &Number, b: &Number) -> bool {
    match (as_whole_number(a), as_whole_number(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.as_f64() == b.as_f64(),
        _ => false,
    }
}

/// Returns the value of a whole number in any notation: 1 for `1.0`. `None` for a number with a fraction, and for one
/// that needs more than 128 bits.
fn as_whole_number(number: &Number) -> Option<i128> {
    let double = || number.as_f64().filter(|double| double.fract() == 0.0 && double.abs() < 2f64.powi(127));
    number.as_i128().or_else(|| double().map(|double| double as i128))
}
