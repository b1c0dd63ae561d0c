//! Makes random schemas, from which `schema` puts a document together.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use crate::random::Random;

/// The names of properties. They are few, so that several subschemas define the same property; some are unusual.
const PROPERTIES: &[&str] =
    &["a", "b", "c", "kind", "type", "value", "items", "extra", "a.b", "a b", "A", "größe", "self", "$x", ""];

/// The names of definitions; a schema has up to 3 of them.
const DEFINITIONS: &[&str] = &["Base", "Item", "Option", "kind", "item-list", "Value"];

/// The strings in enums, and the values of tags.
const TEXTS: &[&str] = &["a", "b", "A", "one", "ERR", "≥", "", "a b", "null", "1"];

/// The patterns of property names. Some match one of [`PROPERTIES`].
const PATTERNS: &[&str] = &["^x-", "^[a-c]$", "[0-9]+$", "^k", "b"];

/// Makes random schemas in one draft.
pub(super) struct Maker {
    pub(super) random: Random,
    draft: Draft,
    /// The names of the definitions that references may refer to.
    definitions: &'static [&'static str],
    /// The number of schemas that may still be made; at 0, all further ones are scalars.
    left: u32,
}

/// Most schemas that are made for one document before all further ones are scalars.
const SCHEMAS: u32 = 24;

/// Most levels of schemas in a definition.
const DEPTH: u32 = 3;

impl Maker {
    /// Creates a maker that chooses 1 to 3 names of definitions.
    pub(super) fn new(mut random: Random, draft: Draft) -> Self {
        let count = 1 + random.below(3);
        let first = random.below(DEFINITIONS.len() - count + 1);
        Self { random, draft, definitions: &DEFINITIONS[first..first + count], left: SCHEMAS }
    }

    /// Returns the names of the definitions that references may refer to.
    pub(super) fn definitions(&self) -> &'static [&'static str] {
        self.definitions
    }

    /// Returns the schema of a definition, mostly of an object.
    pub(super) fn definition(&mut self) -> Value {
        if self.random.percent(60) { self.object(DEPTH) } else { self.schema(DEPTH) }
    }

    /// Returns (name, schema) of a property. The schema is nested no deeper than `depth`.
    pub(super) fn property(&mut self, depth: u32) -> (String, Value) {
        ((*self.random.one_of(PROPERTIES)).to_owned(), self.schema(depth))
    }

    /// Returns a schema of any kind, nested no deeper than `depth`; a scalar if `depth` or `left` is 0.
    fn schema(&mut self, depth: u32) -> Value {
        self.left = self.left.saturating_sub(1);
        if depth == 0 || self.left == 0 {
            return self.scalar_schema();
        }
        let depth = depth - 1;
        match self.random.below(20) {
            0..=5 => self.scalar_schema(),
            6..=8 => self.object(depth),
            9..=10 => self.reference(depth),
            11 => json!({ "type": "array", "items": self.schema(depth) }),
            12 => self.tuple(depth),
            13..=14 => self.union(depth),
            15 => self.tagged(depth),
            16 => self.all_of(depth),
            17 => self.map(depth),
            18 => self.conditional(depth),
            _ => self.nullable(depth),
        }
    }

    /// Returns a schema of strings, numbers or booleans, or one with `enum` or `const`.
    fn scalar_schema(&mut self) -> Value {
        match self.random.below(9) {
            0 => json!({ "type": "string" }),
            1 => json!({ "type": "string", "format": *self.random.one_of(&["date-time", "uuid", "odd"]) }),
            2 => json!({ "type": "boolean" }),
            3 => json!({ "type": "number" }),
            4..=5 => self.integer(),
            6..=7 => self.values(),
            _ => {
                let value = self.value();
                self.draft.constant(value)
            }
        }
    }

    /// Returns a schema of integers, some with a `format` or bounds.
    fn integer(&mut self) -> Value {
        let mut schema = json!({ "type": "integer" });
        match self.random.below(6) {
            0 => schema["format"] = json!(*self.random.one_of(&["uint64", "int64", "int32", "uint8"])),
            1 => schema["minimum"] = json!(self.random.below(3)),
            2 => {
                schema["minimum"] = json!(0);
                schema["maximum"] = json!(u64::MAX - self.random.number() % 3);
            }
            3 => self.draft.put_exclusive_minimum(&mut schema, -1),
            _ => {}
        }
        schema
    }

    /// Returns an `enum` of strings, or of values of several JSON types.
    fn values(&mut self) -> Value {
        let is_mixed = self.random.percent(30);
        let mut values: Vec<Value> = Vec::new();
        for _ in 0..=self.random.below(4) {
            let value = if is_mixed { self.value() } else { json!(*self.random.one_of(TEXTS)) };
            if !values.contains(&value) {
                values.push(value);
            }
        }
        json!({ "enum": values })
    }

    /// Returns a JSON value of any type; never null in OpenAPI.
    fn value(&mut self) -> Value {
        match self.random.below(8) {
            0 => json!(self.random.below(3)),
            1 => json!(1.5),
            2 => json!(self.random.percent(50)),
            3 if self.draft != Draft::OpenApi30 => Value::Null,
            4 => json!([1, "a"]),
            5 => json!({ "a": 1 }),
            _ => json!(*self.random.one_of(TEXTS)),
        }
    }

    /// Returns a schema of objects with `properties`, sometimes also with `required`, `additionalProperties` or
    /// `patternProperties`.
    fn object(&mut self, depth: u32) -> Value {
        let mut properties = Map::new();
        for _ in 0..=self.random.below(3) {
            let (name, schema) = self.property(depth);
            properties.insert(name, schema);
        }
        let required: Vec<String> = properties.keys().filter(|_| self.random.percent(40)).cloned().collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        match self.random.below(8) {
            0 => schema["additionalProperties"] = json!(false),
            1 => schema["additionalProperties"] = self.schema(depth),
            2 if self.draft >= Draft::Draft4 => {
                let pattern = *self.random.one_of(PATTERNS);
                schema["patternProperties"] = json!({ pattern: self.schema(depth) });
            }
            _ => {}
        }
        schema
    }

    /// Returns a schema of objects with `patternProperties` or `additionalProperties` alone.
    fn map(&mut self, depth: u32) -> Value {
        if self.draft >= Draft::Draft4 && self.random.percent(50) {
            let pattern = *self.random.one_of(PATTERNS);
            return json!({ "type": "object", "patternProperties": { pattern: self.schema(depth) } });
        }
        json!({ "type": "object", "additionalProperties": self.schema(depth) })
    }

    /// Returns a reference to a definition, sometimes with `properties` beside it if these have an effect in the draft.
    fn reference(&mut self, depth: u32) -> Value {
        let name = *self.random.one_of(self.definitions);
        let mut schema = json!({ "$ref": self.draft.reference(name) });
        if self.draft.has_siblings_of_references() && self.random.percent(40) {
            let (name, property) = self.property(depth);
            schema["properties"] = json!({ name: property });
        }
        schema
    }

    /// Returns the schema of a tuple; of a list in OpenAPI, which has no tuples.
    fn tuple(&mut self, depth: u32) -> Value {
        let first: Vec<Value> = (0..=self.random.below(2)).map(|_| self.schema(depth)).collect();
        let rest = if self.random.percent(50) { json!(false) } else { self.schema(depth) };
        self.draft.tuple(first, rest).unwrap_or_else(|| json!({ "type": "array", "items": self.scalar_schema() }))
    }

    /// Returns an `anyOf` or `oneOf` of any schemas, sometimes with `properties` beside it.
    fn union(&mut self, depth: u32) -> Value {
        let mut members: Vec<Value> = (0..=self.random.below(3)).map(|_| self.schema(depth)).collect();
        if self.random.percent(20) {
            members.extend(self.draft.null());
        }
        let mut schema = json!({ *self.random.one_of(&["anyOf", "anyOf", "oneOf"]): members });
        if self.random.percent(15) {
            let (name, property) = self.property(depth);
            schema["properties"] = json!({ name: property });
        }
        schema
    }

    /// Returns a `oneOf` of objects that a tag distinguishes; most members require the tag.
    fn tagged(&mut self, depth: u32) -> Value {
        let tag = *self.random.one_of(&["kind", "type"]);
        let first = self.random.below(TEXTS.len() - 3);
        let mut members = Vec::new();
        for text in &TEXTS[first..=first + 1 + self.random.below(2)] {
            let mut member = self.object(depth);
            member["properties"][tag] = self.draft.constant(json!(text));
            if self.random.percent(80) {
                member["required"] = json!([tag]);
            }
            members.push(member);
        }
        json!({ "oneOf": members })
    }

    /// Returns (definitions of two objects by name, union of these with OpenAPI's `discriminator`).
    pub(super) fn discriminated_union(&mut self) -> (Map<String, Value>, Value) {
        let mut definitions = Map::new();
        let mut members = Vec::new();
        for name in ["Cat", "Dog"] {
            let mut member = self.object(1);
            member["properties"]["kind"] = self.draft.constant(json!(name));
            member["required"] = json!(["kind"]);
            definitions.insert(name.to_owned(), member);
            members.push(json!({ "$ref": self.draft.reference(name) }));
        }
        (definitions, json!({ "oneOf": members, "discriminator": { "propertyName": "kind" } }))
    }

    /// Returns an `allOf` of two or three schemas.
    fn all_of(&mut self, depth: u32) -> Value {
        let mut members = vec![self.object(depth)];
        let other = if self.random.percent(50) { self.reference(depth) } else { self.object(depth) };
        members.push(other);
        if self.random.percent(20) {
            members.push(self.union(depth));
        }
        json!({ "allOf": members })
    }

    /// Returns a schema of objects with `if`, `then` and `else`, where the value of the property `kind` decides which
    /// constraints apply; without these keywords if the draft does not have them.
    fn conditional(&mut self, depth: u32) -> Value {
        let mut schema = self.object(depth);
        if self.draft.has_conditionals() {
            schema["properties"]["kind"] = json!({ "enum": ["a", "b"] });
            schema["if"] = json!({ "properties": { "kind": { "const": "a" } } });
            let (name, property) = self.property(depth);
            schema["then"] = json!({ "properties": { name: property } });
            schema["else"] = json!({ "required": ["kind"] });
        }
        schema
    }

    /// Returns a schema that accepts null and the values of another type.
    fn nullable(&mut self, depth: u32) -> Value {
        let typed = match self.random.below(4) {
            0 => json!({ "type": "string" }),
            1 => self.integer(),
            2 => json!({ "type": "array", "items": self.schema(depth) }),
            _ => self.object(depth),
        };
        self.draft.nullable(typed)
    }
}
