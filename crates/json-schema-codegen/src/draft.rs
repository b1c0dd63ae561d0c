//! The drafts of JSON Schema, and the keywords that hold subschemas.

use serde_json::{Map, Value};

use crate::location::Location;

/// A draft of JSON Schema, or the schema dialect of OpenAPI 3.0 (an extension of draft 4). The order is that
/// of publication, so that `draft < Draft::Six` means "older than draft 6".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Draft {
    Four,
    OpenApi30,
    Six,
    Seven,
    Y2019,
    Y2020,
}

impl Draft {
    /// Returns the draft of a document by its `openapi` version or its `$schema`; 2020-12 without a known one.
    pub(crate) fn of(document: &Value) -> Self {
        let text = |name| document.get(name).and_then(Value::as_str);
        if let Some(version) = text("openapi") {
            return if version.starts_with("3.0") { Self::OpenApi30 } else { Self::Y2020 };
        }
        let schema = text("$schema").unwrap_or_default();
        let drafts = [
            ("draft-04", Self::Four),
            (OPENAPI_30, Self::OpenApi30),
            ("draft-06", Self::Six),
            ("draft-07", Self::Seven),
            ("2019-09", Self::Y2019),
        ];
        drafts.iter().find(|(name, _)| schema.contains(name)).map_or(Self::Y2020, |(_, draft)| *draft)
    }

    /// Returns draft 4 for OpenAPI 3.0, whose keywords mean the same except for `nullable`; otherwise `self`.
    pub(crate) fn like(self) -> Self {
        if self == Self::OpenApi30 { Self::Four } else { self }
    }

    /// Returns the keyword that identifies a schema: `id` in draft 4, `$id` in all others.
    pub(crate) fn id_keyword(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// Checks whether keywords beside a `$ref` have an effect; they do since 2019-09.
    pub(crate) fn reference_has_siblings(self) -> bool {
        self >= Self::Y2019
    }
}

/// The `$schema` of a file with a single schema in the dialect of OpenAPI 3.0.
pub(crate) const OPENAPI_30: &str = "https://spec.openapis.org/oas/3.0/schema/2021-09-28#/definitions/Schema";

/// The form of a keyword's value that holds schemas.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A schema.
    One,
    /// An array of schemas.
    List,
    /// A schema or an array of schemas.
    OneOrList,
    /// An object whose values are schemas.
    Map,
}

/// The keywords that hold subschemas, of all drafts together.
const APPLICATORS: &[(&str, Form)] = &[
    ("$defs", Form::Map),
    ("additionalItems", Form::One),
    ("additionalProperties", Form::One),
    ("allOf", Form::List),
    ("anyOf", Form::List),
    ("contains", Form::One),
    ("contentSchema", Form::One),
    ("definitions", Form::Map),
    ("dependencies", Form::Map),
    ("dependentSchemas", Form::Map),
    ("else", Form::One),
    ("if", Form::One),
    ("items", Form::OneOrList),
    ("not", Form::One),
    ("oneOf", Form::List),
    ("patternProperties", Form::Map),
    ("prefixItems", Form::List),
    ("properties", Form::Map),
    ("propertyNames", Form::One),
    ("then", Form::One),
    ("unevaluatedItems", Form::One),
    ("unevaluatedProperties", Form::One),
];

/// The keywords whose subschemas have an effect only when something refers to them.
const DEFINITIONS: &[&str] = &["$defs", "definitions"];

/// Checks whether a keyword holds subschemas.
pub(crate) fn is_applicator(keyword: &str) -> bool {
    APPLICATORS.iter().any(|(name, _)| *name == keyword)
}

/// Returns the locations of the direct subschemas of `schema`, which is at `location`, with definitions.
pub(crate) fn subschemas(location: &Location, schema: &Map<String, Value>) -> Vec<Location> {
    APPLICATORS.iter().flat_map(|(keyword, form)| in_keyword(location, schema, keyword, *form)).collect()
}

/// Returns the locations of the direct subschemas of `schema`, which is at `location`, without definitions: those
/// that validation applies to an instance or to parts of it.
pub(crate) fn applied(location: &Location, schema: &Map<String, Value>) -> Vec<Location> {
    let applicators = APPLICATORS.iter().filter(|(keyword, _)| !DEFINITIONS.contains(keyword));
    applicators.flat_map(|(keyword, form)| in_keyword(location, schema, keyword, *form)).collect()
}

/// Returns the locations of the definitions (`$defs`, `definitions`) in `schema`, which is at `location`.
pub(crate) fn definitions(location: &Location, schema: &Map<String, Value>) -> Vec<Location> {
    DEFINITIONS.iter().flat_map(|keyword| in_keyword(location, schema, keyword, Form::Map)).collect()
}

/// Returns the locations of the subschemas in the keyword of `schema`, which is at `location`. Empty if the
/// keyword is missing or does not have the form; elements of an array are not checked to be schemas.
fn in_keyword(location: &Location, schema: &Map<String, Value>, keyword: &str, form: Form) -> Vec<Location> {
    let is_schema = |value: &Value| value.is_object() || value.is_boolean();
    match (form, schema.get(keyword)) {
        (Form::One | Form::OneOrList, Some(value)) if is_schema(value) => vec![location.child(keyword)],
        (Form::List | Form::OneOrList, Some(Value::Array(list))) => {
            (0..list.len()).map(|index| location.within(keyword, &index.to_string())).collect()
        }
        (Form::Map, Some(Value::Object(map))) => {
            map.iter().filter(|(_, value)| is_schema(value)).map(|(name, _)| location.within(keyword, name)).collect()
        }
        _ => Vec::new(),
    }
}
