//! Random schemas: what each accepts is read, comes back equal, and has nothing unlisted in it where
//! the schema lists everything.
//!
//! `LAB_SCHEMAS` says how many there are, and `LAB_SEED` the seed of the first.

use json_schema_codegen::Generated;
use json_schema_instances::Sample;
use lab::schemas::schema;
use serde_json::Value;

use crate::batch::{Instance, Module, faults};
use crate::bounds::put_bounds;
use crate::listed::Listing;
use crate::{generated, large_run};

/// The number of schemas if `LAB_SCHEMAS` is not set.
const SCHEMAS: usize = 24;

/// The number of instances that are made for each schema.
const INSTANCES: usize = 24;

/// The least percentage of instances in which the schema must list everything, so that `unlisted()` is tested.
const LISTED: usize = 30;

#[test]
fn random_schemas_compile_and_their_instances_come_back() {
    let first = std::env::var("LAB_SEED").map_or(0, |seed| seed.parse().expect("LAB_SEED is a number"));
    let seeds: Vec<u64> = (first..).take(large_run().unwrap_or(SCHEMAS)).collect();
    let (mut found, mut modules) = (Vec::new(), Vec::new());
    for seed in &seeds {
        match module(*seed, &mut found) {
            Ok(module) => modules.push(module),
            Err(fault) => found.push(fault),
        }
    }
    let all = || modules.iter().flat_map(|module| &module.instances);
    let (instances, listed) = (all().count(), all().filter(|instance| instance.is_listed).count());
    found.extend(faults("lab_schemas", &modules));
    println!("{} schemas, {instances} instances, {listed} of them with nothing unlisted", seeds.len());
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    assert!(listed * 100 >= instances * LISTED, "only {listed} of {instances} instances are listed");
}

/// Generates from the schema of the seed, and makes instances. An instance that the schema itself
/// does not accept, though `Generated::schema` does, is added to `faults`.
fn module(seed: u64, faults: &mut Vec<String>) -> Result<Module, String> {
    let schema = schema(seed);
    let origin = format!("seed {seed}: {schema:#}");
    let generated = generated(&schema).map_err(|errors| format!("{origin}\n{errors}"))?;
    let (whole, pointer) = of_root(&generated);
    let mut within = whole.clone();
    put_bounds(&mut within);
    let made = Sample::new(&within, &pointer, seed).map_err(|error| format!("{origin}\n{error}\n{whole:#}"))?;
    let sample = Sample::new(&whole, &pointer, seed).unwrap();
    let values: Vec<Value> = made.instances().take(INSTANCES).filter(|value| sample.accepts(value)).collect();
    if schema.get("openapi").is_none() {
        let validator = jsonschema::validator_for(&schema).map_err(|error| format!("{origin}\n{error}"))?;
        let refused = values.iter().find(|value| !validator.is_valid(value));
        faults.extend(refused.map(|value| format!("{origin}\nonly `Generated::schema` accepts {value}: {whole:#}")));
    }
    let listing = Listing::new(&whole);
    let is_listed = |value: &Value| listing.lists(&pointer, value);
    let instances = values.into_iter().map(|value| Instance { is_listed: is_listed(&value), value }).collect();
    Ok(Module { origin, types: generated.types().to_owned(), instances })
}

/// Returns the schema as one document, and the pointer to the root in it.
fn of_root(generated: &Generated) -> (Value, String) {
    let pointer = generated.schema_pointers().remove("Root").unwrap();
    (generated.schema(), pointer)
}
