//! Writes what typify makes of the same schema as ours.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use schemars::schema::RootSchema;
use typify::{TypeSpace, TypeSpaceSettings};

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
