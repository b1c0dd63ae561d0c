//! The minimum nesting depth of a schema's instances. It makes sure that values for a recursive schema come to an end.

use crate::schema::{JsonTypes, Schema, SchemaId};

/// The minimum depth of a schema that no finite instance satisfies, such as an object that requires itself.
pub(crate) const INFINITE_DEPTH: u32 = u32::MAX;

/// Returns the minimum nesting depth of the instances of each of `schemas`, in the same order. It is 1 for `{"type":
/// "string"}` and 2 for an object that requires a string.
pub(crate) fn compute_min_depths(schemas: &[Schema]) -> Vec<u32> {
    let mut depths = vec![INFINITE_DEPTH; schemas.len()];
    // Each round lowers some of them; a round without a change is the last. Most subschemas come after the schema that
    // contains them, so going backwards needs only a round or two for a chain of schemas.
    let mut is_final = false;
    while !is_final {
        is_final = true;
        for (index, schema) in schemas.iter().enumerate().rev() {
            let depth = compute_min_depth(schema, &depths);
            is_final &= depth == depths[index];
            depths[index] = depth;
        }
    }
    depths
}

/// Returns the minimum depth of the instances of `schema`. `depths` has the minimum depth of each schema, as far as it
/// is known.
fn compute_min_depth(schema: &Schema, depths: &[u32]) -> u32 {
    let known = |id: &SchemaId| depths[id.0];
    let combined = schema.all_of.iter().map(known).max().unwrap_or(0);
    let lowest_branch = |branches: &Vec<SchemaId>| branches.iter().map(known).min();
    let branched = schema.unions.iter().filter_map(lowest_branch).max();
    let own = compute_min_depth_by_type(schema, depths);
    own.max(combined).max(branched.unwrap_or(0))
}

/// Returns the minimum depth that `type`, `enum` and the keywords for objects and arrays ask for, without `allOf`,
/// `$ref` and unions. A value from `enum` counts as depth 1, even if it is nested.
fn compute_min_depth_by_type(schema: &Schema, depths: &[u32]) -> u32 {
    if schema.types == JsonTypes::NONE {
        return INFINITE_DEPTH;
    }
    if schema.values.is_some() || schema.types.intersects(JsonTypes::ALL.without(JsonTypes::CONTAINER)) {
        return 1;
    }
    let object = schema.types.intersects(JsonTypes::OBJECT);
    let array = schema.types.intersects(JsonTypes::ARRAY);
    let object = object.then(|| compute_min_object_depth(schema, depths));
    let array = array.then(|| compute_min_array_depth(schema, depths));
    object.into_iter().chain(array).min().unwrap_or(INFINITE_DEPTH)
}

/// Returns the minimum depth of an object for `schema`: one more than its deepest required property.
fn compute_min_object_depth(schema: &Schema, depths: &[u32]) -> u32 {
    let object = &schema.object;
    let schema_of = |name| {
        let property = object.properties.get(name);
        property.or(object.additional_properties.as_ref())
    };
    let required = object.required.iter().filter_map(schema_of);
    add_level_to_depth(required.map(|id| depths[id.0]).max())
}

/// Returns the minimum depth of an array for `schema`: one more than the deepest item among those that `minItems`
/// requires.
fn compute_min_array_depth(schema: &Schema, depths: &[u32]) -> u32 {
    let array = &schema.array;
    let prefix = array.prefix_items.iter().take(array.min_items);
    let rest = array.items.as_ref();
    let rest = rest.filter(|_| array.min_items > array.prefix_items.len());
    add_level_to_depth(prefix.chain(rest).map(|id| depths[id.0]).max())
}

/// Returns the depth of a value whose deepest child has the depth `deepest_child`, or of a value without children for
/// `None`. `INFINITE_DEPTH` stays.
fn add_level_to_depth(deepest_child: Option<u32>) -> u32 {
    deepest_child.unwrap_or(0).saturating_add(1)
}
