//! Values of several JSON types: a variant for each.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::rules::Outline;
use crate::normalize::rules::members::{Members, Others};
use crate::normalize::schemas::Schemas;

pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let types = schemas.types(node);
    if types.each().count() < 2 {
        return None;
    }
    let is_untyped = TypeSet::ALL.without(TypeSet::NULL).within(types);
    let has_structure = |types: TypeSet| match types {
        TypeSet::OBJECT => schemas.has_object_structure(node),
        TypeSet::ARRAY => schemas.has_array_structure(node),
        _ => false,
    };
    let singles = types.each().filter(|single| !is_untyped || has_structure(*single));
    let nodes: Vec<Node> = singles.map(|single| node.with_types(single)).collect();
    if nodes.is_empty() {
        return Some(Outline::Any(unenforced_conditions(schemas, node)));
    }
    let others = if is_untyped { Others::Allowed } else { Others::Refused };
    Some(Outline::Union(Members { nodes, by_type: Some(others), discriminator: None, dropped: Vec::new() }))
}

/// Keywords that restrict values without naming their type.
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

/// Returns the reason why a node becomes any value though such keywords say more; `None` if it has
/// none of them.
fn unenforced_conditions(schemas: &Schemas<'_>, node: &Node) -> Option<String> {
    let names = node
        .keywords(schemas.bundle)
        .flat_map(|keywords| CONDITIONS.iter().filter(move |name| keywords.has(name)).map(|name| format!("`{name}`")));
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("no type holds what {} says", names.join(", ")))
}
