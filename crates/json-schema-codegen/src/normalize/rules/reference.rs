//! Gives schemas that only refer to another schema the type of that schema.

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::outline::Outline;
use crate::normalize::redundant;
use crate::normalize::rules::members::find_union_members;
use crate::normalize::schemas::RuleInput;

/// Returns a reference to a named schema that `node` refers to, if `node` adds nothing to the type of that schema. If
/// `node` is a union whose only possible member is such a reference, returns this member. `None` for any other node.
pub(crate) fn outline_if_reference(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    if let Some(target) = find_reference_target(schemas, node) {
        return Some(Outline::Reference(target));
    }
    let members = find_union_members(schemas, node)?;
    let [only] = members.nodes.as_slice() else { return None };
    find_reference_target(schemas, only)?;
    Some(Outline::Only { member: Box::new(only.clone()), dropped: members.dropped })
}

/// Returns the location of a named schema whose type `node` has: the end of the chain of references that begins at the
/// origin of `node`, else the first target of its references that qualifies. `None` if the other parts of `node` change
/// the type of each.
pub(crate) fn find_reference_target(schemas: &RuleInput<'_>, node: &Node) -> Option<Location> {
    let end = node::find_alias_target(schemas.resolved, &node.origin);
    end.into_iter().chain(&node.references).find(|target| has_type_of_target(schemas, node, target)).cloned()
}

/// Checks whether `node` has the type of the named schema at `target`: `node` has all parts of that schema, and its
/// other parts add nothing to the type. False if the schema has no name, is the origin of `node`, or refers to it in
/// turn.
fn has_type_of_target(schemas: &RuleInput<'_>, node: &Node, target: &Location) -> bool {
    if *target == node.origin || !schemas.names.contains_key(target) {
        return false;
    }
    let whole = Node::from_location(schemas.resolved, target);
    let is_circle = || schemas.names.contains_key(&node.origin) && whole.references.contains(&node.origin);
    let has_all_parts = || whole.parts.iter().all(|part| node.parts.contains(part));
    let has_types =
        || node.types == TypeSet::ALL || schemas.allowed_types(&whole).subtract(TypeSet::NULL).is_within(node.types);
    let mut added = node.parts.iter().filter(|part| !whole.parts.contains(part));
    !is_circle()
        && has_all_parts()
        && has_types()
        && added.all(|part| redundant::adds_nothing_to_type(schemas, &whole, part))
}
