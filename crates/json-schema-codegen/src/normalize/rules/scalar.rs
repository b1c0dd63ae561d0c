//! Texts, numbers, booleans and null.

use crate::normalize::Normalizer;
use crate::normalize::definition::{Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;

/// The first whole number past `i64`.
const PAST_I64: f64 = 9_223_372_036_854_775_808.0;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let ty = match normalizer.types(node) {
        TypeSet::NULL => Type::Null,
        TypeSet::BOOLEAN => Type::Bool,
        TypeSet::INTEGER => Type::Integer { unsigned: is_past_i64(normalizer, node) },
        TypeSet::NUMBER => Type::Number,
        TypeSet::STRING => Type::Text,
        _ => return None,
    };
    Some(Outline::Plain(ty))
}

/// Whether the bounds ask for numbers past `i64`, and for none below zero.
fn is_past_i64(normalizer: &Normalizer<'_>, node: &Node) -> bool {
    let bounds =
        |keyword: &'static str| node.keywords(normalizer.bundle).filter_map(move |keywords| keywords.number(keyword));
    let highest = bounds("maximum").chain(bounds("exclusiveMaximum")).fold(f64::NAN, f64::min);
    let lowest = bounds("minimum").chain(bounds("exclusiveMinimum")).fold(f64::NAN, f64::max);
    highest >= PAST_I64 && lowest >= 0.0
}
