//! Arrays: lists, and tuples where the first items have schemas of their own.

use crate::normalize::Normalizer;
use crate::normalize::definition::{Tuple, TupleItem, Type, TypeSet};
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;
use crate::place::Place;

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    if normalizer.types(node) != TypeSet::ARRAY {
        return None;
    }
    if prefix_length(normalizer, node) > 0 {
        return Some(Outline::Tuple);
    }
    Some(match items(normalizer, node, 0) {
        Some(items) if normalizer.types(&items) != TypeSet::NONE => Outline::List(Box::new(items)),
        _ => Outline::Plain(Type::List(Box::new(Type::Any))),
    })
}

/// The fields of a tuple. Items that `minItems` does not ask for may be missing.
pub(crate) fn tuple(normalizer: &mut Normalizer<'_>, node: &Node, name: &str) -> Tuple {
    let length = prefix_length(normalizer, node);
    let least = node.keywords(normalizer.bundle).filter_map(|keywords| keywords.number("minItems"));
    let least = least.fold(0.0, f64::max);
    let mut fields = Vec::new();
    let mut required = 0.0;
    for index in 0..length {
        let item = items(normalizer, node, index).unwrap_or_else(|| Node::anything(&node.origin));
        let ty = normalizer.type_of(&item, &format!("{name}{}", ordinal(index)));
        required += 1.0;
        fields.push(TupleItem { ty, required: required <= least });
    }
    let rest = match items(normalizer, node, length) {
        Some(rest) if normalizer.types(&rest) == TypeSet::NONE => None,
        Some(rest) => Some(normalizer.type_of(&rest, &format!("{name}Item"))),
        None => Some(Type::Any),
    };
    Tuple { items: fields, rest }
}

fn prefix_length(normalizer: &Normalizer<'_>, node: &Node) -> usize {
    node.keywords(normalizer.bundle).map(|keywords| keywords.prefix_length()).max().unwrap_or(0)
}

/// All that the item at an index must satisfy.
fn items(normalizer: &Normalizer<'_>, node: &Node, index: usize) -> Option<Node> {
    let at = |keywords: Keywords<'_>| keywords.prefix_item(index).or_else(|| keywords.items());
    let places: Vec<Place> = node.keywords(normalizer.bundle).filter_map(at).collect();
    Node::of(normalizer.bundle, &places)
}

/// A word for the item at an index.
fn ordinal(index: usize) -> String {
    const WORDS: &[&str] = &["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"];
    WORDS.get(index).map_or_else(|| format!("Item{}", index + 1), |word| (*word).to_owned())
}
