//! Checks whether a schema certainly defines ("lists") everything in an instance, so that `unlisted()` of the type must
//! be empty.
//!
//! A schema lists a property if it has a schema for it. Where there are unions, the answer is certain only if some
//! member accepts the value and lists everything in it, together with the keywords beside the union. The answer is not
//! certain for properties that only `if`, `then`, `else` or `dependentSchemas` name, for a union with a
//! `discriminator`, and for a union that is a member of itself.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jsonschema::{Registry, Validator};
use serde_json::{Map, Value, json};

/// The URI by which validators refer to the schema.
const SCHEMA_URI: &str = "urn:lab:schema";

/// Checks whether a schema of any draft, whose references are JSON pointers into it, lists everything in an instance.
pub struct ListingChecker<'s> {
    schema: &'s Value,
    registry: Registry<'s>,
    validators: RefCell<BTreeMap<String, bool>>,
}

/// The pointers to schemas that apply to one value, all at once.
type PointerSet = Vec<String>;

impl<'s> ListingChecker<'s> {
    /// Creates the checker for `schema`.
    pub fn new(schema: &'s Value) -> Self {
        let registry = Registry::new().add(SCHEMA_URI, schema).unwrap().prepare().unwrap();
        Self { schema, registry, validators: RefCell::default() }
    }

    /// Checks whether the schema at `pointer`, which must accept `value`, certainly lists everything in it.
    pub fn lists_everything_in(&self, pointer: &str, value: &Value) -> bool {
        self.list_everything_together(&[pointer.to_owned()], value)
    }

    /// Checks whether the schemas at `pointers`, which all accept `value`, together list everything in it.
    fn list_everything_together(&self, pointers: &[String], value: &Value) -> bool {
        let none = vec![Vec::new()];
        let all = pointers.iter().fold(none, |all, pointer| {
            combine_pointer_sets(&all, &self.find_applicable_pointer_sets(pointer, value, &[]))
        });
        all.iter().any(|pointers| self.list_everything_without_unions(pointers, value))
    }

    /// Returns the sets of schemas that apply to `value` by the schema at `pointer`: the schema itself, those that it
    /// refers to by references and `allOf`, and those of one accepting member of each union. There is a set for each
    /// choice of members. Empty if `pointer` is in `passed`, the pointers that are being followed, or if the schema has
    /// a `discriminator`.
    fn find_applicable_pointer_sets(&self, pointer: &str, value: &Value, passed: &[&str]) -> Vec<PointerSet> {
        let Some(Value::Object(schema)) = self.schema.pointer(pointer) else { return vec![Vec::new()] };
        if passed.contains(&pointer) || schema.contains_key("discriminator") {
            return Vec::new();
        }
        let passed = [passed, &[pointer]].concat();
        let mut all = vec![vec![pointer.to_owned()]];
        let reference = schema.get("$ref").and_then(Value::as_str).map(decode_reference);
        if let Some(reference) = reference.as_ref().filter(|_| self.ignores_siblings_of_references()) {
            return self.find_applicable_pointer_sets(reference, value, &passed);
        }
        for part in list_member_pointers(schema, pointer, "allOf").into_iter().chain(reference) {
            all = combine_pointer_sets(&all, &self.find_applicable_pointer_sets(&part, value, &passed));
        }
        for keyword in ["anyOf", "oneOf"].into_iter().filter(|keyword| schema.contains_key(*keyword)) {
            let accepting = list_member_pointers(schema, pointer, keyword)
                .into_iter()
                .filter(|member| self.accepts_value(member, value));
            let choices: Vec<PointerSet> =
                accepting.flat_map(|member| self.find_applicable_pointer_sets(&member, value, &passed)).collect();
            all = combine_pointer_sets(&all, &choices);
        }
        all
    }

    /// Checks whether the schemas at `pointers` together list everything in `value`, not looking at their unions.
    fn list_everything_without_unions(&self, pointers: &[String], value: &Value) -> bool {
        let schemas =
            || pointers.iter().filter_map(|pointer| Some((pointer, self.schema.pointer(pointer)?.as_object()?)));
        let is_enumerated = schemas().any(|(_, schema)| schema.contains_key("enum") || schema.contains_key("const"));
        match value {
            Value::Object(properties) if !is_enumerated => properties.iter().all(|(name, value)| {
                let listing: PointerSet = schemas()
                    .flat_map(|(pointer, schema)| find_property_schema_pointers(schema, pointer, name))
                    .collect();
                !listing.is_empty() && self.list_everything_together(&listing, value)
            }),
            Value::Array(items) if !is_enumerated => items.iter().enumerate().all(|(index, item)| {
                let listing: PointerSet = schemas()
                    .filter_map(|(pointer, schema)| find_item_schema_pointer(schema, pointer, index))
                    .collect();
                listing.is_empty() || self.list_everything_together(&listing, item)
            }),
            _ => true,
        }
    }

    /// Checks whether the draft of the schema ignores keywords beside `$ref`.
    fn ignores_siblings_of_references(&self) -> bool {
        self.schema.get("$schema").and_then(Value::as_str).is_some_and(|draft| draft.contains("/draft-0"))
    }

    /// Checks whether the schema at `pointer` accepts `value`, and remembers the answer.
    fn accepts_value(&self, pointer: &str, value: &Value) -> bool {
        let key = format!("{pointer} {value}");
        if let Some(is_accepted) = self.validators.borrow().get(&key) {
            return *is_accepted;
        }
        let reference = json!({ "$ref": format!("{SCHEMA_URI}#{}", encode_fragment(pointer)) });
        let is_accepted =
            jsonschema::options().with_registry(&self.registry).build(&reference).unwrap().is_valid(value);
        self.validators.borrow_mut().insert(key, is_accepted);
        is_accepted
    }
}

/// Returns the union of each set of `one` with each set of `other`: `[[a], [b]]` and `[[c]]` give `[[a, c], [b, c]]`.
fn combine_pointer_sets(one: &[PointerSet], other: &[PointerSet]) -> Vec<PointerSet> {
    one.iter().flat_map(|one| other.iter().map(move |other| [one.as_slice(), other].concat())).collect()
}

/// Returns the pointers to the members of the list `keyword` in `schema`, which is at `pointer`. Empty if `schema` does
/// not have the keyword.
fn list_member_pointers(schema: &Map<String, Value>, pointer: &str, keyword: &str) -> Vec<String> {
    let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|index| format!("{pointer}/{keyword}/{index}")).collect()
}

/// Returns the JSON pointer in a reference to a part of the same document: `#/$defs/a%20b` gives `/$defs/a b`.
fn decode_reference(reference: &str) -> String {
    let escaped = reference.strip_prefix('#').unwrap();
    let mut bytes = Vec::new();
    let mut rest = escaped.bytes();
    while let Some(byte) = rest.next() {
        let mut digits = || char::from(rest.next().unwrap()).to_digit(16).unwrap();
        bytes.push(if byte == b'%' { u8::try_from(digits() * 16 + digits()).unwrap() } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

/// Returns the pointers to the subschemas of `schema`, which is at `pointer`, that apply to the property `name`. An
/// `additionalProperties` that accepts any value is left out.
fn find_property_schema_pointers(schema: &Map<String, Value>, pointer: &str, name: &str) -> Vec<String> {
    let has = |keyword: &str, key: &str| schema.get(keyword).is_some_and(|all| all.get(key).is_some());
    let mut found = Vec::new();
    if has("properties", name) {
        found.push(format!("{pointer}/properties/{}", escape_name(name)));
    }
    let patterns = schema.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    for pattern in patterns.filter(|pattern| matches_pattern(pattern, name)) {
        found.push(format!("{pointer}/patternProperties/{}", escape_name(pattern)));
    }
    let rest = schema.get("additionalProperties").and_then(Value::as_object);
    if found.is_empty() && rest.is_some_and(|rest| !rest.is_empty()) {
        found.push(format!("{pointer}/additionalProperties"));
    }
    found
}

/// Checks whether `text` matches the regular expression `pattern`, in the dialect of JSON Schema.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let validator: Validator = jsonschema::validator_for(&json!({ "pattern": pattern })).unwrap();
    validator.is_valid(&json!(text))
}

/// Returns the pointer to the subschema of `schema`, which is at `pointer`, that applies to the array item at `index`,
/// from 0. `None` if no subschema does.
fn find_item_schema_pointer(schema: &Map<String, Value>, pointer: &str, index: usize) -> Option<String> {
    let (first, rest) = match schema.get("items") {
        Some(Value::Array(_)) => ("items", "additionalItems"),
        _ => ("prefixItems", "items"),
    };
    if index < schema.get(first).and_then(Value::as_array).map_or(0, Vec::len) {
        return Some(format!("{pointer}/{first}/{index}"));
    }
    schema.get(rest).map(|_| format!("{pointer}/{rest}"))
}

/// Escapes a property name for a JSON pointer: `a/b` becomes `a~1b`.
pub fn escape_name(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Percent-encodes a JSON pointer for the fragment of a URI: `/a b` becomes `/a%20b`.
pub fn encode_fragment(pointer: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/~$-_".contains(&byte);
    let text = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    pointer.bytes().map(text).collect()
}
