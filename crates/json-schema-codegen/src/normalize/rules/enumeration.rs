//! Listed values: by `enum`, by `const`, or by a union of such schemas.

use std::collections::HashSet;

use serde_json::Value;

use crate::normalize::definition::{Docs, Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::outline::{EnumOutline, Outline};
use crate::normalize::rules::mapped;
use crate::normalize::rules::members::find_members;
use crate::normalize::schemas::{Schemas, canonical};
use crate::normalize::{describe, names};

/// Most levels of unions in unions that are followed to find listed values.
const UNION_DEPTH: usize = 8;

/// Listed values; `open` is true if the schema accepts any other string too.
struct ListedValues {
    values: Vec<(Value, Docs)>,
    open: bool,
}

/// Returns the enum of the values that `node` lists. If these are only booleans or only null, returns that
/// scalar. `None` if it lists no values.
pub(crate) fn rule(schemas: &Schemas<'_>, node: &Node) -> Option<Outline> {
    let listed = match schemas.enumerated(node) {
        Some(values) => {
            ListedValues { values: values.into_iter().map(|value| (value, Docs::default())).collect(), open: false }
        }
        None => collect_values(schemas, node, UNION_DEPTH).filter(|listed| !listed.values.is_empty())?,
    };
    let types = listed.values.iter().fold(TypeSet::NONE, |set, (value, _)| set.or(TypeSet::of(value)));
    Some(match types {
        TypeSet::BOOLEAN => Outline::Scalar(Type::Bool),
        TypeSet::NULL => Outline::Scalar(Type::Null),
        _ => Outline::Enum(with_descriptions(schemas, node, listed)),
    })
}

/// Completes the listed values with the variant names that the schema gives, and with the description of
/// each value: from a keyword of its own (`x-enumDescriptions`), else from the schema's description.
fn with_descriptions(schemas: &Schemas<'_>, node: &Node, listed: ListedValues) -> EnumOutline {
    let description = describe::read_docs(schemas.resolved, &node.origin).description.unwrap_or_default();
    let (remaining, mut texts) = describe::split_off_value_lines(&description);
    let mut described =
        schemas.resolved.schema(&node.origin).map(describe::read_value_descriptions).unwrap_or_default();
    let mut values = without_duplicates(listed.values);
    for (value, docs) in &mut values {
        let text = value.as_str().and_then(|value| texts.remove(value));
        docs.description = described.remove(&describe::value_key(value)).or(text).or(docs.description.take());
    }
    let is_split = texts.is_empty() && values.iter().any(|(_, docs)| docs.description.is_some());
    let names = given_names(schemas, node, values.len());
    EnumOutline { values, open: listed.open, names, description: is_split.then(|| introduction(&remaining)) }
}

/// Returns the values that a union of strings or numbers lists; a member that accepts any string makes
/// them open. `None` if the union accepts anything else, or is nested deeper than `depth`.
fn collect_values(schemas: &Schemas<'_>, node: &Node, depth: usize) -> Option<ListedValues> {
    let types = schemas.types(node);
    let is_mapped = mapped::rule(schemas, node).is_some();
    if depth == 0 || is_mapped || !types.within(TypeSet::STRING.or(TypeSet::NUMBER)) {
        return None;
    }
    if let Some(values) = schemas.enumerated(node) {
        let docs = describe::read_docs(schemas.resolved, &node.origin);
        let docs = if values.len() == 1 { docs } else { Docs::default() };
        return Some(ListedValues {
            values: values.into_iter().map(|value| (value, docs.clone())).collect(),
            open: false,
        });
    }
    let Some(members) = find_members(schemas, node) else {
        return (types == TypeSet::STRING).then_some(ListedValues { values: Vec::new(), open: true });
    };
    let mut all = ListedValues { values: Vec::new(), open: false };
    for member in &members.nodes {
        let inner = collect_values(schemas, member, depth - 1)?;
        all.open |= inner.open;
        all.values.extend(inner.values);
    }
    Some(all)
}

/// Returns the values without duplicates (`1` and `1.0` are equal), keeping the first of equal ones.
fn without_duplicates(values: Vec<(Value, Docs)>) -> Vec<(Value, Docs)> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|(value, _)| seen.insert(canonical(value))).collect()
}

/// Returns the text of a description whose list of values was removed, with a full stop instead of a
/// colon at its end: `Kinds:` becomes `Kinds.`
fn introduction(text: &str) -> String {
    let text = text.trim();
    text.strip_suffix(':').map_or_else(|| text.to_owned(), |text| format!("{text}."))
}

/// Returns the variant names in `x-enum-varnames` or `x-enumNames`, made legal in Rust; `None` unless the
/// list has `count` strings, one for each value.
fn given_names(schemas: &Schemas<'_>, node: &Node, count: usize) -> Option<Vec<String>> {
    let schema = schemas.resolved.schema(&node.origin)?;
    ["x-enum-varnames", "x-enumNames"].iter().find_map(|keyword| {
        let list = schema.get(*keyword)?.as_array().filter(|list| list.len() == count)?;
        list.iter().map(|name| name.as_str().map(names::type_name)).collect()
    })
}
