//! `null` or something else: an `Option`.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;
use crate::normalize::schemas::Schemas;

pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let types = schemas.types(node);
    let says_null = types != TypeSet::ALL && types != TypeSet::NULL && types.has(TypeSet::NULL);
    says_null.then(|| Outline::Nullable(Box::new(node.with_types(types.without(TypeSet::NULL)))))
}
