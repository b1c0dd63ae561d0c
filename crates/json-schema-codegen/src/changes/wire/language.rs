//! Writes the JSON Schema of the values that the generated types read. It differs from the input schema, since the
//! types do not enforce keywords such as `minimum` and `pattern`, and also read enum values that are not listed.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::changes::question::QuestionFocus;
use crate::changes::wire::failing::FailingDefinitions;
use crate::normalize::{
    AdditionalProperties, DefinitionId, Definitions, MismatchTreatment, Property, Shape, Struct, TagKind, Tuple, Type,
    TypeSet, Union, UnionFallback, Variant, integer_range,
};

/// Prefix of the names of the written schemas in `$defs`, as in `type:Order`. No Rust name contains a colon, so these
/// names do not collide with the definitions of the input schema.
const DEFS_NAME_PREFIX: &str = "type:";

/// Writes JSON Schemas of the values that the generated types of one version read.
pub(super) struct ReadSchemaWriter<'a> {
    definitions: &'a Definitions,
    /// Whether tuples are written with `prefixItems` (draft 2020-12), instead of a list in `items`.
    has_prefix_items: bool,
    /// The definitions that a written schema refers to and whose own schemas are not written yet.
    waiting: Vec<DefinitionId>,
    /// The definitions that are or were in `waiting`.
    seen: BTreeSet<DefinitionId>,
    failing: FailingDefinitions,
    /// Whether a written schema allows more values than the types read: because of a Rust type from the settings, of
    /// which it is not known which values it reads, or because values of another type are kept only if nothing inside
    /// them makes reading fail.
    pub(super) is_inexact: bool,
}

impl<'a> ReadSchemaWriter<'a> {
    /// Creates a writer for the types in `definitions`; `dialect` is the `$schema` of the document into which the
    /// schemas are put.
    pub(super) fn new(definitions: &'a Definitions, dialect: &str) -> Self {
        let has_prefix_items = dialect.contains("2020-12");
        Self {
            definitions,
            has_prefix_items,
            waiting: Vec::new(),
            seen: BTreeSet::new(),
            failing: FailingDefinitions::new(definitions),
            is_inexact: false,
        }
    }

    /// Returns the schema of the values that the part `focus` of a definition reads; the rest of a value may be
    /// anything. Adds the schemas of all definitions that it refers to to `definitions`. If the definition is not a
    /// struct, the schema is that of the whole definition, whatever `focus` is.
    pub(super) fn write_focus_schema(
        &mut self,
        id: DefinitionId,
        focus: &QuestionFocus,
        definitions: &mut Map<String, Value>,
    ) -> Value {
        let shape = self.definitions.get(id).map(|definition| &definition.shape);
        let schema = match (shape, focus) {
            (Some(Shape::Struct(object)), QuestionFocus::Property(name)) => self.write_property_schema(object, name),
            (Some(Shape::Struct(object)), QuestionFocus::AdditionalProperties) => {
                self.write_additional_properties_schema(object)
            }
            (Some(shape), _) => self.write_shape_schema(shape),
            (None, _) => self.write_definition_reference(id),
        };
        while let Some(id) = self.waiting.pop() {
            let Some(definition) = self.definitions.get(id) else { continue };
            let written = self.write_shape_schema(&definition.shape);
            definitions.insert(format!("{DEFS_NAME_PREFIX}{}", definition.name), written);
        }
        schema
    }

    /// Returns a `$ref` to the schema of a definition, and notes that this schema still has to be written.
    fn write_definition_reference(&mut self, id: DefinitionId) -> Value {
        if self.seen.insert(id) {
            self.waiting.push(id);
        }
        json!({ "$ref": format!("#/$defs/{DEFS_NAME_PREFIX}{}", self.definitions.name(id)) })
    }

    /// Returns the schema of the values that a type reads.
    fn write_type_schema(&mut self, ty: &Type) -> Value {
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
                self.write_type_schema(inner)
            }
            Type::Number => json!({ "type": "number" }),
            Type::String => json!({ "type": "string" }),
            Type::Array(items) => json!({ "type": "array", "items": self.write_type_schema(items) }),
            Type::Map(values) => json!({ "type": "object", "additionalProperties": self.write_type_schema(values) }),
            Type::Nullable(inner) => self.write_nullable_schema(inner),
            Type::Boxed(id) | Type::Named(id) => self.write_definition_reference(*id),
            Type::Path(_) => {
                self.is_inexact = true;
                json!({})
            }
        }
    }

    /// Returns the schema of `null` and the values that a type reads.
    fn write_nullable_schema(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Any | Type::Null => self.write_type_schema(ty),
            ty => json!({ "anyOf": [self.write_type_schema(ty), { "type": "null" }] }),
        }
    }

    /// Returns the schema of the values that a definition of the shape `shape` reads. Enums of strings read any string
    /// and other enums any value, unless they are closed.
    fn write_shape_schema(&mut self, shape: &Shape) -> Value {
        match shape {
            Shape::Struct(object) => self.write_object_schema(object),
            Shape::Enum(listed) if listed.is_closed() => {
                json!({ "enum": listed.values.iter().map(|value| &value.value).collect::<Vec<_>>() })
            }
            Shape::Enum(listed) if listed.has_only_strings() => json!({ "type": "string" }),
            Shape::Enum(_) => json!({}),
            Shape::Union(union) if union.by_type => self.write_union_by_type_schema(union),
            Shape::Union(union) => self.write_union_by_tag_schema(union),
            Shape::Tuple(tuple) => self.write_tuple_schema(tuple),
            Shape::Alias(ty) | Shape::Newtype(ty) => self.write_type_schema(ty),
        }
    }

    /// Returns the schema of the objects that a struct reads.
    fn write_object_schema(&mut self, object: &Struct) -> Value {
        let properties = object
            .properties
            .iter()
            .map(|property| (property.json_name.clone(), self.write_property_value_schema(property)));
        let properties: Map<String, Value> = properties.collect();
        let required = object.properties.iter().filter(|property| property.required);
        let required: Vec<&String> = required.map(|property| &property.json_name).collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        self.add_additional_properties(object, &mut schema);
        schema
    }

    /// Returns the schema of the values that a struct reads as `property`. An optional property also reads `null`,
    /// unless the settings make that an error; a property that keeps values of another type reads any value.
    fn write_property_value_schema(&mut self, property: &Property) -> Value {
        match property.on_mismatch {
            MismatchTreatment::Keep => {
                self.is_inexact |= self.failing.contains_type(&property.ty);
                json!({})
            }
            MismatchTreatment::Pass if !property.required && !property.refuses_null => {
                self.write_nullable_schema(&property.ty)
            }
            MismatchTreatment::Pass | MismatchTreatment::Fail => self.write_type_schema(&property.ty),
        }
    }

    /// Adds the keywords `patternProperties` and `additionalProperties` to `schema`, as the struct `object` reads such
    /// properties.
    fn add_additional_properties(&mut self, object: &Struct, schema: &mut Value) {
        let patterns =
            object.patterns.iter().map(|pattern| (pattern.pattern.clone(), self.write_type_schema(&pattern.ty)));
        let patterns: Map<String, Value> = patterns.collect();
        if !patterns.is_empty() {
            schema["patternProperties"] = patterns.into();
        }
        match &object.extra {
            AdditionalProperties::Open { .. } | AdditionalProperties::Ignored => {}
            AdditionalProperties::Typed { ty, .. } => schema["additionalProperties"] = self.write_type_schema(ty),
            AdditionalProperties::Closed => schema["additionalProperties"] = json!(false),
        }
    }

    /// Returns the schema of the objects whose property `name` a struct reads; their other properties may be anything.
    /// If the struct does not define the property, the type of additional properties reads it; patterns are not
    /// considered.
    fn write_property_schema(&mut self, object: &Struct, name: &str) -> Value {
        let Some(property) = object.find_property(name) else {
            let value = match &object.extra {
                AdditionalProperties::Open { .. } | AdditionalProperties::Ignored => json!({}),
                AdditionalProperties::Typed { ty, .. } => self.write_type_schema(ty),
                AdditionalProperties::Closed => json!({ "not": {} }),
            };
            return json!({ "type": "object", "properties": { name: value } });
        };
        let value = self.write_property_value_schema(property);
        let mut schema = json!({ "type": "object", "properties": { name: value } });
        if property.required {
            schema["required"] = json!([name]);
        }
        schema
    }

    /// Returns the schema of the objects whose additional properties, and properties that match a pattern, a struct
    /// reads. The properties that the struct defines by name may be anything.
    fn write_additional_properties_schema(&mut self, object: &Struct) -> Value {
        let properties = object.properties.iter().map(|property| (property.json_name.clone(), json!({})));
        let properties: Map<String, Value> = properties.collect();
        let mut schema = json!({ "type": "object", "properties": properties });
        self.add_additional_properties(object, &mut schema);
        schema
    }

    /// Returns the schema of the arrays that a tuple reads.
    fn write_tuple_schema(&mut self, tuple: &Tuple) -> Value {
        let required = tuple.items.iter().filter(|item| item.required).count();
        let items: Vec<Value> = tuple.items.iter().map(|item| self.write_type_schema(&item.ty)).collect();
        let rest = tuple.rest.as_ref().map_or(json!({ "not": {} }), |ty| self.write_type_schema(ty));
        match self.has_prefix_items {
            true => json!({ "type": "array", "minItems": required, "prefixItems": items, "items": rest }),
            false => json!({ "type": "array", "minItems": required, "items": items, "additionalItems": rest }),
        }
    }

    /// Returns the schema of the values that a union reads which chooses its member by JSON type. Values whose JSON
    /// type no member has are read too, unless the union rejects them. If a member is an integer, a number with a
    /// fraction counts as having a member's type: it is refused unless another member reads it.
    fn write_union_by_type_schema(&mut self, union: &Union) -> Value {
        let mut members: Vec<Value> = union.variants.iter().map(|variant| self.write_variant_schema(variant)).collect();
        let known = union.variants.iter().fold(TypeSet::NONE, |all, variant| all.unite(variant.types));
        if !matches!(union.fallback, UnionFallback::Reject) {
            let kept_types = TypeSet::ALL.subtract(if known.overlaps(TypeSet::INTEGER) {
                known.unite(TypeSet::NUMBER)
            } else {
                known
            });
            members.push(json!({ "type": kept_types.type_names().collect::<Vec<_>>() }));
        }
        json!({ "anyOf": members })
    }

    /// Returns the schema of the values that have a JSON type of the variant and that the variant's type reads.
    fn write_variant_schema(&mut self, variant: &Variant) -> Value {
        json!({ "allOf": [{ "type": variant.types.type_names().collect::<Vec<_>>() }, self.write_type_schema(&variant.ty)] })
    }

    /// Returns the schema of the values that a union reads which does not choose its member by JSON type. Without a
    /// fallback variant, one of the members must read the value. With one, every value is read, except that a value
    /// whose tag belongs to exactly one variant must be read by that variant's type, unless the variant shares another
    /// tag value with a second variant.
    fn write_union_by_tag_schema(&mut self, union: &Union) -> Value {
        if union.fallback.variant_name().is_none() {
            let members: Vec<Value> =
                union.variants.iter().map(|variant| self.write_type_schema(&variant.ty)).collect();
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
                json!({ "anyOf": [{ "not": has_tag_value }, self.write_type_schema(&variant.ty)] })
            })
            .collect();
        if all.is_empty() { json!({}) } else { json!({ "allOf": all }) }
    }
}

/// Checks whether two variants have a tag value in common, so that this value does not decide between them.
fn shares_tag_value(a: &Variant, b: &Variant) -> bool {
    a.tags.iter().any(|tag| b.tags.contains(tag))
}
