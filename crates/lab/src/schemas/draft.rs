//! Writes the keywords that differ between the drafts of JSON Schema.

use serde_json::{Map, Value, json};

/// A draft, or the dialect of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SchemaDraft {
    OpenApi30,
    Draft4,
    Draft6,
    Draft7,
    Draft2019,
    Draft2020,
}

impl SchemaDraft {
    /// The drafts among which a random schema chooses. Those that most schemas use are in the list twice.
    pub(super) const DRAFT_CHOICES: &'static [Self] = &[
        Self::OpenApi30,
        Self::Draft4,
        Self::Draft6,
        Self::Draft7,
        Self::Draft7,
        Self::Draft2019,
        Self::Draft2020,
        Self::Draft2020,
    ];

    /// Returns the value of a `$ref` to the definition `name`, such as `#/$defs/Item`.
    pub(super) fn write_reference(self, name: &str) -> String {
        format!("#{}/{name}", self.definitions_pointer())
    }

    /// Returns the pointer to the object in a document that contains the definitions, such as `/$defs`.
    fn definitions_pointer(self) -> &'static str {
        match self {
            Self::OpenApi30 => "/components/schemas",
            Self::Draft4 | Self::Draft6 | Self::Draft7 => "/definitions",
            Self::Draft2019 | Self::Draft2020 => "/$defs",
        }
    }

    /// Adds `definitions` to the root schema `root`. For OpenAPI, turns `root` into an OpenAPI document, in which the
    /// root schema is the definition `Root` beside the others.
    pub(super) fn add_definitions(self, root: &mut Value, mut definitions: Map<String, Value>) {
        match self {
            Self::OpenApi30 => {
                definitions.insert("Root".to_owned(), root.take());
                *root = json!({
                    "openapi": "3.0.3",
                    "info": { "title": "Random", "version": "1" },
                    "paths": {},
                    "components": { "schemas": definitions }
                });
            }
            _ => root[&self.definitions_pointer()[1..]] = Value::Object(definitions),
        }
    }

    /// Adds the keyword `$schema` with the draft's URI to `root`. Does nothing for OpenAPI, which has no such keyword.
    pub(super) fn add_schema_keyword(self, root: &mut Value) {
        let name = match self {
            Self::OpenApi30 => return,
            Self::Draft4 => "http://json-schema.org/draft-04/schema#",
            Self::Draft6 => "http://json-schema.org/draft-06/schema#",
            Self::Draft7 => "http://json-schema.org/draft-07/schema#",
            Self::Draft2019 => "https://json-schema.org/draft/2019-09/schema",
            Self::Draft2020 => "https://json-schema.org/draft/2020-12/schema",
        };
        root["$schema"] = json!(name);
    }

    /// Checks whether keywords beside `$ref` have an effect in this draft.
    pub(super) fn applies_siblings_of_references(self) -> bool {
        self >= Self::Draft2019
    }

    /// Checks whether the draft has the keywords `if`, `then` and `else`.
    pub(super) fn has_if_then_else(self) -> bool {
        self >= Self::Draft7
    }

    /// Returns a schema that accepts only `value`: `const`, or `enum` in drafts without `const`.
    pub(super) fn write_constant(self, value: Value) -> Value {
        if self >= Self::Draft6 { json!({ "const": value }) } else { json!({ "enum": [value] }) }
    }

    /// Changes `schema`, which has a single `type`, so that it also accepts `null`, and returns it.
    pub(super) fn make_nullable(self, mut schema: Value) -> Value {
        if self == Self::OpenApi30 {
            schema["nullable"] = json!(true);
        } else {
            schema["type"] = json!([schema["type"].take(), "null"]);
        }
        schema
    }

    /// Returns a schema that accepts only `null`; `None` for OpenAPI, which has no such type.
    pub(super) fn write_null_schema(self) -> Option<Value> {
        (self != Self::OpenApi30).then(|| json!({ "type": "null" }))
    }

    /// Returns the schema of a tuple: `first` has the schemas of the first items, and `rest` is the schema of all
    /// further items. If `rest` is `false`, all first items are required. `None` for OpenAPI, which has no tuples.
    pub(super) fn write_tuple_schema(self, first: Vec<Value>, rest: Value) -> Option<Value> {
        let (count, is_closed) = (first.len(), rest == json!(false));
        match self {
            Self::OpenApi30 => None,
            Self::Draft2020 => Some(
                json!({ "type": "array", "prefixItems": first, "items": rest, "minItems": if is_closed { count } else { 0 } }),
            ),
            _ => Some(
                json!({ "type": "array", "items": first, "additionalItems": rest, "minItems": if is_closed { count } else { 0 } }),
            ),
        }
    }

    /// Adds keywords to `schema` with which it accepts only numbers greater than `bound`.
    pub(super) fn add_exclusive_minimum(self, schema: &mut Value, bound: i64) {
        if self <= Self::Draft4 {
            schema["minimum"] = json!(bound);
            schema["exclusiveMinimum"] = json!(true);
        } else {
            schema["exclusiveMinimum"] = json!(bound);
        }
    }
}
