//! Assertions of the properties of objects.

use serde_json::Value;

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::assertions::compiler::{AssertionCompiler, KeywordContext, ListPrecision};
use crate::normalize::assertions::patterns;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::names;
use crate::runtime::Assertion;

impl AssertionCompiler<'_> {
    /// Returns an assertion for each schema at the locations `members`: the value satisfies the schema. `None` if
    /// `precision` is exact and one of the schemas has no exact list.
    pub(super) fn compile_member_schemas(
        &mut self,
        members: &[Location],
        precision: ListPrecision,
        name: &str,
    ) -> Option<Vec<Assertion>> {
        members.iter().map(|member| self.find_or_make_list(member, precision, name).map(Assertion::Same)).collect()
    }

    /// Returns the assertions for what a schema forbids and its type cannot express: properties and items for which no
    /// value is allowed. `types` are the JSON types of the values.
    pub(super) fn compile_forbidden_parts(
        &mut self,
        keywords: &SchemaKeywords<'_>,
        types: TypeSet,
        name: &str,
    ) -> Vec<Assertion> {
        let mut found = Vec::new();
        if types.overlaps(TypeSet::OBJECT) {
            for property in keywords.property_names() {
                let schema = keywords.property_schema(property).filter(|schema| self.schemas.accepts_nothing(schema));
                let row = schema.and_then(|schema| self.find_or_make_list(&schema, ListPrecision::Exact, name));
                found.extend(row.map(|row| Assertion::Property(property.to_owned().into(), row)));
            }
            for (pattern, schema) in keywords.pattern_schemas() {
                let Some(steps) =
                    patterns::compile_ecma_pattern(pattern).filter(|_| self.schemas.accepts_nothing(&schema))
                else {
                    continue;
                };
                let row = self.find_or_make_list(&schema, ListPrecision::Exact, name);
                found.extend(row.map(|row| Assertion::PropertiesMatching(steps.into(), row)));
            }
        }
        let items = keywords
            .further_items_schema()
            .filter(|items| types.overlaps(TypeSet::ARRAY) && self.schemas.accepts_nothing(items));
        found.extend(items.map(|_| Assertion::MaxItems(keywords.prefix_length())));
        found
    }
}

/// Returns an assertion for each name in `required`: the object has a property of this name.
pub(super) fn compile_required(
    _: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    _: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    Some(make_required_assertions(&keywords.required_names()))
}

/// Returns an assertion for each of `names`: the object has a property of this name.
fn make_required_assertions(names: &[&str]) -> Vec<Assertion> {
    names.iter().map(|name| Assertion::Requires((*name).to_owned().into())).collect()
}

/// Returns an assertion for each entry of `properties`: the value of the property, if present, satisfies its subschema.
/// `None` if exact lists are asked for and a subschema has none.
pub(super) fn compile_properties(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let property = |property: &str| {
        let inner = names::join_type_names(
            at.name.strip_suffix("Properties").unwrap_or(at.name),
            &names::make_type_name(property),
        );
        let row = compiler.find_or_make_list(&keywords.property_schema(property)?, at.precision, &inner)?;
        Some(Assertion::Property(property.to_owned().into(), row))
    };
    keywords.property_names().map(property).collect()
}

/// Returns an assertion for each entry of `patternProperties`: the values of properties whose names match the pattern
/// satisfy its subschema. `None` if a pattern cannot be compiled.
pub(super) fn compile_pattern_properties(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let of_pattern = |(pattern, schema): (&str, Location)| {
        let steps = patterns::compile_ecma_pattern(pattern)?;
        Some(Assertion::PropertiesMatching(steps.into(), compiler.find_or_make_list(&schema, at.precision, at.name)?))
    };
    keywords.pattern_schemas().map(of_pattern).collect()
}

/// Returns the assertion of `additionalProperties`: the values of all other properties satisfy its subschema. `None` if
/// a pattern in `patternProperties` cannot be compiled, since it is then unknown which properties are additional.
pub(super) fn compile_additional_properties(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let Some(schema) = keywords.additional_properties_schema() else { return Some(Vec::new()) };
    if keywords.pattern_schemas().any(|(pattern, _)| patterns::compile_ecma_pattern(pattern).is_none()) {
        return None;
    }
    Some(vec![Assertion::OtherProperties(compiler.find_or_make_list(&schema, at.precision, at.name)?)])
}

/// Returns the assertion of `propertyNames`: the names of all properties satisfy its subschema. `None` if the subschema
/// has no exact list.
pub(super) fn compile_property_names(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    let row = compiler.find_or_make_list(&keywords.location().child("propertyNames"), ListPrecision::Exact, at.name)?;
    Some(vec![Assertion::PropertyNames(row)])
}

/// Returns the assertions of `dependentRequired`, `dependentSchemas`, and `dependencies`, which was both before draft
/// 2019-09. A schema has only those of them that its draft knows.
pub(super) fn compile_dependencies(
    compiler: &mut AssertionCompiler<'_>,
    keywords: &SchemaKeywords<'_>,
    at: KeywordContext<'_>,
) -> Option<Vec<Assertion>> {
    if at.keyword == "dependencies" && keywords.draft() >= Draft::Y2019 {
        return Some(Vec::new());
    }
    let map = keywords.find_value(at.keyword).and_then(Value::as_object)?;
    let of_name = |(property, value): (&String, &Value)| {
        let row = match value.as_array() {
            Some(required) => {
                let required: Vec<&str> = required.iter().filter_map(Value::as_str).collect();
                compiler.add_assertion_list(at.name, make_required_assertions(&required))
            }
            None => compiler.find_or_make_list(
                &keywords.location().grandchild(at.keyword, property),
                ListPrecision::Exact,
                at.name,
            )?,
        };
        Some(Assertion::IfPresent(property.clone().into(), row))
    };
    map.iter().map(of_name).collect()
}
