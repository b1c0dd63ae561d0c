//! Finds the definitions that members of unions have in them. The output contains code that says how well a value fits
//! these types, by which it chooses the member that a value is read as.

use crate::normalize::{Definition, DefinitionId, Definitions, Shape, Type};

/// Returns a `bool` for each definition, in the order of the definitions: true if it is in a variant of a union, at any
/// depth.
pub(super) fn find_union_candidates(definitions: &Definitions) -> Vec<bool> {
    let is_union = |definition: &&Definition| matches!(definition.shape, Shape::Union(_));
    let mut found = vec![false; definitions.all.len()];
    let mut waiting: Vec<DefinitionId> =
        definitions.all.iter().filter(is_union).flat_map(list_referenced_definitions).collect();
    while let Some(id) = waiting.pop() {
        if let (Some(false), Some(definition)) = (found.get(id.0), definitions.get(id)) {
            found[id.0] = true;
            waiting.extend(list_referenced_definitions(definition));
        }
    }
    found
}

/// Returns the definitions that the fields, variants or items of `definition` refer to directly.
fn list_referenced_definitions(definition: &Definition) -> Vec<DefinitionId> {
    definition.shape.contained_types().into_iter().filter_map(find_referenced_definition).collect()
}

/// Returns the definition that `ty` refers to, looking through lists, maps, nullables and boxes; `None` if it refers to
/// none, such as `String`.
fn find_referenced_definition(ty: &Type) -> Option<DefinitionId> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
            find_referenced_definition(inner)
        }
        Type::Named(id) | Type::Boxed(id) => Some(*id),
        _ => None,
    }
}
