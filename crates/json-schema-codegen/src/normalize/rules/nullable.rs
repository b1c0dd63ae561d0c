//! `null` or something else: an `Option`.

use crate::normalize::Normalizer;
use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let types = normalizer.types(node);
    let says_null = types != TypeSet::ALL && types != TypeSet::NULL && types.has(TypeSet::NULL);
    says_null.then(|| Outline::Nullable(Box::new(node.with_types(types.without(TypeSet::NULL)))))
}
