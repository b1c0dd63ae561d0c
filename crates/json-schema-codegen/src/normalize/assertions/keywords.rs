//! The keywords that become assertions, in an ordered table with a function for each.

use serde_json::Value;

use crate::draft::Draft;
use crate::normalize::assertions::compiler::{AssertionCompiler, Compile, KeywordContext, KeywordEntry, Precision};
use crate::normalize::assertions::{numbers, objects, patterns, unevaluated};
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::runtime::Assertion;

/// Returns the entry of a keyword that the types express.
const fn make_structural(name: &'static str, types: TypeSet, compile: Compile) -> KeywordEntry {
    KeywordEntry { name, first: Draft::Four, types, is_structural: true, compile }
}

/// Returns the entry of a keyword that the types do not express, and that all drafts since `first` have.
const fn make_checked(name: &'static str, first: Draft, types: TypeSet, compile: Compile) -> KeywordEntry {
    KeywordEntry { name, first, types, is_structural: false, compile }
}

/// The keywords that become assertions. All other keywords accept any value.
pub(super) const KEYWORDS: &[KeywordEntry] = &[
    make_structural("type", TypeSet::ALL, compile_types),
    make_structural("enum", TypeSet::ALL, compile_values),
    make_structural("const", TypeSet::ALL, compile_values),
    make_structural("required", TypeSet::OBJECT, objects::compile_required),
    make_structural("properties", TypeSet::OBJECT, objects::compile_properties),
    make_structural("patternProperties", TypeSet::OBJECT, objects::compile_pattern_properties),
    make_structural("additionalProperties", TypeSet::OBJECT, objects::compile_additional_properties),
    make_structural("prefixItems", TypeSet::ARRAY, compile_prefix_items),
    make_structural("items", TypeSet::ARRAY, compile_items),
    make_structural("allOf", TypeSet::ALL, |compiler, keywords, at| {
        compiler.compile_members(&keywords.all_of(), at.precision, at.name)
    }),
    make_structural("anyOf", TypeSet::ALL, |compiler, keywords, at| {
        let members = compiler.compile_members(&keywords.any_of(), at.precision, at.name)?;
        Some(vec![Assertion::AnyOf(compiler.add_list(at.name, members))])
    }),
    make_structural("oneOf", TypeSet::ALL, |compiler, keywords, at| {
        let members = compiler.compile_members(&keywords.one_of(), Precision::Exact, at.name)?;
        Some(vec![Assertion::OneOf(compiler.add_list(at.name, members))])
    }),
    make_checked("minimum", Draft::Four, TypeSet::NUMBER, numbers::compile_minimum),
    make_checked("maximum", Draft::Four, TypeSet::NUMBER, numbers::compile_maximum),
    make_checked("exclusiveMinimum", Draft::Six, TypeSet::NUMBER, |_, keywords, _| {
        numbers::compile_bound(keywords, "exclusiveMinimum", Assertion::ExclusiveMinimum)
    }),
    make_checked("exclusiveMaximum", Draft::Six, TypeSet::NUMBER, |_, keywords, _| {
        numbers::compile_bound(keywords, "exclusiveMaximum", Assertion::ExclusiveMaximum)
    }),
    make_checked("multipleOf", Draft::Four, TypeSet::NUMBER, |_, keywords, _| {
        numbers::compile_bound(keywords, "multipleOf", Assertion::MultipleOf)
    }),
    make_checked("minLength", Draft::Four, TypeSet::STRING, |_, keywords, _| {
        compile_size(keywords, "minLength", Assertion::MinLength)
    }),
    make_checked("maxLength", Draft::Four, TypeSet::STRING, |_, keywords, _| {
        compile_size(keywords, "maxLength", Assertion::MaxLength)
    }),
    make_checked("pattern", Draft::Four, TypeSet::STRING, patterns::compile_pattern),
    make_checked("minItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| {
        compile_size(keywords, "minItems", Assertion::MinItems)
    }),
    make_checked("maxItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| {
        compile_size(keywords, "maxItems", Assertion::MaxItems)
    }),
    make_checked("uniqueItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| {
        let is_set = keywords.get("uniqueItems") == Some(&Value::Bool(true));
        Some(if is_set { vec![Assertion::UniqueItems] } else { Vec::new() })
    }),
    make_checked("contains", Draft::Six, TypeSet::ARRAY, compile_contains),
    make_checked("unevaluatedItems", Draft::Y2019, TypeSet::ARRAY, unevaluated::compile_unevaluated_items),
    make_checked("minProperties", Draft::Four, TypeSet::OBJECT, |_, keywords, _| {
        compile_size(keywords, "minProperties", Assertion::MinProperties)
    }),
    make_checked("maxProperties", Draft::Four, TypeSet::OBJECT, |_, keywords, _| {
        compile_size(keywords, "maxProperties", Assertion::MaxProperties)
    }),
    make_checked("propertyNames", Draft::Six, TypeSet::OBJECT, objects::compile_property_names),
    make_checked("dependentRequired", Draft::Y2019, TypeSet::OBJECT, objects::compile_dependent),
    make_checked("dependentSchemas", Draft::Y2019, TypeSet::OBJECT, objects::compile_dependent),
    make_checked("dependencies", Draft::Four, TypeSet::OBJECT, objects::compile_dependent),
    make_checked("unevaluatedProperties", Draft::Y2019, TypeSet::OBJECT, unevaluated::compile_unevaluated_properties),
    make_checked("not", Draft::Four, TypeSet::ALL, |compiler, keywords, at| {
        let row = compiler.find_or_make_list(&keywords.location().child("not"), Precision::Exact, at.name)?;
        Some(vec![Assertion::Not(row)])
    }),
    make_checked("if", Draft::Seven, TypeSet::ALL, compile_condition),
    make_checked("$dynamicRef", Draft::Y2020, TypeSet::ALL, |_, _, _| None),
    make_checked("$recursiveRef", Draft::Y2019, TypeSet::ALL, |_, _, _| None),
];

/// Returns the names of JSON types with spaces between them: `string null`.
pub(super) fn join_type_names(types: TypeSet) -> String {
    types.type_names().collect::<Vec<_>>().join(" ")
}

/// Returns the assertion of `type`: the value has one of the JSON types; nothing if it names all of them.
fn compile_types(
    _: &mut AssertionCompiler<'_>,
    keywords: &Keywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let types = keywords.types();
    Some(if types == TypeSet::ALL { Vec::new() } else { vec![Assertion::Types(join_type_names(types).into())] })
}

/// Returns the assertion of `enum` and `const` together: the value equals one of the values that both keywords allow.
fn compile_values(
    _: &mut AssertionCompiler<'_>,
    keywords: &Keywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let values = keywords.enumerated_values().map(|values| Assertion::Values(Value::Array(values).to_string().into()));
    Some(values.into_iter().collect())
}

/// Returns the assertion of a keyword whose value is a length or a number of items or properties; `None` if the value
/// is not such a number.
fn compile_size(keywords: &Keywords<'_>, keyword: &str, assertion: fn(usize) -> Assertion) -> Option<Vec<Assertion>> {
    let number = keywords.number(keyword).filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))?;
    Some(vec![assertion(number as usize)])
}

/// Returns an assertion for each entry of `prefixItems` (before draft 2020-12 of a list in `items`): the item at the
/// index of the entry, if present, satisfies its subschema.
fn compile_prefix_items(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &Keywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let item = |index: usize| {
        Some(Assertion::Item(index, compiler.find_or_make_list(&keywords.prefix_item(index)?, at.precision, at.name)?))
    };
    (0..keywords.prefix_length()).map(item).collect()
}

/// Returns the assertions of `items`: before draft 2020-12 it may be a list, and then `additionalItems` is about the
/// items after it.
fn compile_items(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &Keywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let is_list = keywords.draft() < Draft::Y2020;
    let mut found = if is_list { compile_prefix_items(compiler, keywords, at)? } else { Vec::new() };
    if let Some(items) = keywords.items() {
        found.push(Assertion::ItemsFrom(
            keywords.prefix_length(),
            compiler.find_or_make_list(&items, at.precision, at.name)?,
        ));
    }
    Some(found)
}

/// Returns the assertion of `contains` with the bounds `minContains` and `maxContains`, which exist since draft
/// 2019-09.
fn compile_contains(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &Keywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let has_counts = keywords.draft() >= Draft::Y2019;
    let count = |keyword: &str| keywords.number(keyword).filter(|_| has_counts).map(|number| number.ceil() as usize);
    let most = keywords.number("maxContains").filter(|_| has_counts).map(|number| number.floor() as usize);
    let row = compiler.find_or_make_list(&keywords.location().child("contains"), Precision::Exact, at.name)?;
    Some(vec![Assertion::Contains(row, count("minContains").unwrap_or(1), most)])
}

/// Returns the assertion of `if` with `then` and `else`; a branch that is missing accepts any value.
fn compile_condition(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &Keywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let mut branch = |keyword: &str| match keywords.has(keyword) {
        true => compiler.find_or_make_list(&keywords.location().child(keyword), Precision::Exact, at.name),
        false => Some(compiler.add_list(at.name, Vec::new())),
    };
    Some(vec![Assertion::If(branch("if")?, branch("then")?, branch("else")?)])
}
