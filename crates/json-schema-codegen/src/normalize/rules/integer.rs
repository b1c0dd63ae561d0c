//! The type of a whole number: the one that holds all numbers within its bounds.

use serde_json::Number;

use crate::normalize::definition::Type;
use crate::normalize::node::Node;
use crate::normalize::schemas::Schemas;

/// Returns `u64` for `format: uint64`, and where the upper bound is past `i64` and the lower bound is
/// not below zero. Where the bounds leave `i64` and allow numbers below zero too, no integer type
/// holds all of them, and the type is that of numbers. All others are `i64`: a lower bound alone
/// narrows nothing, so a reader accepts -1 where `minimum` is 0.
pub(super) fn integer_type(schemas: &Schemas<'_>, node: &Node) -> Type {
    let bounds = |keyword: &'static str| node.keywords(schemas.bundle).filter_map(move |it| it.bound(keyword));
    let mut highest = bounds("maximum")
        .map(|bound| is_past_i64(bound, 0))
        .chain(bounds("exclusiveMaximum").map(|bound| is_past_i64(bound, 1)))
        .peekable();
    let reaches_past_i64 = highest.peek().is_some() && highest.all(|is_past| is_past);
    let is_unsigned = bounds("minimum").filter_map(Number::as_f64).any(|bound| bound > -1.0)
        || bounds("exclusiveMinimum").filter_map(Number::as_f64).any(|bound| bound >= -1.0);
    let is_bounded_below = bounds("minimum").chain(bounds("exclusiveMinimum")).next().is_some();
    let is_uint64 = node.keywords(schemas.bundle).any(|keywords| keywords.text("format") == Some("uint64"));
    match (is_uint64, reaches_past_i64) {
        (true, _) if is_unsigned || !is_bounded_below => Type::Integer { unsigned: true },
        (_, true) if is_unsigned => Type::Integer { unsigned: true },
        (false, false) => Type::Integer { unsigned: false },
        _ => Type::Number,
    }
}

/// Checks whether `bound - less` is past `i64`.
fn is_past_i64(bound: &Number, less: u64) -> bool {
    match bound.as_u64() {
        Some(whole) => whole.saturating_sub(less) > i64::MAX.unsigned_abs(),
        None => bound.as_i64().is_none() && bound.as_f64().is_some_and(|bound| bound >= 9_223_372_036_854_775_808.0),
    }
}
