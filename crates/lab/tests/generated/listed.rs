//! Whether a schema certainly lists all that is in an instance.
//!
//! "Certainly" is what the types promise: for each union on the way, some one member accepts the
//! value and lists, with what is beside the union, all that is in it. What only `if`, `then`,
//! `else` or `dependentSchemas` name is not certain, nor is what a union with a `discriminator` says
//! of values of its tag that it does not map, nor a union that is a member of itself.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jsonschema::{Registry, Validator};
use serde_json::{Map, Value, json};

/// The name of the schema in references of its validators.
const NAME: &str = "urn:lab:schema";

/// A schema of any draft whose references are JSON pointers into it.
pub struct Listing<'s> {
    schema: &'s Value,
    registry: Registry<'s>,
    validators: RefCell<BTreeMap<String, bool>>,
}

/// Pointers to schemas that a value satisfies all at once.
type Places = Vec<String>;

impl<'s> Listing<'s> {
    pub fn new(schema: &'s Value) -> Self {
        let registry = Registry::new().add(NAME, schema).unwrap().prepare().unwrap();
        Self { schema, registry, validators: RefCell::default() }
    }

    /// Returns whether the schema at the pointer `place`, which accepts the value, certainly lists
    /// all that is in it.
    pub fn lists(&self, place: &str, value: &Value) -> bool {
        self.all_list(&[place.to_owned()], value)
    }

    fn all_list(&self, places: &[String], value: &Value) -> bool {
        let none = vec![Vec::new()];
        let all = places.iter().fold(none, |all, place| both(&all, &self.choices(place, value, &[])));
        all.iter().any(|places| self.choice_lists(places, value))
    }

    /// Returns the sets of schemas that the schema at `place` comes down to for the value: through
    /// references and `allOf`, and a set for each choice of a member that accepts the value.
    fn choices(&self, place: &str, value: &Value, passed: &[&str]) -> Vec<Places> {
        let Some(Value::Object(schema)) = self.schema.pointer(place) else { return vec![Vec::new()] };
        if passed.contains(&place) || schema.contains_key("discriminator") {
            return Vec::new();
        }
        let passed = [passed, &[place]].concat();
        let mut all = vec![vec![place.to_owned()]];
        let reference = schema.get("$ref").and_then(Value::as_str).map(pointer);
        if let Some(reference) = reference.as_ref().filter(|_| self.ignores_siblings()) {
            return self.choices(reference, value, &passed);
        }
        for part in members(schema, place, "allOf").into_iter().chain(reference) {
            all = both(&all, &self.choices(&part, value, &passed));
        }
        for keyword in ["anyOf", "oneOf"].into_iter().filter(|keyword| schema.contains_key(*keyword)) {
            let accepting = members(schema, place, keyword).into_iter().filter(|member| self.accepts(member, value));
            let choices: Vec<Places> = accepting.flat_map(|member| self.choices(&member, value, &passed)).collect();
            all = both(&all, &choices);
        }
        all
    }

    /// Returns whether schemas without unions list all that is in the value.
    fn choice_lists(&self, places: &[String], value: &Value) -> bool {
        let schemas = || places.iter().filter_map(|place| Some((place, self.schema.pointer(place)?.as_object()?)));
        let is_enumerated = schemas().any(|(_, schema)| schema.contains_key("enum") || schema.contains_key("const"));
        match value {
            Value::Object(properties) if !is_enumerated => properties.iter().all(|(name, value)| {
                let listing: Places = schemas().flat_map(|(place, schema)| of_property(schema, place, name)).collect();
                !listing.is_empty() && self.all_list(&listing, value)
            }),
            Value::Array(items) if !is_enumerated => items.iter().enumerate().all(|(index, item)| {
                let listing: Places = schemas().filter_map(|(place, schema)| of_item(schema, place, index)).collect();
                listing.is_empty() || self.all_list(&listing, item)
            }),
            _ => true,
        }
    }

    /// Returns whether the draft ignores what is beside `$ref`.
    fn ignores_siblings(&self) -> bool {
        self.schema.get("$schema").and_then(Value::as_str).is_some_and(|draft| draft.contains("/draft-0"))
    }

    fn accepts(&self, place: &str, value: &Value) -> bool {
        let key = format!("{place} {value}");
        if let Some(accepts) = self.validators.borrow().get(&key) {
            return *accepts;
        }
        let reference = json!({ "$ref": format!("{NAME}#{}", fragment(place)) });
        let accepts = jsonschema::options().with_registry(&self.registry).build(&reference).unwrap().is_valid(value);
        self.validators.borrow_mut().insert(key, accepts);
        accepts
    }
}

/// Returns each set of the one with each set of the other.
fn both(one: &[Places], other: &[Places]) -> Vec<Places> {
    one.iter().flat_map(|one| other.iter().map(move |other| [one.as_slice(), other].concat())).collect()
}

/// Returns the pointers to the schemas in a list of them.
fn members(schema: &Map<String, Value>, place: &str, keyword: &str) -> Vec<String> {
    let count = schema.get(keyword).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|index| format!("{place}/{keyword}/{index}")).collect()
}

/// Returns the pointer that a reference such as `#/$defs/a%20b` is.
fn pointer(reference: &str) -> String {
    let escaped = reference.strip_prefix('#').unwrap();
    let mut bytes = Vec::new();
    let mut rest = escaped.bytes();
    while let Some(byte) = rest.next() {
        let mut digits = || char::from(rest.next().unwrap()).to_digit(16).unwrap();
        bytes.push(if byte == b'%' { u8::try_from(digits() * 16 + digits()).unwrap() } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

/// Returns the pointers to what one schema says of a property of that name.
fn of_property(schema: &Map<String, Value>, place: &str, name: &str) -> Vec<String> {
    let has = |keyword: &str, key: &str| schema.get(keyword).is_some_and(|all| all.get(key).is_some());
    let mut found = Vec::new();
    if has("properties", name) {
        found.push(format!("{place}/properties/{}", step(name)));
    }
    let patterns = schema.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    for pattern in patterns.filter(|pattern| matches(pattern, name)) {
        found.push(format!("{place}/patternProperties/{}", step(pattern)));
    }
    let rest = schema.get("additionalProperties").and_then(Value::as_object);
    if found.is_empty() && rest.is_some_and(|rest| !rest.is_empty()) {
        found.push(format!("{place}/additionalProperties"));
    }
    found
}

fn matches(pattern: &str, text: &str) -> bool {
    let validator: Validator = jsonschema::validator_for(&json!({ "pattern": pattern })).unwrap();
    validator.is_valid(&json!(text))
}

/// Returns the pointer to what one schema says of the item of that index.
fn of_item(schema: &Map<String, Value>, place: &str, index: usize) -> Option<String> {
    let (first, rest) = match schema.get("items") {
        Some(Value::Array(_)) => ("items", "additionalItems"),
        _ => ("prefixItems", "items"),
    };
    if index < schema.get(first).and_then(Value::as_array).map_or(0, Vec::len) {
        return Some(format!("{place}/{first}/{index}"));
    }
    schema.get(rest).map(|_| format!("{place}/{rest}"))
}

/// Returns a name as it is in a JSON pointer: `a/b` is `a~1b`.
pub fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns a JSON pointer as it is in the fragment of a URI: `/a b` is `/a%20b`.
pub fn fragment(pointer: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/~$-_".contains(&byte);
    let text = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    pointer.bytes().map(text).collect()
}
