//! Assertions of bounds of numbers.

use serde_json::Value;

use crate::draft::Draft;
use crate::normalize::assertions::compiler::{AssertionCompiler, KeywordContext};
use crate::normalize::definition::Type;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::rules::integer;
use crate::runtime::{Assertion, Bound, to_whole_number};

/// Returns the assertion of `minimum`, which `exclusiveMinimum: true` beside it makes exclusive before draft 6.
pub(super) fn compile_minimum(
    _: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let is_exclusive = is_exclusive_bound(keywords, "exclusiveMinimum");
    compile_bound(keywords, "minimum", if is_exclusive { Assertion::ExclusiveMinimum } else { Assertion::Minimum })
}

/// Returns the assertion of `maximum`, which `exclusiveMaximum: true` beside it makes exclusive before draft 6.
pub(super) fn compile_maximum(
    _: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let is_exclusive = is_exclusive_bound(keywords, "exclusiveMaximum");
    compile_bound(keywords, "maximum", if is_exclusive { Assertion::ExclusiveMaximum } else { Assertion::Maximum })
}

/// Checks whether `keyword` (`exclusiveMinimum` or `exclusiveMaximum`) is `true` in a draft before 6, which makes the
/// bound beside it (`minimum` or `maximum`) exclusive.
fn is_exclusive_bound(keywords: &SchemaKeywords<'_>, keyword: &str) -> bool {
    keywords.draft() < Draft::Six && keywords.find_value(keyword) == Some(&Value::Bool(true))
}

/// Returns the assertion of a keyword whose value is a number; `None` if it is not a number (such as `exclusiveMinimum`
/// before draft 6, a boolean), or if `f64` cannot hold it.
pub(super) fn compile_bound(
    keywords: &SchemaKeywords<'_>,
    keyword: &str,
    assertion: fn(Bound) -> Assertion,
) -> Option<Vec<Assertion>> {
    let number = keywords.read_exact_number(keyword)?;
    let bound = match to_whole_number(number) {
        Some(whole) => Bound::Whole(whole),
        None => Bound::Fraction(number.as_f64().filter(|number| number.is_finite())?),
    };
    Some(vec![assertion(bound)])
}

/// Checks whether `assertion` holds for all numbers of the type `ty`.
pub(super) fn is_implied_by_type(ty: &Type, assertion: &Assertion) -> bool {
    let Some((least, most)) = integer::integer_range(ty) else { return false };
    match assertion {
        Assertion::Minimum(Bound::Whole(bound)) => *bound <= least,
        Assertion::Maximum(Bound::Whole(bound)) => most <= *bound,
        _ => false,
    }
}
