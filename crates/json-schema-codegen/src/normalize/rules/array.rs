//! Arrays: lists, and tuples where the first items have schemas of their own.

use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;
use crate::normalize::schemas::Schemas;
use crate::place::Place;

/// The items of a tuple.
pub(crate) struct TupleOutline {
    /// The first items, each with whether `minItems` asks for it.
    pub(crate) items: Vec<(Node, bool)>,
    pub(crate) rest: TupleRest,
}

/// The items after the first ones.
pub(crate) enum TupleRest {
    None,
    Any,
    Of(Node),
}

pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    if schemas.types(node) != TypeSet::ARRAY {
        return None;
    }
    if prefix_length(schemas, node) > 0 {
        return Some(Outline::Tuple(tuple(schemas, node)));
    }
    let items = items(schemas, node, 0).filter(|items| schemas.types(items) != TypeSet::NONE);
    Some(Outline::List(items.map(Box::new)))
}

/// Returns the items of a tuple. Those that `minItems` does not ask for may be missing.
fn tuple(schemas: &Schemas<'_>, node: &Node) -> TupleOutline {
    let length = prefix_length(schemas, node);
    let least = node.keywords(schemas.bundle).filter_map(|keywords| keywords.number("minItems"));
    let least = least.fold(0.0, f64::max);
    let mut required = 0.0;
    let first = (0..length).map(|index| {
        required += 1.0;
        let item = items(schemas, node, index).unwrap_or_else(|| Node::anything(&node.origin));
        (item, required <= least)
    });
    let first: Vec<(Node, bool)> = first.collect();
    let rest = match items(schemas, node, length) {
        Some(rest) if schemas.types(&rest) == TypeSet::NONE => TupleRest::None,
        Some(rest) => TupleRest::Of(rest),
        None => TupleRest::Any,
    };
    TupleOutline { items: first, rest }
}

fn prefix_length(schemas: &Schemas<'_>, node: &Node) -> usize {
    node.keywords(schemas.bundle).map(|keywords| keywords.prefix_length()).max().unwrap_or(0)
}

/// Returns the node of all that the item at an index must satisfy; `None` if nothing is said of it.
fn items(schemas: &Schemas<'_>, node: &Node, index: usize) -> Option<Node> {
    let at = |keywords: Keywords<'_>| keywords.prefix_item(index).or_else(|| keywords.items());
    let places: Vec<Place> = node.keywords(schemas.bundle).filter_map(at).collect();
    Node::of(schemas.bundle, &places)
}
