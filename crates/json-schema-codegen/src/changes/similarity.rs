//! Compares definitions of two versions by their content: the properties of objects, the values of enums, the members
//! of unions.

use std::collections::BTreeSet;

use crate::normalize::{Shape, Struct, Type, Union};

/// Checks, without looking at the types inside, whether two shapes may be one type under two names. Structs need the
/// same JSON names and required properties, enums the same values in the same order, unions the same members, tuples
/// the same number of items. Aliases and wrappers never match.
pub(crate) fn has_same_content(old: &Shape, new: &Shape) -> bool {
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
        (Shape::Union(old), Shape::Union(new)) => {
            has_same_distinction(old, new) && describe_members(old) == describe_members(new)
        }
        (Shape::Tuple(old), Shape::Tuple(new)) => old.items.len() == new.items.len(),
        _ => false,
    }
}

/// Checks whether two shapes share at least half of their properties, values or members, so that one may have become
/// the other. Tuples are similar if they have the same number of items, aliases and wrappers if the types inside are of
/// one kind, such as two lists.
pub(crate) fn has_similar_content(old: &Shape, new: &Shape) -> bool {
    match (old, new) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let names = |object: &Struct| {
                object.properties.iter().map(|property| property.json_name.clone()).collect::<BTreeSet<_>>()
            };
            shares_half_of_elements(&names(old), &names(new))
        }
        (Shape::Enum(old), Shape::Enum(new)) => {
            let values = |listed: &crate::normalize::Enum| {
                listed.values.iter().map(|value| value.value.to_string()).collect::<BTreeSet<_>>()
            };
            shares_half_of_elements(&values(old), &values(new))
        }
        (Shape::Union(old), Shape::Union(new)) => {
            has_same_distinction(old, new)
                && shares_half_of_elements(
                    &describe_members(old).into_iter().collect(),
                    &describe_members(new).into_iter().collect(),
                )
        }
        (Shape::Tuple(old), Shape::Tuple(new)) => old.items.len() == new.items.len(),
        (Shape::Alias(old), Shape::Alias(new)) | (Shape::Newtype(old), Shape::Newtype(new)) => {
            std::mem::discriminant(old) == std::mem::discriminant(new)
        }
        _ => false,
    }
}

/// Returns the pairs of types, as (old, new), that are at one place of two shapes: of properties with one JSON name, of
/// variants with one Rust name, of tuple items with one index, and inside two aliases or two wrappers. Empty for shapes
/// of different kinds.
pub(crate) fn pair_types_by_place<'a>(old: &'a Shape, new: &'a Shape) -> Vec<(&'a Type, &'a Type)> {
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

/// Checks whether two unions choose the member for a value in the same way: by JSON type, by a tag of one name, or by
/// neither.
fn has_same_distinction(old: &Union, new: &Union) -> bool {
    let tag = |union: &Union| union.tag.as_ref().map(|tag| tag.property.clone());
    old.by_type == new.by_type && tag(old) == tag(new)
}

/// Returns a text for each member of a union, sorted, so that two unions can be compared without regard to the names of
/// types. A text has the JSON types of the member, its tag values, the properties that it requires, and whether it is a
/// definition, a list, a map or another type.
fn describe_members(union: &Union) -> Vec<String> {
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

/// Checks whether the two sets share at least half of the elements of the larger one. False for empty sets.
fn shares_half_of_elements(old: &BTreeSet<String>, new: &BTreeSet<String>) -> bool {
    let shared = old.intersection(new).count();
    shared > 0 && 2 * shared >= old.len().max(new.len())
}

#[cfg(test)]
mod tests {
    use super::shares_half_of_elements;

    #[test]
    fn half_is_of_the_larger_set() {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert!(shares_half_of_elements(&set(&["a", "b"]), &set(&["a", "b", "c", "d"])));
        assert!(!shares_half_of_elements(&set(&["a"]), &set(&["a", "b", "c"])));
        assert!(!shares_half_of_elements(&set(&[]), &set(&[])));
    }
}
