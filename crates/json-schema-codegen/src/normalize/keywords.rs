//! Reads the keywords of one schema, whatever the draft: the only place that knows how drafts differ.

use serde::de::IgnoredAny;
use serde_json::{Map, Number, Value};

use crate::bundle::Bundle;
use crate::draft::Draft;
use crate::normalize::definition::{Docs, TypeSet};
use crate::place::Place;

/// The keywords that the types hold, references and `allOf` apart.
pub(crate) const ENFORCED: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "anyOf",
    "const",
    "enum",
    "format",
    "items",
    "nullable",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
    "required",
    "type",
];

/// The keywords that the types do not hold: a value that breaks one is read all the same, and the
/// report says so. Dynamic references are among them for those that can lead to several schemas.
pub(crate) const UNENFORCED: &[&str] = &[
    "$dynamicRef",
    "$recursiveRef",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
];

/// One schema and where it stands.
#[derive(Clone)]
pub(crate) struct Keywords<'a> {
    place: Place,
    draft: Draft,
    /// The keyword of the reference, as far as the bundle has resolved it.
    reference: Option<&'static str>,
    schema: &'a Map<String, Value>,
}

impl<'a> Keywords<'a> {
    /// The schema at a place; nothing for a boolean one.
    pub(crate) fn at(bundle: &'a Bundle, place: &Place) -> Option<Self> {
        let schema = bundle.schema(place)?;
        let reference = bundle.reference(place).map(|(keyword, _)| keyword);
        Some(Self { place: place.clone(), draft: bundle.draft(place), reference, schema })
    }

    /// A keyword as it stands; beside a `$ref` it counts only where the draft says so.
    fn get(&self, keyword: &str) -> Option<&'a Value> {
        let hidden = self.has_reference() && !self.draft.reference_has_siblings();
        if hidden || self.reference == Some(keyword) { None } else { self.schema.get(keyword) }
    }

    pub(crate) fn has_reference(&self) -> bool {
        self.reference.is_some()
    }

    pub(crate) fn has(&self, keyword: &str) -> bool {
        self.get(keyword).is_some()
    }

    /// The types that `type` allows, `nullable` of OpenAPI 3.0 included.
    pub(crate) fn types(&self) -> TypeSet {
        let named = match self.get("type") {
            Some(Value::String(name)) => TypeSet::named(name),
            Some(Value::Array(names)) => {
                let names = names.iter().filter_map(Value::as_str);
                names.fold(TypeSet::NONE, |set, name| set.or(TypeSet::named(name)))
            }
            _ => return TypeSet::ALL,
        };
        if self.is_nullable() { named.or(TypeSet::NULL) } else { named }
    }

    fn is_nullable(&self) -> bool {
        self.draft == Draft::OpenApi30 && self.get("nullable") == Some(&Value::Bool(true))
    }

    /// The values that `enum` and `const` allow.
    pub(crate) fn enumerated(&self) -> Option<Vec<Value>> {
        let listed = self.get("enum").and_then(Value::as_array).cloned();
        let constant = self.get("const").filter(|_| self.draft > Draft::OpenApi30);
        match (listed, constant) {
            (Some(list), Some(constant)) if list.contains(constant) => Some(vec![constant.clone()]),
            (Some(_), Some(_)) => Some(Vec::new()),
            (None, Some(constant)) => Some(vec![constant.clone()]),
            (Some(mut list), None) if self.is_nullable() && self.has("type") => {
                list.push(Value::Null);
                Some(list)
            }
            (list, None) => list,
        }
    }

    /// Checks whether the schema accepts no value because it has `not: {}` or `not: true`.
    pub(crate) fn accepts_nothing(&self) -> bool {
        self.get("not").is_some_and(is_always_true)
    }

    /// Checks whether one of the `properties` has a schema that accepts nothing.
    pub(crate) fn forbids_any_property(&self) -> bool {
        let properties = self.get("properties").and_then(Value::as_object);
        properties.is_some_and(|properties| properties.values().any(is_always_false))
    }

    /// Checks whether the property of this name has a schema that accepts nothing.
    pub(crate) fn forbids(&self, name: &str) -> bool {
        let schema = self.get("properties").and_then(|properties| properties.get(name));
        schema.is_some_and(is_always_false)
    }

    /// The place of one of the `properties`.
    pub(crate) fn property(&self, name: &str) -> Option<Place> {
        let schema = self.get("properties")?.as_object()?.get(name)?;
        is_schema(schema).then(|| self.place.within("properties", name))
    }

    /// The names of the `properties`, in order.
    pub(crate) fn property_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let properties = self.get("properties").and_then(Value::as_object).into_iter().flatten();
        properties.filter(|(_, schema)| is_schema(schema)).map(|(name, _)| name.as_str())
    }

    /// `patternProperties`, in order.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&'a str, Place)> {
        let schemas = self.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
        schemas
            .filter(|(_, schema)| is_schema(schema))
            .map(|(pattern, _)| (pattern.as_str(), self.place.within("patternProperties", pattern)))
    }

    pub(crate) fn required(&self) -> Vec<&'a str> {
        let names = self.get("required").and_then(Value::as_array);
        names.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// `additionalProperties`, when it says anything.
    pub(crate) fn additional_properties(&self) -> Option<Place> {
        self.one("additionalProperties")
    }

    /// Whether no other properties are allowed than those listed and matched.
    pub(crate) fn is_closed(&self) -> bool {
        self.get("additionalProperties") == Some(&Value::Bool(false))
    }

    /// How many first items have a schema of their own.
    pub(crate) fn prefix_length(&self) -> usize {
        self.get(self.prefix()).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The schema of the item at an index among the first items.
    pub(crate) fn prefix_item(&self, index: usize) -> Option<Place> {
        let keyword = self.prefix();
        self.get(keyword)?.as_array()?.get(index).map(|_| self.place.within(keyword, &index.to_string()))
    }

    /// The keyword of the first items: `prefixItems`, before 2020-12 the list form of `items`.
    fn prefix(&self) -> &'static str {
        if self.draft == Draft::Y2020 { "prefixItems" } else { "items" }
    }

    /// The schema of the items after those.
    pub(crate) fn items(&self) -> Option<Place> {
        match self.get("items") {
            Some(Value::Array(_)) if self.draft < Draft::Y2020 => self.one("additionalItems"),
            _ => self.one("items"),
        }
    }

    pub(crate) fn all_of(&self) -> Vec<Place> {
        self.list("allOf")
    }

    pub(crate) fn any_of(&self) -> Vec<Place> {
        self.list("anyOf")
    }

    pub(crate) fn one_of(&self) -> Vec<Place> {
        self.list("oneOf")
    }

    /// The members of a union that says nothing else, nor has a title to be known by.
    pub(crate) fn only_union(&self) -> Option<Vec<Place>> {
        let says =
            |name: &&str| ENFORCED.contains(name) || UNENFORCED.contains(name) || ["title", "allOf"].contains(name);
        let mut said = self.names().filter(says);
        let (keyword, None) = (said.next()?, said.next()) else { return None };
        let is_plain = !self.has_reference() && self.discriminator().is_none();
        (is_plain && ["anyOf", "oneOf"].contains(&keyword)).then(|| self.list(keyword))
    }

    /// The property that tells union members apart, and the names that its values stand for
    /// (OpenAPI's `discriminator`).
    pub(crate) fn discriminator(&self) -> Option<(&'a str, Option<&'a Map<String, Value>>)> {
        let discriminator = self.get("discriminator")?;
        Some((discriminator.get("propertyName")?.as_str()?, discriminator.get("mapping").and_then(Value::as_object)))
    }

    /// The number of a keyword such as `minItems`.
    pub(crate) fn number(&self, keyword: &str) -> Option<f64> {
        self.get(keyword)?.as_f64()
    }

    /// Returns the number of a keyword such as `maximum`, exact; `None` if it has none.
    pub(crate) fn bound(&self, keyword: &str) -> Option<&'a Number> {
        match self.get(keyword)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn text(&self, keyword: &str) -> Option<&'a str> {
        self.get(keyword)?.as_str()
    }

    fn one(&self, keyword: &str) -> Option<Place> {
        self.get(keyword).filter(|schema| is_schema(schema)).map(|_| self.place.child(keyword))
    }

    fn list(&self, keyword: &str) -> Vec<Place> {
        let length = self.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        (0..length).map(|index| self.place.within(keyword, &index.to_string())).collect()
    }

    /// What the schema says for people; also beside a `$ref` in drafts where it does not count.
    pub(crate) fn docs(&self) -> Docs {
        let text = |keyword: &str| self.schema.get(keyword).and_then(Value::as_str).map(str::to_owned);
        let examples = match self.schema.get("examples") {
            Some(Value::Array(examples)) => examples.iter().map(plain).collect(),
            _ => self.schema.get("example").iter().map(|example| plain(example)).collect(),
        };
        let deprecated = self.schema.get("deprecated") == Some(&Value::Bool(true));
        let default = self.schema.get("default").map(plain);
        Docs { title: text("title"), description: text("description"), default, examples, deprecated }
    }

    /// The keywords that are there, in order, the reference apart.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.schema.keys().map(String::as_str).filter(|name| self.reference != Some(*name))
    }
}

fn is_schema(value: &Value) -> bool {
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

/// Returns a value as people write it: a text without quotes, except where it would be none or could be
/// taken for another value, such as `""` and `"8080"`.
fn plain(value: &Value) -> String {
    let is_plain = |text: &&str| !text.trim().is_empty() && serde_json::from_str::<IgnoredAny>(text).is_err();
    value.as_str().filter(is_plain).map_or_else(|| value.to_string(), str::to_owned)
}
