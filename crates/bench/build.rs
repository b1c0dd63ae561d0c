//! Generates types with typify from the event schema, to compare ours with: `OUT_DIR/typify.rs`.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use schemars::schema::RootSchema;
use serde_json::Value;
use typify::{TypeSpace, TypeSpaceSettings};

/// The event schema as one document, relative to this package.
const EVENT_SCHEMA_PATH: &str = "../../generated/event.schema.json";

/// The definition of the types that are compared. The others that it does not reach, those of views, are left out.
const ROOT_DEFINITION: &str = "EventPage";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={EVENT_SCHEMA_PATH}");
    println!("cargo::rerun-if-changed=build.rs");
    let document: Value = serde_json::from_str(&fs::read_to_string(EVENT_SCHEMA_PATH)?)?;
    let mut reached = BTreeSet::new();
    collect_reached_definitions(&document, ROOT_DEFINITION, &mut reached);
    let mut schema: RootSchema = serde_json::from_value(document.clone())?;
    schema.definitions.retain(|name, _| reached.contains(name.as_str()));
    let mut types = TypeSpace::new(&TypeSpaceSettings::default());
    types.add_ref_types(schema.definitions)?;
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("typify.rs"), types.to_stream().to_string())?;
    Ok(())
}

/// Adds the definition `name` of `document`, and those that it refers to, directly or not, to `reached`.
fn collect_reached_definitions<'a>(document: &'a Value, name: &'a str, reached: &mut BTreeSet<&'a str>) {
    if reached.insert(name) {
        let mut names = Vec::new();
        collect_referenced_definitions(&document["$defs"][name], &mut names);
        names.into_iter().for_each(|name| collect_reached_definitions(document, name, reached));
    }
}

/// Adds the names of the definitions that `value` refers to by `"$ref": "#/$defs/NAME"` to `names`.
fn collect_referenced_definitions<'a>(value: &'a Value, names: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            names.extend(map.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix("#/$defs/")));
            map.values().for_each(|value| collect_referenced_definitions(value, names));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_referenced_definitions(item, names)),
        _ => {}
    }
}
