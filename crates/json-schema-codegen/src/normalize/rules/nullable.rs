//! Turns schemas that allow null beside other values into an `Option`.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::RuleInput;

/// Returns the outline of an `Option` for a node that allows null and some, but not all, other JSON types; the node
/// inside is `node` without null. `None` for any other node.
pub(crate) fn outline_if_nullable(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    let types = schemas.allowed_types(node);
    let says_null = types != TypeSet::ALL && types != TypeSet::NULL && types.overlaps(TypeSet::NULL);
    says_null.then(|| Outline::Nullable(Box::new(node.restricted_to_types(types.subtract(TypeSet::NULL)))))
}
