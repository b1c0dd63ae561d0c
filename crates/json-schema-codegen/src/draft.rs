//! The drafts of JSON Schema, and the keywords that hold subschemas.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::location::Location;

/// A draft of JSON Schema, or the schema dialect of OpenAPI 3.0 (an extension of draft 4). Drafts are ordered by their
/// date of publication: `draft < Draft::Six` means that `draft` is older than draft 6. In `codegen.toml` and on the
/// command line, a draft has the name in the documentation of its variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[non_exhaustive]
pub enum Draft {
    /// `draft-04`
    #[serde(rename = "draft-04")]
    Four,
    /// `openapi-3.0`
    #[serde(rename = "openapi-3.0")]
    OpenApi30,
    /// `draft-06`
    #[serde(rename = "draft-06")]
    Six,
    /// `draft-07`
    #[serde(rename = "draft-07")]
    Seven,
    /// `2019-09`
    #[serde(rename = "2019-09")]
    Y2019,
    /// `2020-12`
    #[serde(rename = "2020-12")]
    Y2020,
}

impl Draft {
    /// Returns the draft that `document` declares: by its `openapi` version (3.0, else 2020-12), or by its `$schema`.
    /// `None` if it has neither, or if its `$schema` is not known.
    pub(crate) fn find_declared_draft(document: &Value) -> Option<Self> {
        let text = |name| document.get(name).and_then(Value::as_str);
        if let Some(version) = text("openapi") {
            return Some(if version.starts_with("3.0") { Self::OpenApi30 } else { Self::Y2020 });
        }
        let schema = text("$schema")?;
        let drafts = [
            ("draft-04", Self::Four),
            (OPENAPI_30_DIALECT, Self::OpenApi30),
            ("draft-06", Self::Six),
            ("draft-07", Self::Seven),
            ("2019-09", Self::Y2019),
            ("2020-12", Self::Y2020),
        ];
        drafts.iter().find(|(name, _)| schema.contains(name)).map(|(_, draft)| *draft)
    }

    /// Returns the name of the draft for messages, such as `draft-07`.
    pub(crate) fn display_name(self) -> &'static str {
        match self {
            Self::Four => "draft-04",
            Self::OpenApi30 => "OpenAPI 3.0",
            Self::Six => "draft-06",
            Self::Seven => "draft-07",
            Self::Y2019 => "draft 2019-09",
            Self::Y2020 => "draft 2020-12",
        }
    }

    /// Returns draft 4 for OpenAPI 3.0, which extends draft 4 by `nullable`; returns every other draft unchanged.
    pub(crate) fn base_draft(self) -> Self {
        if self == Self::OpenApi30 { Self::Four } else { self }
    }

    /// Returns the keyword that gives a schema its URI: `id` in draft 4, `$id` in all other drafts.
    pub(crate) fn id_keyword(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// Checks whether keywords beside a `$ref` have an effect; they do since draft 2019-09.
    pub(crate) fn allows_reference_siblings(self) -> bool {
        self >= Self::Y2019
    }
}

/// The `$schema` of a document with a single schema in the dialect of OpenAPI 3.0.
pub(crate) const OPENAPI_30_DIALECT: &str = "https://spec.openapis.org/oas/3.0/schema/2021-09-28#/definitions/Schema";

/// The form that the value of a keyword with subschemas has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SubschemaForm {
    /// A schema.
    One,
    /// An array of schemas.
    List,
    /// A schema or an array of schemas.
    OneOrList,
    /// An object whose values are schemas.
    Map,
}

/// The keywords of all drafts that hold subschemas, each with the form of its value.
const SUBSCHEMA_KEYWORDS: &[(&str, SubschemaForm)] = &[
    ("$defs", SubschemaForm::Map),
    ("additionalItems", SubschemaForm::One),
    ("additionalProperties", SubschemaForm::One),
    ("allOf", SubschemaForm::List),
    ("anyOf", SubschemaForm::List),
    ("contains", SubschemaForm::One),
    ("contentSchema", SubschemaForm::One),
    ("definitions", SubschemaForm::Map),
    ("dependencies", SubschemaForm::Map),
    ("dependentSchemas", SubschemaForm::Map),
    ("else", SubschemaForm::One),
    ("if", SubschemaForm::One),
    ("items", SubschemaForm::OneOrList),
    ("not", SubschemaForm::One),
    ("oneOf", SubschemaForm::List),
    ("patternProperties", SubschemaForm::Map),
    ("prefixItems", SubschemaForm::List),
    ("properties", SubschemaForm::Map),
    ("propertyNames", SubschemaForm::One),
    ("then", SubschemaForm::One),
    ("unevaluatedItems", SubschemaForm::One),
    ("unevaluatedProperties", SubschemaForm::One),
];

/// The keywords that hold definitions: subschemas that have an effect only if a reference refers to them.
const DEFINITION_KEYWORDS: &[&str] = &["$defs", "definitions"];

/// Checks whether `keyword` holds subschemas in any draft: `items` does, `enum` does not.
pub(crate) fn holds_subschemas(keyword: &str) -> bool {
    SUBSCHEMA_KEYWORDS.iter().any(|(name, _)| *name == keyword)
}

/// Checks whether a keyword holds an object of subschemas by names, as `properties` and `$defs` do; also true for
/// `schemas`, which holds those of an OpenAPI document.
pub(crate) fn holds_named_schemas(keyword: &str) -> bool {
    let has_names = |(name, form): &(&str, SubschemaForm)| *name == keyword && *form == SubschemaForm::Map;
    keyword == "schemas" || SUBSCHEMA_KEYWORDS.iter().any(has_names)
}

/// Returns the locations of the direct subschemas of `schema`, including its definitions. `location` is the location of
/// `schema`.
pub(crate) fn find_subschemas(location: &Location, schema: &Map<String, Value>) -> Vec<Location> {
    SUBSCHEMA_KEYWORDS
        .iter()
        .flat_map(|(keyword, form)| find_subschemas_in_keyword(location, schema, keyword, *form))
        .collect()
}

/// Returns the locations of the direct subschemas of `schema` that validation applies to an instance or to parts of it,
/// so without its definitions. `location` is the location of `schema`.
pub(crate) fn find_applied_subschemas(location: &Location, schema: &Map<String, Value>) -> Vec<Location> {
    let applicators = SUBSCHEMA_KEYWORDS.iter().filter(|(keyword, _)| !DEFINITION_KEYWORDS.contains(keyword));
    applicators.flat_map(|(keyword, form)| find_subschemas_in_keyword(location, schema, keyword, *form)).collect()
}

/// Returns the locations of the definitions (in `$defs` and `definitions`) of `schema`. `location` is the location of
/// `schema`.
pub(crate) fn find_definitions(location: &Location, schema: &Map<String, Value>) -> Vec<Location> {
    DEFINITION_KEYWORDS
        .iter()
        .flat_map(|keyword| find_subschemas_in_keyword(location, schema, keyword, SubschemaForm::Map))
        .collect()
}

/// Returns the locations of the subschemas that `keyword` of `schema` holds in the given form. `location` is the
/// location of `schema`. Empty if the keyword is missing or its value has another form. Does not check that the
/// elements of an array are schemas.
fn find_subschemas_in_keyword(
    location: &Location,
    schema: &Map<String, Value>,
    keyword: &str,
    form: SubschemaForm,
) -> Vec<Location> {
    let is_schema = |value: &Value| value.is_object() || value.is_boolean();
    match (form, schema.get(keyword)) {
        (SubschemaForm::One | SubschemaForm::OneOrList, Some(value)) if is_schema(value) => {
            vec![location.child(keyword)]
        }
        (SubschemaForm::List | SubschemaForm::OneOrList, Some(Value::Array(list))) => {
            (0..list.len()).map(|index| location.grandchild(keyword, &index.to_string())).collect()
        }
        (SubschemaForm::Map, Some(Value::Object(map))) => map
            .iter()
            .filter(|(_, value)| is_schema(value))
            .map(|(name, _)| location.grandchild(keyword, name))
            .collect(),
        _ => Vec::new(),
    }
}
