//! Makes random subschemas, of which the module `schemas` makes documents.

use serde_json::{Map, Value, json};

use super::draft::SchemaDraft;
use crate::random::RandomNumbers;

/// The names of properties in random schemas. They are few, so that several subschemas define the same property; some
/// of them are unusual, such as the empty name.
const PROPERTY_NAMES: &[&str] =
    &["a", "b", "c", "kind", "type", "value", "items", "extra", "a.b", "a b", "A", "größe", "self", "$x", ""];

/// The names of definitions in random schemas; a schema has up to 3 of them, which are neighbours in this list.
const DEFINITION_NAMES: &[&str] = &["Base", "Item", "Option", "kind", "item-list", "Value"];

/// The strings in enums of random schemas, which are also the values of tags.
const ENUM_TEXTS: &[&str] = &["a", "b", "A", "one", "ERR", "≥", "", "a b", "null", "1"];

/// The patterns of property names in random schemas. Some match a name in [`PROPERTY_NAMES`].
const NAME_PATTERNS: &[&str] = &["^x-", "^[a-c]$", "[0-9]+$", "^k", "b"];

/// Makes random subschemas of one document, in one draft.
pub(super) struct SchemaMaker {
    pub(super) random: RandomNumbers,
    draft: SchemaDraft,
    /// The names of the definitions that references may refer to.
    definitions: &'static [&'static str],
    /// The number of schemas that may still be made; at 0, each further schema is a scalar.
    left: u32,
}

/// Most schemas that are made for one document; each further one is a scalar.
const MAX_SCHEMAS_IN_DOCUMENT: u32 = 24;

/// Most levels of schemas inside one another in a definition.
const MAX_DEFINITION_DEPTH: u32 = 3;

impl SchemaMaker {
    /// Creates a maker for the draft `draft`, which chooses 1 to 3 names of definitions at random.
    pub(super) fn new(mut random: RandomNumbers, draft: SchemaDraft) -> Self {
        let count = 1 + random.number_below(3);
        let first = random.number_below(DEFINITION_NAMES.len() - count + 1);
        Self { random, draft, definitions: &DEFINITION_NAMES[first..first + count], left: MAX_SCHEMAS_IN_DOCUMENT }
    }

    /// Returns the names of the definitions that references may refer to.
    pub(super) fn definition_names(&self) -> &'static [&'static str] {
        self.definitions
    }

    /// Returns the random schema of a definition: in most cases, of an object.
    pub(super) fn make_definition(&mut self) -> Value {
        if self.random.is_true_in_percent(60) {
            self.make_object_schema(MAX_DEFINITION_DEPTH)
        } else {
            self.make_schema(MAX_DEFINITION_DEPTH)
        }
    }

    /// Returns (name, schema) of a random property. The schema has at most `depth` further levels inside.
    pub(super) fn make_named_property(&mut self, depth: u32) -> (String, Value) {
        ((*self.random.choose_element(PROPERTY_NAMES)).to_owned(), self.make_schema(depth))
    }

    /// Returns a random schema of any kind, with at most `depth` levels inside; a scalar if `depth` is 0, or if the
    /// document has all its schemas.
    fn make_schema(&mut self, depth: u32) -> Value {
        self.left = self.left.saturating_sub(1);
        if depth == 0 || self.left == 0 {
            return self.make_scalar_schema();
        }
        let depth = depth - 1;
        match self.random.number_below(20) {
            0..=5 => self.make_scalar_schema(),
            6..=8 => self.make_object_schema(depth),
            9..=10 => self.make_reference(depth),
            11 => json!({ "type": "array", "items": self.make_schema(depth) }),
            12 => self.make_tuple_schema(depth),
            13..=14 => self.make_union_schema(depth),
            15 => self.make_tagged_union(depth),
            16 => self.make_all_of_schema(depth),
            17 => self.make_map_schema(depth),
            18 => self.make_conditional_schema(depth),
            _ => self.make_nullable_schema(depth),
        }
    }

    /// Returns a random schema of strings, numbers or booleans, or one with `enum` or `const`.
    fn make_scalar_schema(&mut self) -> Value {
        match self.random.number_below(9) {
            0 => json!({ "type": "string" }),
            1 => json!({ "type": "string", "format": *self.random.choose_element(&["date-time", "uuid", "odd"]) }),
            2 => json!({ "type": "boolean" }),
            3 => json!({ "type": "number" }),
            4..=5 => self.make_integer_schema(),
            6..=7 => self.make_enum_schema(),
            _ => {
                let value = self.make_json_value();
                self.draft.write_constant(value)
            }
        }
    }

    /// Returns a random schema of integers, sometimes with a `format` or limits.
    fn make_integer_schema(&mut self) -> Value {
        let mut schema = json!({ "type": "integer" });
        match self.random.number_below(6) {
            0 => schema["format"] = json!(*self.random.choose_element(&["uint64", "int64", "int32", "uint8"])),
            1 => schema["minimum"] = json!(self.random.number_below(3)),
            2 => {
                schema["minimum"] = json!(0);
                schema["maximum"] = json!(u64::MAX - self.random.next_random_number() % 3);
            }
            3 => self.draft.add_exclusive_minimum(&mut schema, -1),
            _ => {}
        }
        schema
    }

    /// Returns a schema with an `enum` of random strings, or of random values of several JSON types.
    fn make_enum_schema(&mut self) -> Value {
        let is_mixed = self.random.is_true_in_percent(30);
        let mut values: Vec<Value> = Vec::new();
        for _ in 0..=self.random.number_below(4) {
            let value = if is_mixed { self.make_json_value() } else { json!(*self.random.choose_element(ENUM_TEXTS)) };
            if !values.contains(&value) {
                values.push(value);
            }
        }
        json!({ "enum": values })
    }

    /// Returns a random JSON value of any type; never `null` for OpenAPI.
    fn make_json_value(&mut self) -> Value {
        match self.random.number_below(8) {
            0 => json!(self.random.number_below(3)),
            1 => json!(1.5),
            2 => json!(self.random.is_true_in_percent(50)),
            3 if self.draft != SchemaDraft::OpenApi30 => Value::Null,
            4 => json!([1, "a"]),
            5 => json!({ "a": 1 }),
            _ => json!(*self.random.choose_element(ENUM_TEXTS)),
        }
    }

    /// Returns a random schema of objects with `properties`, sometimes also with `required`, `additionalProperties` or
    /// `patternProperties`.
    fn make_object_schema(&mut self, depth: u32) -> Value {
        let mut properties = Map::new();
        for _ in 0..=self.random.number_below(3) {
            let (name, schema) = self.make_named_property(depth);
            properties.insert(name, schema);
        }
        let required: Vec<String> = properties.keys().filter(|_| self.random.is_true_in_percent(40)).cloned().collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        match self.random.number_below(8) {
            0 => schema["additionalProperties"] = json!(false),
            1 => schema["additionalProperties"] = self.make_schema(depth),
            2 if self.draft >= SchemaDraft::Draft4 => {
                let pattern = *self.random.choose_element(NAME_PATTERNS);
                schema["patternProperties"] = json!({ pattern: self.make_schema(depth) });
            }
            _ => {}
        }
        schema
    }

    /// Returns a random schema of objects with `patternProperties` or `additionalProperties` alone.
    fn make_map_schema(&mut self, depth: u32) -> Value {
        if self.draft >= SchemaDraft::Draft4 && self.random.is_true_in_percent(50) {
            let pattern = *self.random.choose_element(NAME_PATTERNS);
            return json!({ "type": "object", "patternProperties": { pattern: self.make_schema(depth) } });
        }
        json!({ "type": "object", "additionalProperties": self.make_schema(depth) })
    }

    /// Returns a `$ref` to a random definition, sometimes with `properties` beside it if these have an effect in the
    /// draft.
    fn make_reference(&mut self, depth: u32) -> Value {
        let name = *self.random.choose_element(self.definitions);
        let mut schema = json!({ "$ref": self.draft.write_reference(name) });
        if self.draft.applies_siblings_of_references() && self.random.is_true_in_percent(40) {
            let (name, property) = self.make_named_property(depth);
            schema["properties"] = json!({ name: property });
        }
        schema
    }

    /// Returns the random schema of a tuple; of a list for OpenAPI, which has no tuples.
    fn make_tuple_schema(&mut self, depth: u32) -> Value {
        let first: Vec<Value> = (0..=self.random.number_below(2)).map(|_| self.make_schema(depth)).collect();
        let rest = if self.random.is_true_in_percent(50) { json!(false) } else { self.make_schema(depth) };
        self.draft
            .write_tuple_schema(first, rest)
            .unwrap_or_else(|| json!({ "type": "array", "items": self.make_scalar_schema() }))
    }

    /// Returns a random `anyOf` or `oneOf`, sometimes with `properties` beside it.
    fn make_union_schema(&mut self, depth: u32) -> Value {
        let mut members: Vec<Value> = (0..=self.random.number_below(3)).map(|_| self.make_schema(depth)).collect();
        if self.random.is_true_in_percent(20) {
            members.extend(self.draft.write_null_schema());
        }
        let mut schema = json!({ *self.random.choose_element(&["anyOf", "anyOf", "oneOf"]): members });
        if self.random.is_true_in_percent(15) {
            let (name, property) = self.make_named_property(depth);
            schema["properties"] = json!({ name: property });
        }
        schema
    }

    /// Returns a random `oneOf` of objects, which the property `kind` or `type` distinguishes; most members require
    /// this property.
    fn make_tagged_union(&mut self, depth: u32) -> Value {
        let tag = *self.random.choose_element(&["kind", "type"]);
        let first = self.random.number_below(ENUM_TEXTS.len() - 3);
        let mut members = Vec::new();
        for text in &ENUM_TEXTS[first..=first + 1 + self.random.number_below(2)] {
            let mut member = self.make_object_schema(depth);
            member["properties"][tag] = self.draft.write_constant(json!(text));
            if self.random.is_true_in_percent(80) {
                member["required"] = json!([tag]);
            }
            members.push(member);
        }
        json!({ "oneOf": members })
    }

    /// Returns (two random objects as definitions by name, the union of both with OpenAPI's `discriminator`).
    pub(super) fn make_discriminated_union(&mut self) -> (Map<String, Value>, Value) {
        let mut definitions = Map::new();
        let mut members = Vec::new();
        for name in ["Cat", "Dog"] {
            let mut member = self.make_object_schema(1);
            member["properties"]["kind"] = self.draft.write_constant(json!(name));
            member["required"] = json!(["kind"]);
            definitions.insert(name.to_owned(), member);
            members.push(json!({ "$ref": self.draft.write_reference(name) }));
        }
        (definitions, json!({ "oneOf": members, "discriminator": { "propertyName": "kind" } }))
    }

    /// Returns a random `allOf` of two or three schemas.
    fn make_all_of_schema(&mut self, depth: u32) -> Value {
        let mut members = vec![self.make_object_schema(depth)];
        let other = if self.random.is_true_in_percent(50) {
            self.make_reference(depth)
        } else {
            self.make_object_schema(depth)
        };
        members.push(other);
        if self.random.is_true_in_percent(20) {
            members.push(self.make_union_schema(depth));
        }
        json!({ "allOf": members })
    }

    /// Returns a random schema of objects in which `if`, `then` and `else` make the value of the property `kind` decide
    /// which keywords apply. Leaves these keywords out if the draft does not have them.
    fn make_conditional_schema(&mut self, depth: u32) -> Value {
        let mut schema = self.make_object_schema(depth);
        if self.draft.has_if_then_else() {
            schema["properties"]["kind"] = json!({ "enum": ["a", "b"] });
            schema["if"] = json!({ "properties": { "kind": { "const": "a" } } });
            let (name, property) = self.make_named_property(depth);
            schema["then"] = json!({ "properties": { name: property } });
            schema["else"] = json!({ "required": ["kind"] });
        }
        schema
    }

    /// Returns a random schema that accepts `null` and the values of one other type.
    fn make_nullable_schema(&mut self, depth: u32) -> Value {
        let typed = match self.random.number_below(4) {
            0 => json!({ "type": "string" }),
            1 => self.make_integer_schema(),
            2 => json!({ "type": "array", "items": self.make_schema(depth) }),
            _ => self.make_object_schema(depth),
        };
        self.draft.make_nullable(typed)
    }
}
