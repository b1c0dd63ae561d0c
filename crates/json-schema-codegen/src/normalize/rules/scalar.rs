//! Strings, numbers, booleans and null.

use crate::normalize::definition::{Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::rules::integer;
use crate::normalize::schemas::Schemas;

/// Returns the type of a node that accepts a single JSON type other than arrays and objects; `None` for
/// any other node.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let ty = match schemas.types(node) {
        TypeSet::NULL => Type::Null,
        TypeSet::BOOLEAN => Type::Bool,
        TypeSet::INTEGER => integer::integer_type(schemas, node),
        TypeSet::NUMBER => Type::Number,
        TypeSet::STRING => Type::String,
        _ => return None,
    };
    Some(Outline::Scalar(ty))
}
