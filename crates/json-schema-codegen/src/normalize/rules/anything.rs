//! Schemas without constraints, and schemas that accept no value.
use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::Schemas;

/// Returns any value for a node without constraints. A node that accepts no value becomes any value too,
/// with a reason for the report, since no Rust type would be of use.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    if node.parts.is_empty() && node.types == TypeSet::ALL {
        return Some(Outline::Any(None));
    }
    let accepts_nothing = schemas.types(node) == TypeSet::NONE;
    accepts_nothing.then(|| Outline::Any(Some("no value satisfies the schema".to_owned())))
}
