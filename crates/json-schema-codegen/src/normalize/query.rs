//! Questions about a node that several rules ask.

use std::collections::HashSet;

use serde_json::{Number, Value};

use crate::normalize::Normalizer;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::{Node, Part};
use crate::place::Place;
use crate::runtime::whole;

/// How deep unions are looked into for their types.
const UNION_DEPTH: usize = 8;

/// A union keyword of one part of a node.
pub(crate) struct Choice {
    /// The number of the part.
    pub(crate) part: usize,
    pub(crate) keyword: &'static str,
    pub(crate) members: Vec<Place>,
}

impl Normalizer<'_> {
    /// The JSON types that the node allows.
    pub(crate) fn types(&self, node: &Node) -> TypeSet {
        self.types_to_depth(node, UNION_DEPTH)
    }

    fn types_to_depth(&self, node: &Node, depth: usize) -> TypeSet {
        node.parts.iter().fold(node.types, |types, part| types.and(self.part_types(part, depth)))
    }

    fn part_types(&self, part: &Part, depth: usize) -> TypeSet {
        let Some(keywords) = Keywords::at(self.bundle, &part.place) else { return TypeSet::NONE };
        let mut types = keywords.types();
        if let Some(values) = keywords.enumerated() {
            types = types.and(values.iter().fold(TypeSet::NONE, |set, value| set.or(TypeSet::of(value))));
        }
        if depth == 0 {
            return types;
        }
        let unions = [(part.any_of_settled, keywords.any_of()), (part.one_of_settled, keywords.one_of())];
        for (_, members) in unions.into_iter().filter(|(settled, members)| !settled && !members.is_empty()) {
            let member_types =
                members.iter().map(|member| self.types_to_depth(&Node::at(self.bundle, member), depth - 1));
            types = types.and(member_types.fold(TypeSet::NONE, TypeSet::or));
        }
        types
    }

    /// The values that `enum` and `const` leave, when there are any such keywords.
    pub(crate) fn enumerated(&self, node: &Node) -> Option<Vec<Value>> {
        let mut left: Option<Vec<Value>> = None;
        for values in node.keywords(self.bundle).filter_map(|keywords| keywords.enumerated()) {
            left = Some(match left {
                Some(left) => {
                    let values: HashSet<String> = values.iter().map(canonical).collect();
                    left.into_iter().filter(|value| values.contains(&canonical(value))).collect()
                }
                None => values,
            });
        }
        let allowed = |value: &Value| TypeSet::of(value).within(node.types);
        left.map(|values| values.into_iter().filter(allowed).collect())
    }

    /// The union keywords of the node that are not settled.
    pub(crate) fn choices(&self, node: &Node) -> Vec<Choice> {
        let mut choices = Vec::new();
        for (number, part) in node.parts.iter().enumerate() {
            let Some(keywords) = Keywords::at(self.bundle, &part.place) else { continue };
            let mut add = |settled: bool, keyword, members: Vec<Place>| {
                if !settled && !members.is_empty() {
                    choices.push(Choice { part: number, keyword, members });
                }
            };
            add(part.one_of_settled, "oneOf", keywords.one_of());
            add(part.any_of_settled, "anyOf", keywords.any_of());
        }
        choices
    }

    /// Whether the node says what is in its objects.
    pub(crate) fn has_object_structure(&self, node: &Node) -> bool {
        const KEYWORDS: &[&str] = &["properties", "patternProperties"];
        node.keywords(self.bundle).any(|keywords| {
            KEYWORDS.iter().any(|keyword| keywords.has(keyword))
                || !keywords.required().is_empty()
                || keywords.additional_properties().is_some_and(|place| !self.is_anything(&place))
        })
    }

    /// Whether the node says what is in its arrays.
    pub(crate) fn has_array_structure(&self, node: &Node) -> bool {
        node.keywords(self.bundle).any(|keywords| {
            keywords.prefix_length() > 0 || keywords.items().is_some_and(|place| !self.is_anything(&place))
        })
    }

    /// Whether the schema at a place takes any value.
    pub(crate) fn is_anything(&self, place: &Place) -> bool {
        Node::at(self.bundle, place).parts.is_empty()
    }

    /// Whether the schema at a place takes no value.
    pub(crate) fn is_nothing(&self, place: &Place) -> bool {
        self.types(&Node::at(self.bundle, place)) == TypeSet::NONE
    }
}

/// A text that two values have in common just when they are equal in JSON Schema: numbers by value,
/// objects in any order. Sets of values hold it, since values have no order.
pub(crate) fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => canonical_number(number),
        Value::Array(list) => format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(map) => {
            let mut members: Vec<String> =
                map.iter().map(|(name, value)| format!("{name:?}:{}", canonical(value))).collect();
            members.sort();
            format!("{{{}}}", members.join(","))
        }
        other => other.to_string(),
    }
}

/// As `runtime::equal` compares them: whole numbers in full, others as `f64`.
fn canonical_number(number: &Number) -> String {
    match (whole(number), number.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(float)) => format!("{float:?}"),
        (None, None) => number.to_string(),
    }
}
