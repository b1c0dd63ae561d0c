//! The type of a whole number: the one that can hold all numbers within its bounds.

use serde_json::Number;

use crate::normalize::definition::Type;
use crate::normalize::node::Node;
use crate::normalize::schemas::RuleInput;
use crate::runtime::to_whole_number;

/// Returns the Rust type of a node that accepts whole numbers only.
///
/// | Schema | Type |
/// | --- | --- |
/// | strict, and both bounds fit in a narrower type | that of its `format` if they fit in that, else the narrowest |
/// | strict, and a lower bound of 1 | `NonZeroU64`, or narrower with an upper bound |
/// | strict, and a lower bound of at least 0 | `u64` |
/// | `format: uint64`, and no lower bound below 0 | `u64` |
/// | an upper bound past `i64`, and a lower bound of at least 0 | `u64` |
/// | either of these, but numbers below 0 are allowed too | any number, since no integer type fits |
/// | all others | `i64`, even for `minimum: 0`: bounds are not enforced, so -1 is read |
pub(crate) fn choose_integer_type(schemas: &RuleInput<'_>, node: &Node) -> Type {
    if let Some(ty) = choose_narrow_type(schemas, node).filter(|_| schemas.settings.strict) {
        return ty;
    }
    let bounds = |keyword: &'static str| {
        node.read_keywords(schemas.resolved).filter_map(move |it| it.read_exact_number(keyword))
    };
    let mut highest = bounds("maximum")
        .map(|bound| exceeds_i64(bound, 0))
        .chain(bounds("exclusiveMaximum").map(|bound| exceeds_i64(bound, 1)))
        .peekable();
    let reaches_past_i64 = highest.peek().is_some() && highest.all(|is_past| is_past);
    let is_unsigned = bounds("minimum").filter_map(Number::as_f64).any(|bound| bound > -1.0)
        || bounds("exclusiveMinimum").filter_map(Number::as_f64).any(|bound| bound >= -1.0);
    let is_bounded_below = bounds("minimum").chain(bounds("exclusiveMinimum")).next().is_some();
    let is_uint64 = node.read_keywords(schemas.resolved).any(|keywords| keywords.read_text("format") == Some("uint64"));
    match (is_uint64, reaches_past_i64) {
        (true, _) if is_unsigned || !is_bounded_below => Type::Integer { unsigned: true },
        (_, true) if is_unsigned => Type::Integer { unsigned: true },
        (false, false) => Type::Integer { unsigned: false },
        _ => Type::Number,
    }
}

/// Checks whether `bound - less` is greater than the largest `i64`; `less` is 1 for an exclusive bound.
fn exceeds_i64(bound: &Number, less: u64) -> bool {
    match bound.as_u64() {
        Some(whole) => whole.saturating_sub(less) > i64::MAX.unsigned_abs(),
        None => bound.as_i64().is_none() && bound.as_f64().is_some_and(|bound| bound >= 9_223_372_036_854_775_808.0),
    }
}

/// The integer formats, each with the smallest and the largest number of its type; the narrowest first. The
/// stage `lower` finds the name of each type.
const INTEGER_FORMATS: &[(&str, i128, i128)] = &[
    ("uint8", 0, u8::MAX as i128),
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// Returns the type of the numbers within the bounds of `node`, if they fit in a type other than `i64`. A format alone
/// narrows nothing, since the schema accepts numbers past it.
fn choose_narrow_type(schemas: &RuleInput<'_>, node: &Node) -> Option<Type> {
    let bounds = |keyword: &'static str| {
        node.read_keywords(schemas.resolved).filter_map(move |it| it.read_exact_number(keyword))
    };
    let lowest = bounds("minimum")
        .filter_map(|bound| round_bound_to_integer(bound, f64::ceil))
        .chain(bounds("exclusiveMinimum").filter_map(|bound| Some(round_bound_to_integer(bound, f64::floor)? + 1)))
        .max()?;
    let highest = bounds("maximum")
        .filter_map(|bound| round_bound_to_integer(bound, f64::floor))
        .chain(bounds("exclusiveMaximum").filter_map(|bound| Some(round_bound_to_integer(bound, f64::ceil)? - 1)))
        .min();
    let fits = |(_, least, most): &&(&str, i128, i128)| {
        *least <= lowest && highest.is_none_or(|highest| highest <= *most) && (highest.is_some() || *least == 0)
    };
    let has_format = |(format, ..): &&(&str, i128, i128)| {
        node.read_keywords(schemas.resolved).any(|keywords| keywords.read_text("format") == Some(format))
    };
    let is_widest = |(format, ..): &&(&str, i128, i128)| highest.is_some() || *format == "uint64";
    let fitting = || INTEGER_FORMATS.iter().filter(fits).filter(is_widest);
    let (format, ..) = fitting().find(has_format).or_else(|| fitting().next())?;
    Some(match *format {
        "int64" => Type::Integer { unsigned: false },
        "uint64" if lowest != 1 => Type::Integer { unsigned: true },
        format => Type::NarrowInteger { format, positive: lowest == 1 },
    })
}

/// Returns a bound as a whole number, by `round` if it has a fraction; `None` past 38 digits.
fn round_bound_to_integer(bound: &Number, round: fn(f64) -> f64) -> Option<i128> {
    to_whole_number(bound)
        .or_else(|| bound.as_f64().map(round).filter(|bound| bound.abs() < 1e38).map(|bound| bound as i128))
}

/// Returns the smallest and the largest number of an integer type; `None` for any other type.
pub(crate) fn integer_range(ty: &Type) -> Option<(i128, i128)> {
    let (name, positive) = match ty {
        Type::Integer { unsigned: true } => ("uint64", false),
        Type::Integer { unsigned: false } => ("int64", false),
        Type::NarrowInteger { format, positive } => (*format, *positive),
        _ => return None,
    };
    let (_, least, most) = INTEGER_FORMATS.iter().find(|(format, ..)| *format == name)?;
    Some((if positive { 1 } else { *least }, *most))
}
