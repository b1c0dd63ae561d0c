//! Computes the facts about each member of a union that several rules need, once.

use std::collections::HashMap;
use std::hash::Hash;

use serde_json::Value;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::rules::members::find_union_members;
use crate::normalize::schemas::RuleInput;
use crate::normalize::schemas::canonical_text;

/// Most levels of unions inside unions in which values of a tag are looked for.
const MAX_UNION_DEPTH: usize = 4;

/// A member of a union, with facts about it.
pub(super) struct MemberFacts<'a> {
    pub(super) node: Node,
    pub(super) types: TypeSet,
    pub(super) property_index: PropertyIndex<'a>,
    /// The members inside this member, if it is a union itself; else empty.
    inner: Vec<Self>,
}

impl<'a> MemberFacts<'a> {
    /// Returns a member for each of `nodes`, the nodes of a union's members, in their order.
    pub(super) fn from_nodes(schemas: &RuleInput<'a>, nodes: &[Node]) -> Vec<Self> {
        Self::from_nodes_to_depth(schemas, nodes, MAX_UNION_DEPTH)
    }

    /// Returns a member for each of `nodes`; members that are unions themselves have members inside, to `depth` levels.
    fn from_nodes_to_depth(schemas: &RuleInput<'a>, nodes: &[Node], depth: usize) -> Vec<Self> {
        let member = |node: &Node| {
            let types = schemas.allowed_types(node);
            let inner =
                (depth > 0 && types.overlaps(TypeSet::OBJECT)).then(|| find_union_members(schemas, node)).flatten();
            let inner =
                inner.map(|inner| Self::from_nodes_to_depth(schemas, &inner.nodes, depth - 1)).unwrap_or_default();
            Self { node: node.clone(), types, property_index: PropertyIndex::from_node(schemas.resolved, node), inner }
        };
        nodes.iter().map(member).collect()
    }

    /// Returns the values that the member lists for `property` by `enum` or `const`; for a member that is a union, the
    /// values of all its members. Empty if the member, or one of its members, does not list values for the property, or
    /// if a listed value is null, an array or an object.
    pub(super) fn allowed_scalars(&self, schemas: &RuleInput<'_>, property: &str) -> Vec<Value> {
        let places = self.property_index.find_property_locations(property);
        if let Some(values) =
            Node::from_locations(schemas.resolved, &places).and_then(|node| schemas.listed_values(&node))
        {
            let is_scalar = |value: &Value| !value.is_object() && !value.is_array() && !value.is_null();
            return if values.iter().all(is_scalar) { values } else { Vec::new() };
        }
        let inner: Vec<Vec<Value>> =
            self.inner.iter().map(|member| member.allowed_scalars(schemas, property)).collect();
        if inner.iter().any(Vec::is_empty) { Vec::new() } else { inner.concat() }
    }

    /// Checks whether the member may constrain a property that is not in its `properties`: by patterns, by
    /// `additionalProperties`, or because it is a union.
    pub(super) fn may_constrain_others(&self) -> bool {
        self.property_index.has_schema_for_unnamed_properties() || !self.inner.is_empty()
    }

    /// Returns the JSON names of the member's properties: first the required ones, then all, so a required one may come
    /// again.
    pub(super) fn property_names(&self) -> impl Iterator<Item = &'a str> {
        self.property_index.required_names().iter().chain(self.property_index.property_names()).copied()
    }
}

/// The number of a union's members that allow a value for one property, which may be the tag, by the canonical text of
/// the value.
pub(super) struct TagValueCounts(HashMap<String, usize>);

impl TagValueCounts {
    /// Counts in how many members each value is; each item of `values` has the values of one member.
    pub(super) fn count_members<'v>(values: impl Iterator<Item = &'v Vec<Value>>) -> Self {
        let mut members = HashMap::new();
        for values in values {
            let mut own: Vec<String> = values.iter().map(canonical_text).collect();
            own.sort();
            own.dedup();
            increment_counts(&mut members, own);
        }
        Self(members)
    }

    /// Checks whether each of `values` is allowed by at most one member.
    pub(super) fn are_values_unique(&self, values: &[Value]) -> bool {
        values.iter().all(|value| self.0.get(&canonical_text(value)).is_none_or(|members| *members < 2))
    }
}

/// Adds one to the count of each of `keys`.
pub(super) fn increment_counts<T: Hash + Eq>(counts: &mut HashMap<T, usize>, keys: impl IntoIterator<Item = T>) {
    keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
}
