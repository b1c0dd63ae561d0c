//! Combines the members of an `anyOf` that describe one object into one struct with the properties of all of them.
//!
//! An object may satisfy several members of an `anyOf` at once. If no member requires a property, most objects satisfy
//! all of them, so they are not alternatives: a variant for each would hide the properties of the other members.
//! Members that require properties of their own stay variants, since many schemas say `anyOf` for one of several
//! objects. So do the members of a `oneOf`, which are alternatives by its meaning.

use std::collections::HashMap;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::{
    AdditionalOutline, CombinedAnyOf, ObjectOutline, Outline, PropertyOutline, UnionMembers,
};
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::redundant::have_same_type;
use crate::normalize::rules::members::find_union_members;
use crate::normalize::rules::object::outline_object;
use crate::normalize::schemas::RuleInput;

/// Returns the struct for a node with an `anyOf` whose members can be combined, see [`combine_members_into_object`].
/// `None` for any other node, and if no member names a property.
pub(crate) fn outline_if_any_of(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    let object = combine_members_into_object(schemas, node, find_union_members(schemas, node)?)?;
    (!object.properties.is_empty()).then(|| Outline::Object(Box::new(object)))
}

/// Returns the outline of one object that combines `members`, the members of the union `node`. `None` unless there are
/// several members of an `anyOf` without `discriminator`, each has an outline by [`outline_open_object`], and no two
/// contradict each other.
fn combine_members_into_object(schemas: &RuleInput<'_>, node: &Node, members: UnionMembers) -> Option<ObjectOutline> {
    let location = members.any_of.filter(|_| members.discriminator.is_none() && members.nodes.len() > 1)?;
    let beside = PropertyIndex::from_node(schemas.resolved, node);
    let objects = members.nodes.iter().map(|member| outline_open_object(schemas, member, &beside));
    let mut object = join_object_outlines(schemas, objects.collect::<Option<_>>()?)?;
    object.combined.push(CombinedAnyOf { location, members: members.nodes });
    Some(object)
}

/// Returns the outline of the object `member`, in which only properties are required that the schemas beside the
/// `anyOf` require; `beside` is the index of their properties. `None` if the member is not an object, is a union that
/// cannot be combined, restricts additional properties, or requires a property that is not defined beside the `anyOf`.
fn outline_open_object(schemas: &RuleInput<'_>, member: &Node, beside: &PropertyIndex<'_>) -> Option<ObjectOutline> {
    if schemas.allowed_types(member) != TypeSet::OBJECT {
        return None;
    }
    let mut object = match find_union_members(schemas, member) {
        Some(members) => combine_members_into_object(schemas, member, members)?,
        None => outline_object(schemas, member),
    };
    for property in object.properties.iter_mut().filter(|property| !beside.requires_property(&property.name)) {
        if property.required && !beside.defines_property(&property.name) {
            return None;
        }
        property.required = false;
    }
    (matches!(object.additional, AdditionalOutline::Any) && object.opaque_pattern.is_none()).then_some(object)
}

/// Joins the outlines of members into one with the properties of all. A property that not all members list accepts
/// values of other types too, unless it accepts any value anyway. `None` if two members contradict each other: they
/// give a property different types, or differ in the properties that they forbid, or in their patterns of property
/// names.
fn join_object_outlines(schemas: &RuleInput<'_>, objects: Vec<ObjectOutline>) -> Option<ObjectOutline> {
    let count = objects.len();
    let mut objects = objects.into_iter();
    let mut joined = objects.next()?;
    let mut listing = vec![1; joined.properties.len()];
    let names = joined.properties.iter().enumerate().map(|(index, property)| (property.name.clone(), index));
    let mut indices: HashMap<String, usize> = names.collect();
    for object in objects {
        if !have_same_forbidden_and_patterns(&joined, &object) {
            return None;
        }
        for property in object.properties {
            if let Some(index) = indices.get(&property.name) {
                *listing.get_mut(*index)? += 1;
                join_property_outlines(schemas, joined.properties.get_mut(*index)?, property)?;
            } else {
                indices.insert(property.name.clone(), listing.len());
                listing.push(1);
                joined.properties.push(property);
            }
        }
        joined.combined.extend(object.combined);
    }
    for (property, listing) in joined.properties.iter_mut().zip(listing) {
        property.accepts_others |= listing < count && !property.node.parts.is_empty();
    }
    Some(joined)
}

/// Checks whether the objects `a` and `b` forbid the same properties, and have the same patterns of property names.
fn have_same_forbidden_and_patterns(a: &ObjectOutline, b: &ObjectOutline) -> bool {
    let patterns = |object: &ObjectOutline| object.patterns.iter().map(|it| it.places.clone()).collect::<Vec<_>>();
    a.forbidden == b.forbidden && patterns(a) == patterns(b)
}

/// Adds the locations of the schemas of `other`, the property in another member, to `property`. `None` if the types of
/// the two differ.
fn join_property_outlines(
    schemas: &RuleInput<'_>,
    property: &mut PropertyOutline,
    other: PropertyOutline,
) -> Option<()> {
    if !have_same_type(schemas, &property.node, &other.node) {
        return None;
    }
    property.accepts_others |= other.accepts_others;
    for place in other.places {
        if !property.places.contains(&place) {
            property.places.push(place);
        }
    }
    Some(())
}
