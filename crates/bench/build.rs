//! Generates types with typify from the event schema, to compare ours with: `OUT_DIR/typify.rs`.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use schemars::schema::RootSchema;
use typify::{TypeSpace, TypeSpaceSettings};

/// The event schema as one document, relative to this package.
const SCHEMA: &str = "../../generated/event.schema.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SCHEMA}");
    println!("cargo::rerun-if-changed=build.rs");
    let schema: RootSchema = serde_json::from_str(&fs::read_to_string(SCHEMA)?)?;
    let mut types = TypeSpace::new(&TypeSpaceSettings::default());
    types.add_ref_types(schema.definitions)?;
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("typify.rs"), types.to_stream().to_string())?;
    Ok(())
}
