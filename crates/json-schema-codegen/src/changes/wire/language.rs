//! Writes the JSON Schema of the values that the generated types read. It differs from the input schema, since the
//! types do not enforce keywords such as `minimum` and `pattern`, and also read enum values that are not listed.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::changes::question::Focus;
use crate::changes::wire::failing::Failing;
use crate::normalize::{
    DefinitionId, Definitions, Extra, Fallback, OnMismatch, Property, Shape, Struct, TagKind, Tuple, Type, TypeSet,
    Union, Variant, integer_range,
};

/// Prefix of the types' schemas in `$defs`, as in `type:Order`. No Rust name contains a colon, so they do not collide
/// with the definitions of the input schema.
const TYPE_PREFIX: &str = "type:";

/// Writes the schemas of the values that the types of one version read.
pub(super) struct Language<'a> {
    definitions: &'a Definitions,
    /// Whether tuples are written with `prefixItems` (draft 2020-12), instead of a list in `items`.
    has_prefix_items: bool,
    /// The definitions that a written schema refers to and whose own schemas are not written yet.
    waiting: Vec<DefinitionId>,
    /// The definitions that are or were in `waiting`.
    seen: BTreeSet<DefinitionId>,
    failing: Failing,
    /// Set once a written schema allows more values than the types read: at a Rust type from the settings, of which it is not
    /// known which values it reads, and where values of another type are kept unless something inside them is wrong.
    pub(super) is_inexact: bool,
}

impl<'a> Language<'a> {
    /// Creates a writer for the dialect with this `$schema`.
    pub(super) fn new(definitions: &'a Definitions, dialect: &str) -> Self {
        let has_prefix_items = dialect.contains("2020-12");
        Self {
            definitions,
            has_prefix_items,
            waiting: Vec::new(),
            seen: BTreeSet::new(),
            failing: Failing::new(definitions),
            is_inexact: false,
        }
    }

    /// Returns the schema of the values that the `focus` of a definition reads; the rest of an instance may be
    /// anything. Adds the schemas of all definitions that it refers to to `definitions`. A focus other than the whole
    /// definition only matters for a struct.
    pub(super) fn focused_schema(
        &mut self,
        id: DefinitionId,
        focus: &Focus,
        definitions: &mut Map<String, Value>,
    ) -> Value {
        let shape = self.definitions.get(id).map(|definition| &definition.shape);
        let schema = match (shape, focus) {
            (Some(Shape::Struct(object)), Focus::Property(name)) => self.property_schema(object, name),
            (Some(Shape::Struct(object)), Focus::AdditionalProperties) => self.additional_properties_schema(object),
            (Some(shape), _) => self.shape_schema(shape),
            (None, _) => self.reference_to(id),
        };
        while let Some(id) = self.waiting.pop() {
            let Some(definition) = self.definitions.get(id) else { continue };
            let written = self.shape_schema(&definition.shape);
            definitions.insert(format!("{TYPE_PREFIX}{}", definition.name), written);
        }
        schema
    }

    /// Returns a `$ref` to the schema of a definition, and makes sure that this schema will be written.
    fn reference_to(&mut self, id: DefinitionId) -> Value {
        if self.seen.insert(id) {
            self.waiting.push(id);
        }
        json!({ "$ref": format!("#/$defs/{TYPE_PREFIX}{}", self.definitions.name(id)) })
    }

    /// Returns the schema of the values that a type reads.
    fn type_schema(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Any => json!({}),
            Type::Null => json!({ "type": "null" }),
            Type::Bool => json!({ "type": "boolean" }),
            Type::Integer { unsigned: false } => {
                json!({ "type": "integer", "minimum": i64::MIN, "maximum": i64::MAX })
            }
            Type::Integer { unsigned: true } => json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX }),
            Type::NarrowInteger { .. } => match integer_range(ty) {
                Some((least, most)) => json!({ "type": "integer", "minimum": least as i64, "maximum": most as u64 }),
                None => json!({ "type": "integer" }),
            },
            Type::Checked(inner, _) => {
                self.is_inexact = true;
                self.type_schema(inner)
            }
            Type::Number => json!({ "type": "number" }),
            Type::String => json!({ "type": "string" }),
            Type::Array(items) => json!({ "type": "array", "items": self.type_schema(items) }),
            Type::Map(values) => json!({ "type": "object", "additionalProperties": self.type_schema(values) }),
            Type::Nullable(inner) => self.nullable_schema(inner),
            Type::Boxed(id) | Type::Named(id) => self.reference_to(*id),
            Type::Path(_) => {
                self.is_inexact = true;
                json!({})
            }
        }
    }

    /// Returns the schema of the values that the type reads, and `null`.
    fn nullable_schema(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Any | Type::Null => self.type_schema(ty),
            ty => json!({ "anyOf": [self.type_schema(ty), { "type": "null" }] }),
        }
    }

    /// Returns the schema of the values that a definition of this shape reads. Enums of strings read any string, other
    /// enums any value.
    fn shape_schema(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Struct(object) => self.object_schema(object),
            Shape::Enum(listed) if listed.is_closed() => {
                json!({ "enum": listed.values.iter().map(|value| &value.value).collect::<Vec<_>>() })
            }
            Shape::Enum(listed) if listed.is_text() => json!({ "type": "string" }),
            Shape::Enum(_) => json!({}),
            Shape::Union(union) if union.by_type => self.union_by_type_schema(union),
            Shape::Union(union) => self.union_by_tag_schema(union),
            Shape::Tuple(tuple) => self.tuple_schema(tuple),
            Shape::Alias(ty) | Shape::Newtype(ty) => self.type_schema(ty),
        }
    }

    /// Returns the schema of the objects that a struct reads.
    fn object_schema(&mut self, object: &Struct) -> Value {
        let properties =
            object.properties.iter().map(|property| (property.json_name.clone(), self.property_value_schema(property)));
        let properties: Map<String, Value> = properties.collect();
        let required = object.properties.iter().filter(|property| property.required);
        let required: Vec<&String> = required.map(|property| &property.json_name).collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        self.add_other_properties(object, &mut schema);
        schema
    }

    /// Returns the schema of the values that a property reads. An optional property also reads `null`, and a property that
    /// keeps values of another type reads any value.
    fn property_value_schema(&mut self, property: &Property) -> Value {
        match property.on_mismatch {
            OnMismatch::Keep => {
                self.is_inexact |= self.failing.is_in(&property.ty);
                json!({})
            }
            OnMismatch::Pass if !property.required && !property.refuses_null => self.nullable_schema(&property.ty),
            OnMismatch::Pass | OnMismatch::Fail => self.type_schema(&property.ty),
        }
    }

    /// Adds `patternProperties` and `additionalProperties` of a struct to `schema`.
    fn add_other_properties(&mut self, object: &Struct, schema: &mut Value) {
        let patterns = object.patterns.iter().map(|pattern| (pattern.pattern.clone(), self.type_schema(&pattern.ty)));
        let patterns: Map<String, Value> = patterns.collect();
        if !patterns.is_empty() {
            schema["patternProperties"] = patterns.into();
        }
        match &object.extra {
            Extra::Open { .. } | Extra::Ignored => {}
            Extra::Typed { ty, .. } => schema["additionalProperties"] = self.type_schema(ty),
            Extra::Closed => schema["additionalProperties"] = json!(false),
        }
    }

    /// Returns the schema of the objects whose property `name` the struct reads; other properties may be anything. If
    /// the struct has no such property, it reads it like an additional property. Patterns are not considered.
    fn property_schema(&mut self, object: &Struct, name: &str) -> Value {
        let Some(property) = object.property(name) else {
            let value = match &object.extra {
                Extra::Open { .. } | Extra::Ignored => json!({}),
                Extra::Typed { ty, .. } => self.type_schema(ty),
                Extra::Closed => json!({ "not": {} }),
            };
            return json!({ "type": "object", "properties": { name: value } });
        };
        let value = self.property_value_schema(property);
        let mut schema = json!({ "type": "object", "properties": { name: value } });
        if property.required {
            schema["required"] = json!([name]);
        }
        schema
    }

    /// Returns the schema of the objects whose additional properties, and properties that match a pattern, the struct
    /// reads; the properties that it defines by name may be anything.
    fn additional_properties_schema(&mut self, object: &Struct) -> Value {
        let properties = object.properties.iter().map(|property| (property.json_name.clone(), json!({})));
        let properties: Map<String, Value> = properties.collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        self.add_other_properties(object, &mut schema);
        schema
    }

    /// Returns the schema of the arrays that a tuple reads.
    fn tuple_schema(&mut self, tuple: &Tuple) -> Value {
        let required = tuple.items.iter().filter(|item| item.required).count();
        let items: Vec<Value> = tuple.items.iter().map(|item| self.type_schema(&item.ty)).collect();
        let rest = tuple.rest.as_ref().map_or(json!({ "not": {} }), |ty| self.type_schema(ty));
        match self.has_prefix_items {
            true => json!({ "type": "array", "minItems": required, "prefixItems": items, "items": rest }),
            false => json!({ "type": "array", "minItems": required, "items": items, "additionalItems": rest }),
        }
    }

    /// Returns the schema of the values that a union reads whose members are distinguished by JSON type. A value whose
    /// JSON type no member has is read too, unless the union rejects such values. If a member is an integer, a number with
    /// a fraction does not count as such a value: it is refused unless another member reads it.
    fn union_by_type_schema(&mut self, union: &Union) -> Value {
        let mut members: Vec<Value> = union.variants.iter().map(|variant| self.variant_schema(variant)).collect();
        let known = union.variants.iter().fold(TypeSet::NONE, |all, variant| all.or(variant.types));
        if !matches!(union.fallback, Fallback::Reject) {
            let kept_types =
                TypeSet::ALL.without(if known.has(TypeSet::INTEGER) { known.or(TypeSet::NUMBER) } else { known });
            members.push(json!({ "type": type_names(kept_types) }));
        }
        json!({ "anyOf": members })
    }

    /// Returns the schema of the values that belong to the variant by their JSON type, and that its type reads.
    fn variant_schema(&mut self, variant: &Variant) -> Value {
        json!({ "allOf": [{ "type": type_names(variant.types) }, self.type_schema(&variant.ty)] })
    }

    /// Returns the schema of the values that a union reads whose members are distinguished by a tag. A value whose tag
    /// belongs to exactly one variant must be read by that variant's type. Any other value is read as the fallback
    /// variant.
    fn union_by_tag_schema(&mut self, union: &Union) -> Value {
        if union.fallback.variant().is_none() {
            let members: Vec<Value> = union.variants.iter().map(|variant| self.type_schema(&variant.ty)).collect();
            return json!({ "anyOf": members });
        }
        let Some(tag) = union.tag.as_ref().filter(|tag| tag.kind == TagKind::Exclusive) else { return json!({}) };
        let shares_with_another = |variant: &Variant| {
            union.variants.iter().any(|other| other.name != variant.name && shares_tag_value(other, variant))
        };
        let distinguished =
            union.variants.iter().filter(|variant| !variant.tags.is_empty() && !shares_with_another(variant));
        let all: Vec<Value> = distinguished
            .map(|variant| {
                let has_tag_value = json!({
                    "type": "object",
                    "properties": { &tag.property: { "enum": variant.tags } },
                    "required": [tag.property],
                });
                json!({ "anyOf": [{ "not": has_tag_value }, self.type_schema(&variant.ty)] })
            })
            .collect();
        if all.is_empty() { json!({}) } else { json!({ "allOf": all }) }
    }
}

/// Checks whether two variants have a tag value in common, so that this value does not distinguish them.
fn shares_tag_value(a: &Variant, b: &Variant) -> bool {
    a.tags.iter().any(|tag| b.tags.contains(tag))
}

/// Returns the names of the JSON types in the set for the keyword `type`; `number` includes `integer`.
fn type_names(types: TypeSet) -> Vec<&'static str> {
    let all = [
        (TypeSet::NULL, "null"),
        (TypeSet::BOOLEAN, "boolean"),
        (TypeSet::INTEGER, "integer"),
        (TypeSet::STRING, "string"),
        (TypeSet::ARRAY, "array"),
        (TypeSet::OBJECT, "object"),
    ];
    let mut names: Vec<&str> =
        all.iter().filter(|(json_type, _)| types.has(*json_type)).map(|(_, name)| *name).collect();
    if TypeSet::NUMBER.within(types) {
        names.retain(|name| *name != "integer");
        names.push("number");
    }
    names
}
