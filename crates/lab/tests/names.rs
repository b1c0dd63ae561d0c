//! Checks that the names of types, fields and variants are stable: neither additions elsewhere in the schemas nor the
//! order of files and definitions change a name.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use std::collections::BTreeMap;

use json_schema_codegen::{Documents, Settings, generate};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// The schema files by their names.
type SchemaFiles = BTreeMap<String, Value>;

/// Names of properties, values and definitions that become equal names in Rust, and names that Rust or the generated
/// code already uses.
const COLLIDING_NAMES: &[&str] = &[
    "eventData",
    "EventData",
    "event_data",
    "event",
    "user",
    "User",
    "USER",
    "type",
    "Type",
    "Option",
    "extra",
    "nulls",
    "a b",
    "a-b",
    "a_b",
    "<",
    ">",
    "1st",
    "",
    "größe",
    "data",
    "Self",
    "unknown",
    "Other",
];

/// The names of the schema files.
const SCHEMA_FILE_NAMES: &[&str] = &["event.json", "user.json", "common/event.json"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 16, ..ProptestConfig::default() })]

    #[test]
    fn additions_to_other_schemas_change_no_type_or_field_name(schemas in any_schema_files(), index in any::<Index>()) {
        let before = generate_fields_by_type(&schemas);
        for (addition, changed) in make_schema_additions(&schemas, index) {
            let after = generate_fields_by_type(&changed);
            for (name, members) in &before {
                let Some(found) = after.get(name) else { panic!("{addition} renames `{name}`: {after:#?}") };
                let missing = members.iter().find(|member| !found.contains(member));
                prop_assert_eq!(missing, None, "{} renames something in `{}`: {:#?}", addition, name, found);
            }
        }
    }

    #[test]
    fn order_of_schemas_changes_no_type_or_field_name(schemas in any_schema_files()) {
        let settings = Settings::default();
        let texts = |schemas: &SchemaFiles| schemas.iter().map(|(name, schema)| (name.clone(), schema.to_string())).collect();
        let forwards: Vec<(String, String)> = texts(&schemas);
        let backwards: Vec<(String, String)> = forwards.iter().rev().cloned().collect();
        let generated = |texts| generate(Documents::from_texts("schema", texts).unwrap(), &settings).unwrap();
        let (from_forwards, from_backwards) = (generated(forwards), generated(backwards));
        prop_assert_eq!(from_forwards.types(), from_backwards.types());

        let mut reversed = schemas.clone();
        for schema in reversed.values_mut() {
            let definitions = schema["$defs"].as_object_mut().unwrap();
            *definitions = std::mem::take(definitions).into_iter().rev().collect();
        }
        prop_assert_eq!(generate_fields_by_type(&schemas), generate_fields_by_type(&reversed));
    }
}

/// Generates types from `schemas`. Returns the lines of their fields or variants by the first line of each type: `pub
/// event: Option<String>,` by `pub struct User {`.
fn generate_fields_by_type(schemas: &SchemaFiles) -> BTreeMap<String, Vec<String>> {
    let texts = schemas.iter().map(|(name, schema)| (name.clone(), schema.to_string()));
    let documents = Documents::from_texts("schema", texts).unwrap();
    let generated = generate(documents, &Settings::default()).unwrap_or_else(|errors| panic!("{schemas:#?}\n{errors}"));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut lines = generated.types().lines();
    while let Some(line) = lines.next() {
        let is_type = ["pub struct ", "pub enum ", "pub type "].iter().any(|start| line.starts_with(start));
        if is_type {
            let mut members = Vec::new();
            if line.ends_with(['{', '(']) {
                let lines = lines.by_ref().take_while(|line| !["}", ");"].contains(line)).map(str::trim);
                members.extend(lines.filter(|line| !line.starts_with("///")).map(remove_boxes));
            }
            found.insert(line.to_owned(), members);
        }
    }
    found
}

/// Removes `Box<` and all `>` from a line of a field, since another field of a cycle may get the box.
fn remove_boxes(line: &str) -> String {
    line.replace("Box<", "").replace('>', "")
}

/// Returns some additions to `schemas` that should not change the names of its types, each as (the addition in words,
/// the schemas with it). `index` chooses the file to which most of the additions are made.
fn make_schema_additions(schemas: &SchemaFiles, index: Index) -> Vec<(&'static str, SchemaFiles)> {
    let file = index.get(&schemas.keys().cloned().collect::<Vec<_>>()).clone();
    let extra = json!({ "type": "object", "properties": { "aside": { "enum": ["one", "two"] } } });
    let changed = |change: &dyn Fn(&mut SchemaFiles)| {
        let mut changed = schemas.clone();
        change(&mut changed);
        changed
    };
    vec![
        (
            "a file",
            changed(&|schemas| {
                schemas.insert("aaa.json".to_owned(), json!({ "title": "Aaa", "allOf": [extra.clone()] }));
            }),
        ),
        (
            "a file that refers to a file and its definition",
            changed(&|schemas| {
                let child = json!({
                    "title": "Aaa",
                    "allOf": [{ "$ref": file.clone() }],
                    "properties": { "aside": { "$ref": format!("{file}#/$defs/Base") } }
                });
                schemas.insert("aaa.json".to_owned(), child);
            }),
        ),
        (
            "a definition",
            changed(&|schemas| {
                let definitions = schemas.get_mut(&file).unwrap()["$defs"].as_object_mut().unwrap();
                let before = std::mem::take(definitions);
                definitions.insert("Aaa".to_owned(), extra.clone());
                definitions.extend(before);
                schemas.get_mut(&file).unwrap()["properties"]["zzz"] = json!({ "$ref": "#/$defs/Aaa" });
            }),
        ),
        (
            "a property",
            changed(&|schemas| {
                let properties = schemas.get_mut(&file).unwrap()["properties"].as_object_mut().unwrap();
                let before = std::mem::take(properties);
                properties.insert("aaa".to_owned(), extra.clone());
                properties.extend(before);
            }),
        ),
    ]
}

/// Returns a strategy for schema files whose roots are objects and which refer to each other's definitions.
fn any_schema_files() -> impl Strategy<Value = SchemaFiles> {
    let file =
        (any_object_schema(1), btree_map(select(&COLLIDING_NAMES[..8]), any_schema(1), 1..4), any_object_schema(1));
    vec(file, SCHEMA_FILE_NAMES.len()).prop_map(|files| {
        let named = SCHEMA_FILE_NAMES.iter().zip(files).map(|(name, (mut root, definitions, base))| {
            let mut definitions: Map<String, Value> =
                definitions.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
            definitions.insert("Base".to_owned(), base);
            for child in ["Left", "Right"] {
                definitions.insert(child.to_owned(), json!({ "allOf": [{ "$ref": "#/$defs/Base" }], "title": child }));
                root["properties"][child] = json!({ "$ref": format!("#/$defs/{child}") });
            }
            let own: Vec<String> = definitions.keys().cloned().collect();
            for name in own {
                root["properties"][format!("to {name}")] = json!({ "$ref": format!("#/$defs/{name}") });
            }
            root["$defs"] = Value::Object(definitions);
            ((*name).to_owned(), root)
        });
        named.collect()
    })
}

/// Returns a strategy for schemas of objects. The schemas of their properties are nested at most `depth` levels deep: at
/// 0 they are scalars, enums and references.
fn any_object_schema(depth: u32) -> BoxedStrategy<Value> {
    let properties = btree_map(select(COLLIDING_NAMES), any_schema(depth), 1..4);
    properties.prop_map(|properties| json!({ "type": "object", "properties": properties })).boxed()
}

/// Returns a strategy for schemas of any kind, nested at most `depth` levels deep: at 0 they are scalars, enums and
/// references.
fn any_schema(depth: u32) -> BoxedStrategy<Value> {
    let scalar = select(&["string", "integer", "boolean"][..]).prop_map(|name| json!({ "type": name }));
    let values = vec(select(COLLIDING_NAMES), 1..5).prop_map(|values| json!({ "enum": values }));
    let reference =
        select(SCHEMA_FILE_NAMES).prop_map(|file| json!({ "$ref": format!("json-schema:///{file}#/$defs/Base") }));
    let leaf = prop_oneof![scalar, values, reference];
    if depth == 0 {
        return leaf.boxed();
    }
    let list = any_schema(depth - 1).prop_map(|items| json!({ "type": "array", "items": items }));
    let union = vec(any_object_schema(depth - 1), 2..4).prop_map(|members| json!({ "oneOf": members }));
    let tagged = btree_map(select(COLLIDING_NAMES), any_object_schema(depth - 1), 2..4).prop_map(|members| {
        let tag = |(name, mut schema): (&str, Value)| {
            schema["properties"]["kind"] = json!({ "const": name });
            schema
        };
        json!({ "oneOf": members.into_iter().map(tag).collect::<Vec<_>>() })
    });
    prop_oneof![leaf, any_object_schema(depth - 1), list, union, tagged].boxed()
}
