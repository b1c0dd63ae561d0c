//! The keywords that become assertions, in an ordered table with a function for each.

use serde_json::Value;

use crate::draft::Draft;
use crate::normalize::assertions::compiler::{At, Compile, Compiler, Keyword, Precision};
use crate::normalize::assertions::{evaluated, numbers, objects, patterns};
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::runtime::Assertion;

/// Returns the entry of a keyword that the types express.
const fn structural(name: &'static str, types: TypeSet, compile: Compile) -> Keyword {
    Keyword { name, first: Draft::Four, types, is_structural: true, compile }
}

/// Returns the entry of a keyword that the types do not express, and that all drafts since `first` have.
const fn check(name: &'static str, first: Draft, types: TypeSet, compile: Compile) -> Keyword {
    Keyword { name, first, types, is_structural: false, compile }
}

/// The keywords that become assertions. All other keywords accept any value.
pub(super) const KEYWORDS: &[Keyword] = &[
    structural("type", TypeSet::ALL, types),
    structural("enum", TypeSet::ALL, values),
    structural("const", TypeSet::ALL, values),
    structural("required", TypeSet::OBJECT, objects::required),
    structural("properties", TypeSet::OBJECT, objects::properties),
    structural("patternProperties", TypeSet::OBJECT, objects::pattern_properties),
    structural("additionalProperties", TypeSet::OBJECT, objects::additional_properties),
    structural("prefixItems", TypeSet::ARRAY, prefix_items),
    structural("items", TypeSet::ARRAY, items),
    structural("allOf", TypeSet::ALL, |compiler, keywords, at| {
        compiler.members(&keywords.all_of(), at.precision, at.name)
    }),
    structural("anyOf", TypeSet::ALL, |compiler, keywords, at| {
        let members = compiler.members(&keywords.any_of(), at.precision, at.name)?;
        Some(vec![Assertion::AnyOf(compiler.add(at.name, members))])
    }),
    structural("oneOf", TypeSet::ALL, |compiler, keywords, at| {
        let members = compiler.members(&keywords.one_of(), Precision::Exact, at.name)?;
        Some(vec![Assertion::OneOf(compiler.add(at.name, members))])
    }),
    check("minimum", Draft::Four, TypeSet::NUMBER, numbers::minimum),
    check("maximum", Draft::Four, TypeSet::NUMBER, numbers::maximum),
    check("exclusiveMinimum", Draft::Six, TypeSet::NUMBER, numbers::exclusive_minimum),
    check("exclusiveMaximum", Draft::Six, TypeSet::NUMBER, numbers::exclusive_maximum),
    check("multipleOf", Draft::Four, TypeSet::NUMBER, numbers::multiple_of),
    check("minLength", Draft::Four, TypeSet::STRING, |_, keywords, _| {
        size(keywords, "minLength", Assertion::MinLength)
    }),
    check("maxLength", Draft::Four, TypeSet::STRING, |_, keywords, _| {
        size(keywords, "maxLength", Assertion::MaxLength)
    }),
    check("pattern", Draft::Four, TypeSet::STRING, patterns::pattern),
    check("minItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| size(keywords, "minItems", Assertion::MinItems)),
    check("maxItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| size(keywords, "maxItems", Assertion::MaxItems)),
    check("uniqueItems", Draft::Four, TypeSet::ARRAY, |_, keywords, _| {
        let is_set = keywords.get("uniqueItems") == Some(&Value::Bool(true));
        Some(if is_set { vec![Assertion::UniqueItems] } else { Vec::new() })
    }),
    check("contains", Draft::Six, TypeSet::ARRAY, contains),
    check("unevaluatedItems", Draft::Y2019, TypeSet::ARRAY, evaluated::unevaluated_items),
    check("minProperties", Draft::Four, TypeSet::OBJECT, |_, keywords, _| {
        size(keywords, "minProperties", Assertion::MinProperties)
    }),
    check("maxProperties", Draft::Four, TypeSet::OBJECT, |_, keywords, _| {
        size(keywords, "maxProperties", Assertion::MaxProperties)
    }),
    check("propertyNames", Draft::Six, TypeSet::OBJECT, objects::property_names),
    check("dependentRequired", Draft::Y2019, TypeSet::OBJECT, objects::dependent),
    check("dependentSchemas", Draft::Y2019, TypeSet::OBJECT, objects::dependent),
    check("dependencies", Draft::Four, TypeSet::OBJECT, objects::dependent),
    check("unevaluatedProperties", Draft::Y2019, TypeSet::OBJECT, evaluated::unevaluated_properties),
    check("not", Draft::Four, TypeSet::ALL, |compiler, keywords, at| {
        let row = compiler.list(&keywords.location().child("not"), Precision::Exact, at.name)?;
        Some(vec![Assertion::Not(row)])
    }),
    check("if", Draft::Seven, TypeSet::ALL, condition),
    check("$dynamicRef", Draft::Y2020, TypeSet::ALL, |_, _, _| None),
    check("$recursiveRef", Draft::Y2019, TypeSet::ALL, |_, _, _| None),
];

/// Returns the names of JSON types with spaces between them: `string null`.
pub(super) fn type_names(types: TypeSet) -> String {
    const NAMES: &[(TypeSet, &str)] = &[
        (TypeSet::NULL, "null"),
        (TypeSet::BOOLEAN, "boolean"),
        (TypeSet::INTEGER, "integer"),
        (TypeSet::NUMBER, "number"),
        (TypeSet::STRING, "string"),
        (TypeSet::ARRAY, "array"),
        (TypeSet::OBJECT, "object"),
    ];
    let name = |single: TypeSet| NAMES.iter().find(|(set, _)| *set == single).map(|(_, name)| *name);
    types.each().filter_map(name).collect::<Vec<_>>().join(" ")
}

fn types(_: &mut Compiler<'_>, keywords: &Keywords<'_>, _: At<'_>) -> Option<Vec<Assertion>> {
    let types = keywords.types();
    Some(if types == TypeSet::ALL { Vec::new() } else { vec![Assertion::Types(type_names(types).into())] })
}

fn values(_: &mut Compiler<'_>, keywords: &Keywords<'_>, _: At<'_>) -> Option<Vec<Assertion>> {
    let values = keywords.enumerated().map(|values| Assertion::Values(Value::Array(values).to_string().into()));
    Some(values.into_iter().collect())
}

/// Returns the assertion of a keyword whose value is a length or a number of items or properties; `None` if the value is
/// not such a number.
fn size(keywords: &Keywords<'_>, keyword: &str, assertion: fn(usize) -> Assertion) -> Option<Vec<Assertion>> {
    let number = keywords.number(keyword).filter(|number| number.fract() == 0.0 && (0.0..1e15).contains(number))?;
    Some(vec![assertion(number as usize)])
}

fn prefix_items(compiler: &mut Compiler<'_>, keywords: &Keywords<'_>, at: At<'_>) -> Option<Vec<Assertion>> {
    let item = |index: usize| {
        Some(Assertion::Item(index, compiler.list(&keywords.prefix_item(index)?, at.precision, at.name)?))
    };
    (0..keywords.prefix_length()).map(item).collect()
}

fn items(compiler: &mut Compiler<'_>, keywords: &Keywords<'_>, at: At<'_>) -> Option<Vec<Assertion>> {
    let is_list = keywords.draft() < Draft::Y2020;
    let mut found = if is_list { prefix_items(compiler, keywords, at)? } else { Vec::new() };
    if let Some(items) = keywords.items() {
        found.push(Assertion::ItemsFrom(keywords.prefix_length(), compiler.list(&items, at.precision, at.name)?));
    }
    Some(found)
}

fn contains(compiler: &mut Compiler<'_>, keywords: &Keywords<'_>, at: At<'_>) -> Option<Vec<Assertion>> {
    let has_counts = keywords.draft() >= Draft::Y2019;
    let count = |keyword: &str| keywords.number(keyword).filter(|_| has_counts).map(|number| number.ceil() as usize);
    let most = keywords.number("maxContains").filter(|_| has_counts).map(|number| number.floor() as usize);
    let row = compiler.list(&keywords.location().child("contains"), Precision::Exact, at.name)?;
    Some(vec![Assertion::Contains(row, count("minContains").unwrap_or(1), most)])
}

fn condition(compiler: &mut Compiler<'_>, keywords: &Keywords<'_>, at: At<'_>) -> Option<Vec<Assertion>> {
    let mut branch = |keyword: &str| match keywords.has(keyword) {
        true => compiler.list(&keywords.location().child(keyword), Precision::Exact, at.name),
        false => Some(compiler.add(at.name, Vec::new())),
    };
    Some(vec![Assertion::If(branch("if")?, branch("then")?, branch("else")?)])
}
