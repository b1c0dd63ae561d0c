//! Values that are listed: by `enum`, by `const`, or by a union of such.

use std::collections::HashSet;

use serde_json::Value;

use crate::normalize::definition::{DefinitionId, Docs, Enum, EnumValue, Type, TypeSet};
use crate::normalize::names::Taken;
use crate::normalize::node::Node;
use crate::normalize::query::canonical;
use crate::normalize::rules::Outline;
use crate::normalize::rules::union;
use crate::normalize::{Normalizer, describe, names};

/// How deep unions of values are looked into.
const UNION_DEPTH: usize = 8;

/// The values that are listed, each with what is said of it.
pub(crate) struct Listed {
    values: Vec<(Value, Docs)>,
    /// Whether the schema allows others of their type.
    open: bool,
}

pub(crate) fn rule(normalizer: &mut Normalizer<'_>, node: &Node) -> Option<Outline> {
    let listed = match normalizer.enumerated(node) {
        Some(values) => {
            Listed { values: values.into_iter().map(|value| (value, Docs::default())).collect(), open: false }
        }
        None => values(normalizer, node, UNION_DEPTH).filter(|listed| !listed.values.is_empty())?,
    };
    let types = listed.values.iter().fold(TypeSet::NONE, |set, (value, _)| set.or(TypeSet::of(value)));
    Some(match types {
        TypeSet::BOOLEAN => Outline::Plain(Type::Bool),
        TypeSet::NULL => Outline::Plain(Type::Null),
        _ => Outline::Enum(listed),
    })
}

/// The values that a union of texts or numbers lists; none when it holds anything else. Texts may be
/// open: a member that takes any text holds those that no other one lists.
fn values(normalizer: &Normalizer<'_>, node: &Node, depth: usize) -> Option<Listed> {
    let types = normalizer.types(node);
    if depth == 0 || !types.within(TypeSet::STRING.or(TypeSet::NUMBER)) {
        return None;
    }
    if let Some(values) = normalizer.enumerated(node) {
        let docs = describe::docs(normalizer.bundle, &node.origin);
        let docs = if values.len() == 1 { docs } else { Docs::default() };
        return Some(Listed { values: values.into_iter().map(|value| (value, docs.clone())).collect(), open: false });
    }
    let Some(members) = union::members(normalizer, node) else {
        return (types == TypeSet::STRING).then_some(Listed { values: Vec::new(), open: true });
    };
    let mut all = Listed { values: Vec::new(), open: false };
    for member in &members.nodes {
        let listed = values(normalizer, member, depth - 1)?;
        all.open |= listed.open;
        all.values.extend(listed.values);
    }
    Some(all)
}

/// The variants of an enum, in the schema's order.
pub(crate) fn enumeration(normalizer: &mut Normalizer<'_>, node: &Node, listed: Listed, id: DefinitionId) -> Enum {
    let description = normalizer.definitions[id.0].docs.description.clone().unwrap_or_default();
    let (rest, mut texts) = describe::split_values(&description);
    let mut distinct = distinct(listed.values);
    for (value, docs) in &mut distinct {
        let text = value.as_str().and_then(|value| texts.remove(value));
        docs.description = text.or(docs.description.take());
    }
    if distinct.iter().any(|(_, docs)| docs.description.is_some()) && texts.is_empty() {
        normalizer.definitions[id.0].docs.description = intro(&rest);
    }
    let mut taken = Taken::default();
    let given = given_names(normalizer, node, distinct.len());
    let names = match given {
        None => taken.distinct(&distinct.iter().map(|(value, docs)| text(value, docs)).collect::<Vec<_>>(), variant),
        Some(given) => given.iter().map(|name| taken.unique(name)).collect(),
    };
    let values = distinct.into_iter().zip(names);
    let values = values.map(|((value, docs), variant)| EnumValue { variant, value, docs }).collect();
    let unknown = taken.unique("Unknown");
    normalizer.notes.rename(&node.origin, "variant", taken.changed());
    Enum { values, unknown, open: listed.open }
}

/// The values without those that are there twice; the first is kept.
fn distinct(values: Vec<(Value, Docs)>) -> Vec<(Value, Docs)> {
    let mut seen = HashSet::new();
    values.into_iter().filter(|(value, _)| seen.insert(canonical(value))).collect()
}

/// What introduced the list, without the list: a full stop for its colon.
fn intro(text: &str) -> Option<String> {
    let text = text.trim();
    match text.strip_suffix(':') {
        Some(text) => Some(format!("{text}.")),
        None => (!text.is_empty()).then(|| text.to_owned()),
    }
}

/// The names that `x-enum-varnames` or `x-enumNames` gives, when it gives one for each value.
fn given_names(normalizer: &Normalizer<'_>, node: &Node, count: usize) -> Option<Vec<String>> {
    let schema = normalizer.bundle.schema(&node.origin)?;
    ["x-enum-varnames", "x-enumNames"].iter().find_map(|keyword| {
        let list = schema.get(*keyword)?.as_array().filter(|list| list.len() == count)?;
        list.iter().map(|name| name.as_str().map(names::type_name)).collect()
    })
}

/// What a value is named after: its text, and a number by its title if it has one.
fn text(value: &Value, docs: &Docs) -> String {
    match (value, &docs.title) {
        (Value::String(text), _) => text.clone(),
        (Value::Number(_), Some(title)) if names::is_name(title) => title.clone(),
        _ => value.to_string(),
    }
}

/// The name of a value's variant.
fn variant(text: &str) -> String {
    if is_number(text) { number(text) } else { names::type_name(text) }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')) && text.parse::<f64>().is_ok()
}

/// A number in words as far as it has to be: `-1.5` becomes `Minus1Point5`.
pub(super) fn number(text: &str) -> String {
    let (sign, digits) = match text.split_at_checked(1) {
        Some(("-", digits)) => ("Minus", digits),
        Some(("+", digits)) => ("Plus", digits),
        _ => ("N", text),
    };
    format!("{sign}{}", names::type_name(&digits.replace('.', " point ")).trim_start_matches('N'))
}
