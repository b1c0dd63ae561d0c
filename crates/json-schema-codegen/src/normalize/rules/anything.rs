//! Decides on schemas without constraints, and on schemas that accept no value: both accept any value in Rust.
use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::Outline;
use crate::normalize::schemas::RuleInput;

/// Returns the outline of any value for a node without constraints, and, with a reason for the report, for a node that
/// accepts no value, since no Rust type would be of use for it. `None` for any other node.
pub(crate) fn outline_if_any_value(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    if node.parts.is_empty() && node.types == TypeSet::ALL {
        return Some(Outline::Any(None));
    }
    let accepts_nothing = schemas.allowed_types(node) == TypeSet::NONE;
    accepts_nothing.then(|| Outline::Any(Some("no value satisfies the schema".to_owned())))
}
