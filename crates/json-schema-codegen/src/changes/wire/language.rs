//! What the types read, as a JSON Schema: bounds, patterns and unlisted values refuse nothing there.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::changes::wire::Focus;
use crate::normalize::{
    DefinitionId, Definitions, Extra, Fallback, Property, Shape, Struct, TagKind, Tuple, Type, TypeSet, Union, Variant,
};

/// The prefix of the names of the types' own schemas, which no Rust name has.
const TYPE: &str = "type:";

/// Writes what types read.
pub(super) struct Language<'a> {
    definitions: &'a Definitions,
    /// Whether lists of items are written as of draft 2020-12.
    has_prefix_items: bool,
    waiting: Vec<DefinitionId>,
    seen: BTreeSet<DefinitionId>,
    /// Whether a type of the settings is among them: what that reads is not known.
    pub(super) is_open: bool,
}

impl<'a> Language<'a> {
    pub(super) fn new(definitions: &'a Definitions, dialect: &str) -> Self {
        let has_prefix_items = dialect.contains("2020-12");
        Self { definitions, has_prefix_items, waiting: Vec::new(), seen: BTreeSet::new(), is_open: false }
    }

    /// What a definition reads, as far as the focus goes; what it refers to is in `schemas`.
    pub(super) fn focused(&mut self, id: DefinitionId, focus: &Focus, schemas: &mut Map<String, Value>) -> Value {
        let shape = self.definitions.get(id).map(|definition| &definition.shape);
        let schema = match (shape, focus) {
            (Some(Shape::Struct(object)), Focus::Property(name)) => self.property(object, name),
            (Some(Shape::Struct(object)), Focus::Others) => self.others(object),
            (Some(shape), _) => self.shape(shape),
            (None, _) => self.named(id),
        };
        while let Some(id) = self.waiting.pop() {
            let Some(definition) = self.definitions.get(id) else { continue };
            let written = self.shape(&definition.shape);
            schemas.insert(format!("{TYPE}{}", definition.name), written);
        }
        schema
    }

    fn named(&mut self, id: DefinitionId) -> Value {
        if self.seen.insert(id) {
            self.waiting.push(id);
        }
        json!({ "$ref": format!("#/$defs/{TYPE}{}", self.definitions.name(id)) })
    }

    fn ty(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Any => json!({}),
            Type::Null => json!({ "type": "null" }),
            Type::Bool => json!({ "type": "boolean" }),
            Type::Integer { unsigned: false } => {
                json!({ "type": "integer", "minimum": i64::MIN, "maximum": i64::MAX })
            }
            Type::Integer { unsigned: true } => json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX }),
            Type::Number => json!({ "type": "number" }),
            Type::Text => json!({ "type": "string" }),
            Type::List(items) => json!({ "type": "array", "items": self.ty(items) }),
            Type::Map(values) => json!({ "type": "object", "additionalProperties": self.ty(values) }),
            Type::Nullable(inner) => self.or_null(inner),
            Type::Boxed(id) | Type::Named(id) => self.named(*id),
            Type::Path(_) => {
                self.is_open = true;
                json!({})
            }
        }
    }

    fn or_null(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Any | Type::Null => self.ty(ty),
            ty => json!({ "anyOf": [self.ty(ty), { "type": "null" }] }),
        }
    }

    fn shape(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Struct(object) => self.object(object),
            Shape::Enum(listed) if listed.is_text() => json!({ "type": "string" }),
            Shape::Enum(_) => json!({}),
            Shape::Union(union) if union.by_type => self.by_type(union),
            Shape::Union(union) => self.by_tag(union),
            Shape::Tuple(tuple) => self.tuple(tuple),
            Shape::Alias(ty) | Shape::Newtype(ty) => self.ty(ty),
        }
    }

    fn object(&mut self, object: &Struct) -> Value {
        let properties = object.properties.iter().map(|one| (one.wire.clone(), self.value(one)));
        let properties: Map<String, Value> = properties.collect();
        let required = object.properties.iter().filter(|property| property.required);
        let required: Vec<&String> = required.map(|property| &property.wire).collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        self.rest(object, &mut schema);
        schema
    }

    /// What is read as the value of a property: `null` too where it is optional.
    fn value(&mut self, property: &Property) -> Value {
        if property.required { self.ty(&property.ty) } else { self.or_null(&property.ty) }
    }

    fn rest(&mut self, object: &Struct, schema: &mut Value) {
        let patterns = object.patterns.iter().map(|one| (one.pattern.clone(), self.ty(&one.ty)));
        let patterns: Map<String, Value> = patterns.collect();
        if !patterns.is_empty() {
            schema["patternProperties"] = patterns.into();
        }
        match &object.extra {
            Extra::Open { .. } => {}
            Extra::Typed { ty, .. } => schema["additionalProperties"] = self.ty(ty),
            Extra::Closed => schema["additionalProperties"] = json!(false),
        }
    }

    /// What is read as far as one property goes.
    fn property(&mut self, object: &Struct, name: &str) -> Value {
        let Some(property) = object.properties.iter().find(|property| property.wire == name) else {
            let value = match &object.extra {
                Extra::Open { .. } => json!({}),
                Extra::Typed { ty, .. } => self.ty(ty),
                Extra::Closed => json!({ "not": {} }),
            };
            return json!({ "type": "object", "properties": { name: value } });
        };
        let value = self.value(property);
        let mut schema = json!({ "type": "object", "properties": { name: value } });
        if property.required {
            schema["required"] = json!([name]);
        }
        schema
    }

    /// What is read as far as properties go that are not listed.
    fn others(&mut self, object: &Struct) -> Value {
        let properties = object.properties.iter().map(|property| (property.wire.clone(), json!({})));
        let properties: Map<String, Value> = properties.collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        self.rest(object, &mut schema);
        schema
    }

    fn tuple(&mut self, tuple: &Tuple) -> Value {
        let required = tuple.items.iter().filter(|item| item.required).count();
        let items: Vec<Value> = tuple.items.iter().map(|item| self.ty(&item.ty)).collect();
        let rest = tuple.rest.as_ref().map_or(json!({ "not": {} }), |ty| self.ty(ty));
        match self.has_prefix_items {
            true => json!({ "type": "array", "minItems": required, "prefixItems": items, "items": rest }),
            false => json!({ "type": "array", "minItems": required, "items": items, "additionalItems": rest }),
        }
    }

    /// A union that is told by the JSON type: what has the type of no member is kept, or refused.
    fn by_type(&mut self, union: &Union) -> Value {
        let mut members: Vec<Value> = union.variants.iter().map(|variant| self.of_types(variant)).collect();
        let known = union.variants.iter().fold(TypeSet::NONE, |all, variant| all.or(variant.types));
        if !matches!(union.fallback, Fallback::Reject) {
            let kept =
                TypeSet::ALL.without(if known.has(TypeSet::INTEGER) { known.or(TypeSet::NUMBER) } else { known });
            members.push(json!({ "type": names(kept) }));
        }
        json!({ "anyOf": members })
    }

    fn of_types(&mut self, variant: &Variant) -> Value {
        json!({ "allOf": [{ "type": names(variant.types) }, self.ty(&variant.ty)] })
    }

    /// A union that is told by a tag: a member that the tag insists on has to read the value, and
    /// anything else is kept.
    fn by_tag(&mut self, union: &Union) -> Value {
        let Some(tag) = union.tag.as_ref().filter(|tag| tag.kind == TagKind::Exclusive) else { return json!({}) };
        let others =
            |variant: &Variant| union.variants.iter().any(|one| one.name != variant.name && shares(one, variant));
        let told = union.variants.iter().filter(|variant| !variant.tags.is_empty() && !others(variant));
        let all: Vec<Value> = told
            .map(|variant| {
                let is_told = json!({
                    "type": "object",
                    "properties": { &tag.property: { "enum": variant.tags } },
                    "required": [tag.property],
                });
                json!({ "anyOf": [{ "not": is_told }, self.ty(&variant.ty)] })
            })
            .collect();
        if all.is_empty() { json!({}) } else { json!({ "allOf": all }) }
    }
}

/// Whether two members share a value of the tag, so that it does not tell them apart.
fn shares(one: &Variant, other: &Variant) -> bool {
    one.tags.iter().any(|tag| other.tags.contains(tag))
}

/// The names of JSON types.
fn names(types: TypeSet) -> Vec<&'static str> {
    let all = [
        (TypeSet::NULL, "null"),
        (TypeSet::BOOLEAN, "boolean"),
        (TypeSet::INTEGER, "integer"),
        (TypeSet::STRING, "string"),
        (TypeSet::ARRAY, "array"),
        (TypeSet::OBJECT, "object"),
    ];
    let mut names: Vec<&str> = all.iter().filter(|(one, _)| types.has(*one)).map(|(_, name)| *name).collect();
    if TypeSet::NUMBER.within(types) {
        names.retain(|name| *name != "integer");
        names.push("number");
    }
    names
}
