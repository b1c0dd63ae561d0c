//! A schema that only refers to another one has that one's type.

use crate::normalize::Normalizer;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::{self, Node};
use crate::normalize::rules::Outline;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let target = node::target(normalizer.bundle, &node.origin)?;
    let whole = Node::at(normalizer.bundle, target);
    let same_parts = whole.with_types(node.types).key() == node.key();
    let same_types = node.types == TypeSet::ALL || normalizer.types(&whole).within(node.types);
    (same_parts && same_types).then(|| Outline::Reference(target.clone()))
}
