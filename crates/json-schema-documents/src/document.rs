//! A schema document, compiled: the schemas reachable from one place, and that place's validator.

use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Number, Value};

use crate::format::Format;
use crate::height;
use crate::pattern::Pattern;
use crate::pointer;
use crate::schema::{ArrayKeywords, NumberKeywords, ObjectKeywords, Schema, SchemaId, StringKeywords, Types};
use crate::validation::{Checks, Validators};

/// Keywords that making passes over, or meets only by chance; so are all others beside an `enum`.
const UNHEEDED: [&str; 12] = [
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

pub(crate) struct Document {
    schemas: Vec<Schema>,
    heights: Vec<u32>,
    json: Value,
    checks: OnceLock<Checks>,
    pub(crate) entry: SchemaId,
    pub(crate) validator: Validator,
}

impl Document {
    /// Compiles what is reachable from the subschema of `json` at `pointer`.
    pub(crate) fn new(json: &Value, pointer: &str) -> Result<Self, ValidationError<'static>> {
        let validator = Validators::new(json)?.at(pointer)?;
        let mut reader = Reader { json, ids: HashMap::new(), schemas: Vec::new(), unread: Vec::new() };
        let entry = reader.schema_at(pointer);
        reader.read();
        Ok(Self {
            heights: height::of_all(&reader.schemas),
            schemas: reader.schemas,
            json: json.clone(),
            checks: OnceLock::new(),
            entry,
            validator,
        })
    }

    pub(crate) fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// How deep the shallowest value of a schema nests; [`height::ENDLESS`] where it has none.
    pub(crate) fn height(&self, id: SchemaId) -> u32 {
        self.heights[id.0]
    }

    /// The checks of what making does not heed. They are compiled when first asked for: each
    /// takes as long as compiling the whole document does, and most schemas need none of them.
    pub(crate) fn checks(&self) -> &Checks {
        self.checks.get_or_init(|| {
            let places = self.schemas.iter().map(|all| all.unheeded_at.as_deref());
            Checks::new(&self.json, places.flatten())
        })
    }
}

struct Reader<'s> {
    json: &'s Value,
    ids: HashMap<String, SchemaId>,
    schemas: Vec<Schema>,
    /// The schemas that have a number and no more: a chain of references may be longer than the
    /// stack is deep.
    unread: Vec<(SchemaId, String)>,
}

impl<'s> Reader<'s> {
    fn schema_at(&mut self, pointer: &str) -> SchemaId {
        if let Some(id) = self.ids.get(pointer) {
            return *id;
        }
        let id = SchemaId(self.schemas.len());
        self.schemas.push(Schema::default());
        self.ids.insert(pointer.to_owned(), id);
        self.unread.push((id, pointer.to_owned()));
        id
    }

    fn read(&mut self) {
        while let Some((id, pointer)) = self.unread.pop() {
            self.schemas[id.0] = match self.json.pointer(&pointer) {
                Some(Value::Object(keywords)) => self.schema(keywords, &pointer),
                Some(Value::Bool(false)) => Schema { types: Types::NONE, ..Schema::default() },
                _ => Schema::default(),
            };
        }
    }

    fn schema(&mut self, keywords: &'s Map<String, Value>, pointer: &str) -> Schema {
        let reference = keywords.get("$ref").and_then(Value::as_str);
        let referred = reference.and_then(pointer::from_reference);
        let mut all_of = self.list(keywords, pointer, "allOf");
        all_of.extend(referred.map(|target| self.schema_at(&target)));
        let unions = ["anyOf", "oneOf"].map(|keyword| self.list(keywords, pointer, keyword));
        let (subject, values) = (subject(keywords), values(keywords));
        let is_narrowed = values.is_some() && subject != Types::NONE;
        let is_unheeded = is_narrowed || UNHEEDED.iter().any(|name| keywords.contains_key(*name));
        Schema {
            types: types(keywords.get("type")),
            subject,
            values,
            all_of,
            unions: unions.into_iter().filter(|all| !all.is_empty()).collect(),
            rare: keywords.contains_key(crate::relaxed::RARE),
            object: self.object(keywords, pointer),
            array: self.array(keywords, pointer),
            string: string(keywords),
            number: number(keywords),
            unheeded_at: is_unheeded.then(|| pointer.to_owned()),
        }
    }

    fn object(&mut self, keywords: &'s Map<String, Value>, pointer: &str) -> ObjectKeywords {
        let properties = self.map(keywords, pointer, "properties");
        let patterns = self.map(keywords, pointer, "patternProperties");
        let required = keywords.get("required").and_then(Value::as_array);
        ObjectKeywords {
            names: properties.iter().map(|(name, _)| name.clone()).collect(),
            properties: properties.into_iter().collect(),
            required: required.map_or_else(Vec::new, |names| {
                let texts = names.iter().filter_map(Value::as_str);
                texts.map(str::to_owned).collect()
            }),
            pattern_properties: patterns.into_iter().map(|(pattern, id)| (Pattern::new(&pattern), id)).collect(),
            additional_properties: self.single(keywords, pointer, "additionalProperties"),
            property_names: self.single(keywords, pointer, "propertyNames"),
            min_properties: size(keywords, "minProperties").unwrap_or(0),
            max_properties: size(keywords, "maxProperties"),
            closed: keywords.get("unevaluatedProperties") == Some(&Value::Bool(false)),
        }
    }

    fn array(&mut self, keywords: &'s Map<String, Value>, pointer: &str) -> ArrayKeywords {
        // Before draft 2020-12, `items` is the list where it is one.
        let is_list = keywords.get("items").is_some_and(Value::is_array);
        let (prefix, rest) = if is_list { ("items", "additionalItems") } else { ("prefixItems", "items") };
        ArrayKeywords {
            prefix_items: self.list(keywords, pointer, prefix),
            items: self.single(keywords, pointer, rest),
            min_items: size(keywords, "minItems").unwrap_or(0),
            max_items: size(keywords, "maxItems"),
            unique_items: keywords.get("uniqueItems") == Some(&Value::Bool(true)),
        }
    }

    fn single(&mut self, keywords: &Map<String, Value>, pointer: &str, keyword: &str) -> Option<SchemaId> {
        let place = pointer::child(pointer, keyword);
        keywords.get(keyword).map(|_| self.schema_at(&place))
    }

    fn list(&mut self, keywords: &Map<String, Value>, pointer: &str, keyword: &str) -> Vec<SchemaId> {
        let count = keywords.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
        let list = pointer::child(pointer, keyword);
        (0..count).map(|index| self.schema_at(&pointer::child(&list, index))).collect()
    }

    fn map(&mut self, keywords: &'s Map<String, Value>, pointer: &str, keyword: &str) -> Vec<(String, SchemaId)> {
        let map = pointer::child(pointer, keyword);
        let members = keywords.get(keyword).and_then(Value::as_object);
        let names = members.into_iter().flat_map(Map::keys);
        names
            .map(|name| {
                let place = pointer::child(&map, name);
                (name.clone(), self.schema_at(&place))
            })
            .collect()
    }
}

fn types(keyword: Option<&Value>) -> Types {
    match keyword {
        Some(Value::String(name)) => Types::named(name),
        Some(Value::Array(names)) => {
            names.iter().filter_map(Value::as_str).fold(Types::NONE, |all, name| all | Types::named(name))
        }
        _ => Types::ALL,
    }
}

/// The types that the keywords apply to; a schema without `type` most likely means these.
fn subject(keywords: &Map<String, Value>) -> Types {
    let of_keyword = |keyword: &String| match keyword.as_str() {
        "properties"
        | "required"
        | "patternProperties"
        | "additionalProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties" => Types::OBJECT,
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains" => Types::ARRAY,
        "minLength" | "maxLength" | "pattern" | "format" => Types::STRING,
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Types::NUMBER,
        _ => Types::NONE,
    };
    keywords.keys().map(of_keyword).fold(Types::NONE, |all, types| all | types)
}

fn values(keywords: &Map<String, Value>) -> Option<Vec<Value>> {
    let listed = keywords.get("enum").and_then(Value::as_array);
    match (keywords.get("const"), listed) {
        (Some(value), _) => Some(vec![value.clone()]),
        (None, listed) => listed.cloned(),
    }
}

fn string(keywords: &Map<String, Value>) -> StringKeywords {
    let text = |keyword| keywords.get(keyword).and_then(Value::as_str);
    StringKeywords {
        min_length: size(keywords, "minLength").unwrap_or(0),
        max_length: size(keywords, "maxLength"),
        pattern: text("pattern").map(Pattern::new),
        format: text("format").and_then(Format::named),
    }
}

fn number(keywords: &Map<String, Value>) -> NumberKeywords {
    let number = |keyword: &str| -> Option<Number> { keywords.get(keyword)?.as_number().cloned() };
    NumberKeywords {
        minimum: number("minimum"),
        exclusive_minimum: number("exclusiveMinimum"),
        maximum: number("maximum"),
        exclusive_maximum: number("exclusiveMaximum"),
        multiple_of: number("multipleOf"),
    }
}

/// A count such as `minItems`, which may be written `2.0`.
fn size(keywords: &Map<String, Value>, keyword: &str) -> Option<usize> {
    let value = keywords.get(keyword)?;
    match (value.as_u64(), value.as_f64()) {
        (Some(count), _) => usize::try_from(count).ok(),
        // `as` saturates, which is right for a count no document reaches.
        (None, Some(count)) => Some(count as usize),
        (None, None) => None,
    }
}
