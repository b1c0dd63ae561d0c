//! Turns schemas that allow several JSON types into unions with a variant for each type.

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::outline::{OtherJsonTypes, Outline, UnionMembers};
use crate::normalize::schemas::RuleInput;

/// Returns a union with a variant for each JSON type that `node` allows; `None` if it allows fewer than two types. If
/// it allows all types, or all but null, there are variants only for objects and for arrays, if `node` has constraints
/// on these; if it has no such constraints, returns the outline of any value.
pub(crate) fn outline_if_mixed(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    let types = schemas.allowed_types(node);
    if types.single_types().count() < 2 {
        return None;
    }
    let is_untyped = TypeSet::ALL.subtract(TypeSet::NULL).is_within(types);
    let has_structure = |types: TypeSet| match types {
        TypeSet::OBJECT => schemas.has_object_structure(node),
        TypeSet::ARRAY => schemas.has_array_structure(node),
        _ => false,
    };
    let singles = types.single_types().filter(|single| !is_untyped || has_structure(*single));
    let nodes: Vec<Node> = singles.map(|single| node.restricted_to_types(single)).collect();
    if nodes.is_empty() {
        return Some(Outline::Any(describe_unenforced_conditions(schemas, node)));
    }
    let others = if is_untyped { OtherJsonTypes::Accepted } else { OtherJsonTypes::Rejected };
    Some(Outline::Union(UnionMembers {
        nodes,
        by_type: Some(others),
        any_of: None,
        discriminator: None,
        dropped: Vec::new(),
    }))
}

/// The unenforced keywords that can restrict the values of a schema without `type`.
const CONDITION_KEYWORDS: &[&str] = &[
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
/// [`CONDITION_KEYWORDS`] that they have. `None` if they have none.
fn describe_unenforced_conditions(schemas: &RuleInput<'_>, node: &Node) -> Option<String> {
    let names = node.read_keywords(schemas.resolved).flat_map(|keywords| {
        CONDITION_KEYWORDS.iter().filter(move |name| keywords.has_keyword(name)).map(|name| format!("`{name}`"))
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| format!("the types do not enforce {}", names.join(", ")))
}
