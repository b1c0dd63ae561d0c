//! Checks that the types of random schemas read each instance, write back an equal one, and find nothing unlisted where
//! the schema defines everything in the instance. Strict types, which half of the schemas get besides, have to do so too.
//!
//! The environment variable `LAB_SCHEMAS` sets the number of schemas, and `LAB_SEED` the seed of the first.

use json_schema_codegen::Generated;
use json_schema_instances::Sample;
use lab::schemas::make_random_schema;
use serde_json::Value;

use crate::batch::{GeneratedModule, ModuleInstance, find_module_faults};
use crate::bounds::add_integer_bounds;
use crate::listed::ListingChecker;
use crate::{generate_types, read_large_run_size};

/// The number of schemas if the environment variable `LAB_SCHEMAS` is not set.
const DEFAULT_SCHEMA_COUNT: usize = 24;

/// The number of instances that are made for each schema.
const INSTANCES_PER_SCHEMA: usize = 24;

/// Least percentage of the instances in which the schema must define everything, so that `unlisted()` is really tested.
const MIN_LISTED_PERCENT: usize = 30;

#[test]
fn types_of_random_schemas_compile_and_write_instances_back() {
    let first = std::env::var("LAB_SEED").map_or(0, |seed| seed.parse().expect("LAB_SEED is a number"));
    let seeds: Vec<u64> = (first..).take(read_large_run_size().unwrap_or(DEFAULT_SCHEMA_COUNT)).collect();
    let (mut found, mut modules) = (Vec::new(), Vec::new());
    for seed in &seeds {
        match generate_modules(*seed, &mut found) {
            Ok(generated) => modules.extend(generated),
            Err(fault) => found.push(fault),
        }
    }
    let all = || modules.iter().flat_map(|module| &module.instances);
    let (instances, listed) = (all().count(), all().filter(|instance| instance.is_listed).count());
    found.extend(find_module_faults("lab_schemas", &modules));
    println!("{} schemas, {instances} instances, {listed} of them with nothing unlisted", seeds.len());
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    assert!(listed * 100 >= instances * MIN_LISTED_PERCENT, "only {listed} of {instances} instances are listed");
}

/// Generates types from the random schema of `seed`, and strict types if `seed` is odd. Makes instances for them. Adds a
/// text to `faults` for an instance that `Generated::schema` accepts and the schema itself rejects.
///
/// # Errors
/// The schema, and the reason why it has no types or no instances.
fn generate_modules(seed: u64, faults: &mut Vec<String>) -> Result<Vec<GeneratedModule>, String> {
    let schema = make_random_schema(seed);
    let origin = format!("seed {seed}: {schema:#}");
    let generated = generate_types(&schema, false).map_err(|errors| format!("{origin}\n{errors}"))?;
    let (whole, pointer) = find_root_schema_pointer(&generated);
    let mut within = whole.clone();
    add_integer_bounds(&mut within);
    let made = Sample::new(&within, &pointer, seed).map_err(|error| format!("{origin}\n{error}\n{whole:#}"))?;
    let sample = Sample::new(&whole, &pointer, seed).unwrap();
    let values: Vec<Value> =
        made.instances().take(INSTANCES_PER_SCHEMA).filter(|value| sample.accepts(value)).collect();
    if schema.get("openapi").is_none() {
        let validator = jsonschema::validator_for(&schema).map_err(|error| format!("{origin}\n{error}"))?;
        let refused = values.iter().find(|value| !validator.is_valid(value));
        faults.extend(refused.map(|value| format!("{origin}\nonly `Generated::schema` accepts {value}: {whole:#}")));
    }
    let listing = ListingChecker::new(&whole);
    let is_listed = |value: &Value| listing.lists_everything_in(&pointer, value);
    let mut modules = Vec::new();
    if seed % 2 == 1 {
        let origin = format!("strict, {origin}");
        let strict = generate_types(&schema, true).map_err(|errors| format!("{origin}\n{errors}"))?;
        let instances = values.iter().map(|value| ModuleInstance { is_listed: false, value: value.clone() }).collect();
        modules.push(GeneratedModule { origin, types: strict.types().to_owned(), instances });
    }
    let instances = values.into_iter().map(|value| ModuleInstance { is_listed: is_listed(&value), value }).collect();
    modules.push(GeneratedModule { origin, types: generated.types().to_owned(), instances });
    Ok(modules)
}

/// Returns (the corrected schemas as one document, the pointer to the schema of the type `Root` in it).
fn find_root_schema_pointer(generated: &Generated) -> (Value, String) {
    let pointer = generated.schema_pointers().remove("Root").unwrap();
    (generated.schema(), pointer)
}
