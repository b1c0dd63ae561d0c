//! Mutates the documents of an input as JSON, so that most of the results are still JSON, and many are schemas.

use libfuzzer_sys::fuzzer_mutate;
use serde_json::{Map, Value, json};

use crate::DOCUMENT_SEPARATOR;

/// The property names that mutations add: keywords, and names that are difficult in Rust.
const ADDED_PROPERTY_NAMES: &[&str] = &[
    "$anchor",
    "$defs",
    "$dynamicRef",
    "$id",
    "$ref",
    "$schema",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "default",
    "definitions",
    "dependentSchemas",
    "deprecated",
    "description",
    "discriminator",
    "else",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "format",
    "id",
    "if",
    "items",
    "mapping",
    "maximum",
    "minItems",
    "minimum",
    "not",
    "nullable",
    "oneOf",
    "openapi",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyName",
    "required",
    "then",
    "title",
    "type",
    "x-enum-varnames",
    "x-rust-type",
    "a",
    "extra",
    "nulls",
    "self",
    "é",
];

/// The strings that mutations add: references, type names, and texts that could escape from the output.
const ADDED_STRINGS: &[&str] = &[
    "#",
    "#/$defs/a",
    "#/definitions/a",
    "#/properties/a",
    "#/items",
    "#a",
    "../b.json",
    "b.json",
    "b.json#/$defs/a",
    "folder/c.json",
    "https://example.com/a",
    "file:///etc/passwd",
    "/etc/passwd",
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "array",
    "object",
    "date-time",
    "kind",
    "3.0.1",
    "3.1.0",
    "*/ fn main() {}",
    "#![no_std]",
    "\"]",
    "```\nfn main() {}\n```",
    "    indented",
    "<script>",
    "* `a` - b",
    "- `a`: b",
    "[a](/b)",
    "\u{2028}",
    "\u{202E}",
    "\r",
    "\u{0}",
    "^a+$",
    "[",
    "(a*)*",
    "Self",
    "crate",
    "_",
    "",
    "1",
    "-1",
    "http://json-schema.org/draft-04/schema#",
    "http://json-schema.org/draft-07/schema#",
    "https://json-schema.org/draft/2019-09/schema",
];

/// Mutates the first `size` bytes of `data` in place, and returns the new size, which is at most `max_size`.
///
/// In one of eight cases, and if the input is not JSON or grows too large as JSON, libFuzzer mutates the bytes instead.
pub fn mutate_input(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = RandomNumbers(u64::from(seed) | 1 << 40);
    let mutated = if random.number_below(8) == 0 { None } else { mutate_as_json(&data[..size], &mut random) };
    match mutated {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}

/// Returns the input with one to four changes in one of its documents, and sometimes with a copy of the first document
/// added. `None` if the input is not UTF-8, or if the chosen document is not JSON.
fn mutate_as_json(bytes: &[u8], random: &mut RandomNumbers) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut texts: Vec<String> = text.split(DOCUMENT_SEPARATOR).map(str::to_owned).collect();
    if texts.len() < 3 && random.number_below(20) == 0 {
        texts.push(texts[0].clone());
    }
    let number = random.number_below(texts.len());
    let mut value: Value = serde_json::from_str(&texts[number]).ok()?;
    for _ in 0..=random.number_below(4) {
        let donor = choose_inner_value(&value, random).clone();
        change_value_at_random(choose_inner_value_mut(&mut value, random), donor, random);
    }
    texts[number] = value.to_string();
    Some(texts.join(DOCUMENT_SEPARATOR))
}

/// Returns a random value inside `value`, or `value` itself.
fn choose_inner_value<'a>(value: &'a Value, random: &mut RandomNumbers) -> &'a Value {
    let inner: Vec<&Value> = match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    if inner.is_empty() || random.number_below(5) == 0 {
        value
    } else {
        choose_inner_value(inner[random.number_below(inner.len())], random)
    }
}

/// Returns a random value inside `value`, or `value` itself, to be changed.
fn choose_inner_value_mut<'a>(value: &'a mut Value, random: &mut RandomNumbers) -> &'a mut Value {
    let count = match &*value {
        Value::Object(map) => map.len(),
        Value::Array(list) => list.len(),
        _ => 0,
    };
    if count == 0 || random.number_below(5) == 0 {
        return value;
    }
    let index = random.number_below(count);
    match value {
        Value::Object(map) => {
            choose_inner_value_mut(map.values_mut().nth(index).expect("the index is below the count"), random)
        }
        Value::Array(list) => choose_inner_value_mut(&mut list[index], random),
        _ => unreachable!("a value with a count is an object or an array"),
    }
}

/// Changes `value`: removes or adds a property or an element, or replaces the value. The added value is `donor`, a copy
/// of another part of the document, or a random one.
fn change_value_at_random(value: &mut Value, donor: Value, random: &mut RandomNumbers) {
    match value {
        Value::Object(map) if random.number_below(4) > 0 => match random.number_below(3) {
            0 => drop(random.choose_key(map).map(|key| map.remove(&key))),
            1 => drop(map.insert(random.choose_word(ADDED_PROPERTY_NAMES), donor)),
            _ => drop(map.insert(random.choose_word(ADDED_PROPERTY_NAMES), random.make_small_value())),
        },
        Value::Array(list) if random.number_below(4) > 0 => match random.number_below(3) {
            0 => drop(list.pop()),
            1 => list.push(donor),
            _ => list.push(random.make_small_value()),
        },
        value if random.number_below(2) == 0 => *value = random.make_small_value(),
        value => *value = donor,
    }
}

/// A generator of random numbers by the algorithm SplitMix64, with its state.
struct RandomNumbers(u64);

impl RandomNumbers {
    /// Returns a random number from 0 to `end - 1`.
    fn number_below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) as usize % end
    }

    /// Returns a random one of `words`.
    fn choose_word(&mut self, words: &[&str]) -> String {
        words[self.number_below(words.len())].to_owned()
    }

    /// Returns a random key of `map`; `None` if `map` is empty.
    fn choose_key(&mut self, map: &Map<String, Value>) -> Option<String> {
        if map.is_empty() { None } else { map.keys().nth(self.number_below(map.len())).cloned() }
    }

    /// Returns a small random JSON value, which is often a part of a schema.
    fn make_small_value(&mut self) -> Value {
        match self.number_below(12) {
            0 => json!(true),
            1 => json!(false),
            2 => json!(null),
            3 => json!([0, -1, 1, 3, 4_294_967_296_i64][self.number_below(5)]),
            4 => json!([1.5, 1e300, -1e300, 18_446_744_073_709_551_615_u64 as f64][self.number_below(4)]),
            5 => json!({}),
            6 => json!({ "type": self.choose_word(ADDED_STRINGS) }),
            7 => json!({ "$ref": self.choose_word(ADDED_STRINGS) }),
            8 => json!([self.choose_word(ADDED_STRINGS), self.choose_word(ADDED_STRINGS)]),
            9 => json!({ (self.choose_word(ADDED_PROPERTY_NAMES)): self.make_small_value() }),
            _ => json!(self.choose_word(ADDED_STRINGS)),
        }
    }
}
