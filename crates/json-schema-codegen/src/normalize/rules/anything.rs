//! A schema that says nothing takes any value; so does, for want of a better type, one that takes
//! no value at all.

use crate::normalize::Normalizer;
use crate::normalize::definition::{Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let says_nothing = node.parts.is_empty() && node.types == TypeSet::ALL;
    if !says_nothing && normalizer.types(node) == TypeSet::NONE {
        normalizer.notes.widen(&node.origin, "no value satisfies all that is said of it");
        return Some(Outline::Plain(Type::Any));
    }
    says_nothing.then_some(Outline::Plain(Type::Any))
}
