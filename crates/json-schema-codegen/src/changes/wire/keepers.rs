//! Finds the properties that keep a value whole if it, or something inside it, is of another type than the schema's.

use std::collections::HashSet;

use crate::changes::report::Keeper;
use crate::normalize::{
    AdditionalProperties, Definition, DefinitionId, Definitions, MismatchTreatment, Property, Shape, Struct, Type,
};

/// Returns the properties that keep a value which does not fit the definition `id`, of all types that use the
/// definition, directly or through others. `None` if there is no such property, or if such a value makes reading some
/// type fail: a root without a keeping property around the value, or a property for which the settings make it an
/// error.
pub(super) fn find_keeping_properties(definitions: &Definitions, id: DefinitionId) -> Option<Vec<Keeper>> {
    let mut keepers = Vec::new();
    let mut seen = HashSet::from([id]);
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if is_used_by_root(definitions, id) {
            return None;
        }
        for (index, user) in definitions.all.iter().enumerate() {
            if add_keepers_of_user(user, id, &mut keepers)? && seen.insert(DefinitionId(index)) {
                waiting.push(DefinitionId(index));
            }
        }
    }
    (!keepers.is_empty()).then_some(keepers)
}

/// Describes `property` of the struct `object`, whose Rust name is `owner`, as a keeper of values of another type;
/// `None` if the struct does not keep such values.
pub(super) fn build_keeper(owner: &str, object: &Struct, property: &Property) -> Option<Keeper> {
    match (&object.extra, property.on_mismatch) {
        (AdditionalProperties::Open { field: kept_in }, MismatchTreatment::Keep) => Some(Keeper {
            owner: owner.to_owned(),
            property: property.json_name.clone(),
            field: property.field.clone(),
            kept_in: kept_in.clone(),
        }),
        _ => None,
    }
}

/// Adds to `keepers` the properties of `user` that keep a value which does not fit the definition `id`. Returns whether
/// such a value elsewhere in `user` makes `user` itself a mismatch for the types around it. `None` if the value makes
/// reading fail.
fn add_keepers_of_user(user: &Definition, id: DefinitionId, keepers: &mut Vec<Keeper>) -> Option<bool> {
    let Shape::Struct(object) = &user.shape else {
        return Some(user.shape.contained_types().into_iter().any(|ty| refers_to_definition(ty, id)));
    };
    let mut is_mismatch = false;
    for property in object.properties.iter().filter(|property| refers_to_definition(&property.ty, id)) {
        match build_keeper(&user.name, object, property) {
            Some(keeper) => keepers.push(keeper),
            None if property.on_mismatch == MismatchTreatment::Fail => return None,
            None => is_mismatch = true,
        }
    }
    let extra = if let AdditionalProperties::Typed { ty, .. } = &object.extra { Some(ty) } else { None };
    let others = object.patterns.iter().map(|pattern| &pattern.ty).chain(extra);
    Some(is_mismatch || others.into_iter().any(|ty| refers_to_definition(ty, id)))
}

/// Checks whether a type refers to the definition `id`, directly or as the item of a list, the value of a map, or
/// inside a nullable.
fn refers_to_definition(ty: &Type, id: DefinitionId) -> bool {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => {
            refers_to_definition(inner, id)
        }
        Type::Named(named) | Type::Boxed(named) => *named == id,
        _ => false,
    }
}

/// Checks whether the definition is a root, or a root is an alias, a list, a map or a nullable of it.
fn is_used_by_root(definitions: &Definitions, id: DefinitionId) -> bool {
    definitions.get(id).is_some_and(|definition| definition.is_root)
        || definitions.roots.iter().any(|root| refers_to_definition(&root.ty, id))
}
