//! The minimum nesting depth of a schema's instances. It makes sure that values for a recursive schema come to an end.

use crate::schema::{Schema, SchemaId, Types};

/// The minimum depth of a schema that no finite instance satisfies, such as an object that requires itself.
pub(crate) const INFINITE: u32 = u32::MAX;

/// Returns the minimum depth of each of `schemas`, in the same order. It is 1 for `{"type": "string"}` and 2 for an
/// object that requires a string.
pub(crate) fn min_depths(schemas: &[Schema]) -> Vec<u32> {
    let mut depths = vec![INFINITE; schemas.len()];
    // Each round lowers some of them; a round without a change is the last. Most subschemas come after the schema that
    // contains them, so going backwards needs only a round or two for a chain of schemas.
    let mut is_final = false;
    while !is_final {
        is_final = true;
        for (index, schema) in schemas.iter().enumerate().rev() {
            let depth = min_depth(schema, &depths);
            is_final &= depth == depths[index];
            depths[index] = depth;
        }
    }
    depths
}

/// Returns the minimum depth of `schema`, given the `depths` of all schemas as far as they are known.
fn min_depth(schema: &Schema, depths: &[u32]) -> u32 {
    let known = |id: &SchemaId| depths[id.0];
    let combined = schema.all_of.iter().map(known).max().unwrap_or(0);
    let lowest_branch = |branches: &Vec<SchemaId>| branches.iter().map(known).min();
    let branched = schema.unions.iter().filter_map(lowest_branch).max();
    let own = min_depth_by_type(schema, depths);
    own.max(combined).max(branched.unwrap_or(0))
}

/// Returns the minimum depth that `type`, `enum` and the keywords of objects and arrays ask for, without `allOf`, `$ref`
/// and unions. A value from `enum` counts as 1, however deep it is.
fn min_depth_by_type(schema: &Schema, depths: &[u32]) -> u32 {
    if schema.types == Types::NONE {
        return INFINITE;
    }
    if schema.values.is_some() || schema.types.intersects(Types::ALL.without(Types::CONTAINER)) {
        return 1;
    }
    let object = schema.types.intersects(Types::OBJECT);
    let array = schema.types.intersects(Types::ARRAY);
    let object = object.then(|| min_object_depth(schema, depths));
    let array = array.then(|| min_array_depth(schema, depths));
    object.into_iter().chain(array).min().unwrap_or(INFINITE)
}

/// Returns one more than the deepest required property.
fn min_object_depth(schema: &Schema, depths: &[u32]) -> u32 {
    let object = &schema.object;
    let schema_of = |name| {
        let property = object.properties.get(name);
        property.or(object.additional_properties.as_ref())
    };
    let required = object.required.iter().filter_map(schema_of);
    one_more(required.map(|id| depths[id.0]).max())
}

/// Returns one more than the deepest item among those that `minItems` requires.
fn min_array_depth(schema: &Schema, depths: &[u32]) -> u32 {
    let array = &schema.array;
    let prefix = array.prefix_items.iter().take(array.min_items);
    let rest = array.items.as_ref();
    let rest = rest.filter(|_| array.min_items > array.prefix_items.len());
    one_more(prefix.chain(rest).map(|id| depths[id.0]).max())
}

/// Returns the depth of a value whose deepest child has the depth `deepest_child`; `None` is no child. `INFINITE` stays.
fn one_more(deepest_child: Option<u32>) -> u32 {
    deepest_child.unwrap_or(0).saturating_add(1)
}
