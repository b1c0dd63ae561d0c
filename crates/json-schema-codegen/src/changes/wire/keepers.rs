//! Finds the properties that keep an object or another value whole if it is of another type than the schema's.

use std::collections::HashSet;

use crate::changes::report::Keeper;
use crate::normalize::{Definition, DefinitionId, Definitions, Extra, OnMismatch, Property, Shape, Struct, Type};

/// Returns the properties that keep a value which does not fit the definition `id`, wherever the types use it. `None` if no
/// property does, or if there is a root that can be read only if the value fits.
pub(super) fn keepers_of(definitions: &Definitions, id: DefinitionId) -> Option<Vec<Keeper>> {
    let mut keepers = Vec::new();
    let mut seen = HashSet::from([id]);
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if is_root(definitions, id) {
            return None;
        }
        for (index, user) in definitions.all.iter().enumerate() {
            if is_let_through(user, id, &mut keepers)? && seen.insert(DefinitionId(index)) {
                waiting.push(DefinitionId(index));
            }
        }
    }
    (!keepers.is_empty()).then_some(keepers)
}

/// Returns the keeper that is the property `property` of the struct `object` with the name `owner`; `None` if the struct
/// does not keep values of another type there.
pub(super) fn keeper(owner: &str, object: &Struct, property: &Property) -> Option<Keeper> {
    match (&object.extra, property.on_mismatch) {
        (Extra::Open { field: kept_in }, OnMismatch::Keep) => Some(Keeper {
            owner: owner.to_owned(),
            property: property.json_name.clone(),
            field: property.field.clone(),
            kept_in: kept_in.clone(),
        }),
        _ => None,
    }
}

/// Checks whether `user` is itself of another type if a value inside it does not fit the definition `id`. Adds to `keepers`
/// the properties of `user` that keep such a value. `None` if the value makes reading fail.
fn is_let_through(user: &Definition, id: DefinitionId, keepers: &mut Vec<Keeper>) -> Option<bool> {
    let Shape::Struct(object) = &user.shape else {
        return Some(user.shape.types().into_iter().any(|ty| names(ty, id)));
    };
    let mut is_let_through = false;
    for property in object.properties.iter().filter(|property| names(&property.ty, id)) {
        match keeper(&user.name, object, property) {
            Some(keeper) => keepers.push(keeper),
            None if property.on_mismatch == OnMismatch::Fail => return None,
            None => is_let_through = true,
        }
    }
    let extra = if let Extra::Typed { ty, .. } = &object.extra { Some(ty) } else { None };
    let others = object.patterns.iter().map(|pattern| &pattern.ty).chain(extra);
    Some(is_let_through || others.into_iter().any(|ty| names(ty, id)))
}

/// Checks whether a type names the definition, directly or in a list, a map or a nullable.
fn names(ty: &Type, id: DefinitionId) -> bool {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Checked(inner, _) => names(inner, id),
        Type::Named(named) | Type::Boxed(named) => *named == id,
        _ => false,
    }
}

/// Checks whether the definition is a root, or a root is another name for it or a list of it.
fn is_root(definitions: &Definitions, id: DefinitionId) -> bool {
    definitions.get(id).is_some_and(|definition| definition.is_root)
        || definitions.roots.iter().any(|root| names(&root.ty, id))
}
