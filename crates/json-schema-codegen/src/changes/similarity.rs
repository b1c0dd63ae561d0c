//! Compares definitions of two versions by what they are: the properties of objects, the values of enums, the members of
//! unions.

use std::collections::BTreeSet;

use crate::normalize::{Shape, Struct, Type, Union};

/// Checks cheaply whether one shape may be the other under another name: structs need the same JSON names and required
/// properties, enums the same values in the same order, unions the same members, tuples the same number of items. Aliases
/// and wrappers never match.
pub(crate) fn has_same_outline(old: &Shape, new: &Shape) -> bool {
    match (old, new) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let names = |object: &Struct| {
                let all = object.properties.iter().map(|property| (property.json_name.clone(), property.required));
                all.collect::<BTreeSet<_>>()
            };
            names(old) == names(new)
        }
        (Shape::Enum(old), Shape::Enum(new)) => {
            let values = |listed: &crate::normalize::Enum| {
                listed.values.iter().map(|value| value.value.clone()).collect::<Vec<_>>()
            };
            old.open == new.open && values(old) == values(new)
        }
        (Shape::Union(old), Shape::Union(new)) => has_same_distinction(old, new) && members(old) == members(new),
        (Shape::Tuple(old), Shape::Tuple(new)) => old.items.len() == new.items.len(),
        _ => false,
    }
}

/// Checks whether two shapes have at least half of their properties, values or members in common, so that one may be the
/// other after a change. Tuples are similar if they have the same number of items, aliases and wrappers if they are of the
/// same kind of type.
pub(crate) fn is_similar(old: &Shape, new: &Shape) -> bool {
    match (old, new) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let names = |object: &Struct| {
                object.properties.iter().map(|property| property.json_name.clone()).collect::<BTreeSet<_>>()
            };
            share_half(&names(old), &names(new))
        }
        (Shape::Enum(old), Shape::Enum(new)) => {
            let values = |listed: &crate::normalize::Enum| {
                listed.values.iter().map(|value| value.value.to_string()).collect::<BTreeSet<_>>()
            };
            share_half(&values(old), &values(new))
        }
        (Shape::Union(old), Shape::Union(new)) => {
            has_same_distinction(old, new)
                && share_half(&members(old).into_iter().collect(), &members(new).into_iter().collect())
        }
        (Shape::Tuple(old), Shape::Tuple(new)) => old.items.len() == new.items.len(),
        (Shape::Alias(old), Shape::Alias(new)) | (Shape::Newtype(old), Shape::Newtype(new)) => {
            std::mem::discriminant(old) == std::mem::discriminant(new)
        }
        _ => false,
    }
}

/// Returns the types that are in the same place of two shapes: of properties with one JSON name, of the additional
/// properties, of variants with one name, and of items with one index.
pub(crate) fn corresponding_types<'a>(old: &'a Shape, new: &'a Shape) -> Vec<(&'a Type, &'a Type)> {
    match (old, new) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let same = |property: &'a crate::normalize::Property| {
                let mut new = new.properties.iter();
                Some((&property.ty, &new.find(|other| other.json_name == property.json_name)?.ty))
            };
            old.properties.iter().filter_map(same).collect()
        }
        (Shape::Union(old), Shape::Union(new)) => {
            let same = |variant: &'a crate::normalize::Variant| {
                Some((&variant.ty, &new.variants.iter().find(|other| other.name == variant.name)?.ty))
            };
            old.variants.iter().filter_map(same).collect()
        }
        (Shape::Tuple(old), Shape::Tuple(new)) => {
            old.items.iter().zip(&new.items).map(|(old, new)| (&old.ty, &new.ty)).collect()
        }
        (Shape::Alias(old), Shape::Alias(new)) | (Shape::Newtype(old), Shape::Newtype(new)) => vec![(old, new)],
        _ => Vec::new(),
    }
}

/// Checks whether the members of two unions are distinguished in the same way: by JSON type, by one tag, or by neither.
fn has_same_distinction(old: &Union, new: &Union) -> bool {
    let tag = |union: &Union| union.tag.as_ref().map(|tag| tag.property.clone());
    old.by_type == new.by_type && tag(old) == tag(new)
}

/// Returns a text for each member of a union, sorted, which says what values it has: their JSON types, its tags, the
/// properties that it requires, and whether it is a list or a map of something.
fn members(union: &Union) -> Vec<String> {
    let describe = |variant: &crate::normalize::Variant| {
        let kind = match &variant.ty {
            Type::Named(_) | Type::Boxed(_) => "definition".to_owned(),
            Type::Array(_) => "list".to_owned(),
            Type::Map(_) => "map".to_owned(),
            ty => format!("{ty:?}"),
        };
        format!("{:?} {:?} {:?} {kind}", variant.types, variant.tags, variant.required)
    };
    let mut members: Vec<String> = union.variants.iter().map(describe).collect();
    members.sort();
    members
}

/// Checks whether each of two sets has at least half of its elements in the other. False for empty sets.
fn share_half(old: &BTreeSet<String>, new: &BTreeSet<String>) -> bool {
    let shared = old.intersection(new).count();
    shared > 0 && 2 * shared >= old.len().max(new.len())
}

#[cfg(test)]
mod tests {
    use super::share_half;

    #[test]
    fn half_is_of_the_larger_set() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert!(share_half(&set(&["a", "b"]), &set(&["a", "b", "c", "d"])));
        assert!(!share_half(&set(&["a"]), &set(&["a", "b", "c"])));
        assert!(!share_half(&set(&[]), &set(&[])));
    }
}
