//! Values that are listed: by `enum`, by `const`, or by a union of such.

use std::collections::HashSet;

use serde_json::Value;

use crate::normalize::definition::{Docs, Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::rules::members::members;
use crate::normalize::rules::{Outline, mapped};
use crate::normalize::schemas::{Schemas, canonical};
use crate::normalize::{describe, names};

/// How many unions in unions are followed to find listed values.
const UNION_DEPTH: usize = 8;

/// The values that a schema lists.
pub(crate) struct Listed {
    /// Each value once, with what the schema says of it.
    pub(crate) values: Vec<(Value, Docs)>,
    /// Whether the schema accepts other values of the same JSON type too.
    pub(crate) open: bool,
    /// The names that the schema gives the values, in their order.
    pub(crate) names: Option<Vec<String>>,
    /// What is left of the schema's description once the lines about single values are taken out;
    /// `None` if the description has no such lines.
    pub(crate) description: Option<String>,
}

/// Values, and whether the schema accepts others of their type.
struct Values {
    values: Vec<(Value, Docs)>,
    open: bool,
}

pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let found = match schemas.enumerated(node) {
        Some(values) => {
            Values { values: values.into_iter().map(|value| (value, Docs::default())).collect(), open: false }
        }
        None => values(schemas, node, UNION_DEPTH).filter(|found| !found.values.is_empty())?,
    };
    let types = found.values.iter().fold(TypeSet::NONE, |set, (value, _)| set.or(TypeSet::of(value)));
    Some(match types {
        TypeSet::BOOLEAN => Outline::Scalar(Type::Bool),
        TypeSet::NULL => Outline::Scalar(Type::Null),
        _ => Outline::Enum(described(schemas, node, found)),
    })
}

/// Adds what the description of the schema says of each value, and the names it gives them.
fn described(schemas: &Schemas<'_>, node: &Node, found: Values) -> Listed {
    let description = describe::docs(schemas.bundle, &node.origin).description.unwrap_or_default();
    let (rest, mut texts) = describe::split_values(&description);
    let mut beside = schemas.bundle.schema(&node.origin).map(describe::beside).unwrap_or_default();
    let mut values = distinct(found.values);
    for (value, docs) in &mut values {
        let text = value.as_str().and_then(|value| texts.remove(value));
        docs.description = beside.remove(&describe::key(value)).or(text).or(docs.description.take());
    }
    let is_split = texts.is_empty() && values.iter().any(|(_, docs)| docs.description.is_some());
    let names = given_names(schemas, node, values.len());
    Listed { values, open: found.open, names, description: is_split.then(|| introduction(&rest)) }
}

/// Returns the values that a union of texts or numbers lists; `None` if it accepts anything else but
/// any text. A member that accepts any text makes the values open.
fn values(schemas: &Schemas<'_>, node: &Node, depth: usize) -> Option<Values> {
    let types = schemas.types(node);
    let is_mapped = mapped::rule(schemas, node).is_some();
    if depth == 0 || is_mapped || !types.within(TypeSet::STRING.or(TypeSet::NUMBER)) {
        return None;
    }
    if let Some(values) = schemas.enumerated(node) {
        let docs = describe::docs(schemas.bundle, &node.origin);
        let docs = if values.len() == 1 { docs } else { Docs::default() };
        return Some(Values { values: values.into_iter().map(|value| (value, docs.clone())).collect(), open: false });
    }
    let Some(members) = members(schemas, node) else {
        return (types == TypeSet::STRING).then_some(Values { values: Vec::new(), open: true });
    };
    let mut all = Values { values: Vec::new(), open: false };
    for member in &members.nodes {
        let listed = values(schemas, member, depth - 1)?;
        all.open |= listed.open;
        all.values.extend(listed.values);
    }
    Some(all)
}

/// Returns the values without duplicates, keeping the first of equal ones.
fn distinct(values: Vec<(Value, Docs)>) -> Vec<(Value, Docs)> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|(value, _)| seen.insert(canonical(value))).collect()
}

/// Returns the text before a list of values, with a full stop in the place of its colon: `Kinds:`
/// becomes `Kinds.`.
fn introduction(text: &str) -> String {
    let text = text.trim();
    text.strip_suffix(':').map_or_else(|| text.to_owned(), |text| format!("{text}."))
}

/// Returns the names in `x-enum-varnames` or `x-enumNames`; `None` unless there is one for each value.
fn given_names(schemas: &Schemas<'_>, node: &Node, count: usize) -> Option<Vec<String>> {
    let schema = schemas.bundle.schema(&node.origin)?;
    ["x-enum-varnames", "x-enumNames"].iter().find_map(|keyword| {
        let list = schema.get(*keyword)?.as_array().filter(|list| list.len() == count)?;
        list.iter().map(|name| name.as_str().map(names::type_name)).collect()
    })
}
