//! What each draft of JSON Schema writes in its own way.

use serde_json::{Map, Value, json};

/// A draft, or the dialect of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Draft {
    OpenApi30,
    Draft4,
    Draft6,
    Draft7,
    Draft2019,
    Draft2020,
}

impl Draft {
    /// All drafts; those that most new schemas are of come more than once.
    pub(super) const ALL: &'static [Self] = &[
        Self::OpenApi30,
        Self::Draft4,
        Self::Draft6,
        Self::Draft7,
        Self::Draft7,
        Self::Draft2019,
        Self::Draft2020,
        Self::Draft2020,
    ];

    /// Returns the text of a reference to the definition `name`.
    pub(super) fn reference(self, name: &str) -> String {
        format!("#{}/{name}", self.definitions_pointer())
    }

    fn definitions_pointer(self) -> &'static str {
        match self {
            Self::OpenApi30 => "/components/schemas",
            Self::Draft4 | Self::Draft6 | Self::Draft7 => "/definitions",
            Self::Draft2019 | Self::Draft2020 => "/$defs",
        }
    }

    /// Adds the definitions to the root. OpenAPI's are beside the root, which becomes one of them.
    pub(super) fn put_definitions(self, root: &mut Value, mut definitions: Map<String, Value>) {
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

    /// Adds `$schema`, which names the draft.
    pub(super) fn put_name(self, root: &mut Value) {
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

    /// Whether keywords beside `$ref` count.
    pub(super) fn has_siblings_of_references(self) -> bool {
        self >= Self::Draft2019
    }

    /// Whether there is `if` with `then` and `else`.
    pub(super) fn has_conditionals(self) -> bool {
        self >= Self::Draft7
    }

    /// Returns the schema of the one value.
    pub(super) fn constant(self, value: Value) -> Value {
        if self >= Self::Draft6 { json!({ "const": value }) } else { json!({ "enum": [value] }) }
    }

    /// Returns the schema with `null` allowed beside what it allows, by its `type`.
    pub(super) fn nullable(self, mut schema: Value) -> Value {
        if self == Self::OpenApi30 {
            schema["nullable"] = json!(true);
        } else {
            schema["type"] = json!([schema["type"].take(), "null"]);
        }
        schema
    }

    /// Returns the schema of `null`; `None` in OpenAPI, which has no such type.
    pub(super) fn null(self) -> Option<Value> {
        (self != Self::OpenApi30).then(|| json!({ "type": "null" }))
    }

    /// Returns the schema of a list whose first items have schemas of their own; `rest` is for the
    /// others, or `false`. `None` in OpenAPI, which has none.
    pub(super) fn tuple(self, first: Vec<Value>, rest: Value) -> Option<Value> {
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

    /// Adds a bound that is itself not allowed.
    pub(super) fn put_exclusive_minimum(self, schema: &mut Value, bound: i64) {
        if self <= Self::Draft4 {
            schema["minimum"] = json!(bound);
            schema["exclusiveMinimum"] = json!(true);
        } else {
            schema["exclusiveMinimum"] = json!(bound);
        }
    }
}
