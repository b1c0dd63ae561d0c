//! The facts about each member of a union that several rules need, computed once.

use std::collections::HashMap;
use std::hash::Hash;

use serde_json::Value;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::rules::members::find_members;
use crate::normalize::schemas::Schemas;
use crate::normalize::schemas::canonical;

/// Most levels of unions in unions that are searched for the values of a tag.
const UNION_DEPTH: usize = 4;

/// A member of a union.
pub(super) struct Member<'a> {
    pub(super) node: Node,
    pub(super) types: TypeSet,
    pub(super) property_index: PropertyIndex<'a>,
    /// The members of this member, if it is a union itself; else empty.
    inner: Vec<Self>,
}

impl<'a> Member<'a> {
    /// Computes the facts about each of `nodes`, in their order.
    pub(super) fn from_nodes(schemas: &Schemas<'a>, nodes: &[Node]) -> Vec<Self> {
        Self::from_nodes_to_depth(schemas, nodes, UNION_DEPTH)
    }

    /// Computes the facts about each of `nodes`, looking into at most `depth` levels of unions.
    fn from_nodes_to_depth(schemas: &Schemas<'a>, nodes: &[Node], depth: usize) -> Vec<Self> {
        let member = |node: &Node| {
            let types = schemas.types(node);
            let inner = (depth > 0 && types.has(TypeSet::OBJECT)).then(|| find_members(schemas, node)).flatten();
            let inner =
                inner.map(|inner| Self::from_nodes_to_depth(schemas, &inner.nodes, depth - 1)).unwrap_or_default();
            Self { node: node.clone(), types, property_index: PropertyIndex::of(schemas.resolved, node), inner }
        };
        nodes.iter().map(member).collect()
    }

    /// Returns the values that the member allows for `property` by `enum` or `const`. Empty if it allows
    /// any, or one that is null, an array or an object. For a union, the values of all its members; empty
    /// if one of them has none.
    pub(super) fn allowed_scalars(&self, schemas: &Schemas<'_>, property: &str) -> Vec<Value> {
        let places = self.property_index.places_of(property);
        if let Some(values) = Node::of(schemas.resolved, &places).and_then(|node| schemas.enumerated(&node)) {
            let is_scalar = |value: &Value| !value.is_object() && !value.is_array() && !value.is_null();
            return if values.iter().all(is_scalar) { values } else { Vec::new() };
        }
        let inner: Vec<Vec<Value>> =
            self.inner.iter().map(|member| member.allowed_scalars(schemas, property)).collect();
        if inner.iter().any(Vec::is_empty) { Vec::new() } else { inner.concat() }
    }

    /// Checks whether the member may constrain a property that is not in its own `properties`.
    pub(super) fn may_constrain_others(&self) -> bool {
        self.property_index.has_schema_for_others() || !self.inner.is_empty()
    }

    /// Returns the names of the member's properties, required ones first; a required one may come again.
    pub(super) fn property_names(&self) -> impl Iterator<Item = &'a str> {
        self.property_index.required().iter().chain(self.property_index.names()).copied()
    }
}

/// The values that the members of a union allow for one property, which may be the tag: by the canonical
/// text of a value, the number of members that have it.
pub(super) struct ValueCounts(HashMap<String, usize>);

impl ValueCounts {
    /// Counts the values of several members; each item of `values` has those of one member.
    pub(super) fn of<'v>(values: impl Iterator<Item = &'v Vec<Value>>) -> Self {
        let mut members = HashMap::new();
        for values in values {
            let mut own: Vec<String> = values.iter().map(canonical).collect();
            own.sort();
            own.dedup();
            count(&mut members, own);
        }
        Self(members)
    }

    /// Checks whether no two members allow the same one of `values`.
    pub(super) fn are_unique(&self, values: &[Value]) -> bool {
        values.iter().all(|value| self.0.get(&canonical(value)).is_none_or(|members| *members < 2))
    }
}

/// Adds one to the count of each key.
pub(super) fn count<T: Hash + Eq>(counts: &mut HashMap<T, usize>, keys: impl IntoIterator<Item = T>) {
    keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
}
