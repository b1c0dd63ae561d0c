//! `oneOf` and `anyOf`: a union with a variant for each member.

use std::collections::HashMap;

use serde_json::Value;

use crate::normalize::assertions;
use crate::normalize::definition::{Docs, Type, TypeSet, UnionTag};
use crate::normalize::describe;
use crate::normalize::node::Node;
use crate::normalize::outline::{Outline, UnionMembers};
use crate::normalize::rules::member::MemberFacts;
use crate::normalize::rules::members::find_union_members;
use crate::normalize::rules::variant_name::VariantNamer;
use crate::normalize::rules::{enumeration, mapped, scalar, tag};
use crate::normalize::schemas::RuleInput;

/// Most levels of unions in unions that are followed to find out whether a member is a scalar.
const MAX_UNION_DEPTH: usize = 8;

/// The variant of one member, with its node not normalized yet.
pub(crate) struct VariantOutline {
    pub(crate) node: Node,
    /// The wanted name; another member may have the same.
    pub(crate) name: String,
    pub(crate) types: TypeSet,
    /// The values of the tag that select this member.
    pub(crate) tags: Vec<Value>,
    /// The JSON names of the properties that the member requires.
    pub(crate) required: Vec<String>,
    pub(crate) docs: Docs,
}

/// Returns the union of the members of `node`, or its only member if others add nothing to it; `None` if
/// the node has no `oneOf` or `anyOf` that affects its type.
pub(crate) fn outline_if_union(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    let mut members = find_union_members(schemas, node)?;
    let covered = remove_covered_scalars(schemas, members.nodes.clone(), MAX_UNION_DEPTH, |_| true);
    // The type of a lone member has the assertions of the whole union. That of a variant has its own alone, so a member
    // whose assertions are checked takes the values of no other.
    members.nodes = match schemas.settings.strict && covered.len() > 1 {
        true => remove_covered_scalars(schemas, members.nodes, MAX_UNION_DEPTH, |node| is_unconstrained(schemas, node)),
        false => covered,
    };
    Some(match members.nodes.as_slice() {
        [only] => Outline::Only { member: Box::new(only.clone()), dropped: members.dropped },
        _ => Outline::Union(members),
    })
}

/// Checks whether strict types check nothing of `node` but its JSON type.
fn is_unconstrained(schemas: &RuleInput<'_>, node: &Node) -> bool {
    !node.read_keywords(schemas.resolved).any(|part| assertions::has_checked_keyword(&part))
}

/// Returns the members without the scalars that another member for which `may_cover` is true covers: another one of the
/// same Rust type, numbers the integers, or any value null. Of several that cover one another, the first stays.
fn remove_covered_scalars(
    schemas: &RuleInput<'_>,
    nodes: Vec<Node>,
    depth: usize,
    may_cover: impl Fn(&Node) -> bool,
) -> Vec<Node> {
    let types: Vec<Option<Type>> = nodes.iter().map(|node| find_scalar_type(schemas, node, depth)).collect();
    let has_anything = nodes.iter().any(|node| node.parts.is_empty() && node.types == TypeSet::ALL);
    let mut covering: HashMap<&Type, usize> = HashMap::new();
    for (index, ty) in types.iter().enumerate().filter(|(index, _)| may_cover(&nodes[*index])) {
        ty.iter().for_each(|ty| _ = covering.entry(ty).or_insert(index));
    }
    let has_number = covering.contains_key(&scalar::choose_number_type(schemas));
    let is_covered = |index: usize| match &types[index] {
        Some(Type::Integer { .. } | Type::NarrowInteger { .. }) if has_number => true,
        Some(Type::Null) if has_anything => true,
        Some(ty) => covering.get(ty).is_some_and(|first| *first != index),
        None => false,
    };
    let kept = nodes.iter().enumerate().filter(|(index, _)| !is_covered(*index));
    kept.map(|(_, node)| node.clone()).collect()
}

/// Returns the Rust type of a node that is a scalar: of one JSON type without listed values, or mapped by
/// the settings. `None` for any other node, and for unions that are nested `depth` levels deep or more.
fn find_scalar_type(schemas: &RuleInput<'_>, node: &Node, depth: usize) -> Option<Type> {
    let scalars = TypeSet::ALL.subtract(TypeSet::ARRAY).subtract(TypeSet::OBJECT);
    let depth = depth.checked_sub(1).filter(|_| schemas.allowed_types(node).is_within(scalars))?;
    if let Some(Outline::Mapped(mapped)) = mapped::outline_if_mapped(schemas, node) {
        return Some(Type::Path(mapped.into_rust_path()));
    }
    if let Some(outline) = enumeration::outline_if_enumeration(schemas, node) {
        return if let Outline::Scalar(ty) = outline { Some(ty) } else { None };
    }
    if let Some(members) = find_union_members(schemas, node) {
        let nodes = remove_covered_scalars(schemas, members.nodes, depth, |_| true);
        return if let [only] = nodes.as_slice() { find_scalar_type(schemas, only, depth) } else { None };
    }
    if let Some(Outline::Scalar(ty)) = scalar::outline_if_scalar(schemas, node) { Some(ty) } else { None }
}

/// Returns (variants, tag) of the union `node`, in the order of its members. The tag is `None` if no
/// property distinguishes them.
pub(crate) fn outline_variants(
    schemas: &RuleInput<'_>,
    node: &Node,
    members: &UnionMembers,
) -> (Vec<VariantOutline>, Option<UnionTag>) {
    let all = MemberFacts::from_nodes(schemas, &members.nodes);
    let found = tag::find_tag(schemas, members, &all);
    let namer = VariantNamer::new(&all, found.as_ref(), &node.origin);
    let outlines = all.iter().enumerate().map(|(index, member)| VariantOutline {
        node: member.node.clone(),
        name: namer.choose_variant_name(schemas, index),
        types: member.types,
        tags: found.as_ref().and_then(|tag| tag.values.get(index)).cloned().unwrap_or_default(),
        required: member.property_index.required_names().iter().map(|name| (*name).to_owned()).collect(),
        docs: match member.node.origin == node.origin {
            true => Docs::default(),
            false => describe::read_schema_docs(schemas.resolved, &member.node.origin),
        },
    });
    let outlines = outlines.collect();
    (outlines, found.map(|found| found.tag))
}
