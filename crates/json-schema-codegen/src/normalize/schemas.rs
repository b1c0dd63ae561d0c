//! Answers questions about nodes that several rules ask, without changing anything.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::{Node, NodePart};
use crate::resolve::Resolved;
pub(crate) use crate::runtime::canonical_text;
use crate::settings::Settings;

/// Most levels of unions in unions that are followed to find the JSON types that a schema allows.
const MAX_UNION_DEPTH: usize = 8;

/// The input that a rule may read: the schemas, the settings, and the names of definitions.
#[derive(Clone, Copy)]
pub(crate) struct RuleInput<'a> {
    pub(crate) resolved: &'a Resolved,
    pub(crate) settings: &'a Settings,
    /// The type names of the roots and of all schemas that a `$ref` refers to.
    pub(crate) names: &'a HashMap<Location, String>,
}

/// The `anyOf` or `oneOf` of one part of a node.
pub(crate) struct UnionKeyword {
    /// The index of the part in the node.
    pub(crate) part: usize,
    /// `anyOf` or `oneOf`.
    pub(crate) keyword: &'static str,
    pub(crate) members: Vec<Location>,
}

impl<'a> RuleInput<'a> {
    /// Creates the input of the rules. `names` has the type names of roots and targets of references.
    pub(crate) fn new(resolved: &'a Resolved, settings: &'a Settings, names: &'a HashMap<Location, String>) -> Self {
        Self { resolved, settings, names }
    }

    /// Returns the keywords of the schema at `location`; `None` if it is a boolean schema, or if the limit on look-ups
    /// is used up.
    pub(crate) fn read_keywords(&self, location: &Location) -> Option<SchemaKeywords<'a>> {
        SchemaKeywords::read_at(self.resolved, location)
    }

    /// Returns the JSON types of the values that `node` accepts. The set may be too large where
    /// unenforced keywords exclude more; it is never too small.
    pub(crate) fn allowed_types(&self, node: &Node) -> TypeSet {
        self.find_types_to_depth(node, MAX_UNION_DEPTH)
    }

    /// Returns the JSON types of the values that `node` accepts, as [`RuleInput::allowed_types`] does, but looks into
    /// at most `depth` levels of unions in unions.
    fn find_types_to_depth(&self, node: &Node, depth: usize) -> TypeSet {
        let mut types = node.types;
        let mut parts = Vec::new();
        for part in &node.parts {
            let keywords = self.read_keywords(&part.location).filter(|keywords| !keywords.accepts_nothing());
            let Some(keywords) = keywords else { return TypeSet::NONE };
            types = types.intersect(keywords.allowed_types()).intersect(self.find_union_types(part, &keywords, depth));
            parts.push(keywords);
        }
        if let Some(values) = intersect_listed_values(node.types, &parts) {
            types =
                types.intersect(values.iter().fold(TypeSet::NONE, |set, value| set.unite(TypeSet::of_value(value))));
        }
        if types.overlaps(TypeSet::OBJECT) && requires_forbidden_property(&parts) {
            types = types.subtract(TypeSet::OBJECT);
        }
        types
    }

    /// Returns the JSON types that the `anyOf` and `oneOf` of one part allow, as far as they are not settled;
    /// all types at `depth` 0.
    fn find_union_types(&self, part: &NodePart, keywords: &SchemaKeywords<'_>, depth: usize) -> TypeSet {
        let mut types = TypeSet::ALL;
        let Some(depth) = depth.checked_sub(1) else { return types };
        let unions =
            [(part.any_of_settled, keywords.any_of_members()), (part.one_of_settled, keywords.one_of_members())];
        for (_, members) in unions.into_iter().filter(|(settled, members)| !settled && !members.is_empty()) {
            let member_types = members
                .iter()
                .map(|member| self.find_types_to_depth(&Node::from_location(self.resolved, member), depth));
            types = types.intersect(member_types.fold(TypeSet::NONE, TypeSet::unite));
        }
        types
    }

    /// Returns the values that all `enum` and `const` of `node` have in common and that its `type`
    /// allows; `None` if it has no such keyword.
    pub(crate) fn listed_values(&self, node: &Node) -> Option<Vec<Value>> {
        intersect_listed_values(node.types, &node.read_keywords(self.resolved).collect::<Vec<_>>())
    }

    /// Returns each `oneOf` and `anyOf` of `node` that is not marked to be ignored, in the order of its
    /// parts.
    pub(crate) fn list_union_keywords(&self, node: &Node) -> Vec<UnionKeyword> {
        let mut choices = Vec::new();
        for (number, part) in node.parts.iter().enumerate() {
            let Some(keywords) = SchemaKeywords::read_at(self.resolved, &part.location) else { continue };
            let mut add = |settled: bool, keyword, members: Vec<Location>| {
                if !settled && !members.is_empty() {
                    choices.push(UnionKeyword { part: number, keyword, members });
                }
            };
            add(part.one_of_settled, "oneOf", keywords.one_of_members());
            add(part.any_of_settled, "anyOf", keywords.any_of_members());
        }
        choices
    }

    /// Checks whether `node` constrains the properties of objects, by name, by pattern, by `required`, or
    /// by `additionalProperties` other than `true`.
    pub(crate) fn has_object_structure(&self, node: &Node) -> bool {
        const KEYWORDS: &[&str] = &["properties", "patternProperties"];
        node.read_keywords(self.resolved).any(|keywords| {
            KEYWORDS.iter().any(|keyword| keywords.has_keyword(keyword))
                || !keywords.required_names().is_empty()
                || !keywords.conditional_subschemas().is_empty()
                || keywords.additional_properties_schema().is_some_and(|location| !self.accepts_anything(&location))
        })
    }

    /// Checks whether `node` constrains the items of arrays.
    pub(crate) fn has_array_structure(&self, node: &Node) -> bool {
        node.read_keywords(self.resolved).any(|keywords| {
            keywords.prefix_length() > 0
                || keywords.further_items_schema().is_some_and(|location| !self.accepts_anything(&location))
        })
    }

    /// Checks whether the schema at `location` has no constraint.
    pub(crate) fn accepts_anything(&self, location: &Location) -> bool {
        Node::from_location(self.resolved, location).parts.is_empty()
    }

    /// Checks whether the schema at `location` accepts no value.
    pub(crate) fn accepts_nothing(&self, location: &Location) -> bool {
        self.allowed_types(&Node::from_location(self.resolved, location)) == TypeSet::NONE
    }
}

/// Returns the values within `types` that all `enum` and `const` of the parts have in common and that
/// their `type` allows; `None` if no part has such a keyword.
fn intersect_listed_values(mut types: TypeSet, parts: &[SchemaKeywords<'_>]) -> Option<Vec<Value>> {
    let mut common: Option<Vec<Value>> = None;
    for keywords in parts {
        types = types.intersect(keywords.allowed_types());
        let Some(values) = keywords.listed_values() else { continue };
        common = Some(match common {
            Some(common) => {
                let values: HashSet<String> = values.iter().map(canonical_text).collect();
                common.into_iter().filter(|value| values.contains(&canonical_text(value))).collect()
            }
            None => values,
        });
    }
    common.map(|values| values.into_iter().filter(|value| TypeSet::of_value(value).is_within(types)).collect())
}

/// Checks whether a property that the parts require has the schema `false`, or `{"not": {}}`, in one of
/// them: then no object is accepted.
fn requires_forbidden_property(parts: &[SchemaKeywords<'_>]) -> bool {
    let forbidding: Vec<&SchemaKeywords<'_>> = parts.iter().filter(|part| part.forbids_any_property()).collect();
    !forbidding.is_empty()
        && parts
            .iter()
            .flat_map(SchemaKeywords::required_names)
            .any(|name| forbidding.iter().any(|part| part.forbids_property(name)))
}
