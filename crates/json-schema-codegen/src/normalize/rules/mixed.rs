//! Values of several JSON types: a variant for each.

use crate::normalize::Normalizer;
use crate::normalize::definition::{Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::rules::union::Others;
use crate::normalize::rules::{Members, Outline};

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let types = normalizer.types(node);
    if types.each().count() < 2 {
        return None;
    }
    let is_untyped = TypeSet::ALL.without(TypeSet::NULL).within(types);
    let tells = |types: TypeSet| match types {
        TypeSet::OBJECT => normalizer.has_object_structure(node),
        TypeSet::ARRAY => normalizer.has_array_structure(node),
        _ => false,
    };
    let singles = types.each().filter(|single| !is_untyped || tells(*single));
    let nodes: Vec<Node> = singles.map(|single| node.with_types(single)).collect();
    if nodes.is_empty() {
        note_conditions(normalizer, node);
        return Some(Outline::Plain(Type::Any));
    }
    let others = if is_untyped { Others::Allowed } else { Others::Refused };
    Some(Outline::Union(Members { nodes, by_type: Some(others), discriminator: None }))
}

/// Keywords that say which values there are without saying of what type.
const CONDITIONS: &[&str] = &[
    "$dynamicRef",
    "$recursiveRef",
    "contains",
    "dependentSchemas",
    "if",
    "not",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Notes that a place takes any value though such keywords say more.
fn note_conditions(normalizer: &mut Normalizer<'_>, node: &Node) {
    let names = node
        .keywords(normalizer.bundle)
        .flat_map(|keywords| CONDITIONS.iter().filter(move |name| keywords.has(name)).map(|name| format!("`{name}`")));
    let names: Vec<String> = names.collect();
    if !names.is_empty() {
        normalizer.notes.widen(&node.origin, &format!("no type holds what {} says", names.join(", ")));
    }
}
