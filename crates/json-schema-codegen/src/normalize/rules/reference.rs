//! Schemas that only refer to another schema, whose type they have.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::outline::Outline;
use crate::normalize::schemas::Schemas;

/// Returns the reference to the end of the chain of references that begins at the origin of `node`.
/// `None` if there is no such chain, or if the node has constraints beyond those of the target.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let target = node::target(schemas.resolved, &node.origin)?;
    let whole = Node::at(schemas.resolved, target);
    let same_parts = whole.with_types(node.types).key() == node.key();
    let same_types = node.types == TypeSet::ALL || schemas.types(&whole).within(node.types);
    (same_parts && same_types).then(|| Outline::Reference(target.clone()))
}
