//! Defines how the set of values that a schema accepts changes. The schema is stricter than the types: a smaller
//! `maxLength` makes a validator reject some values, and changes nothing for a program that only reads values.

use serde::Serialize;
use serde_json::Value;

/// How a change affects the set of values that the schema accepts, for programs that validate against the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Validation {
    /// The schema accepts the same values.
    Same,
    /// The schema accepts more values.
    Looser,
    /// The schema accepts fewer values.
    Stricter,
    /// The schema may accept some values that it rejected, reject some that it accepted, or both.
    Other,
}

/// The keywords whose number is an upper limit, so that a smaller number makes the schema stricter.
const UPPER_LIMITS: &[&str] = &["exclusiveMaximum", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum"];

/// The keywords whose number is a lower limit, so that a larger number makes the schema stricter.
const LOWER_LIMITS: &[&str] = &["exclusiveMinimum", "minContains", "minItems", "minLength", "minProperties", "minimum"];

/// Returns whether the schema becomes looser or stricter when the value of `keyword` changes from `old` to `new`.
/// `None` if the keyword is not a limit such as `maximum`, or if a version has no number for it.
pub(crate) fn compare_limits(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> Option<Validation> {
    let (old, new) = (old?.as_f64()?, new?.as_f64()?);
    if UPPER_LIMITS.contains(&keyword) {
        Some(if new < old { Validation::Stricter } else { Validation::Looser })
    } else if LOWER_LIMITS.contains(&keyword) {
        Some(if new > old { Validation::Stricter } else { Validation::Looser })
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn smaller_upper_limit_is_stricter() {
        let of = |keyword, old, new| compare_limits(keyword, Some(&json!(old)), Some(&json!(new)));
        assert_eq!(of("maxLength", 10, 5), Some(Validation::Stricter));
        assert_eq!(of("maximum", 5, 10), Some(Validation::Looser));
        assert_eq!(of("minItems", 1, 2), Some(Validation::Stricter));
        assert_eq!(of("pattern", 1, 2), None);
    }
}
