//! Says whether the schema accepts more or fewer values after a change. The schema is stricter than the types: a `maxLength`
//! that shrinks changes nothing for a program that reads values, and makes a validator reject some.

use serde::Serialize;
use serde_json::Value;

/// The effect of a change on the values that the schema accepts, for programs that validate against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Validation {
    /// It accepts the same values.
    Same,
    /// It accepts more values.
    Looser,
    /// It accepts fewer values.
    Stricter,
    /// It may accept other values; which is not known.
    Other,
}

/// Keywords with a limit that values stay below.
const UPPER_LIMITS: &[&str] = &["exclusiveMaximum", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum"];

/// Keywords with a limit that values stay above.
const LOWER_LIMITS: &[&str] = &["exclusiveMinimum", "minContains", "minItems", "minLength", "minProperties", "minimum"];

/// Returns how the values that the schema accepts change when the value of `keyword` changes from `old` to `new`; `None` if
/// the kind of change says it better.
pub(crate) fn validation_of_keyword(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> Option<Validation> {
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
        let of = |keyword, old, new| validation_of_keyword(keyword, Some(&json!(old)), Some(&json!(new)));
        assert_eq!(of("maxLength", 10, 5), Some(Validation::Stricter));
        assert_eq!(of("maximum", 5, 10), Some(Validation::Looser));
        assert_eq!(of("minItems", 1, 2), Some(Validation::Stricter));
        assert_eq!(of("pattern", 1, 2), None);
    }
}
