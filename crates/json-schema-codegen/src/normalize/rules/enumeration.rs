//! Turns schemas that list their values into enums: by `enum`, by `const`, or by a union of such schemas.

use std::collections::HashSet;

use serde_json::Value;

use crate::normalize::definition::{Docs, Type, TypeSet};
use crate::normalize::node::Node;
use crate::normalize::outline::{EnumOutline, Outline};
use crate::normalize::rules::mapped;
use crate::normalize::rules::members::find_union_members;
use crate::normalize::schemas::{RuleInput, canonical_text};
use crate::normalize::{describe, names};

/// Most levels of unions inside unions in which listed values are looked for.
const MAX_UNION_DEPTH: usize = 8;

/// The values that a schema lists.
struct ListedValues {
    /// (value, its documentation), with duplicates.
    values: Vec<(Value, Docs)>,
    /// True if the schema accepts any other string too.
    open: bool,
}

/// Returns the enum of the values that `node` lists. If all are booleans, or all are null, returns the scalar of this
/// type instead. `None` if `node` lists no values.
pub(crate) fn outline_if_enumeration(schemas: &RuleInput<'_>, node: &Node) -> Option<Outline> {
    let listed = match schemas.listed_values(node) {
        Some(values) => {
            ListedValues { values: values.into_iter().map(|value| (value, Docs::default())).collect(), open: false }
        }
        None => collect_values(schemas, node, MAX_UNION_DEPTH).filter(|listed| !listed.values.is_empty())?,
    };
    let types = listed.values.iter().fold(TypeSet::NONE, |set, (value, _)| set.unite(TypeSet::of_value(value)));
    Some(match types {
        TypeSet::BOOLEAN => Outline::Scalar(Type::Bool),
        TypeSet::NULL => Outline::Scalar(Type::Null),
        _ => Outline::Enum(outline_with_descriptions(schemas, node, listed)),
    })
}

/// Returns the outline of the enum `node` with the values `listed`, the variant names that the schema gives, and the
/// description of each value: from a keyword such as `x-enumDescriptions`, else from a line of the schema's
/// description, else from the schema of the value.
fn outline_with_descriptions(schemas: &RuleInput<'_>, node: &Node, listed: ListedValues) -> EnumOutline {
    let description = describe::read_schema_docs(schemas.resolved, &node.origin).description.unwrap_or_default();
    let (remaining, mut texts) = describe::split_off_value_lines(&description);
    let mut described =
        schemas.resolved.find_schema(&node.origin).map(describe::read_value_descriptions).unwrap_or_default();
    let mut values = remove_duplicates(listed.values);
    for (value, docs) in &mut values {
        let text = value.as_str().and_then(|value| texts.remove(value));
        docs.description = described.remove(&describe::make_value_key(value)).or(text).or(docs.description.take());
    }
    let is_split = texts.is_empty() && values.iter().any(|(_, docs)| docs.description.is_some());
    let names = read_variant_names(schemas, node, values.len());
    EnumOutline { values, open: listed.open, names, description: is_split.then(|| replace_final_colon(&remaining)) }
}

/// Returns the values that `node` or the members of its union list. A member that accepts any string makes the list
/// open. `None` if `node` accepts anything but strings and numbers, accepts numbers that are not listed, has a Rust
/// type from the settings, or contains more than `depth` levels of unions.
fn collect_values(schemas: &RuleInput<'_>, node: &Node, depth: usize) -> Option<ListedValues> {
    let types = schemas.allowed_types(node);
    let is_mapped = mapped::outline_if_mapped(schemas, node).is_some();
    if depth == 0 || is_mapped || !types.is_within(TypeSet::STRING.unite(TypeSet::NUMBER)) {
        return None;
    }
    if let Some(values) = schemas.listed_values(node) {
        let docs = describe::read_schema_docs(schemas.resolved, &node.origin);
        let docs = if values.len() == 1 { docs } else { Docs::default() };
        return Some(ListedValues {
            values: values.into_iter().map(|value| (value, docs.clone())).collect(),
            open: false,
        });
    }
    let Some(members) = find_union_members(schemas, node) else {
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

/// Removes all but the first of equal values; `1` and `1.0` are equal.
fn remove_duplicates(values: Vec<(Value, Docs)>) -> Vec<(Value, Docs)> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|(value, _)| seen.insert(canonical_text(value))).collect()
}

/// Replaces the colon at the end of a description, whose list of values was removed, by a full stop: `Kinds:` becomes
/// `Kinds.`
fn replace_final_colon(text: &str) -> String {
    let text = text.trim();
    text.strip_suffix(':').map_or_else(|| text.to_owned(), |text| format!("{text}."))
}

/// Returns the variant names in `x-enum-varnames` or `x-enumNames` of the schema at the origin of `node`, made valid in
/// Rust. `None` unless the list has `count` strings, one for each value.
fn read_variant_names(schemas: &RuleInput<'_>, node: &Node, count: usize) -> Option<Vec<String>> {
    let schema = schemas.resolved.find_schema(&node.origin)?;
    ["x-enum-varnames", "x-enumNames"].iter().find_map(|keyword| {
        let list = schema.get(*keyword)?.as_array().filter(|list| list.len() == count)?;
        list.iter().map(|name| name.as_str().map(names::make_type_name)).collect()
    })
}
