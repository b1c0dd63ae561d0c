//! Measures how long the making of instances takes: `cargo test --test speed -- --ignored --nocapture`.

#![cfg(feature = "proptest")]

mod common;

use std::time::Instant;

use json_schema_instances::accepted_instances;
use serde_json::{Map, Value, json};

#[test]
#[ignore = "a measurement"]
fn print_the_time_of_making_ten_thousand_instances() {
    let text = || json!({ "type": "string" });
    let names = (0..40).map(|number| format!("property{number}"));
    let properties: Map<String, Value> = names.map(|name| (name, text())).collect();
    let wide = json!({ "type": "object", "properties": properties });
    for (name, schema) in [("40 optional texts", wide)].into_iter().chain(common::list_named_schemas()) {
        let compiling = Instant::now();
        let strategy = accepted_instances(&schema);
        let making = Instant::now();
        let instances = common::draw_values(&strategy, 10_000);
        let (compiled, made) = (making - compiling, making.elapsed());
        let size: usize = instances.iter().map(|instance| instance.to_string().len()).sum();
        println!("{name}: compiled in {compiled:?}, made in {made:?}, {} bytes each", size / 10_000);
    }
}
