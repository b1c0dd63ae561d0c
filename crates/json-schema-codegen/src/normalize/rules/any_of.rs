//! Members of an `anyOf` that describe one object: a struct with the properties of all of them.
//!
//! An object may satisfy several members of an `anyOf` at once. If no member requires a property, most objects satisfy
//! all of them, so they are not alternatives: a variant for each would hide the properties of the other members. The
//! members of a `oneOf` are alternatives by its meaning, and stay variants.

use std::collections::HashMap;

use crate::normalize::node::Node;
use crate::normalize::outline::{Additional, AnyOf, Members, ObjectOutline, Outline, PropertyOutline};
use crate::normalize::redundant::have_same_type;
use crate::normalize::definition::TypeSet;
use crate::normalize::rules::members::find_members;
use crate::normalize::rules::object::object;
use crate::normalize::schemas::Schemas;

/// Returns the struct of an `anyOf` whose members can be combined, see [`combine`]; `None` for any other node, and if no
/// property is named.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let members = find_members(schemas, node)?;
    let object = combine(schemas, members)?;
    (!object.properties.is_empty()).then(|| Outline::Object(Box::new(object)))
}

/// Returns the object that combines `members`. `None` unless there are several members of an `anyOf` without
/// `discriminator`, all are objects that allow any additional properties, and no two contradict each other.
fn combine(schemas: &Schemas<'_>, members: Members) -> Option<ObjectOutline> {
    let location = members.any_of.filter(|_| members.discriminator.is_none() && members.nodes.len() > 1)?;
    let objects: Option<Vec<ObjectOutline>> = members.nodes.iter().map(|node| open_object(schemas, node)).collect();
    let mut combined = join(schemas, objects?)?;
    combined.combined.push(AnyOf { location, members: members.nodes });
    Some(combined)
}

/// Returns the outline of a member. `None` if it is not an object, if it is a union that cannot be combined, or if it
/// restricts additional properties.
fn open_object(schemas: &Schemas<'_>, node: &Node) -> Option<ObjectOutline> {
    if schemas.types(node) != TypeSet::OBJECT {
        return None;
    }
    let object = match find_members(schemas, node) {
        Some(members) => combine(schemas, members)?,
        None => object(schemas, node),
    };
    (matches!(object.additional, Additional::Any) && object.opaque_pattern.is_none()).then_some(object)
}

/// Joins the outlines of members. A property that not all of them list accepts values of other types too. `None` if two
/// members contradict each other: a property has different types, is not allowed, or is required by only some of them,
/// or their patterns of property names differ.
fn join(schemas: &Schemas<'_>, objects: Vec<ObjectOutline>) -> Option<ObjectOutline> {
    let count = objects.len();
    let mut objects = objects.into_iter();
    let mut joined = objects.next()?;
    let mut listing = vec![1; joined.properties.len()];
    let names = joined.properties.iter().enumerate().map(|(index, property)| (property.name.clone(), index));
    let mut indices: HashMap<String, usize> = names.collect();
    for object in objects {
        if !have_same_rest(&joined, &object) {
            return None;
        }
        for property in object.properties {
            match indices.get(&property.name) {
                Some(index) => {
                    *listing.get_mut(*index)? += 1;
                    join_property(schemas, joined.properties.get_mut(*index)?, property)?;
                }
                None => {
                    indices.insert(property.name.clone(), listing.len());
                    listing.push(1);
                    joined.properties.push(property);
                }
            }
        }
        joined.combined.extend(object.combined);
    }
    for (property, listing) in joined.properties.iter_mut().zip(listing) {
        if property.required && listing < count {
            return None;
        }
        property.accepts_others |= listing < count;
    }
    Some(joined)
}

/// Checks whether two objects do not allow the same properties, and have the same patterns of property names.
fn have_same_rest(a: &ObjectOutline, b: &ObjectOutline) -> bool {
    let patterns = |object: &ObjectOutline| object.patterns.iter().map(|it| it.places.clone()).collect::<Vec<_>>();
    a.forbidden == b.forbidden && patterns(a) == patterns(b)
}

/// Adds the schemas for a property in another member to `property`. `None` if the types differ, or if only one of the
/// members requires it.
fn join_property(schemas: &Schemas<'_>, property: &mut PropertyOutline, other: PropertyOutline) -> Option<()> {
    if property.required != other.required || !have_same_type(schemas, &property.node, &other.node) {
        return None;
    }
    property.accepts_others |= other.accepts_others;
    property.accepts_null |= other.accepts_null;
    let new = other.places.into_iter().filter(|place| !property.places.contains(place));
    let new: Vec<_> = new.collect();
    property.places.extend(new);
    Some(())
}
