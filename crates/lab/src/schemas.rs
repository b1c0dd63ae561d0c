//! Makes random schemas of objects with definitions. The same seed gives the same schema.

mod draft;
mod make;

use serde_json::{Map, Value, json};

use crate::random::Random;
use draft::Draft;
use make::Maker;

/// Returns the random schema for `seed`: small, in a random draft, and accepted by its metaschema. The root is the
/// schema of an object, with a property that refers to it for each definition, and some random properties.
pub fn schema(seed: u64) -> Value {
    let mut random = Random::new(seed);
    let draft = *random.one_of(Draft::ALL);
    let mut maker = Maker::new(random, draft);
    let (mut definitions, mut properties) = (Map::new(), Map::new());
    for name in maker.definitions() {
        definitions.insert((*name).to_owned(), maker.definition());
        properties.insert(format!("to {name}"), json!({ "$ref": draft.reference(name) }));
    }
    if draft == Draft::OpenApi30 {
        let (pets, union) = maker.discriminated_union();
        definitions.extend(pets);
        properties.insert("pet".to_owned(), union);
    }
    for _ in 0..=maker.random.below(2) {
        let (name, schema) = maker.property(ROOT_DEPTH);
        properties.insert(name, schema);
    }
    let mut root = json!({ "type": "object", "properties": properties });
    draft.put_definitions(&mut root, definitions);
    draft.put_name(&mut root);
    root
}

/// Most levels of schemas in a property of the root.
const ROOT_DEPTH: u32 = 3;
