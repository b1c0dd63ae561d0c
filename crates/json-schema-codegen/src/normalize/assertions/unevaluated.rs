//! Assertions of `unevaluatedProperties` and `unevaluatedItems`.
//!
//! A schema evaluates other properties and items for other values: of `anyOf`, only the members that accept the value
//! evaluate its properties. So each schema gets a list of the properties and items that it evaluates, beside the list of
//! its assertions. A list may name too many of them, and then the type accepts more than the schema, but never too few.

use std::collections::HashMap;

use serde_json::Value;

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::assertions::compiler::{AssertionCompiler, KeywordContext, ListPrecision};
use crate::normalize::assertions::patterns;
use crate::normalize::keywords::SchemaKeywords;
use crate::runtime::Assertion;

/// Returns the assertion of `unevaluatedProperties`: the values of all properties that the schema, and those that apply
/// beside it, do not evaluate satisfy its subschema. `None` for exact lists, and if it is unknown what is evaluated.
pub(super) fn compile_unevaluated_properties(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    compile_unevaluated(compiler, keywords, at, Assertion::UnevaluatedProperties)
}

/// Returns the assertion of `unevaluatedItems`: all items that the schema, and those that apply beside it, do not
/// evaluate satisfy its subschema. `None` for exact lists, and if it is unknown what is evaluated.
pub(super) fn compile_unevaluated_items(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    compile_unevaluated(compiler, keywords, at, Assertion::UnevaluatedItems)
}

/// Returns the assertion that `build` makes of the list of what the schema `keywords` evaluates, and of the list of the
/// subschema for the rest.
fn compile_unevaluated(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
    build: fn(usize, usize) -> Assertion,
) -> Option<Vec<Assertion>> {
    if keywords.find_value(at.keyword) == Some(&Value::Bool(true)) {
        return Some(Vec::new());
    }
    if at.precision == ListPrecision::Exact {
        return None;
    }
    let rest = compiler.find_or_make_list(&keywords.location().child(at.keyword), at.precision, at.name)?;
    let anything = compiler.add_assertion_list(at.name, Vec::new());
    let start = keywords.location().clone();
    let mut evaluation =
        EvaluationCompiler { compiler, name: at.name, anything, known: HashMap::new(), waiting: Vec::new() };
    let evaluated = evaluation.find_or_add_list(&start);
    while let Some((row, location)) = evaluation.waiting.pop() {
        let found = evaluation.compile_schema(&location, location == start)?;
        evaluation.compiler.lists.all[row].1 = found;
    }
    Some(vec![build(evaluated, rest)])
}

/// Makes the lists of what schemas evaluate.
struct EvaluationCompiler<'c, 'a> {
    compiler: &'c mut AssertionCompiler<'a>,
    /// The beginning of the names of the lists.
    name: &'c str,
    /// The index of an empty list: any value satisfies it, and it evaluates nothing.
    anything: usize,
    /// The index of the list of each schema.
    known: HashMap<Location, usize>,
    /// (index, schema) of the lists that are still empty.
    waiting: Vec<(usize, Location)>,
}

impl EvaluationCompiler<'_, '_> {
    /// Returns the index of the list for the schema at `location`. A new list is empty until it is taken from `waiting`.
    fn find_or_add_list(&mut self, location: &Location) -> usize {
        if let Some(row) = self.known.get(location) {
            return *row;
        }
        let row = self.compiler.add_assertion_list(self.name, Vec::new());
        self.known.insert(location.clone(), row);
        self.waiting.push((row, location.clone()));
        row
    }

    /// Returns what the schema at `location` evaluates. `is_start` says whether it is the schema whose unevaluated
    /// properties or items are asked for. `None` if it has a reference whose target is unknown, or a pattern that cannot
    /// be compiled.
    fn compile_schema(&mut self, location: &Location, is_start: bool) -> Option<Vec<Assertion>> {
        let schemas = self.compiler.schemas;
        let Some(keywords) = schemas.read_keywords(location) else {
            schemas.resolved.find_value(location).filter(|schema| schema.is_boolean())?;
            return Some(Vec::new());
        };
        if keywords.has_keyword("$dynamicRef") || keywords.has_keyword("$recursiveRef") {
            return None;
        }
        let mut found = self.compile_properties(&keywords, is_start)?;
        found.extend(self.compile_items(&keywords, is_start)?);
        if keywords.has_reference() {
            let target = schemas.resolved.find_target(location)?.clone();
            found.push(Assertion::Same(self.find_or_add_list(&target)));
        }
        found.extend(keywords.all_of_members().iter().map(|member| Assertion::Same(self.find_or_add_list(member))));
        for member in keywords.any_of_members().iter().chain(&keywords.one_of_members()) {
            let accepts = self.compiler.find_or_make_list(member, ListPrecision::Wider, self.name)?;
            found.push(Assertion::If(accepts, self.find_or_add_list(member), self.anything));
        }
        found.extend(self.compile_condition(&keywords));
        found.extend(self.compile_dependent(&keywords));
        Some(found)
    }

    /// Returns the properties that the keywords of one schema evaluate. `None` if a pattern cannot be compiled.
    fn compile_properties(&mut self, keywords: &SchemaKeywords<'_>, is_start: bool) -> Option<Vec<Assertion>> {
        let anything = self.anything;
        let named = keywords.property_names().map(|name| Some(Assertion::Property(name.to_owned().into(), anything)));
        let matching = keywords.pattern_schemas().map(|(pattern, _)| {
            Some(Assertion::PropertiesMatching(patterns::compile_ecma_pattern(pattern)?.into(), anything))
        });
        let mut found = named.chain(matching).collect::<Option<Vec<Assertion>>>()?;
        let evaluates_rest =
            keywords.has_keyword("additionalProperties") || !is_start && keywords.has_keyword("unevaluatedProperties");
        found.extend(evaluates_rest.then_some(Assertion::OtherProperties(anything)));
        Some(found)
    }

    /// Returns the items that the keywords of one schema evaluate. `None` if there is no list for `contains`.
    fn compile_items(&mut self, keywords: &SchemaKeywords<'_>, is_start: bool) -> Option<Vec<Assertion>> {
        let anything = self.anything;
        let prefix = keywords.prefix_length();
        let mut found: Vec<Assertion> = (0..prefix).map(|index| Assertion::Item(index, anything)).collect();
        if keywords.further_items_schema().is_some() {
            found.push(Assertion::ItemsFrom(prefix, anything));
        }
        if keywords.has_keyword("contains") {
            let location = keywords.location().child("contains");
            let row = self.compiler.find_or_make_list(&location, ListPrecision::Wider, self.name)?;
            found.push(Assertion::Contains(row, 0, None));
        }
        if !is_start && keywords.has_keyword("unevaluatedItems") {
            found.push(Assertion::ItemsFrom(0, anything));
        }
        Some(found)
    }

    /// Returns what `if`, `then` and `else` evaluate: all three, if it cannot be decided which of them apply.
    fn compile_condition(&mut self, keywords: &SchemaKeywords<'_>) -> Vec<Assertion> {
        if !keywords.has_keyword("if") {
            return Vec::new();
        }
        let location = |keyword: &str| keywords.location().child(keyword);
        let mut branch = |keyword: &str| match keywords.has_keyword(keyword) {
            true => self.find_or_add_list(&location(keyword)),
            false => self.anything,
        };
        let (condition, then, otherwise) = (branch("if"), branch("then"), branch("else"));
        let both = vec![Assertion::Same(condition), Assertion::Same(then)];
        match self.compiler.find_or_make_list(&location("if"), ListPrecision::Exact, self.name) {
            Some(accepts) => {
                let both = self.compiler.add_assertion_list(self.name, both);
                vec![Assertion::If(accepts, both, otherwise)]
            }
            None => both.into_iter().chain([Assertion::Same(otherwise)]).collect(),
        }
    }

    /// Returns what the subschemas of `dependentSchemas` evaluate in an object that has their property.
    fn compile_dependent(&mut self, keywords: &SchemaKeywords<'_>) -> Vec<Assertion> {
        let keyword = if keywords.draft() >= Draft::Y2019 { "dependentSchemas" } else { "dependencies" };
        let map = keywords.find_value(keyword).and_then(Value::as_object).into_iter().flatten();
        let of_name = |(name, _): (&String, &Value)| {
            let row = self.find_or_add_list(&keywords.location().grandchild(keyword, name));
            Assertion::IfPresent(name.clone().into(), row)
        };
        map.filter(|(_, value)| !value.is_array()).map(of_name).collect()
    }
}
