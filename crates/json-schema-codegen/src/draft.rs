//! The drafts of JSON Schema, and where in a schema other schemas stand.

use serde_json::{Map, Value};

use crate::place::Place;

/// A draft of JSON Schema, or the dialect of an OpenAPI version.
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
    /// The draft of a document by its `$schema`, or by its `openapi` version; 2020-12 without either.
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

    /// The draft whose keywords say the same, `nullable` apart.
    pub(crate) fn like(self) -> Self {
        if self == Self::OpenApi30 { Self::Four } else { self }
    }

    /// The keyword that names a schema: `id` in draft 4.
    pub(crate) fn id_keyword(self) -> &'static str {
        if self == Self::Four { "id" } else { "$id" }
    }

    /// Whether what stands beside a `$ref` counts (since 2019-09).
    pub(crate) fn reference_has_siblings(self) -> bool {
        self >= Self::Y2019
    }
}

/// The `$schema` of a schema in the dialect of OpenAPI 3.0, for one that stands by itself.
pub(crate) const OPENAPI_30: &str = "https://spec.openapis.org/oas/3.0/schema/2021-09-28#/definitions/Schema";

/// How a keyword holds schemas.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    One,
    List,
    OneOrList,
    Map,
}

/// The keywords that hold schemas, over all drafts.
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

/// The keywords whose schemas count only when something refers to them.
const DEFINITIONS: &[&str] = &["$defs", "definitions"];

/// Whether a keyword holds schemas.
pub(crate) fn is_applicator(keyword: &str) -> bool {
    APPLICATORS.iter().any(|(name, _)| *name == keyword)
}

/// The places of the schemas that stand in a schema, definitions among them.
pub(crate) fn subschemas(place: &Place, schema: &Map<String, Value>) -> Vec<Place> {
    APPLICATORS.iter().flat_map(|(keyword, form)| held(place, schema, keyword, *form)).collect()
}

/// The places of the schemas that a value is checked against along with this one.
pub(crate) fn applied(place: &Place, schema: &Map<String, Value>) -> Vec<Place> {
    let applicators = APPLICATORS.iter().filter(|(keyword, _)| !DEFINITIONS.contains(keyword));
    applicators.flat_map(|(keyword, form)| held(place, schema, keyword, *form)).collect()
}

/// The places of a schema's definitions.
pub(crate) fn definitions(place: &Place, schema: &Map<String, Value>) -> Vec<Place> {
    DEFINITIONS.iter().flat_map(|keyword| held(place, schema, keyword, Form::Map)).collect()
}

fn held(place: &Place, schema: &Map<String, Value>, keyword: &str, form: Form) -> Vec<Place> {
    let is_schema = |value: &Value| value.is_object() || value.is_boolean();
    match (form, schema.get(keyword)) {
        (Form::One | Form::OneOrList, Some(value)) if is_schema(value) => vec![place.child(keyword)],
        (Form::List | Form::OneOrList, Some(Value::Array(list))) => {
            (0..list.len()).map(|index| place.within(keyword, &index.to_string())).collect()
        }
        (Form::Map, Some(Value::Object(map))) => {
            map.iter().filter(|(_, value)| is_schema(value)).map(|(name, _)| place.within(keyword, name)).collect()
        }
        _ => Vec::new(),
    }
}
