//! Assertions of bounds of numbers.

use serde_json::Value;

use crate::draft::Draft;
use crate::normalize::assertions::compiler::{At, Compiler};
use crate::normalize::definition::Type;
use crate::normalize::keywords::Keywords;
use crate::normalize::rules::integer;
use crate::runtime::{Assertion, Bound, whole};

pub(super) fn minimum(_: &mut Compiler<'_>, keywords: &Keywords<'_>, _: At<'_>) -> Option<Vec<Assertion>> {
    let is_exclusive = is_set(keywords, "exclusiveMinimum");
    bound(keywords, "minimum", if is_exclusive { Assertion::ExclusiveMinimum } else { Assertion::Minimum })
}

pub(super) fn maximum(_: &mut Compiler<'_>, keywords: &Keywords<'_>, _: At<'_>) -> Option<Vec<Assertion>> {
    let is_exclusive = is_set(keywords, "exclusiveMaximum");
    bound(keywords, "maximum", if is_exclusive { Assertion::ExclusiveMaximum } else { Assertion::Maximum })
}

pub(super) fn exclusive_minimum(_: &mut Compiler<'_>, keywords: &Keywords<'_>, _: At<'_>) -> Option<Vec<Assertion>> {
    bound(keywords, "exclusiveMinimum", Assertion::ExclusiveMinimum)
}

pub(super) fn exclusive_maximum(_: &mut Compiler<'_>, keywords: &Keywords<'_>, _: At<'_>) -> Option<Vec<Assertion>> {
    bound(keywords, "exclusiveMaximum", Assertion::ExclusiveMaximum)
}

pub(super) fn multiple_of(_: &mut Compiler<'_>, keywords: &Keywords<'_>, _: At<'_>) -> Option<Vec<Assertion>> {
    bound(keywords, "multipleOf", Assertion::MultipleOf)
}

/// Checks whether a keyword is `true` in a draft before 6, which makes the bound beside it exclusive.
fn is_set(keywords: &Keywords<'_>, keyword: &str) -> bool {
    keywords.draft() < Draft::Six && keywords.get(keyword) == Some(&Value::Bool(true))
}

/// Returns the assertion of a keyword whose value is a number; `None` if it is not a number, or past `f64`.
fn bound(keywords: &Keywords<'_>, keyword: &str, assertion: fn(Bound) -> Assertion) -> Option<Vec<Assertion>> {
    let number = keywords.bound(keyword)?;
    let bound = match whole(number) {
        Some(whole) => Bound::Whole(whole),
        None => Bound::Fraction(number.as_f64().filter(|number| number.is_finite())?),
    };
    Some(vec![assertion(bound)])
}

/// Checks whether `assertion` holds for all numbers of the type `ty`.
pub(super) fn is_implied(ty: &Type, assertion: &Assertion) -> bool {
    let Some((least, most)) = integer::range(ty) else { return false };
    match assertion {
        Assertion::Minimum(Bound::Whole(bound)) => *bound <= least,
        Assertion::Maximum(Bound::Whole(bound)) => most <= *bound,
        _ => false,
    }
}
