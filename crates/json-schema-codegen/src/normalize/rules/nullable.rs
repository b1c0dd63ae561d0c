//! Turns schemas that allow null beside other values into an `Option`.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::Schemas;

/// Returns the outline of an `Option` for a node that allows null and some, but not all, other JSON types; the node inside
/// is `node` without null. `None` for any other node.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let types = schemas.types(node);
    let says_null = types != TypeSet::ALL && types != TypeSet::NULL && types.overlaps(TypeSet::NULL);
    says_null.then(|| Outline::Nullable(Box::new(node.with_types(types.without(TypeSet::NULL)))))
}
