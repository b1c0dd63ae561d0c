//! Arrays: tuples if the first items have schemas of their own, else lists.

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::normalize::outline::{Outline, TupleOutline, TupleRest};
use crate::normalize::schemas::Schemas;

/// Returns the tuple or list of a node that accepts arrays only; `None` for any other node.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    if schemas.types(node) != TypeSet::ARRAY {
        return None;
    }
    if prefix_length(schemas, node) > 0 {
        return Some(Outline::Tuple(tuple(schemas, node)));
    }
    let items = item_node(schemas, node, 0).filter(|items| schemas.types(items) != TypeSet::NONE);
    Some(Outline::Array(items.map(Box::new)))
}

/// Returns the items of the tuple `node`. Those past `minItems` are optional.
fn tuple(schemas: &Schemas<'_>, node: &Node) -> TupleOutline {
    let length = prefix_length(schemas, node);
    let min_items = node.keywords(schemas.resolved).filter_map(|keywords| keywords.number("minItems"));
    let min_items = min_items.fold(0.0, f64::max);
    let mut required = 0.0;
    let first = (0..length).map(|index| {
        required += 1.0;
        let item = item_node(schemas, node, index).unwrap_or_else(|| Node::anything(&node.origin));
        (item, required <= min_items)
    });
    let first: Vec<(Node, bool)> = first.collect();
    let rest = match item_node(schemas, node, length) {
        Some(rest) if schemas.types(&rest) == TypeSet::NONE => TupleRest::None,
        Some(rest) => TupleRest::Of(rest),
        None => TupleRest::Any,
    };
    TupleOutline { items: first, rest }
}

/// Returns the largest number of first items for which a part of `node` has subschemas of their own; 0 if it is
/// not a tuple.
fn prefix_length(schemas: &Schemas<'_>, node: &Node) -> usize {
    node.keywords(schemas.resolved).map(|keywords| keywords.prefix_length()).max().unwrap_or(0)
}

/// Returns the node of all that the item at `index` must satisfy; `None` if no part constrains it.
fn item_node(schemas: &Schemas<'_>, node: &Node, index: usize) -> Option<Node> {
    let at = |keywords: Keywords<'_>| keywords.prefix_item(index).or_else(|| keywords.items());
    let places: Vec<Location> = node.keywords(schemas.resolved).filter_map(at).collect();
    Node::of(schemas.resolved, &places)
}
