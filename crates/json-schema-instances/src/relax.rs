//! Relaxes a schema, so that it also accepts values that lenient readers accept.

use serde_json::{Map, Value, json};

use crate::pointer;

/// A keyword that validators ignore. It marks a branch of a union that is chosen less often than the others.
pub(crate) const RARE_BRANCH_KEYWORD: &str = "json-schema-instances:rare";

/// The values that a relaxed schema accepts in addition to those of the original; see [`relax_schema`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leniency {
    /// Accept `null` for each property in `properties` that the same schema does not list in `required`.
    pub nulls: bool,
    /// Accept every string where `enum` lists only strings, or strings and `null`. A `const` is unchanged.
    ///
    /// Instances made from the relaxed schema have strings similar to the listed ones (`"OPEN"` for `"open"`) as well
    /// as arbitrary ones.
    pub unknown_enum_values: bool,
}

impl Leniency {
    /// Returns the leniency of a reader that accepts only what the schema accepts.
    pub const fn new() -> Self {
        Self { nulls: false, unknown_enum_values: false }
    }

    /// Returns a leniency that also accepts `null`; see the field [`nulls`](Self::nulls).
    #[must_use]
    pub const fn nulls(self) -> Self {
        Self { nulls: true, ..self }
    }

    /// Returns a leniency that also accepts unknown enum values; see the field
    /// [`unknown_enum_values`](Self::unknown_enum_values).
    #[must_use]
    pub const fn unknown_enum_values(self) -> Self {
        Self { unknown_enum_values: true, ..self }
    }
}

/// Returns (a copy of `schema` that also accepts the values that `leniency` names, the JSON pointer in the copy to the
/// subschema that is at `pointer` in `schema`).
///
/// The subschemas of JSON Schema's own keywords are relaxed, except those under `not` and `if`. Each `oneOf` becomes
/// `anyOf`, because relaxed branches may overlap; a `oneOf` beside an `anyOf` stays.
pub fn relax_schema(schema: &Value, pointer: &str, leniency: Leniency) -> (Value, String) {
    let mut relaxation = SchemaRelaxer { leniency, moves: Vec::new() };
    let mut relaxed = relaxation.relax_schema_at(schema, "", "");
    relaxation.rewrite_references(&mut relaxed);
    (relaxed, relaxation.find_new_pointer(pointer))
}

/// The state of relaxing one schema: the options, and the subschemas that were moved so far.
struct SchemaRelaxer {
    leniency: Leniency,
    /// (JSON pointer in the original, JSON pointer in the copy) of each subschema that was moved.
    moves: Vec<(String, String)>,
}

impl SchemaRelaxer {
    /// Returns the relaxed form of `schema`, which is at the pointer `from` in the original and at `to` in the copy.
    fn relax_schema_at(&mut self, schema: &Value, from: &str, to: &str) -> Value {
        if from != to {
            self.moves.push((from.to_owned(), to.to_owned()));
        }
        let Value::Object(keywords) = schema else {
            return schema.clone();
        };
        let mut relaxed = Map::new();
        for (keyword, value) in keywords {
            let new_keyword = relaxed_keyword_name(keyword, keywords);
            let from = pointer::append_token(from, keyword);
            let to = pointer::append_token(to, new_keyword);
            let value = match keyword.as_str() {
                "properties" => self.relax_properties(value, keywords, &from, &to),
                "$defs" | "definitions" | "patternProperties" | "dependentSchemas" => {
                    self.relax_schema_map(value, &from, &to)
                }
                "allOf" | "anyOf" | "oneOf" | "prefixItems" => self.relax_schema_array(value, &from, &to),
                "items"
                | "additionalProperties"
                | "contains"
                | "then"
                | "else"
                | "unevaluatedItems"
                | "unevaluatedProperties" => self.relax_schema_at(value, &from, &to),
                // If the schema under `not` or `if` accepted more, the whole would accept less.
                _ => value.clone(),
            };
            relaxed.insert(new_keyword.to_owned(), value);
        }
        if self.leniency.unknown_enum_values {
            relax_enum(&mut relaxed);
        }
        Value::Object(relaxed)
    }

    /// Relaxes the schemas in `properties`, the value of the keyword `properties` in the schema with `keywords`. With
    /// `nulls`, each optional property becomes `{"anyOf": [<its schema>, {"type": "null"}]}`.
    fn relax_properties(&mut self, properties: &Value, keywords: &Map<String, Value>, from: &str, to: &str) -> Value {
        let required = keywords.get("required").and_then(Value::as_array);
        let is_required = |name: &str| {
            let mut names = required.into_iter().flatten();
            names.any(|required| required == name)
        };
        let mut relaxed = Map::new();
        for (name, schema) in properties.as_object().into_iter().flatten() {
            let (from, to) = (pointer::append_token(from, name), pointer::append_token(to, name));
            let schema = if self.leniency.nulls && !is_required(name) {
                let branch = self.relax_schema_at(schema, &from, &format!("{to}/anyOf/0"));
                json!({ "anyOf": [branch, { "type": "null", RARE_BRANCH_KEYWORD: true }] })
            } else {
                self.relax_schema_at(schema, &from, &to)
            };
            relaxed.insert(name.clone(), schema);
        }
        Value::Object(relaxed)
    }

    /// Relaxes each schema in an object of schemas, such as `$defs`. The object is at `from` in the original and at
    /// `to` in the copy.
    fn relax_schema_map(&mut self, schemas: &Value, from: &str, to: &str) -> Value {
        let mut relaxed = Map::new();
        for (name, schema) in schemas.as_object().into_iter().flatten() {
            let (from, to) = (pointer::append_token(from, name), pointer::append_token(to, name));
            relaxed.insert(name.clone(), self.relax_schema_at(schema, &from, &to));
        }
        Value::Object(relaxed)
    }

    /// Relaxes each schema in an array of schemas, such as `allOf`. The array is at `from` in the original and at `to`
    /// in the copy.
    fn relax_schema_array(&mut self, schemas: &Value, from: &str, to: &str) -> Value {
        let schemas = schemas.as_array().into_iter().flatten().enumerate();
        let relaxed = schemas.map(|(index, schema)| {
            let (from, to) = (pointer::append_token(from, index), pointer::append_token(to, index));
            self.relax_schema_at(schema, &from, &to)
        });
        relaxed.collect()
    }

    /// Returns the JSON pointer in the copy to the subschema that is at `pointer` in the original.
    fn find_new_pointer(&self, pointer: &str) -> String {
        let rest = |from: &str| {
            let rest = pointer.strip_prefix(from)?;
            (rest.is_empty() || rest.starts_with('/')).then_some(rest)
        };
        // The longest match is the innermost moved schema, and its new pointer reflects the moves around it.
        let moves = self.moves.iter();
        let moves = moves.filter_map(|(from, to)| Some((from.len(), to, rest(from)?)));
        match moves.max_by_key(|(length, ..)| *length) {
            Some((_, to, rest)) => format!("{to}{rest}"),
            None => pointer.to_owned(),
        }
    }

    /// Makes each `$ref` in `value`, which is a part of the copy, refer to the new pointer of its target.
    fn rewrite_references(&self, value: &mut Value) {
        match value {
            Value::Object(keywords) => {
                if let Some(Value::String(reference)) = keywords.get_mut("$ref") {
                    if let Some(target) = pointer::pointer_from_reference(reference) {
                        *reference = pointer::reference_from_pointer(&self.find_new_pointer(&target));
                    }
                }
                keywords.values_mut().for_each(|value| self.rewrite_references(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.rewrite_references(item)),
            _ => (),
        }
    }
}

/// Returns the name that `keyword` has in the copy of a schema with `keywords`: `oneOf` becomes `anyOf`, unless the
/// schema has an `anyOf` of its own. Branches that excluded each other may overlap once they are relaxed.
fn relaxed_keyword_name<'k>(keyword: &'k str, keywords: &Map<String, Value>) -> &'k str {
    if keyword == "oneOf" && !keywords.contains_key("anyOf") { "anyOf" } else { keyword }
}

/// Makes a schema accept all strings if its `enum` lists only strings, or strings and `null`: moves the `enum` into an
/// `anyOf` beside `{"type": "string"}` and beside strings similar to the listed ones. Leaves every other schema
/// unchanged.
fn relax_enum(keywords: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = keywords.get("enum") else {
        return;
    };
    let strings: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let is_only_strings = values.iter().all(|value| value.is_string() || value.is_null());
    if strings.is_empty() || !is_only_strings {
        return;
    }
    let union = json!({ "anyOf": [
        { "enum": values },
        { "type": "string", RARE_BRANCH_KEYWORD: true },
        { "enum": make_similar_strings(&strings), RARE_BRANCH_KEYWORD: true },
    ]});
    keywords.shift_remove("enum");
    // At the end of `allOf`, so that the pointers of the other schemas there stay.
    let all_of = keywords.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(schemas) = all_of {
        schemas.push(union);
    }
}

/// Returns strings that a careless reader takes for one of `strings`, and that are not in `strings`: `a` gives `A`, `a
/// ` and `a2`.
fn make_similar_strings(strings: &[&str]) -> Vec<String> {
    let mut similar: Vec<String> = Vec::new();
    for string in strings {
        for other in [string.to_uppercase(), string.to_lowercase(), format!("{string} "), format!("{string}2")] {
            if !strings.contains(&other.as_str()) && !similar.contains(&other) {
                similar.push(other);
            }
        }
    }
    similar
}
