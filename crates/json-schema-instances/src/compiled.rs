//! Compiles a schema document: its keywords in the form that making instances needs, and a validator.

use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Number, Value};

use crate::format::StringFormat;
use crate::min_depth;
use crate::pattern::StringPattern;
use crate::pointer;
use crate::schema::{ArrayKeywords, JsonTypes, NumberKeywords, ObjectKeywords, Schema, SchemaId, StringKeywords};
use crate::validators::{SubschemaCompiler, SubschemaValidators};

/// Keywords that do not guide how values are made, or only in part. A value is therefore validated against each schema
/// that has one of them.
const KEYWORDS_TO_VALIDATE: [&str; 12] = [
    "oneOf",
    "not",
    "if",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "multipleOf",
];

/// A subschema of a document, with all schemas that it reaches, in the form that making instances needs.
pub(crate) struct CompiledSchema {
    schemas: Vec<Schema>,
    /// The minimum depth of the instances of each of `schemas`, in the same order.
    min_depths: Vec<u32>,
    document: Value,
    /// Validators of the schemas with keywords that do not guide the making (such as `not`); compiled on first use.
    subschema_validators: OnceLock<SubschemaValidators>,
    /// The subschema whose instances are to be made.
    pub(crate) entry: SchemaId,
    /// Validates an instance against `entry`.
    pub(crate) validator: Validator,
}

impl CompiledSchema {
    /// Compiles the subschema of `document` at the JSON pointer `pointer`.
    ///
    /// Returns an error if `document` is not a valid JSON Schema, refers to another document, or has nothing at
    /// `pointer`.
    pub(crate) fn new(document: &Value, pointer: &str) -> Result<Self, ValidationError<'static>> {
        let validator = SubschemaCompiler::new(document)?.compile_subschema(pointer)?;
        let mut reader = SchemaReader { document, ids: HashMap::new(), schemas: Vec::new(), unread: Vec::new() };
        let entry = reader.register_schema(pointer);
        reader.read_unread_schemas();
        Ok(Self {
            min_depths: min_depth::compute_min_depths(&reader.schemas),
            schemas: reader.schemas,
            document: document.clone(),
            subschema_validators: OnceLock::new(),
            entry,
            validator,
        })
    }

    /// Returns the keywords of the schema `id`.
    pub(crate) fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// Returns the minimum nesting depth of the instances of the schema `id`; [`min_depth::INFINITE_DEPTH`] if it has
    /// none.
    pub(crate) fn min_depth(&self, id: SchemaId) -> u32 {
        self.min_depths[id.0]
    }

    /// Returns the validators of the schemas with keywords that do not guide how values are made (such as `not`). The
    /// first call compiles them: each takes as long as compiling the whole document, and most schemas need none of
    /// them.
    pub(crate) fn subschema_validators(&self) -> &SubschemaValidators {
        self.subschema_validators.get_or_init(|| {
            let pointers = self.schemas.iter().map(|schema| schema.validate_at.as_deref());
            SubschemaValidators::new(&self.document, pointers.flatten())
        })
    }
}

/// Reads all schemas that a subschema reaches, and gives each a number.
struct SchemaReader<'s> {
    document: &'s Value,
    /// The numbers of the schemas by their JSON pointers.
    ids: HashMap<String, SchemaId>,
    /// The schemas that have a number, by number. A schema that is not read yet has the default value.
    schemas: Vec<Schema>,
    /// (number, JSON pointer) of each schema that has a number but is not read yet. A list instead of recursion,
    /// because a long chain of references would make recursion overflow the stack.
    unread: Vec<(SchemaId, String)>,
}

impl<'s> SchemaReader<'s> {
    /// Returns the number of the schema at the JSON pointer `pointer`. A schema without a number gets the next one, and
    /// is put on the list of unread schemas.
    fn register_schema(&mut self, pointer: &str) -> SchemaId {
        if let Some(id) = self.ids.get(pointer) {
            return *id;
        }
        let id = SchemaId(self.schemas.len());
        self.schemas.push(Schema::default());
        self.ids.insert(pointer.to_owned(), id);
        self.unread.push((id, pointer.to_owned()));
        id
    }

    /// Reads all schemas on the list of unread schemas, and those that they reach. If there is no schema at a pointer,
    /// the schema counts as `true`.
    fn read_unread_schemas(&mut self) {
        while let Some((id, pointer)) = self.unread.pop() {
            self.schemas[id.0] = match self.document.pointer(&pointer) {
                Some(Value::Object(keywords)) => self.read_schema(keywords, &pointer),
                Some(Value::Bool(false)) => Schema { types: JsonTypes::NONE, ..Schema::default() },
                _ => Schema::default(),
            };
        }
    }

    /// Reads the keywords of the schema at `pointer`, and registers its subschemas.
    fn read_schema(&mut self, keywords: &'s Map<String, Value>, pointer: &str) -> Schema {
        let reference = keywords.get("$ref").and_then(Value::as_str);
        let referred = reference.and_then(pointer::pointer_from_reference);
        let mut all_of = self.register_schemas_in_array(keywords, pointer, "allOf");
        all_of.extend(referred.map(|target| self.register_schema(&target)));
        let unions = ["anyOf", "oneOf"].map(|keyword| self.register_schemas_in_array(keywords, pointer, keyword));
        let (subject, values) = (find_subject_types(keywords), read_enum_values(keywords));
        // A value of an `enum` is taken as it is, so no other keyword guides its making.
        let is_narrowed = values.is_some() && subject != JsonTypes::NONE;
        let is_validated = is_narrowed || KEYWORDS_TO_VALIDATE.iter().any(|name| keywords.contains_key(*name));
        Schema {
            types: read_type_keyword(keywords.get("type")),
            subject,
            values,
            all_of,
            unions: unions.into_iter().filter(|branches| !branches.is_empty()).collect(),
            rare: keywords.contains_key(crate::relax::RARE_BRANCH_KEYWORD),
            object: self.read_object_keywords(keywords, pointer),
            array: self.read_array_keywords(keywords, pointer),
            string: read_string_keywords(keywords),
            number: read_number_keywords(keywords),
            validate_at: is_validated.then(|| pointer.to_owned()),
        }
    }

    /// Reads the keywords for objects of the schema at `pointer`, and registers the subschemas in them.
    fn read_object_keywords(&mut self, keywords: &'s Map<String, Value>, pointer: &str) -> ObjectKeywords {
        let properties = self.register_schemas_in_object(keywords, pointer, "properties");
        let patterns = self.register_schemas_in_object(keywords, pointer, "patternProperties");
        let required = keywords.get("required").and_then(Value::as_array);
        ObjectKeywords {
            names: properties.iter().map(|(name, _)| name.clone()).collect(),
            properties: properties.into_iter().collect(),
            required: required.map_or_else(Vec::new, |names| {
                let texts = names.iter().filter_map(Value::as_str);
                texts.map(str::to_owned).collect()
            }),
            pattern_properties: patterns.into_iter().map(|(pattern, id)| (StringPattern::new(&pattern), id)).collect(),
            additional_properties: self.register_schema_in_keyword(keywords, pointer, "additionalProperties"),
            property_names: self.register_schema_in_keyword(keywords, pointer, "propertyNames"),
            min_properties: read_size_keyword(keywords, "minProperties").unwrap_or(0),
            max_properties: read_size_keyword(keywords, "maxProperties"),
            rejects_unevaluated: keywords.get("unevaluatedProperties") == Some(&Value::Bool(false)),
        }
    }

    /// Reads the keywords for arrays of the schema at `pointer`, and registers the subschemas in them.
    fn read_array_keywords(&mut self, keywords: &'s Map<String, Value>, pointer: &str) -> ArrayKeywords {
        // Before draft 2020-12, an array in `items` had the meaning of `prefixItems`.
        let is_array = keywords.get("items").is_some_and(Value::is_array);
        let (prefix, rest) = if is_array { ("items", "additionalItems") } else { ("prefixItems", "items") };
        ArrayKeywords {
            prefix_items: self.register_schemas_in_array(keywords, pointer, prefix),
            items: self.register_schema_in_keyword(keywords, pointer, rest),
            min_items: read_size_keyword(keywords, "minItems").unwrap_or(0),
            max_items: read_size_keyword(keywords, "maxItems"),
            unique_items: keywords.get("uniqueItems") == Some(&Value::Bool(true)),
        }
    }

    /// Returns the number of the schema that is the value of `keyword` in the schema at `pointer`; `None` if the
    /// keyword is absent.
    fn register_schema_in_keyword(
        &mut self,
        keywords: &Map<String, Value>,
        pointer: &str,
        keyword: &str,
    ) -> Option<SchemaId> {
        let pointer = pointer::append_token(pointer, keyword);
        keywords.get(keyword).map(|_| self.register_schema(&pointer))
    }

    /// Returns the numbers of the schemas in the array that is the value of `keyword`, such as `allOf`, in the schema
    /// at `pointer`. Empty if the keyword is absent or not an array.
    fn register_schemas_in_array(
        &mut self,
        keywords: &Map<String, Value>,
        pointer: &str,
        keyword: &str,
    ) -> Vec<SchemaId> {
        let count = keywords.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        let array = pointer::append_token(pointer, keyword);
        (0..count).map(|index| self.register_schema(&pointer::append_token(&array, index))).collect()
    }

    /// Returns (name, number) of each schema in the object that is the value of `keyword`, such as `properties`, in the
    /// schema at `pointer`. Empty if the keyword is absent or not an object.
    fn register_schemas_in_object(
        &mut self,
        keywords: &'s Map<String, Value>,
        pointer: &str,
        keyword: &str,
    ) -> Vec<(String, SchemaId)> {
        let object = pointer::append_token(pointer, keyword);
        let schemas = keywords.get(keyword).and_then(Value::as_object);
        let names = schemas.into_iter().flat_map(Map::keys);
        names.map(|name| (name.clone(), self.register_schema(&pointer::append_token(&object, name)))).collect()
    }
}

/// Returns the types that the value `keyword` of the keyword `type` allows; all types if it is absent.
fn read_type_keyword(keyword: Option<&Value>) -> JsonTypes {
    match keyword {
        Some(Value::String(name)) => JsonTypes::from_name(name),
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).fold(JsonTypes::NONE, |all, name| all | JsonTypes::from_name(name))
        }
        _ => JsonTypes::ALL,
    }
}

/// Returns the types that `keywords` apply to, such as objects for `required`. The author of a schema without `type`
/// probably meant these types.
fn find_subject_types(keywords: &Map<String, Value>) -> JsonTypes {
    let types_of = |keyword: &String| match keyword.as_str() {
        "properties"
        | "required"
        | "patternProperties"
        | "additionalProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties" => JsonTypes::OBJECT,
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains" => JsonTypes::ARRAY,
        "minLength" | "maxLength" | "pattern" | "format" => JsonTypes::STRING,
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => JsonTypes::NUMBER,
        _ => JsonTypes::NONE,
    };
    keywords.keys().map(types_of).fold(JsonTypes::NONE, |all, types| all | types)
}

/// Returns the values that `const` or else `enum` allows; `None` if `keywords` has neither.
fn read_enum_values(keywords: &Map<String, Value>) -> Option<Vec<Value>> {
    let enumerated = keywords.get("enum").and_then(Value::as_array);
    match keywords.get("const") {
        Some(value) => Some(vec![value.clone()]),
        None => enumerated.cloned(),
    }
}

/// Reads the keywords for strings. A `format` for which no strings can be made is left out.
fn read_string_keywords(keywords: &Map<String, Value>) -> StringKeywords {
    let text = |keyword| keywords.get(keyword).and_then(Value::as_str);
    StringKeywords {
        min_length: read_size_keyword(keywords, "minLength").unwrap_or(0),
        max_length: read_size_keyword(keywords, "maxLength"),
        pattern: text("pattern").map(StringPattern::new),
        format: text("format").and_then(StringFormat::from_name),
    }
}

/// Reads the keywords for numbers.
fn read_number_keywords(keywords: &Map<String, Value>) -> NumberKeywords {
    let number = |keyword: &str| -> Option<Number> { keywords.get(keyword)?.as_number().cloned() };
    NumberKeywords {
        minimum: number("minimum"),
        exclusive_minimum: number("exclusiveMinimum"),
        maximum: number("maximum"),
        exclusive_maximum: number("exclusiveMaximum"),
        multiple_of: number("multipleOf"),
    }
}

/// Returns the value of a keyword such as `minItems`, which may be written as `2.0`; `None` if it is absent or not a
/// number.
fn read_size_keyword(keywords: &Map<String, Value>, keyword: &str) -> Option<usize> {
    let value = keywords.get(keyword)?;
    match (value.as_u64(), value.as_f64()) {
        (Some(count), _) => usize::try_from(count).ok(),
        // `as` saturates, which is right for a size that no instance has.
        (None, Some(count)) => Some(count as usize),
        (None, None) => None,
    }
}
