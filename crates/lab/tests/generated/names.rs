//! Uses each name of the table `NAMES_BY_SORT` in each kind of output. Checks that the output compiles without a
//! warning, and that instances with the name are written back unchanged.

use std::collections::BTreeSet;

use lab::names::NAMES_BY_SORT;
use serde_json::{Map, Value, json};

use crate::batch::{GeneratedModule, ModuleInstance, find_module_faults};
use crate::listed::{encode_fragment, escape_name};
use crate::{generate_types, read_large_run_size};

/// A function that makes a definition from a name: returns its schema, whose properties, values and texts have this
/// name, and an instance that the schema accepts.
type DefinitionMaker = fn(&str) -> (Value, Value);

/// The functions that make definitions from a name, one for each kind of definition.
const DEFINITION_MAKERS: &[DefinitionMaker] = &[
    make_object_definition,
    make_tagged_union_definition,
    make_alias_definition,
    make_text_enum_definition,
    make_union_definition,
    make_map_definition,
    make_closed_object_definition,
    make_list_definition,
    make_value_enum_definition,
    make_documented_definition,
];

/// Returns a schema of strings, which becomes an alias, and an instance.
fn make_alias_definition(_: &str) -> (Value, Value) {
    (json!({ "type": "string" }), json!("x"))
}

/// Returns an `enum` of strings, one of which is `name`, and an instance.
fn make_text_enum_definition(name: &str) -> (Value, Value) {
    (json!({ "enum": ["one", name] }), json!(name))
}

/// Returns an `enum` of several JSON types, with `name` among the values, and an instance.
fn make_value_enum_definition(name: &str) -> (Value, Value) {
    (json!({ "enum": [1, null, name, [name]] }), json!([name]))
}

/// Returns a schema of objects with a required property `name`, and an instance.
fn make_object_definition(name: &str) -> (Value, Value) {
    let properties = json!({ name: { "type": "object", "properties": { name: { "enum": [name] } } }, "own": {} });
    let schema = json!({ "title": name, "type": "object", "properties": properties, "required": [name] });
    (schema, json!({ name: { name: name }, "own": [1] }))
}

/// Returns a schema of objects without additional properties, with a property `name`, and an instance.
fn make_closed_object_definition(name: &str) -> (Value, Value) {
    let schema = json!({
        "type": "object",
        "properties": { name: { "type": ["array", "null"], "items": { "type": "string" } } },
        "additionalProperties": false
    });
    (schema, json!({ name: [name] }))
}

/// Returns a `oneOf` whose tag has the name and the value `name`, and an instance.
fn make_tagged_union_definition(name: &str) -> (Value, Value) {
    let member = |tag: &str| json!({ "type": "object", "properties": { name: { "const": tag }, "beside": { "type": "integer" } }, "required": [name] });
    (json!({ "oneOf": [member(name), member("another tag")] }), json!({ name: name, "beside": 1 }))
}

/// Returns an `anyOf` of an object with the property `name`, another object, and an integer, and an instance.
fn make_union_definition(name: &str) -> (Value, Value) {
    let member = |property: &str| json!({ "title": name, "type": "object", "properties": { property: {} }, "required": [property] });
    (json!({ "anyOf": [member(name), member("another property"), { "type": "integer" }] }), json!({ name: name }))
}

/// Returns a schema of objects whose property names begin with `name`, and an instance.
fn make_map_definition(name: &str) -> (Value, Value) {
    let patterns = json!({ format!("^{}", escape_pattern(name)): { "type": "integer" } });
    let schema =
        json!({ "type": "object", "patternProperties": patterns, "additionalProperties": { "type": "string" } });
    (schema, json!({ format!("{name}1"): 1 }))
}

/// Returns a schema of arrays with `name` in the schemas of their items, and an instance.
fn make_list_definition(name: &str) -> (Value, Value) {
    let item = json!({ "title": name, "type": "object", "properties": { "a": { "const": name } } });
    let schema = json!({ "type": "array", "prefixItems": [item, { "enum": [name, 1] }], "items": item });
    (schema, json!([{ "a": name }, name, {}]))
}

/// Returns a schema with `name` in all annotations, and an instance.
fn make_documented_definition(name: &str) -> (Value, Value) {
    let text = json!({
        "title": name, "description": name, "$comment": name, "examples": [name, { name: name }], "default": name,
        "type": "string", "format": name, "pattern": format!("^{}$", escape_pattern(name))
    });
    let mut described = text.clone();
    described["description"] = json!(format!("A text\n\n{name}\n\n    {name}\n- {name}"));
    (json!({ "description": name, "properties": { "one": text, "two": described } }), json!({ "one": name }))
}

/// Returns a regular expression that matches the text `text` literally: `a.b` becomes `a\u002eb`.
fn escape_pattern(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || !c.is_ascii();
    text.chars().map(|c| if is_plain(c) { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect()
}

/// Returns (a schema with a definition for each of `names`, an instance for each definition). The functions in
/// [`DEFINITION_MAKERS`] make the definitions in turn, beginning with the one at the index `turn`.
fn make_definitions_of_names(names: &[&str], turn: usize) -> (Value, Vec<Value>) {
    let (mut definitions, mut properties, mut instances) = (Map::new(), Map::new(), Vec::new());
    for (number, name) in names.iter().enumerate() {
        let (schema, instance) = DEFINITION_MAKERS[(number + turn) % DEFINITION_MAKERS.len()](name);
        let property = format!("p{number}");
        definitions.insert((*name).to_owned(), schema);
        properties
            .insert(property.clone(), json!({ "$ref": format!("#/$defs/{}", encode_fragment(&escape_name(name))) }));
        instances.push(json!({ property: instance }));
    }
    (json!({ "type": "object", "properties": properties, "$defs": definitions }), instances)
}

/// The function that returns (schema, instances) for the names of a sort.
fn make_schema_by_sort(part: fn(&[&str]) -> (Value, Vec<Value>)) -> (Value, Vec<Value>) {
    let (mut properties, mut instances) = (Map::new(), Vec::new());
    for (sort, names) in NAMES_BY_SORT.iter() {
        let (schema, of_sort) = part(&names.iter().map(String::as_str).collect::<Vec<_>>());
        properties.insert(sort.clone(), schema);
        instances.extend(of_sort.into_iter().map(|instance| json!({ sort: instance })));
    }
    (json!({ "type": "object", "properties": properties, "additionalProperties": false }), instances)
}

/// Returns a schema of objects with a property for each of `names`, and instances.
fn make_properties_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    let kinds = [
        (json!({ "type": "string" }), json!("x")),
        (json!({ "type": ["integer", "null"] }), json!(null)),
        (json!({ "type": "array", "items": { "type": "boolean" } }), json!([true])),
    ];
    let (mut properties, mut instance) = (Map::new(), Map::new());
    for (name, (schema, value)) in names.iter().zip(kinds.iter().cycle()) {
        properties.insert((*name).to_owned(), schema.clone());
        instance.insert((*name).to_owned(), value.clone());
    }
    let required: Vec<&str> = names.iter().copied().step_by(2).collect();
    (json!({ "type": "object", "properties": properties, "required": required }), vec![Value::Object(instance)])
}

/// Returns a schema whose `enum` lists `names`, and each of the names as an instance of it.
fn make_enum_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    (json!({ "enum": names }), names.iter().map(|name| json!(name)).collect())
}

/// Returns a schema whose `enum` lists `names` and values of other JSON types, and each of these values as an instance.
fn make_mixed_enum_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    let mut values: Vec<Value> = names.iter().map(|name| json!(name)).collect();
    values.extend([json!(1), json!(null), json!([names[0]]), json!({ names[0]: names[0] })]);
    (json!({ "enum": values }), values)
}

/// Returns a `oneOf` of constants with titles and descriptions, one for each of `names`, and instances.
fn make_described_enum_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    let members = names.iter().map(|name| json!({ "const": name, "title": name, "description": name }));
    (json!({ "oneOf": members.collect::<Vec<_>>() }), names.iter().map(|name| json!(name)).collect())
}

/// Returns a `oneOf` of objects with a tag whose values are `names`, and instances.
fn make_tag_values_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    let member = |name: &&str| json!({ "type": "object", "properties": { "tag": { "const": name }, *name: { "type": "integer" } }, "required": ["tag"] });
    let instance = |name: &&str| if *name == "tag" { json!({ "tag": name }) } else { json!({ "tag": name, *name: 1 }) };
    let schema = json!({ "oneOf": names.iter().map(member).collect::<Vec<_>>() });
    (schema, names.iter().map(instance).collect())
}

/// Returns an `anyOf` of objects, each of which requires a property with one of `names`, and instances.
fn make_required_properties_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    let member =
        |name: &&str| json!({ "type": "object", "properties": { *name: { "const": name } }, "required": [name] });
    let schema = json!({ "anyOf": names.iter().map(member).collect::<Vec<_>>() });
    (schema, names.iter().map(|name| json!({ *name: name })).collect())
}

/// Returns a schema of objects with a pattern for each of `names`, and instances.
fn make_patterns_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    let pattern = |name: &&str| (format!("^{}$", escape_pattern(name)), json!({ "type": "integer" }));
    let schema = json!({ "type": "object", "patternProperties": names.iter().map(pattern).collect::<Map<_, _>>() });
    (schema, names.iter().map(|name| json!({ *name: 1 })).collect())
}

/// Returns a schema of objects with a property for each of `names`, whose schema has this title, and instances.
fn make_titles_of_names(names: &[&str]) -> (Value, Vec<Value>) {
    let titled = |name: &str| json!({ "title": name, "type": "object", "properties": { "a": { "const": name } } });
    let properties: Map<String, Value> =
        names.iter().enumerate().map(|(number, name)| (format!("p{number}"), titled(name))).collect();
    let instance = names.iter().enumerate().map(|(number, name)| (format!("p{number}"), json!({ "a": name })));
    (json!({ "type": "object", "properties": properties }), vec![Value::Object(instance.collect())])
}

/// A kind of output in which one Rust type contains all names of a sort.
struct OneTypeOutput {
    /// The kind of output, in words.
    what: &'static str,
    /// Returns (schema, instances) for the names of a sort.
    part: fn(&[&str]) -> (Value, Vec<Value>),
    /// Whether there is a type for each name, which takes long to compile, so that only large runs include this kind.
    is_large: bool,
}

/// The kinds of output in which one Rust type contains all names of a sort.
const ONE_TYPE_OUTPUTS: &[OneTypeOutput] = &[
    OneTypeOutput { what: "properties", part: make_properties_of_names, is_large: false },
    OneTypeOutput { what: "values", part: make_enum_of_names, is_large: false },
    OneTypeOutput { what: "values of several types", part: make_mixed_enum_of_names, is_large: false },
    OneTypeOutput { what: "values with descriptions", part: make_described_enum_of_names, is_large: false },
    OneTypeOutput { what: "patterns", part: make_patterns_of_names, is_large: true },
    OneTypeOutput { what: "tags", part: make_tag_values_of_names, is_large: true },
    OneTypeOutput {
        what: "properties that distinguish members",
        part: make_required_properties_of_names,
        is_large: true,
    },
    OneTypeOutput { what: "titles", part: make_titles_of_names, is_large: true },
];

#[test]
fn types_with_unusual_names_compile_and_read_instances() {
    let is_large = read_large_run_size().is_some();
    let in_one_type = ONE_TYPE_OUTPUTS.iter().filter(|kind| is_large || !kind.is_large).map(|kind| {
        let (schema, instances) = make_schema_by_sort(kind.part);
        generate_module(kind.what.to_owned(), &schema, instances)
    });
    let (words, others) = split_identifiers_and_other_names(is_large);
    let turns = 0..if is_large { DEFINITION_MAKERS.len() } else { 1 };
    let defined = turns.flat_map(|turn| {
        [(&words, "words"), (&others, "other names")].map(|(names, what)| {
            let (schema, instances) = make_definitions_of_names(names, turn);
            generate_module(format!("definitions, {what}, turn {turn}"), &schema, instances)
        })
    });
    let faults = find_module_faults("lab_names", &in_one_type.chain(defined).collect::<Vec<_>>());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Returns (the names that are identifiers, the other names), without duplicates. Takes only every fourth of the other
/// names unless `all_others`.
fn split_identifiers_and_other_names(all_others: bool) -> (Vec<&'static str>, Vec<&'static str>) {
    let is_word = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.is_empty();
    let all: BTreeSet<&str> = NAMES_BY_SORT.iter().flat_map(|(_, names)| names).map(String::as_str).collect();
    assert!(all.len() > 300, "names.json has {} names", all.len());
    let (words, others): (Vec<&str>, Vec<&str>) = all.into_iter().partition(is_word);
    (words, others.into_iter().step_by(if all_others { 1 } else { 4 }).collect())
}

/// Generates types from `schema`, and returns them with `instances`. `origin` is printed with a fault.
///
/// # Panics
/// If the schema rejects one of `instances`, or if the generator rejects the schema.
fn generate_module(origin: String, schema: &Value, instances: Vec<Value>) -> GeneratedModule {
    let validator = jsonschema::validator_for(schema).unwrap();
    for instance in &instances {
        assert!(validator.is_valid(instance), "{origin}: the schema does not accept {instance}");
    }
    let generated = generate_types(schema, false).unwrap_or_else(|errors| panic!("{origin}: {errors}"));
    let instances = instances.into_iter().map(|value| ModuleInstance { value, is_listed: true }).collect();
    GeneratedModule { origin, types: generated.types().to_owned(), instances }
}
