//! Random schemas: what each accepts is read, comes back equal, and has nothing unlisted in it where
//! the schema lists everything.
//!
//! `LAB_SCHEMAS` says how many there are, and `LAB_SEED` the seed of the first.

use json_schema_codegen::Generated;
use json_schema_instances::Sample;
use lab::schemas::schema;
use serde_json::{Value, json};

use crate::batch::{Document, Module, faults};
use crate::listed::Listing;
use crate::{generated, large_run};

/// How many schemas there are where nothing else is asked for.
const SCHEMAS: usize = 40;

/// How many documents are made for each schema.
const DOCUMENTS: usize = 24;

/// How many schemas are one crate: more take more memory than a machine may have.
const BATCH: usize = 100;

/// The least documents of a hundred that must be listed, so that `unlisted()` is looked at.
const LISTED: usize = 30;

#[test]
fn random_schemas_compile_and_their_documents_come_back() {
    let first = std::env::var("LAB_SEED").map_or(0, |seed| seed.parse().expect("LAB_SEED is a number"));
    let seeds: Vec<u64> = (first..).take(large_run().unwrap_or(SCHEMAS)).collect();
    let (mut found, mut documents, mut listed) = (Vec::new(), 0, 0);
    for batch in seeds.chunks(BATCH) {
        let mut modules = Vec::new();
        for seed in batch {
            match module(*seed, &mut found) {
                Ok(module) => modules.push(module),
                Err(fault) => found.push(fault),
            }
        }
        let all = || modules.iter().flat_map(|module| &module.documents);
        documents += all().count();
        listed += all().filter(|document| document.is_listed).count();
        found.extend(faults("lab_schemas", &modules));
    }
    println!("{} schemas, {documents} documents, {listed} of them with nothing unlisted", seeds.len());
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    assert!(listed * 100 >= documents * LISTED, "only {listed} of {documents} documents are listed");
}

/// Generates from the schema of the seed, and makes documents. A document that the schema itself
/// does not accept, though `Generated::schema` does, is added to `faults`.
fn module(seed: u64, faults: &mut Vec<String>) -> Result<Module, String> {
    let schema = schema(seed);
    let origin = format!("seed {seed}: {schema:#}");
    let generated = generated(&schema).map_err(|errors| format!("{origin}\n{errors}"))?;
    let (document, pointer) = of_root(&generated);
    let mut within = document.clone();
    put_bounds(&mut within);
    let sample = Sample::new(&within, &pointer, seed).map_err(|error| format!("{origin}\n{error}\n{document:#}"))?;
    let values: Vec<Value> = sample.instances().take(DOCUMENTS).collect();
    if schema.get("openapi").is_none() {
        let validator = jsonschema::validator_for(&schema).map_err(|error| format!("{origin}\n{error}"))?;
        let refused = values.iter().find(|value| !validator.is_valid(value));
        faults.extend(refused.map(|value| format!("{origin}\nonly `Generated::schema` accepts {value}: {document:#}")));
    }
    let listing = Listing::new(&document);
    let is_listed = |value: &Value| listing.lists(&pointer, value);
    let documents = values.into_iter().map(|value| Document { is_listed: is_listed(&value), value }).collect();
    Ok(Module { origin, types: generated.types().to_owned(), documents })
}

/// Returns the schema as one document, and the pointer to the root in it.
fn of_root(generated: &Generated) -> (Value, String) {
    let pointer = generated.schema_pointers().remove("Root").unwrap();
    (generated.schema(), pointer)
}

/// Gives each schema of whole numbers the bounds of the Rust type for them: those of `u64` for the
/// format `uint64`, and else, where the schema has no higher ones, those of `i64`. A whole number
/// past its type is refused, and is meant to be.
fn put_bounds(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(put_bounds),
        Value::Object(keywords) => {
            let types = keywords.get("type").cloned().unwrap_or_default();
            let is_integer = types == "integer" || types.as_array().is_some_and(|all| all.contains(&json!("integer")));
            let is_unsigned = keywords.get("format") == Some(&json!("uint64"));
            let has_maximum = keywords.get("maximum").is_some_and(Value::is_u64);
            if is_integer && !has_maximum {
                let (least, most) =
                    if is_unsigned { (json!(0), json!(u64::MAX)) } else { (json!(i64::MIN), json!(i64::MAX)) };
                keywords.entry("minimum").or_insert(least);
                keywords.insert("maximum".to_owned(), most);
            }
            keywords.values_mut().for_each(put_bounds);
        }
        _ => {}
    }
}
