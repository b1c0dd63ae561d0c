//! Reads the keywords of one schema in any draft. Other modules need not know how drafts differ.

use serde::de::IgnoredAny;
use serde_json::{Map, Number, Value};

use crate::draft::Draft;
use crate::location::Location;
use crate::normalize::definition::{Docs, TypeSet};
use crate::resolve::Resolved;
use crate::vocabulary::{ENFORCED_KEYWORDS, UNENFORCED_KEYWORDS};

/// The keywords of one schema, with its location and draft.
#[derive(Clone)]
pub(crate) struct SchemaKeywords<'a> {
    location: Location,
    draft: Draft,
    /// The keyword of the reference that is resolved, such as `$ref`; `None` if the schema has no reference, or only a
    /// dynamic one that can refer to several schemas.
    reference: Option<&'static str>,
    schema: &'a Map<String, Value>,
}

impl<'a> SchemaKeywords<'a> {
    /// Returns the keywords of the schema at `location`; `None` if it is a boolean schema, or if the limit on
    /// look-ups is used up.
    pub(crate) fn read_at(resolved: &'a Resolved, location: &Location) -> Option<Self> {
        let schema = resolved.find_schema(location)?;
        let reference = resolved.find_reference(location).map(|(keyword, _)| keyword);
        Some(Self { location: location.clone(), draft: resolved.draft_at(location), reference, schema })
    }

    /// Returns the location of the schema.
    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// Returns the draft of the schema's document.
    pub(crate) fn draft(&self) -> Draft {
        self.draft
    }

    /// Returns the value of `keyword`. `None` if it is missing, if it is the reference itself, or if a
    /// `$ref` beside it makes the draft (up to draft 7) ignore it.
    pub(crate) fn find_value(&self, keyword: &str) -> Option<&'a Value> {
        let is_ignored = self.has_reference() && !self.draft.allows_reference_siblings();
        if is_ignored || self.reference == Some(keyword) { None } else { self.schema.get(keyword) }
    }

    /// Checks whether the schema has a reference that is resolved.
    pub(crate) fn has_reference(&self) -> bool {
        self.reference.is_some()
    }

    /// Checks whether the schema has `keyword`; false if the draft ignores it because of a `$ref` beside it.
    pub(crate) fn has_keyword(&self, keyword: &str) -> bool {
        self.find_value(keyword).is_some()
    }

    /// Returns the JSON types that `type` allows, plus null for `nullable: true` in OpenAPI 3.0; all
    /// types if there is no `type`.
    pub(crate) fn allowed_types(&self) -> TypeSet {
        let named = match self.find_value("type") {
            Some(Value::String(name)) => TypeSet::from_type_name(name),
            Some(Value::Array(names)) => {
                let names = names.iter().filter_map(Value::as_str);
                names.fold(TypeSet::NONE, |set, name| set.unite(TypeSet::from_type_name(name)))
            }
            _ => return TypeSet::ALL,
        };
        if self.is_nullable() { named.unite(TypeSet::NULL) } else { named }
    }

    /// Checks whether the schema has `nullable: true` and is of OpenAPI 3.0.
    fn is_nullable(&self) -> bool {
        self.draft == Draft::OpenApi30 && self.find_value("nullable") == Some(&Value::Bool(true))
    }

    /// Returns the values that both `enum` and `const` allow, plus null for `nullable: true` beside
    /// `type`; `None` if the schema has neither keyword. `const` does not exist in OpenAPI 3.0.
    pub(crate) fn listed_values(&self) -> Option<Vec<Value>> {
        let values = self.find_value("enum").and_then(Value::as_array).cloned();
        let constant = self.find_value("const").filter(|_| self.draft > Draft::OpenApi30);
        match (values, constant) {
            (Some(list), Some(constant)) if list.contains(constant) => Some(vec![constant.clone()]),
            (Some(_), Some(_)) => Some(Vec::new()),
            (None, Some(constant)) => Some(vec![constant.clone()]),
            (Some(mut list), None) if self.is_nullable() && self.has_keyword("type") => {
                list.push(Value::Null);
                Some(list)
            }
            (list, None) => list,
        }
    }

    /// Checks whether the schema accepts no value because it has `not: {}` or `not: true`.
    pub(crate) fn accepts_nothing(&self) -> bool {
        self.find_value("not").is_some_and(is_always_true)
    }

    /// Checks whether one of the `properties` has the schema `false`, `{"not": {}}` or `{"not": true}`.
    pub(crate) fn forbids_any_property(&self) -> bool {
        let properties = self.find_value("properties").and_then(Value::as_object);
        properties.is_some_and(|properties| properties.values().any(is_always_false))
    }

    /// Checks whether the property `name` has the schema `false`, `{"not": {}}` or `{"not": true}`.
    pub(crate) fn forbids_property(&self, name: &str) -> bool {
        let schema = self.find_value("properties").and_then(|properties| properties.get(name));
        schema.is_some_and(is_always_false)
    }

    /// Returns the location of the subschema for the property `name` in `properties`; `None` if there is
    /// none, or if it is neither an object nor a boolean.
    pub(crate) fn property_schema(&self, name: &str) -> Option<Location> {
        let schema = self.find_value("properties")?.as_object()?.get(name)?;
        can_be_schema(schema).then(|| self.location.grandchild("properties", name))
    }

    /// Returns the names in `properties` that have a schema, in order.
    pub(crate) fn property_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let properties = self.find_value("properties").and_then(Value::as_object).into_iter().flatten();
        properties.filter(|(_, schema)| can_be_schema(schema)).map(|(name, _)| name.as_str())
    }

    /// Returns the (regular expression, location of its subschema) pairs of `patternProperties`, in order.
    pub(crate) fn pattern_schemas(&self) -> impl Iterator<Item = (&'a str, Location)> {
        let schemas = self.find_value("patternProperties").and_then(Value::as_object).into_iter().flatten();
        schemas
            .filter(|(_, schema)| can_be_schema(schema))
            .map(|(pattern, _)| (pattern.as_str(), self.location.grandchild("patternProperties", pattern)))
    }

    /// Returns the names in `required`, in order; empty if there is no such keyword.
    pub(crate) fn required_names(&self) -> Vec<&'a str> {
        let names = self.find_value("required").and_then(Value::as_array);
        names.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Returns the location of the subschema `additionalProperties`, `true` and `false` included; `None` if
    /// there is none.
    pub(crate) fn additional_properties_schema(&self) -> Option<Location> {
        self.subschema_of("additionalProperties")
    }

    /// Checks whether `additionalProperties` is `false`.
    pub(crate) fn forbids_additional_properties(&self) -> bool {
        self.find_value("additionalProperties") == Some(&Value::Bool(false))
    }

    /// Returns the locations of the subschemas that an object satisfies only under a condition: `then` and `else`
    /// beside `if`, and those of `dependentSchemas` and `dependencies`.
    pub(crate) fn conditional_subschemas(&self) -> Vec<Location> {
        let has_if = self.draft >= Draft::Seven && self.has_keyword("if");
        let branches = ["then", "else"].into_iter().filter(|_| has_if).filter_map(|keyword| self.subschema_of(keyword));
        let in_map = |keyword: &'static str| {
            let map = self.find_value(keyword).and_then(Value::as_object).into_iter().flatten();
            map.filter(|(_, schema)| can_be_schema(schema))
                .map(move |(name, _)| self.location.grandchild(keyword, name))
        };
        let has_dependent = self.draft >= Draft::Y2019;
        branches.chain(in_map("dependentSchemas").filter(|_| has_dependent)).chain(in_map("dependencies")).collect()
    }

    /// Returns the number of first items that have a subschema of their own; 0 if the array is not a tuple.
    pub(crate) fn prefix_length(&self) -> usize {
        self.find_value(self.prefix_keyword()).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Returns the location of the subschema for the item at `index`; `None` past the first items that
    /// have one of their own.
    pub(crate) fn prefix_item_schema(&self, index: usize) -> Option<Location> {
        let keyword = self.prefix_keyword();
        self.find_value(keyword)?.as_array()?.get(index).map(|_| self.location.grandchild(keyword, &index.to_string()))
    }

    /// Returns the keyword with the subschemas of the first items: `prefixItems` in draft 2020-12, before
    /// that `items`, which may be a list there.
    fn prefix_keyword(&self) -> &'static str {
        if self.draft == Draft::Y2020 { "prefixItems" } else { "items" }
    }

    /// Returns the location of the subschema for the items after the first ones, or for all items if none
    /// has a subschema of its own: `items`, or `additionalItems` where `items` is a list. `None` if there is
    /// no such subschema.
    pub(crate) fn further_items_schema(&self) -> Option<Location> {
        match self.find_value("items") {
            Some(Value::Array(_)) if self.draft < Draft::Y2020 => self.subschema_of("additionalItems"),
            _ => self.subschema_of("items"),
        }
    }

    /// Returns the locations of the members of `allOf`.
    pub(crate) fn all_of_members(&self) -> Vec<Location> {
        self.member_schemas("allOf")
    }

    /// Returns the locations of the members of `anyOf`.
    pub(crate) fn any_of_members(&self) -> Vec<Location> {
        self.member_schemas("anyOf")
    }

    /// Returns the locations of the members of `oneOf`.
    pub(crate) fn one_of_members(&self) -> Vec<Location> {
        self.member_schemas("oneOf")
    }

    /// Returns the members of a schema that consists of a single `anyOf` or `oneOf`; `None` if it has
    /// other constraints, a reference, a `discriminator`, or a title, which makes it a type of its own.
    pub(crate) fn find_sole_union_members(&self) -> Option<Vec<Location>> {
        let is_relevant = |name: &&str| {
            ENFORCED_KEYWORDS.contains(name) || UNENFORCED_KEYWORDS.contains(name) || ["title", "allOf"].contains(name)
        };
        let mut relevant = self.keyword_names().filter(is_relevant);
        let (keyword, None) = (relevant.next()?, relevant.next()) else { return None };
        let is_plain = !self.has_reference() && self.discriminator().is_none();
        (is_plain && ["anyOf", "oneOf"].contains(&keyword)).then(|| self.member_schemas(keyword))
    }

    /// Returns the `propertyName` and the `mapping` of OpenAPI's `discriminator`; `None` if there is no
    /// such keyword or no name in it.
    pub(crate) fn discriminator(&self) -> Option<(&'a str, Option<&'a Map<String, Value>>)> {
        let discriminator = self.find_value("discriminator")?;
        Some((discriminator.get("propertyName")?.as_str()?, discriminator.get("mapping").and_then(Value::as_object)))
    }

    /// Returns the number of a keyword such as `minItems`; `None` if it is missing or not a number.
    pub(crate) fn read_number(&self, keyword: &str) -> Option<f64> {
        self.find_value(keyword)?.as_f64()
    }

    /// Returns the number of a keyword such as `maximum` without rounding to `f64`; `None` if it is missing
    /// or not a number.
    pub(crate) fn read_exact_number(&self, keyword: &str) -> Option<&'a Number> {
        match self.find_value(keyword)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the string of a keyword such as `format`; `None` if it is missing or not a string.
    pub(crate) fn read_text(&self, keyword: &str) -> Option<&'a str> {
        self.find_value(keyword)?.as_str()
    }

    /// Returns the location of the subschema that `keyword` has as its value; `None` if the value is
    /// missing or is not a schema.
    fn subschema_of(&self, keyword: &str) -> Option<Location> {
        self.find_value(keyword).filter(|schema| can_be_schema(schema)).map(|_| self.location.child(keyword))
    }

    /// Returns the locations of the subschemas in the list of `keyword`; empty if it is missing.
    fn member_schemas(&self, keyword: &str) -> Vec<Location> {
        let length = self.find_value(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        (0..length).map(|index| self.location.grandchild(keyword, &index.to_string())).collect()
    }

    /// Returns the annotations of the schema, also beside a `$ref` where the draft ignores other keywords.
    pub(crate) fn read_docs(&self) -> Docs {
        let text = |keyword: &str| self.schema.get(keyword).and_then(Value::as_str).map(str::to_owned);
        let examples = match self.schema.get("examples") {
            Some(Value::Array(examples)) => examples.iter().map(format_plain_value).collect(),
            _ => self.schema.get("example").iter().map(|example| format_plain_value(example)).collect(),
        };
        let deprecated = self.schema.get("deprecated") == Some(&Value::Bool(true));
        let default = self.schema.get("default").map(format_plain_value);
        Docs { title: text("title"), description: text("description"), default, examples, deprecated }
    }

    /// Returns the names of all keywords but the reference, in order, also those that the draft ignores.
    pub(crate) fn keyword_names(&self) -> impl Iterator<Item = &'a str> {
        self.schema.keys().map(String::as_str).filter(|name| self.reference != Some(*name))
    }
}

/// Checks whether a value can be a schema: an object or a boolean.
fn can_be_schema(value: &Value) -> bool {
    value.is_object() || value.is_boolean()
}

/// Checks whether a schema is `true` or `{}`.
fn is_always_true(schema: &Value) -> bool {
    *schema == Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty)
}

/// Checks whether a schema is `false`, `{"not": {}}` or `{"not": true}`.
fn is_always_false(schema: &Value) -> bool {
    *schema == Value::Bool(false) || schema.get("not").is_some_and(is_always_true)
}

/// Returns the text of a value for documentation: JSON, but strings without quotes (`red`). Blank strings
/// and those that are JSON themselves keep their quotes, such as `""` and `"8080"`.
fn format_plain_value(value: &Value) -> String {
    let is_plain = |text: &&str| !text.trim().is_empty() && serde_json::from_str::<IgnoredAny>(text).is_err();
    value.as_str().filter(is_plain).map_or_else(|| value.to_string(), str::to_owned)
}
