//! A schema that only refers to another one has that one's type.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::rules::Outline;
use crate::normalize::schemas::Schemas;

pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let target = node::target(schemas.bundle, &node.origin)?;
    let whole = Node::at(schemas.bundle, target);
    let same_parts = whole.with_types(node.types).key() == node.key();
    let same_types = node.types == TypeSet::ALL || schemas.types(&whole).within(node.types);
    (same_parts && same_types).then(|| Outline::Reference(target.clone()))
}
