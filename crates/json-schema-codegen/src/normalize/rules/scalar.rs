//! Turns schemas of strings, numbers, booleans and null into scalar types.

use crate::normalize::definition::{Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::rules::integer;
use crate::normalize::schemas::RuleInput;

/// Returns the outline of a scalar type for a node that accepts a single JSON type other than arrays and objects;
/// `None` for any other node.
pub(crate) fn outline_if_scalar(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    let ty = match schemas.allowed_types(node) {
        TypeSet::NULL => Type::Null,
        TypeSet::BOOLEAN => Type::Bool,
        TypeSet::INTEGER => integer::choose_integer_type(schemas, node),
        TypeSet::NUMBER => choose_number_type(schemas),
        TypeSet::STRING => Type::String,
        _ => return None,
    };
    Some(Outline::Scalar(ty))
}

/// Returns the type of numbers that may have a fraction: that of the setting `number_type`, else `serde_json::Number`.
pub(super) fn choose_number_type(schemas: &RuleInput<'_>) -> Type {
    schemas.settings.number_type.clone().map_or(Type::Number, Type::Path)
}
