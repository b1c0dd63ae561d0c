//! Arrays: tuples if the first items have schemas of their own, else lists.

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::Node;
use crate::normalize::outline::{Outline, TupleOutline, TupleRest};
use crate::normalize::schemas::RuleInput;

/// Returns the outline of a tuple or list for a node that accepts only arrays; `None` for any other node.
pub(crate) fn outline_if_array(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    if schemas.allowed_types(node) != TypeSet::ARRAY {
        return None;
    }
    if find_prefix_length(schemas, node) > 0 {
        return Some(Outline::Tuple(outline_tuple(schemas, node)));
    }
    let items = make_item_node(schemas, node, 0).filter(|items| schemas.allowed_types(items) != TypeSet::NONE);
    Some(Outline::Array(items.map(Box::new)))
}

/// Returns the outline of the tuple `node`: the first items, which are optional after `minItems`, and the rest.
fn outline_tuple(schemas: &RuleInput<'_>, node: &Node) -> TupleOutline {
    let length = find_prefix_length(schemas, node);
    let min_items = node.read_keywords(schemas.resolved).filter_map(|keywords| keywords.read_number("minItems"));
    let min_items = min_items.fold(0.0, f64::max);
    let mut required = 0.0;
    let first = (0..length).map(|index| {
        required += 1.0;
        let item = make_item_node(schemas, node, index).unwrap_or_else(|| Node::accepting_anything(&node.origin));
        (item, required <= min_items)
    });
    let first: Vec<(Node, bool)> = first.collect();
    let rest = match make_item_node(schemas, node, length) {
        Some(rest) if schemas.allowed_types(&rest) == TypeSet::NONE => TupleRest::None,
        Some(rest) => TupleRest::Of(rest),
        None => TupleRest::Any,
    };
    TupleOutline { items: first, rest }
}

/// Returns the number of first items of `node` that have subschemas of their own: the largest number of any part; 0 if
/// `node` is not a tuple.
fn find_prefix_length(schemas: &RuleInput<'_>, node: &Node) -> usize {
    node.read_keywords(schemas.resolved).map(|keywords| keywords.prefix_length()).max().unwrap_or(0)
}

/// Returns the node of the item at `index` of the array `node`; `None` if no part of `node` has a schema for this item.
fn make_item_node(schemas: &RuleInput<'_>, node: &Node, index: usize) -> Option<Node> {
    let at =
        |keywords: SchemaKeywords<'_>| keywords.prefix_item_schema(index).or_else(|| keywords.further_items_schema());
    let places: Vec<Location> = node.read_keywords(schemas.resolved).filter_map(at).collect();
    Node::from_locations(schemas.resolved, &places)
}
