//! The type of a whole number: the one that can hold all numbers within its bounds.

use serde_json::Number;

use crate::normalize::definition::Type;
use crate::normalize::node::Node;
use crate::normalize::schemas::Schemas;

/// Returns the Rust type of a node that accepts whole numbers only.
///
/// | Schema | Type |
/// | --- | --- |
/// | `format: uint64`, and no lower bound below 0 | `u64` |
/// | an upper bound past `i64`, and a lower bound of at least 0 | `u64` |
/// | either of these, but numbers below 0 are allowed too | any number, since no integer type fits |
/// | all others | `i64`, even for `minimum: 0`: bounds are not enforced, so -1 is read |
pub(crate) fn integer_type(schemas: &Schemas<'_>, node: &Node) -> Type {
    let bounds = |keyword: &'static str| node.keywords(schemas.resolved).filter_map(move |it| it.bound(keyword));
    let mut highest = bounds("maximum")
        .map(|bound| is_past_i64(bound, 0))
        .chain(bounds("exclusiveMaximum").map(|bound| is_past_i64(bound, 1)))
        .peekable();
    let reaches_past_i64 = highest.peek().is_some() && highest.all(|is_past| is_past);
    let is_unsigned = bounds("minimum").filter_map(Number::as_f64).any(|bound| bound > -1.0)
        || bounds("exclusiveMinimum").filter_map(Number::as_f64).any(|bound| bound >= -1.0);
    let is_bounded_below = bounds("minimum").chain(bounds("exclusiveMinimum")).next().is_some();
    let is_uint64 = node.keywords(schemas.resolved).any(|keywords| keywords.text("format") == Some("uint64"));
    match (is_uint64, reaches_past_i64) {
        (true, _) if is_unsigned || !is_bounded_below => Type::Integer { unsigned: true },
        (_, true) if is_unsigned => Type::Integer { unsigned: true },
        (false, false) => Type::Integer { unsigned: false },
        _ => Type::Number,
    }
}

/// Checks whether `bound - less` is greater than the largest `i64`; `less` is 1 for an exclusive bound.
fn is_past_i64(bound: &Number, less: u64) -> bool {
    match bound.as_u64() {
        Some(whole) => whole.saturating_sub(less) > i64::MAX.unsigned_abs(),
        None => bound.as_i64().is_none() && bound.as_f64().is_some_and(|bound| bound >= 9_223_372_036_854_775_808.0),
    }
}
