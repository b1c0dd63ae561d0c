//! Finds the definitions that stand in a union: the value of such a type may be one of several, so the
//! output can tell how well a value fits it.

use crate::normalize::{Definition, DefinitionId, Definitions, Shape, Type};

/// Returns for each definition, in their order, whether a variant of a union holds it, at any depth.
pub(super) fn candidates(definitions: &Definitions) -> Vec<bool> {
    let is_union = |definition: &&Definition| matches!(definition.shape, Shape::Union(_));
    let mut found = vec![false; definitions.all.len()];
    let mut waiting: Vec<DefinitionId> = definitions.all.iter().filter(is_union).flat_map(held).collect();
    while let Some(id) = waiting.pop() {
        if let (Some(false), Some(definition)) = (found.get(id.0), definitions.get(id)) {
            found[id.0] = true;
            waiting.extend(held(definition));
        }
    }
    found
}

/// Returns the definitions that a definition holds.
fn held(definition: &Definition) -> Vec<DefinitionId> {
    definition.shape.types().into_iter().filter_map(named).collect()
}

/// Returns the definition that a type names, looking through lists, maps, options and boxes.
fn named(ty: &Type) -> Option<DefinitionId> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        Type::Named(id) | Type::Boxed(id) => Some(*id),
        _ => None,
    }
}
