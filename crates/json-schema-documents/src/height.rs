//! How deep a schema's values nest at least, so that making can end a recursion.

use crate::schema::{Schema, SchemaId, Types};

/// The height of a schema that no finite document satisfies.
pub(crate) const ENDLESS: u32 = u32::MAX;

/// The heights of `schemas`, in their order: 1 for a leaf, one more than its parts for others.
pub(crate) fn of_all(schemas: &[Schema]) -> Vec<u32> {
    let mut heights = vec![ENDLESS; schemas.len()];
    // Each round finds more of them, and the last one none. The parts of a schema stand after it
    // mostly: that way around, a chain of schemas takes a round or two.
    let mut is_found = false;
    while !is_found {
        is_found = true;
        for (at, schema) in schemas.iter().enumerate().rev() {
            let height = of_one(schema, &heights);
            is_found &= height == heights[at];
            heights[at] = height;
        }
    }
    heights
}

fn of_one(schema: &Schema, heights: &[u32]) -> u32 {
    let known = |id: &SchemaId| heights[id.0];
    let combined = schema.all_of.iter().map(known).max().unwrap_or(0);
    let lowest_branch = |branches: &Vec<SchemaId>| branches.iter().map(known).min();
    let branched = schema.unions.iter().filter_map(lowest_branch).max();
    let own = of_types(schema, heights);
    own.max(combined).max(branched.unwrap_or(0))
}

/// The height that `type` and the keywords of each type ask for.
fn of_types(schema: &Schema, heights: &[u32]) -> u32 {
    if schema.types == Types::NONE {
        return ENDLESS;
    }
    if schema.values.is_some() || schema.types.meets(Types::ALL.without(Types::CONTAINER)) {
        return 1;
    }
    let object = schema.types.meets(Types::OBJECT);
    let array = schema.types.meets(Types::ARRAY);
    let object = object.then(|| of_object(schema, heights));
    let array = array.then(|| of_array(schema, heights));
    object.into_iter().chain(array).min().unwrap_or(ENDLESS)
}

fn of_object(schema: &Schema, heights: &[u32]) -> u32 {
    let object = &schema.object;
    let schema_of = |name| {
        let property = object.properties.get(name);
        property.or(object.additional_properties.as_ref())
    };
    let required = object.required.iter().filter_map(schema_of);
    above(required.map(|id| heights[id.0]).max())
}

fn of_array(schema: &Schema, heights: &[u32]) -> u32 {
    let array = &schema.array;
    let prefix = array.prefix_items.iter().take(array.min_items);
    let rest = array.items.as_ref();
    let rest = rest.filter(|_| array.min_items > array.prefix_items.len());
    above(prefix.chain(rest).map(|id| heights[id.0]).max())
}

fn above(parts: Option<u32>) -> u32 {
    // Saturating keeps `ENDLESS` what it is.
    parts.unwrap_or(0).saturating_add(1)
}
