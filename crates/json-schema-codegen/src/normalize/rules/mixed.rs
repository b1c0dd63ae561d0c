//! Turns schemas that allow several JSON types into unions with a variant for each type.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::{Members, OtherTypes, Outline};
use crate::normalize::schemas::Schemas;

/// Returns a union with a variant for each JSON type that `node` allows; `None` if it allows fewer than two types. If it
/// allows all types, or all but null, there are variants only for objects and for arrays, if `node` has constraints on
/// these; if it has no such constraints, returns the outline of any value.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let types = schemas.types(node);
    if types.single_types().count() < 2 {
        return None;
    }
    let is_untyped = TypeSet::ALL.without(TypeSet::NULL).within(types);
    let has_structure = |types: TypeSet| match types {
        TypeSet::OBJECT => schemas.has_object_structure(node),
        TypeSet::ARRAY => schemas.has_array_structure(node),
        _ => false,
    };
    let singles = types.single_types().filter(|single| !is_untyped || has_structure(*single));
    let nodes: Vec<Node> = singles.map(|single| node.with_types(single)).collect();
    if nodes.is_empty() {
        return Some(Outline::Any(describe_unenforced_conditions(schemas, node)));
    }
    let others = if is_untyped { OtherTypes::Accepted } else { OtherTypes::Rejected };
    Some(Outline::Union(Members {
        nodes,
        by_type: Some(others),
        any_of: None,
        discriminator: None,
        dropped: Vec::new(),
    }))
}

/// The unenforced keywords that can restrict the values of a schema without `type`.
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

/// Returns the reason for the report why the type of `node` accepts more values than the schemas: the names of the
/// [`CONDITIONS`] that they have. `None` if they have none.
fn describe_unenforced_conditions(schemas: &Schemas<'_>, node: &Node) -> Option<String> {
    let names = node
        .keywords(schemas.resolved)
        .flat_map(|keywords| CONDITIONS.iter().filter(move |name| keywords.has(name)).map(|name| format!("`{name}`")));
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("the types do not enforce {}", names.join(", ")))
}
