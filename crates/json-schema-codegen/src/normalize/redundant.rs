//! Checks whether a schema adds anything to the type that other schemas of the same value have already.
//! Many schemas repeat what the definition that they refer to says, as in
//! `{"$ref": "#/$defs/Point", "type": "object"}`: the type is `Point` then, and not a copy of it.

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::{Node, NodePart};
use crate::normalize::property_index::{PropertyIndex, find_conditional_parts};
use crate::normalize::rules::integer::choose_integer_type;
use crate::normalize::schemas::{RuleInput, canonical_text};

/// Most levels of properties and items inside each other that are compared; a schema that is nested deeper counts as
/// adding something to the type.
const MAX_COMPARED_DEPTH: usize = 8;

/// The schemas that a value satisfies anyway (`node`), with facts about them that several checks need. The checks
/// compare another schema with them.
struct BaseNode<'a> {
    schemas: &'a RuleInput<'a>,
    node: &'a Node,
    types: TypeSet,
    properties: PropertyIndex<'a>,
    /// The number of levels of properties and items inside each other that may still be compared.
    depth: usize,
}

/// A function that checks whether one keyword of a schema, given by all its `SchemaKeywords`, adds nothing to the type
/// of the base.
type KeywordCheck = fn(&BaseNode<'_>, &SchemaKeywords<'_>) -> bool;

/// (keyword, function that checks whether it adds nothing to the type) for all keywords that can change a type.
/// `anyOf`, `oneOf` and `required` are checked apart; no other keyword changes a type.
const KEYWORD_CHECKS: &[(&str, KeywordCheck)] = &[
    ("additionalItems", base_has_items),
    ("additionalProperties", allows_any_additional_properties),
    ("const", allows_base_values),
    ("dependencies", base_has_conditional_properties),
    ("dependentSchemas", base_has_conditional_properties),
    ("else", base_has_conditional_properties),
    ("enum", allows_base_values),
    ("exclusiveMaximum", bounds_keep_integer_type),
    ("exclusiveMinimum", bounds_keep_integer_type),
    ("format", format_keeps_type),
    ("items", base_has_items),
    ("maximum", bounds_keep_integer_type),
    ("minItems", base_is_not_tuple),
    ("minimum", bounds_keep_integer_type),
    ("not", accepts_some_value),
    ("nullable", allows_base_types),
    ("patternProperties", has_no_patterns),
    ("prefixItems", base_has_items),
    ("properties", base_has_properties),
    ("then", base_has_conditional_properties),
    ("type", allows_base_types),
];

/// Checks whether the schema `part` adds nothing to the type of `node`: each of its keywords repeats what the schemas
/// of `node` say, or has no effect on types.
pub(crate) fn adds_nothing_to_type(schemas: &RuleInput<'_>, node: &Node, part: &NodePart) -> bool {
    BaseNode::new(schemas, node, MAX_COMPARED_DEPTH).implies_part(part, AllowedRequired::ByBase)
}

/// Checks whether the nodes `a` and `b` have the same type: neither adds anything to the type of the other.
pub(crate) fn have_same_type(schemas: &RuleInput<'_>, a: &Node, b: &Node) -> bool {
    let implies = |base: &Node, other: &Node| {
        let base = BaseNode::new(schemas, base, MAX_COMPARED_DEPTH);
        other
            .parts
            .iter()
            .all(|part| base.node.parts.contains(part) || base.implies_part(part, AllowedRequired::ByBase))
    };
    a.node_key() == b.node_key() || (a.types == b.types && implies(a, b) && implies(b, a))
}

/// Checks whether the schema at `member`, a member of an `anyOf` or `oneOf` beside the schemas of `base`, adds nothing
/// to the type of `base`. Names in its `required` do not count as an addition if `base` names properties; otherwise,
/// only names that `base` requires do not.
pub(crate) fn only_adds_required(schemas: &RuleInput<'_>, base: &Node, member: &Location) -> bool {
    let base = BaseNode::new(schemas, base, MAX_COMPARED_DEPTH);
    base.implies_schema(member, base.choose_allowed_required())
}

/// The names that a schema may have in `required` without adding anything to the type of the base.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AllowedRequired {
    /// Only names that the base requires.
    ByBase,
    /// Any names.
    Any,
}

impl<'a> BaseNode<'a> {
    /// Computes the facts about `node` that the checks need. `depth` is the number of levels of properties and items
    /// that may still be compared.
    fn new(schemas: &'a RuleInput<'a>, node: &'a Node, depth: usize) -> Self {
        let (types, properties) = (schemas.allowed_types(node), PropertyIndex::from_node(schemas.resolved, node));
        Self { schemas, node, types, properties, depth }
    }

    /// Checks whether the schema `part` adds nothing to the type of the base, apart from the names in `required` that
    /// `required` allows. An `anyOf` or `oneOf` that `part` marks as settled has no effect.
    fn implies_part(&self, part: &NodePart, required: AllowedRequired) -> bool {
        let Some(keywords) = self.schemas.read_keywords(&part.location) else {
            return self
                .schemas
                .resolved
                .find_value(&part.location)
                .is_some_and(|schema| schema.as_bool() == Some(true));
        };
        self.has_equal_part(&part.location)
            || keywords.keyword_names().filter(|name| keywords.has_keyword(name)).all(|name| match name {
                "anyOf" => part.any_of_settled || self.implies_all_members(&keywords.any_of_members()),
                "oneOf" => part.one_of_settled || self.implies_all_members(&keywords.one_of_members()),
                "required" => required == AllowedRequired::Any || base_requires_all_names(self, &keywords),
                name => KEYWORD_CHECKS
                    .iter()
                    .find(|(keyword, _)| *keyword == name)
                    .is_none_or(|(_, check)| check(self, &keywords)),
            })
    }

    /// Checks whether the schema at `location`, and those that it refers to, add nothing to the type of the base, apart
    /// from the names in `required` that `required` allows.
    fn implies_schema(&self, location: &Location, required: AllowedRequired) -> bool {
        let node = Node::from_location(self.schemas.resolved, location);
        node.parts.iter().all(|part| self.node.parts.contains(part) || self.implies_part(part, required))
    }

    /// Checks whether a part of the base is equal to the schema at `location`, and in the same document, so that
    /// references in both refer to the same schemas. Parts with a settled `anyOf` or `oneOf` do not count.
    fn has_equal_part(&self, location: &Location) -> bool {
        let resolved = self.schemas.resolved;
        let is_whole = |part: &NodePart| !part.any_of_settled && !part.one_of_settled;
        let is_equal = |part: &NodePart| resolved.find_value(&part.location) == resolved.find_value(location);
        let parts = self.node.parts.iter().filter(|part| part.location.document == location.document);
        parts.filter(|part| is_whole(part)).any(is_equal)
    }

    /// Checks whether each of `members`, the members of an `anyOf` or `oneOf`, adds nothing to the type of the base,
    /// apart from required properties if the base names properties.
    fn implies_all_members(&self, members: &[Location]) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else { return false };
        let base = BaseNode::new(self.schemas, self.node, depth);
        let required = base.choose_allowed_required();
        members.iter().all(|member| base.implies_schema(member, required))
    }

    /// Returns the names that a member of a union may require without becoming a variant: any names if the base names
    /// properties, else only those that the base requires.
    fn choose_allowed_required(&self) -> AllowedRequired {
        let names_properties =
            self.node.read_keywords(self.schemas.resolved).any(|keywords| keywords.has_keyword("properties"));
        if names_properties { AllowedRequired::Any } else { AllowedRequired::ByBase }
    }

    /// Checks whether the schema at `location` adds nothing to the type of the schemas at `places` together. False if
    /// the limit on levels is reached.
    fn places_imply_schema(&self, places: &[Location], location: &Location) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else { return false };
        match Node::from_locations(self.schemas.resolved, places) {
            Some(node) => BaseNode::new(self.schemas, &node, depth).implies_schema(location, AllowedRequired::ByBase),
            None => self.schemas.accepts_anything(location),
        }
    }
}

/// Checks whether the base requires all properties that the schema with `keywords` requires.
fn base_requires_all_names(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    keywords.required_names().iter().all(|name| base.properties.requires_property(name))
}

/// Checks whether the schema with `keywords` allows all JSON types of the base.
fn allows_base_types(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    base.types.is_within(keywords.allowed_types())
}

/// Checks whether the schema with `keywords` accepts some value, unlike `{"not": {}}`.
fn accepts_some_value(_: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    !keywords.accepts_nothing()
}

/// Checks whether the base defines each property in the `properties` of the schema with `keywords`, and the subschemas
/// there add nothing to the types of these properties.
fn base_has_properties(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    keywords.property_names().all(|name| {
        let places = base.properties.find_property_locations(name);
        let location = keywords.property_schema(name);
        base.properties.defines_property(name)
            && location.is_none_or(|location| base.places_imply_schema(&places, &location))
    })
}

/// Checks whether the schema with `keywords` has no `patternProperties`.
fn has_no_patterns(_: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    keywords.pattern_schemas().next().is_none()
}

/// Checks whether the schema with `keywords` allows any value for any additional property.
fn allows_any_additional_properties(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    keywords.additional_properties_schema().is_none_or(|location| base.schemas.accepts_anything(&location))
}

/// Checks whether neither the base nor the schema with `keywords` is a tuple, and the schema's `items` adds nothing to
/// the type of the base's items.
fn base_has_items(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    let parts: Vec<SchemaKeywords<'_>> = base.node.read_keywords(base.schemas.resolved).collect();
    let places: Vec<Location> = parts.iter().filter_map(SchemaKeywords::further_items_schema).collect();
    let is_tuple = keywords.prefix_length() > 0 || parts.iter().any(|part| part.prefix_length() > 0);
    !is_tuple && keywords.further_items_schema().is_none_or(|location| base.places_imply_schema(&places, &location))
}

/// Checks whether the base lists its values (`enum`, `const`), and the schema with `keywords` lists all of them too.
fn allows_base_values(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    let Some(own) = base.schemas.listed_values(base.node) else { return false };
    let listed: Vec<String> = keywords.listed_values().unwrap_or_default().iter().map(canonical_text).collect();
    own.iter().all(|value| listed.contains(&canonical_text(value)))
}

/// Checks whether the `format` of the schema with `keywords` leaves the type of the base as it is: a part of the base
/// has the format too, or the format decides no type.
fn format_keeps_type(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    let format = keywords.read_text("format");
    let decides = format.is_some_and(|it| it == "uint64" || base.schemas.settings.formats.contains_key(it));
    !decides || base.node.read_keywords(base.schemas.resolved).any(|part| part.read_text("format") == format)
}

/// Checks whether the bounds (`minimum`, `maximum`, …) of the schema with `keywords` leave the Rust type of the base's
/// whole numbers as it is. True if the base has no whole numbers, or allows other numbers too.
fn bounds_keep_integer_type(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    if !base.types.overlaps(TypeSet::INTEGER) || TypeSet::NUMBER.is_within(base.types) {
        return true;
    }
    let bounded = base.node.intersected_with(&Node::from_location(base.schemas.resolved, keywords.location()));
    choose_integer_type(base.schemas, base.node) == choose_integer_type(base.schemas, &bounded)
}

/// Checks whether the base is not a tuple, so that `minItems` does not change its type: in a tuple, it makes items
/// required.
fn base_is_not_tuple(base: &BaseNode<'_>, _: &SchemaKeywords<'_>) -> bool {
    !base.node.read_keywords(base.schemas.resolved).any(|part| part.prefix_length() > 0)
}

/// Checks whether the base names all properties that the schema with `keywords` names only under a condition.
fn base_has_conditional_properties(base: &BaseNode<'_>, keywords: &SchemaKeywords<'_>) -> bool {
    let resolved = base.schemas.resolved;
    let parts = find_conditional_parts(resolved, &Node::from_location(resolved, keywords.location()));
    let parts = parts.iter().filter_map(|location| base.schemas.read_keywords(location));
    parts.flat_map(|part| part.property_names()).all(|name| base.properties.property_names().contains(&name))
}
