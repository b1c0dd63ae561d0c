//! Makes numbers: integers within `i64` and `u64`, others within `f64`.

use rand::Rng;
use serde_json::Number;

use super::maker::{InstanceMaker, SchemaConjunction};
use crate::schema::{JsonTypes, NumberKeywords};

/// The least integer that `serde_json` holds without its feature `arbitrary_precision`.
const MIN_INTEGER: i128 = i64::MIN as i128;
/// The greatest integer that `serde_json` holds without its feature `arbitrary_precision`.
const MAX_INTEGER: i128 = u64::MAX as i128;

/// The greatest integer up to which `f64` represents all integers, so that `1` and `1.0` mean the same to every reader.
const MAX_EXACT_INTEGER: i128 = 1 << 53;

/// Most multiples of a fractional `multipleOf` between a made number and zero, or between the number and the bound
/// closest to zero.
const MAX_STEPS_FROM_ZERO: f64 = 1000.0;

/// Integers at which readers often fail: the limits of integer types and of `f64`.
const EXAMPLE_INTEGERS: [i128; 16] = [
    0,
    1,
    -1,
    100,
    1_700_000_000_000,
    i8::MIN as i128,
    u8::MAX as i128,
    u16::MAX as i128,
    i32::MIN as i128,
    i32::MAX as i128,
    u32::MAX as i128,
    MAX_EXACT_INTEGER,
    MAX_EXACT_INTEGER + 1,
    MIN_INTEGER,
    i64::MAX as i128,
    MAX_INTEGER,
];

/// Numbers of the type `f64` that are hard to read or to write.
const EXAMPLE_FRACTIONS: [f64; 12] =
    [0.5, -0.25, 0.1, -0.0, 1e-7, 123_456.789, 0.1 + 0.2, 1e21, -1.5e300, f64::MAX, f64::MIN_POSITIVE, f64::EPSILON];

impl<'s> InstanceMaker<'s, '_> {
    /// Makes a number of `types`, a subset of [`JsonTypes::NUMBER`], within the bounds of `conjunction`. `None` if no
    /// such number was found.
    pub(super) fn make_number(&mut self, conjunction: &SchemaConjunction<'s>, types: JsonTypes) -> Option<Number> {
        let schemas = conjunction.schemas.iter();
        let keywords: Vec<&NumberKeywords> = schemas.map(|schema| &schema.number).collect();
        let step = keywords.iter().find_map(|all| all.multiple_of.as_ref());
        let step = step.and_then(Number::as_f64);
        if let Some(step) = step.filter(|step| step.fract() != 0.0) {
            return self.make_fractional_multiple(step, &keywords, types);
        }
        let whole = types == JsonTypes::INTEGER || step.is_some() || self.decide_randomly(1, 2);
        if types.intersects(JsonTypes::INTEGER) && whole {
            // `as` saturates, and a step that large leaves nothing but zero anyway.
            return self.make_integer(step.map_or(1, |step| step as i128), &keywords);
        }
        self.make_fraction(&keywords)
    }

    /// Makes an integer that is a multiple of `step` and within the bounds in `keywords`; sometimes in the form `1.0`.
    /// `None` if there is no such integer.
    fn make_integer(&mut self, step: i128, keywords: &[&NumberKeywords]) -> Option<Number> {
        let (min, max) = find_integer_bounds(keywords);
        if min > max {
            return None;
        }
        let near = self.rng.random_range(-10..=10);
        let integer = match self.rng.random_range(0..6) {
            0 => min.saturating_add(near),
            1 => max.saturating_add(near),
            2 => self.pick_random(&EXAMPLE_INTEGERS).copied().unwrap_or(0),
            3 => self.rng.random_range(min..=max),
            4 => near.saturating_mul(1000),
            _ => near,
        };
        let integer = integer.clamp(min, max);
        let multiple = integer.checked_sub(integer.rem_euclid(step.max(1)))?;
        let multiple = if multiple < min { multiple.checked_add(step)? } else { multiple };
        if multiple > max {
            return None;
        }
        if multiple.abs() <= MAX_EXACT_INTEGER && self.decide_randomly(1, 8) {
            return Number::from_f64(multiple as f64);
        }
        integer_to_number(multiple)
    }

    /// Makes a multiple of a fractional `step`, such as 0.01, within the bounds in `keywords`. `None` if there is none,
    /// or if the chosen one is not an integer although `types` allows only integers.
    fn make_fractional_multiple(
        &mut self,
        step: f64,
        keywords: &[&NumberKeywords],
        types: JsonTypes,
    ) -> Option<Number> {
        let (min, max) = find_float_bounds(keywords);
        // The number is `count` steps, from `first` to `last`.
        let (first, last) = ((min / step).ceil(), (max / step).floor());
        let near = first.max(last.min(0.0));
        let first = first.max(near - MAX_STEPS_FROM_ZERO);
        let last = last.min(near + MAX_STEPS_FROM_ZERO);
        // With bounds that large, `f64` does not represent neighbouring multiples.
        if first > last || !first.is_finite() || !last.is_finite() {
            return None;
        }
        let count = self.rng.random_range(first..=last).round();
        // In floating point, 3 * 0.1 is not 0.3, but 3 / 10 is.
        let parts = (1.0 / step).round();
        let is_part = (parts * step - 1.0).abs() < 1e-9;
        let multiple = if is_part { count / parts } else { count * step };
        if types == JsonTypes::INTEGER && multiple.fract() != 0.0 {
            return None;
        }
        Number::from_f64(multiple)
    }

    /// Makes a number within the bounds in `keywords`, mostly with a fraction. `None` if the bounds exclude each other.
    fn make_fraction(&mut self, keywords: &[&NumberKeywords]) -> Option<Number> {
        let (min, max) = find_float_bounds(keywords);
        if min > max {
            return None;
        }
        let float = match self.rng.random_range(0..6) {
            0 => min,
            1 => max,
            2 => self.pick_random(&EXAMPLE_FRACTIONS).copied().unwrap_or(0.5),
            // The width is computed from halves, since `max - min` may overflow.
            3 => min + 2.0 * (self.rng.random::<f64>() * (max / 2.0 - min / 2.0)),
            4 => f64::from(self.rng.random_range(-10_000..10_000)) / 100.0,
            _ => f64::from_bits(self.rng.random()),
        };
        let float = if float.is_finite() { float } else { 0.5 };
        Number::from_f64(round_until_read_back(float.clamp(min, max)))
    }
}

/// Returns `float` if `serde_json` reads back exactly what it writes for it, otherwise a shorter number close to it
/// that is read back. By default, `serde_json` reads long numbers with an error in the last place.
fn round_until_read_back(float: f64) -> f64 {
    let reads_back = |float: &f64| {
        let text = serde_json::to_string(float);
        let read = text.and_then(|text| serde_json::from_str::<f64>(&text));
        read.is_ok_and(|read| read.to_bits() == float.to_bits())
    };
    let shorter = [float, (float * 1000.0).round() / 1000.0, float.trunc()];
    let shorter = shorter.into_iter().filter(|float| float.is_finite());
    shorter.into_iter().find(reads_back).unwrap_or(0.0)
}

/// Converts `integer` to a JSON number; `None` if it is outside the range of `i64` and `u64`.
fn integer_to_number(integer: i128) -> Option<Number> {
    let signed = i64::try_from(integer).map(Number::from);
    signed.or_else(|_| u64::try_from(integer).map(Number::from)).ok()
}

/// Returns (least integer, greatest integer) that all of `keywords` allow.
fn find_integer_bounds(keywords: &[&NumberKeywords]) -> (i128, i128) {
    let minima = keywords.iter().flat_map(|all| {
        let inclusive = all.minimum.as_ref().map(|bound| round_bound_to_integer(bound, f64::ceil));
        let exclusive = all.exclusive_minimum.as_ref();
        let exclusive = exclusive.map(|bound| round_bound_to_integer(bound, f64::floor).saturating_add(1));
        inclusive.into_iter().chain(exclusive)
    });
    let maxima = keywords.iter().flat_map(|all| {
        let inclusive = all.maximum.as_ref().map(|bound| round_bound_to_integer(bound, f64::floor));
        let exclusive = all.exclusive_maximum.as_ref();
        let exclusive = exclusive.map(|bound| round_bound_to_integer(bound, f64::ceil).saturating_sub(1));
        inclusive.into_iter().chain(exclusive)
    });
    (minima.fold(MIN_INTEGER, i128::max), maxima.fold(MAX_INTEGER, i128::min))
}

/// Converts `bound` to an integer: exactly if it is an integer, otherwise rounded by `round`.
fn round_bound_to_integer(bound: &Number, round: fn(f64) -> f64) -> i128 {
    match (bound.as_i64(), bound.as_u64()) {
        (Some(integer), _) => i128::from(integer),
        (None, Some(integer)) => i128::from(integer),
        // `as` saturates; the limits of 64 bits are tighter anyway.
        (None, None) => round(bound.as_f64().unwrap_or(0.0)) as i128,
    }
}

/// Returns (least, greatest) `f64` that all of `keywords` allow.
fn find_float_bounds(keywords: &[&NumberKeywords]) -> (f64, f64) {
    let float = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
    let minima = keywords.iter().flat_map(|all| {
        let exclusive = float(&all.exclusive_minimum).map(|bound| bound + distance_to_next_float(bound));
        float(&all.minimum).into_iter().chain(exclusive)
    });
    let maxima = keywords.iter().flat_map(|all| {
        let exclusive = float(&all.exclusive_maximum).map(|bound| bound - distance_to_next_float(bound));
        float(&all.maximum).into_iter().chain(exclusive)
    });
    (minima.fold(f64::MIN, f64::max), maxima.fold(f64::MAX, f64::min))
}

/// Returns a distance just large enough for `bound` plus the distance to differ from `bound`.
fn distance_to_next_float(bound: f64) -> f64 {
    (bound.abs() * f64::EPSILON).max(f64::MIN_POSITIVE)
}
