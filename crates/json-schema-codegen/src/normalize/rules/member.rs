//! What the rules for unions ask of each member, looked up once.

use std::collections::HashMap;
use std::hash::Hash;

use serde_json::Value;

use crate::normalize::definition::TypeSet;
use crate::normalize::node::Node;
use crate::normalize::property_index::PropertyIndex;
use crate::normalize::rules::members::members;
use crate::normalize::schemas::Schemas;
use crate::normalize::schemas::canonical;

/// How deep unions in unions are looked into for the values of a tag.
const UNION_DEPTH: usize = 4;

/// A member of a union.
pub(super) struct Member<'a> {
    pub(super) node: Node,
    pub(super) types: TypeSet,
    pub(super) listing: PropertyIndex<'a>,
    /// The members of the union that it is itself.
    inner: Vec<Self>,
}

impl<'a> Member<'a> {
    pub(super) fn all(schemas: &Schemas<'a>, nodes: &[Node]) -> Vec<Self> {
        Self::to_depth(schemas, nodes, UNION_DEPTH)
    }

    fn to_depth(schemas: &Schemas<'a>, nodes: &[Node], depth: usize) -> Vec<Self> {
        let member = |node: &Node| {
            let types = schemas.types(node);
            let inner = (depth > 0 && types.has(TypeSet::OBJECT)).then(|| members(schemas, node)).flatten();
            let inner = inner.map(|inner| Self::to_depth(schemas, &inner.nodes, depth - 1)).unwrap_or_default();
            Self { node: node.clone(), types, listing: PropertyIndex::of(schemas.bundle, node), inner }
        };
        nodes.iter().map(member).collect()
    }

    /// The values that it allows for a property: scalars only. Those of a union are those of its
    /// members.
    pub(super) fn fixed(&self, schemas: &Schemas<'_>, property: &str) -> Vec<Value> {
        let places = self.listing.places_of(property);
        if let Some(values) = Node::of(schemas.bundle, &places).and_then(|node| schemas.enumerated(&node)) {
            let is_scalar = |value: &Value| !value.is_object() && !value.is_array() && !value.is_null();
            return if values.iter().all(is_scalar) { values } else { Vec::new() };
        }
        let inner: Vec<Vec<Value>> = self.inner.iter().map(|member| member.fixed(schemas, property)).collect();
        if inner.iter().any(Vec::is_empty) { Vec::new() } else { inner.concat() }
    }

    /// Whether it may say something of a property that it does not list.
    pub(super) fn says_of_others(&self) -> bool {
        self.listing.is_loose() || !self.inner.is_empty()
    }

    /// The names of its properties, required ones before others; some twice.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.listing.required().iter().chain(self.listing.names()).copied()
    }
}

/// How many members have values in common.
pub(super) struct ValueCounts(HashMap<String, usize>);

impl ValueCounts {
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

    /// Whether no other member has any of the values of this one.
    pub(super) fn is_own(&self, values: &[Value]) -> bool {
        values.iter().all(|value| self.0.get(&canonical(value)).is_none_or(|members| *members < 2))
    }
}

/// Counts each of the things once more.
pub(super) fn count<T: Hash + Eq>(counts: &mut HashMap<T, usize>, things: impl IntoIterator<Item = T>) {
    things.into_iter().for_each(|thing| *counts.entry(thing).or_default() += 1);
}
