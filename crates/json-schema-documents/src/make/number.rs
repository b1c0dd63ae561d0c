//! Numbers: whole ones up to the bounds of 64 bits, others up to those of `f64`.

use proptest::prelude::Rng;
use serde_json::Number;

use super::{Conjunction, Maker};
use crate::schema::{NumberKeywords, Types};

/// The whole numbers that JSON without arbitrary precision carries.
const LEAST_INTEGER: i128 = i64::MIN as i128;
const MOST_INTEGER: i128 = u64::MAX as i128;

/// Up to here a whole number is the same written as `1` and as `1.0` to every reader.
const MOST_EXACT: i128 = 1 << 53;

/// How many steps of `multipleOf` from zero, or from a bound, a number is at most.
const MOST_STEPS: f64 = 1000.0;

const INTEGERS: [i128; 16] = [
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
    MOST_EXACT,
    MOST_EXACT + 1,
    LEAST_INTEGER,
    i64::MAX as i128,
    MOST_INTEGER,
];

const FRACTIONS: [f64; 12] =
    [0.5, -0.25, 0.1, -0.0, 1e-7, 123_456.789, 0.1 + 0.2, 1e21, -1.5e300, f64::MAX, f64::MIN_POSITIVE, f64::EPSILON];

impl<'s> Maker<'s, '_> {
    /// A number of `types` within the bounds; none where there is none.
    pub(super) fn number(&mut self, conjunction: &Conjunction<'s>, types: Types) -> Option<Number> {
        let schemas = conjunction.schemas.iter();
        let keywords: Vec<&NumberKeywords> = schemas.map(|schema| &schema.number).collect();
        let step = keywords.iter().find_map(|all| all.multiple_of.as_ref());
        let step = step.and_then(Number::as_f64);
        if let Some(step) = step.filter(|step| step.fract() != 0.0) {
            return self.fractional_multiple(step, &keywords, types);
        }
        let whole = types == Types::INTEGER || step.is_some() || self.chance(1, 2);
        if types.meets(Types::INTEGER) && whole {
            // `as` saturates, and a step that large leaves nothing but zero anyway.
            return self.integer(step.map_or(1, |step| step as i128), &keywords);
        }
        self.fraction(&keywords)
    }

    /// A whole multiple of `step`, now and then written with a fraction of zero.
    fn integer(&mut self, step: i128, keywords: &[&NumberKeywords]) -> Option<Number> {
        let (least, most) = integer_bounds(keywords);
        if least > most {
            return None;
        }
        let near = self.rng().random_range(-10..=10);
        let integer = match self.rng().random_range(0..6) {
            0 => least.saturating_add(near),
            1 => most.saturating_add(near),
            2 => self.pick(&INTEGERS).copied().unwrap_or(0),
            3 => self.rng().random_range(least..=most),
            4 => near.saturating_mul(1000),
            _ => near,
        };
        let integer = integer.clamp(least, most);
        let multiple = integer.checked_sub(integer.rem_euclid(step.max(1)))?;
        let multiple = if multiple < least { multiple.checked_add(step)? } else { multiple };
        if multiple > most {
            return None;
        }
        if multiple.abs() <= MOST_EXACT && self.chance(1, 8) {
            return Number::from_f64(multiple as f64);
        }
        number_of(multiple)
    }

    /// A multiple of a `step` such as 0.01.
    fn fractional_multiple(&mut self, step: f64, keywords: &[&NumberKeywords], types: Types) -> Option<Number> {
        let (least, most) = bounds(keywords);
        let (first, last) = ((least / step).ceil(), (most / step).floor());
        let near = first.max(last.min(0.0));
        let first = first.max(near - MOST_STEPS);
        let last = last.min(near + MOST_STEPS);
        // Bounds that far out have no such multiple that `f64` could tell from the next.
        if first > last || !first.is_finite() || !last.is_finite() {
            return None;
        }
        let count = self.rng().random_range(first..=last).round();
        // Three times 0.1 is not 0.3 in floating point, but three divided by ten is.
        let parts = (1.0 / step).round();
        let is_part = (parts * step - 1.0).abs() < 1e-9;
        let multiple = if is_part { count / parts } else { count * step };
        if types == Types::INTEGER && multiple.fract() != 0.0 {
            return None;
        }
        Number::from_f64(multiple)
    }

    fn fraction(&mut self, keywords: &[&NumberKeywords]) -> Option<Number> {
        let (least, most) = bounds(keywords);
        if least > most {
            return None;
        }
        let float = match self.rng().random_range(0..6) {
            0 => least,
            1 => most,
            2 => self.pick(&FRACTIONS).copied().unwrap_or(0.5),
            // The halves keep the width of the whole range from overflowing.
            3 => least + 2.0 * (self.rng().random::<f64>() * (most / 2.0 - least / 2.0)),
            4 => f64::from(self.rng().random_range(-10_000..10_000)) / 100.0,
            _ => f64::from_bits(self.rng().random()),
        };
        let float = if float.is_finite() { float } else { 0.5 };
        Number::from_f64(readable(float.clamp(least, most)))
    }
}

/// `float`, or one close to it, such that it is read as it is written. `serde_json` by default
/// reads long numbers with an error in the last place.
fn readable(float: f64) -> f64 {
    let reads_back = |float: &f64| {
        let text = serde_json::to_string(float);
        let read = text.and_then(|text| serde_json::from_str::<f64>(&text));
        read.is_ok_and(|read| read.to_bits() == float.to_bits())
    };
    let shorter = [float, (float * 1000.0).round() / 1000.0, float.trunc()];
    let shorter = shorter.into_iter().filter(|float| float.is_finite());
    shorter.into_iter().find(reads_back).unwrap_or(0.0)
}

fn number_of(integer: i128) -> Option<Number> {
    let signed = i64::try_from(integer).map(Number::from);
    signed.or_else(|_| u64::try_from(integer).map(Number::from)).ok()
}

/// The least and the most of the whole numbers that the keywords allow.
fn integer_bounds(keywords: &[&NumberKeywords]) -> (i128, i128) {
    let least = keywords.iter().flat_map(|all| {
        let inclusive = all.minimum.as_ref().map(|bound| whole(bound, f64::ceil));
        let exclusive = all.exclusive_minimum.as_ref();
        let exclusive = exclusive.map(|bound| whole(bound, f64::floor).saturating_add(1));
        inclusive.into_iter().chain(exclusive)
    });
    let most = keywords.iter().flat_map(|all| {
        let inclusive = all.maximum.as_ref().map(|bound| whole(bound, f64::floor));
        let exclusive = all.exclusive_maximum.as_ref();
        let exclusive = exclusive.map(|bound| whole(bound, f64::ceil).saturating_sub(1));
        inclusive.into_iter().chain(exclusive)
    });
    (least.fold(LEAST_INTEGER, i128::max), most.fold(MOST_INTEGER, i128::min))
}

/// `bound` as a whole number; exact where it is one.
fn whole(bound: &Number, round: fn(f64) -> f64) -> i128 {
    match (bound.as_i64(), bound.as_u64()) {
        (Some(integer), _) => i128::from(integer),
        (None, Some(integer)) => i128::from(integer),
        // `as` saturates, which the bounds of 64 bits do as well.
        (None, None) => round(bound.as_f64().unwrap_or(0.0)) as i128,
    }
}

/// The least and the most of the numbers that the keywords allow.
fn bounds(keywords: &[&NumberKeywords]) -> (f64, f64) {
    let float = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
    let least = keywords.iter().flat_map(|all| {
        let exclusive = float(&all.exclusive_minimum).map(|bound| bound + gap(bound));
        float(&all.minimum).into_iter().chain(exclusive)
    });
    let most = keywords.iter().flat_map(|all| {
        let exclusive = float(&all.exclusive_maximum).map(|bound| bound - gap(bound));
        float(&all.maximum).into_iter().chain(exclusive)
    });
    (least.fold(f64::MIN, f64::max), most.fold(f64::MAX, f64::min))
}

/// A distance from `bound` that takes a number off it, if only just.
fn gap(bound: f64) -> f64 {
    (bound.abs() * f64::EPSILON).max(f64::MIN_POSITIVE)
}
