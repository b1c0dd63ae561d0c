//! Makes random schemas of objects with definitions. The same seed gives the same schema.

mod draft;
mod make;

use serde_json::{Map, Value, json};

use crate::random::RandomNumbers;
use draft::SchemaDraft;
use make::SchemaMaker;

/// Returns a random schema, always the same one for a seed. It is small, in a random draft, and accepted by its
/// metaschema. Its root is the schema of an object with a property that refers to each definition, and with some random
/// properties.
pub fn make_random_schema(seed: u64) -> Value {
    let mut random = RandomNumbers::new(seed);
    let draft = *random.choose_element(SchemaDraft::DRAFT_CHOICES);
    let mut maker = SchemaMaker::new(random, draft);
    let (mut definitions, mut properties) = (Map::new(), Map::new());
    for name in maker.definition_names() {
        definitions.insert((*name).to_owned(), maker.make_definition());
        properties.insert(format!("to {name}"), json!({ "$ref": draft.write_reference(name) }));
    }
    if draft == SchemaDraft::OpenApi30 {
        let (pets, union) = maker.make_discriminated_union();
        definitions.extend(pets);
        properties.insert("pet".to_owned(), union);
    }
    for _ in 0..=maker.random.number_below(2) {
        let (name, schema) = maker.make_named_property(MAX_ROOT_PROPERTY_DEPTH);
        properties.insert(name, schema);
    }
    let mut root = json!({ "type": "object", "properties": properties });
    draft.add_definitions(&mut root, definitions);
    draft.add_schema_keyword(&mut root);
    root
}

/// Most levels of schemas inside one another in a property of the root.
const MAX_ROOT_PROPERTY_DEPTH: u32 = 3;
