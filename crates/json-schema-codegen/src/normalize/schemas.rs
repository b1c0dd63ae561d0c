//! Answers questions about nodes that several rules ask. Nothing here changes anything.

use std::collections::{HashMap, HashSet};

use serde_json::{Number, Value};

use crate::bundle::Bundle;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::{Node, Part};
use crate::place::Place;
use crate::runtime::whole;
use crate::settings::Settings;

/// How many unions in unions are followed to find the JSON types that a schema allows.
const UNION_DEPTH: usize = 8;

/// All that a rule may look at: the schemas, the settings, and the names of definitions.
#[derive(Clone, Copy)]
pub(crate) struct Schemas<'a> {
    pub(crate) bundle: &'a Bundle,
    pub(crate) settings: &'a Settings,
    /// The type names of the roots and of all schemas that a `$ref` refers to.
    pub(crate) names: &'a HashMap<Place, String>,
}

/// The `anyOf` or `oneOf` of one part of a node.
pub(crate) struct Choice {
    /// The index of the part in the node.
    pub(crate) part: usize,
    /// `anyOf` or `oneOf`.
    pub(crate) keyword: &'static str,
    pub(crate) members: Vec<Place>,
}

impl<'a> Schemas<'a> {
    pub(crate) fn new(bundle: &'a Bundle, settings: &'a Settings, names: &'a HashMap<Place, String>) -> Self {
        Self { bundle, settings, names }
    }

    /// Returns the keywords of the schema at a place; `None` for a boolean schema.
    pub(crate) fn keywords(&self, place: &Place) -> Option<Keywords<'a>> {
        Keywords::at(self.bundle, place)
    }

    /// Returns the JSON types of the values that the node accepts. The set may be too large where
    /// keywords that no type holds exclude more; it is never too small.
    pub(crate) fn types(&self, node: &Node) -> TypeSet {
        self.types_to_depth(node, UNION_DEPTH)
    }

    fn types_to_depth(&self, node: &Node, depth: usize) -> TypeSet {
        let mut types = node.parts.iter().fold(node.types, |types, part| types.and(self.part_types(part, depth)));
        if let Some(values) = self.enumerated(node) {
            types = types.and(values.iter().fold(TypeSet::NONE, |set, value| set.or(TypeSet::of(value))));
        }
        if types.has(TypeSet::OBJECT) && self.requires_what_is_forbidden(node) {
            types = types.without(TypeSet::OBJECT);
        }
        types
    }

    /// Returns the types that one part allows by its `type`, `not`, `anyOf` and `oneOf`.
    fn part_types(&self, part: &Part, depth: usize) -> TypeSet {
        let Some(keywords) = self.keywords(&part.place) else { return TypeSet::NONE };
        if keywords.accepts_nothing() {
            return TypeSet::NONE;
        }
        let mut types = keywords.types();
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

    /// Checks whether a property that the node requires has the schema `false`, or `not: {}`, in one
    /// of its parts: then no object is accepted.
    fn requires_what_is_forbidden(&self, node: &Node) -> bool {
        let parts: Vec<Keywords<'_>> = node.keywords(self.bundle).collect();
        let forbidding: Vec<&Keywords<'_>> = parts.iter().filter(|part| part.forbids_any_property()).collect();
        !forbidding.is_empty()
            && parts.iter().flat_map(Keywords::required).any(|name| forbidding.iter().any(|part| part.forbids(name)))
    }

    /// Returns the values that all `enum` and `const` of the node have in common and that its `type`
    /// allows; `None` when it has no such keyword.
    pub(crate) fn enumerated(&self, node: &Node) -> Option<Vec<Value>> {
        let mut left: Option<Vec<Value>> = None;
        let mut types = node.types;
        for keywords in node.keywords(self.bundle) {
            types = types.and(keywords.types());
            let Some(values) = keywords.enumerated() else { continue };
            left = Some(match left {
                Some(left) => {
                    let values: HashSet<String> = values.iter().map(canonical).collect();
                    left.into_iter().filter(|value| values.contains(&canonical(value))).collect()
                }
                None => values,
            });
        }
        left.map(|values| values.into_iter().filter(|value| TypeSet::of(value).within(types)).collect())
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
