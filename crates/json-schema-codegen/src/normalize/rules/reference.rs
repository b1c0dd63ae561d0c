//! Schemas that only refer to another schema, whose type they have.

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::outline::Outline;
use crate::normalize::redundant;
use crate::normalize::rules::members::find_members;
use crate::normalize::schemas::Schemas;

/// Returns the reference to a named schema if `node` adds nothing to its type; the outermost one that its
/// references lead to. If `node` is a union whose only possible member is such a reference, returns that
/// member. Else `None`.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    if let Some(target) = find_target(schemas, node) {
        return Some(Outline::Reference(target));
    }
    let members = find_members(schemas, node)?;
    let [only] = members.nodes.as_slice() else { return None };
    find_target(schemas, only)?;
    Some(Outline::Only { member: Box::new(only.clone()), dropped: members.dropped })
}

/// Returns the end of a chain of schemas that consist of a reference, which begins at the origin of `node`,
/// else the first schema that a reference led to and whose type the other parts of `node` do not change.
pub(crate) fn find_target(schemas: &Schemas<'_>, node: &Node) -> Option<Location> {
    let end = node::find_alias_target(schemas.resolved, &node.origin);
    end.into_iter().chain(&node.references).find(|target| has_type_of(schemas, node, target)).cloned()
}

/// Checks whether `node` has the type of the named schema at `target`: all that `target` says counts, and the
/// other parts add nothing to it. False for a schema that `target` itself contains.
fn has_type_of(schemas: &Schemas<'_>, node: &Node, target: &Location) -> bool {
    if *target == node.origin || !schemas.names.contains_key(target) {
        return false;
    }
    let whole = Node::at(schemas.resolved, target);
    let is_circle = || schemas.names.contains_key(&node.origin) && whole.references.contains(&node.origin);
    let has_all_parts = || whole.parts.iter().all(|part| node.parts.contains(part));
    let has_types = || node.types == TypeSet::ALL || schemas.types(&whole).without(TypeSet::NULL).within(node.types);
    let mut added = node.parts.iter().filter(|part| !whole.parts.contains(part));
    !is_circle() && has_all_parts() && has_types() && added.all(|part| redundant::adds_nothing(schemas, &whole, part))
}
