//! The keywords that become assertions, in an ordered table with a function for each.

use serde_json::Value;

use crate::draft::Draft;
use crate::normalize::assertions::compiler::{
    AssertionCompiler, AssertionKeyword, CompileKeyword, KeywordContext, ListPrecision,
};
use crate::normalize::assertions::{numbers, objects, patterns, unevaluated};
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::runtime::Assertion;

/// Returns the entry of a keyword that the types express.
const fn make_structural_entry(name: &'static str, types: TypeSet, compile: CompileKeyword) -> AssertionKeyword {
    AssertionKeyword { name, first: Draft::Four, types, is_structural: true, compile }
}

/// Returns the entry of a keyword that the types do not express, and that all drafts since `first` have.
const fn make_checked_entry(
    name: &'static str,
    first: Draft,
    types: TypeSet,
    compile: CompileKeyword,
) -> AssertionKeyword {
    AssertionKeyword { name, first, types, is_structural: false, compile }
}

/// The keywords that become assertions. All other keywords accept any value.
pub(super) const ASSERTION_KEYWORDS: &[AssertionKeyword] = &[
    make_structural_entry("type", TypeSet::ALL, compile_types),
    make_structural_entry("enum", TypeSet::ALL, compile_enum_and_const),
    make_structural_entry("const", TypeSet::ALL, compile_enum_and_const),
    make_structural_entry("required", TypeSet::OBJECT, objects::compile_required),
    make_structural_entry("properties", TypeSet::OBJECT, objects::compile_properties),
    make_structural_entry("patternProperties", TypeSet::OBJECT, objects::compile_pattern_properties),
    make_structural_entry("additionalProperties", TypeSet::OBJECT, objects::compile_additional_properties),
    make_structural_entry("prefixItems", TypeSet::ARRAY, compile_prefix_items),
    make_structural_entry("items", TypeSet::ARRAY, compile_items),
    make_structural_entry("allOf", TypeSet::ALL, |compiler, keywords, at| {
        compiler.compile_member_schemas(&keywords.all_of_members(), at.precision, at.name)
    }),
    make_structural_entry("anyOf", TypeSet::ALL, |compiler, keywords, at| {
        let members = compiler.compile_member_schemas(&keywords.any_of_members(), at.precision, at.name)?;
        Some(vec![Assertion::AnyOf(compiler.add_assertion_list(at.name, members))])
    }),
    make_structural_entry("oneOf", TypeSet::ALL, |compiler, keywords, at| {
        let members = compiler.compile_member_schemas(&keywords.one_of_members(), ListPrecision::Exact, at.name)?;
        Some(vec![Assertion::OneOf(compiler.add_assertion_list(at.name, members))])
    }),
    make_checked_entry("minimum", Draft::Four, TypeSet::NUMBER, numbers::compile_minimum),
    make_checked_entry("maximum", Draft::Four, TypeSet::NUMBER, numbers::compile_maximum),
    make_checked_entry("exclusiveMinimum", Draft::Six, TypeSet::NUMBER, |_, keywords, _| {
        numbers::compile_bound(keywords, "exclusiveMinimum", Assertion::ExclusiveMinimum)
    }),
    make_checked_entry("exclusiveMaximum", Draft::Six, TypeSet::NUMBER, |_, keywords, _| {
        numbers::compile_bound(keywords, "exclusiveMaximum", Assertion::ExclusiveMaximum)
    }),
    make_checked_entry("multipleOf", Draft::Four, TypeSet::NUMBER, |_, keywords, _| {
        numbers::compile_bound(keywords, "multipleOf", Assertion::MultipleOf)
    }),
    make_checked_entry("minLength", Draft::Four, TypeSet::STRING, |_, keywords, _| {
        compile_size_limit(keywords, "minLength", Assertion::MinLength)
    }),
    make_checked_entry("maxLength", Draft::Four, TypeSet::STRING, |_, keywords, _| {
        compile_size_limit(keywords, "maxLength", Assertion::MaxLength)
    }),
    make_checked_entry("pattern", Draft::Four, TypeSet::STRING, patterns::compile_pattern),
    make_checked_entry("minItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| {
        compile_size_limit(keywords, "minItems", Assertion::MinItems)
    }),
    make_checked_entry("maxItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| {
        compile_size_limit(keywords, "maxItems", Assertion::MaxItems)
    }),
    make_checked_entry("uniqueItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| {
        let is_set = keywords.find_value("uniqueItems") == Some(&Value::Bool(true));
        Some(if is_set { vec![Assertion::UniqueItems] } else { Vec::new() })
    }),
    make_checked_entry("contains", Draft::Six, TypeSet::ARRAY, compile_contains),
    make_checked_entry("unevaluatedItems", Draft::Y2019, TypeSet::ARRAY, unevaluated::compile_unevaluated_items),
    make_checked_entry("minProperties", Draft::Four, TypeSet::OBJECT, |_, keywords, _| {
        compile_size_limit(keywords, "minProperties", Assertion::MinProperties)
    }),
    make_checked_entry("maxProperties", Draft::Four, TypeSet::OBJECT, |_, keywords, _| {
        compile_size_limit(keywords, "maxProperties", Assertion::MaxProperties)
    }),
    make_checked_entry("propertyNames", Draft::Six, TypeSet::OBJECT, objects::compile_property_names),
    make_checked_entry("dependentRequired", Draft::Y2019, TypeSet::OBJECT, objects::compile_dependencies),
    make_checked_entry("dependentSchemas", Draft::Y2019, TypeSet::OBJECT, objects::compile_dependencies),
    make_checked_entry("dependencies", Draft::Four, TypeSet::OBJECT, objects::compile_dependencies),
    make_checked_entry(
        "unevaluatedProperties",
        Draft::Y2019,
        TypeSet::OBJECT,
        unevaluated::compile_unevaluated_properties,
    ),
    make_checked_entry("not", Draft::Four, TypeSet::ALL, |compiler, keywords, at| {
        let row = compiler.find_or_make_list(&keywords.location().child("not"), ListPrecision::Exact, at.name)?;
        Some(vec![Assertion::Not(row)])
    }),
    make_checked_entry("if", Draft::Seven, TypeSet::ALL, compile_if_then_else),
    make_checked_entry("$dynamicRef", Draft::Y2020, TypeSet::ALL, |_, _, _| None),
    make_checked_entry("$recursiveRef", Draft::Y2019, TypeSet::ALL, |_, _, _| None),
];

/// Returns the names of JSON types with spaces between them: `string null`.
pub(super) fn join_json_type_names(types: TypeSet) -> String {
    types.type_names().collect::<Vec<_>>().join(" ")
}

/// Returns the assertion of `type`: the value has one of the JSON types; nothing if it names all of them.
fn compile_types(
    _: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let types = keywords.allowed_types();
    Some(if types == TypeSet::ALL { Vec::new() } else { vec![Assertion::Types(join_json_type_names(types).into())] })
}

/// Returns the assertion of `enum` and `const` together: the value equals one of the values that both keywords allow.
fn compile_enum_and_const(
    _: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let values = keywords.listed_values().map(|values| Assertion::Values(Value::Array(values).to_string().into()));
    Some(values.into_iter().collect())
}

/// Returns the assertion of a keyword whose value is a length or a number of items or properties; `None` if the value
/// is not such a number.
fn compile_size_limit(
    keywords: &SchemaKeywords<'_>,
    keyword: &str,
    assertion: fn(usize) -> Assertion,
) -> Option<Vec<Assertion>> {
    let number =
        keywords.read_number(keyword).filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))?;
    Some(vec![assertion(number as usize)])
}

/// Returns an assertion for each entry of `prefixItems` (before draft 2020-12 of a list in `items`): the item at the
/// index of the entry, if present, satisfies its subschema.
fn compile_prefix_items(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let item = |index: usize| {
        Some(Assertion::Item(
            index,
            compiler.find_or_make_list(&keywords.prefix_item_schema(index)?, at.precision, at.name)?,
        ))
    };
    (0..keywords.prefix_length()).map(item).collect()
}

/// Returns the assertions of `items`: before draft 2020-12 it may be a list, and then `additionalItems` is about the
/// items after it.
fn compile_items(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let is_list = keywords.draft() < Draft::Y2020;
    let mut found = if is_list { compile_prefix_items(compiler, keywords, at)? } else { Vec::new() };
    if let Some(items) = keywords.further_items_schema() {
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
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let has_counts = keywords.draft() >= Draft::Y2019;
    let count =
        |keyword: &str| keywords.read_number(keyword).filter(|_| has_counts).map(|number| number.ceil() as usize);
    let most = keywords.read_number("maxContains").filter(|_| has_counts).map(|number| number.floor() as usize);
    let row = compiler.find_or_make_list(&keywords.location().child("contains"), ListPrecision::Exact, at.name)?;
    Some(vec![Assertion::Contains(row, count("minContains").unwrap_or(1), most)])
}

/// Returns the assertion of `if` with `then` and `else`; a branch that is missing accepts any value.
fn compile_if_then_else(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let mut branch = |keyword: &str| match keywords.has_keyword(keyword) {
        true => compiler.find_or_make_list(&keywords.location().child(keyword), ListPrecision::Exact, at.name),
        false => Some(compiler.add_assertion_list(at.name, Vec::new())),
    };
    Some(vec![Assertion::If(branch("if")?, branch("then")?, branch("else")?)])
}
