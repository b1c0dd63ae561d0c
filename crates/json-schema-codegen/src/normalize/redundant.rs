//! Checks whether a schema adds anything to the type that other schemas of the same value have already.
//! Many schemas repeat what the definition that they refer to says, as in
//! `{"$ref": "#/$defs/Point", "type": "object"}`: the type is `Point` then, and not a copy of it.

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::{Node, Part};
use crate::normalize::property_index::{PropertyIndex, find_conditional_parts};
use crate::normalize::rules::integer::integer_type;
use crate::normalize::schemas::{Schemas, canonical_text};

/// Most levels of properties and items inside each other that are compared; a schema that is nested deeper counts as
/// adding something to the type.
const MAX_DEPTH: usize = 8;

/// The schemas that a value satisfies anyway (`node`), with facts about them that several checks need. The checks
/// compare another schema with them.
struct Base<'a> {
    schemas: &'a Schemas<'a>,
    node: &'a Node,
    types: TypeSet,
    properties: PropertyIndex<'a>,
    /// The number of levels of properties and items inside each other that may still be compared.
    depth: usize,
}

/// A function that checks whether one keyword of a schema, given by all its `Keywords`, adds nothing to the type of the
/// base.
type Check = fn(&Base<'_>, &Keywords<'_>) -> bool;

/// (keyword, function that checks whether it adds nothing to the type) for all keywords that can change a type.
/// `anyOf`, `oneOf` and `required` are checked apart; no other keyword changes a type.
const CHECKS: &[(&str, Check)] = &[
    ("additionalItems", base_has_items),
    ("additionalProperties", allows_any_additional_properties),
    ("const", allows_base_values),
    ("dependencies", base_has_conditional_properties),
    ("dependentSchemas", base_has_conditional_properties),
    ("else", base_has_conditional_properties),
    ("enum", allows_base_values),
    ("exclusiveMaximum", keeps_integer_type),
    ("exclusiveMinimum", keeps_integer_type),
    ("format", keeps_format),
    ("items", base_has_items),
    ("maximum", keeps_integer_type),
    ("minItems", base_is_not_tuple),
    ("minimum", keeps_integer_type),
    ("not", accepts_something),
    ("nullable", allows_base_types),
    ("patternProperties", has_no_patterns),
    ("prefixItems", base_has_items),
    ("properties", base_has_properties),
    ("then", base_has_conditional_properties),
    ("type", allows_base_types),
];

/// Checks whether the schema `part` adds nothing to the type of `node`: each of its keywords repeats what the schemas
/// of `node` say, or has no effect on types.
pub(crate) fn adds_nothing(schemas: &Schemas<'_>, node: &Node, part: &Part) -> bool {
    Base::new(schemas, node, MAX_DEPTH).implies_part(part, AllowedRequired::ByBase)
}

/// Checks whether the nodes `a` and `b` have the same type: neither adds anything to the type of the other.
pub(crate) fn have_same_type(schemas: &Schemas<'_>, a: &Node, b: &Node) -> bool {
    let implies = |base: &Node, other: &Node| {
        let base = Base::new(schemas, base, MAX_DEPTH);
        other
            .parts
            .iter()
            .all(|part| base.node.parts.contains(part) || base.implies_part(part, AllowedRequired::ByBase))
    };
    a.key() == b.key() || (a.types == b.types && implies(a, b) && implies(b, a))
}

/// Checks whether the schema at `member`, a member of an `anyOf` or `oneOf` beside the schemas of `base`, adds nothing
/// to the type of `base`. Names in its `required` do not count as an addition if `base` names properties; otherwise,
/// only names that `base` requires do not.
pub(crate) fn only_requires(schemas: &Schemas<'_>, base: &Node, member: &Location) -> bool {
    let base = Base::new(schemas, base, MAX_DEPTH);
    base.implies_schema(member, base.names_required_in_members())
}

/// The names that a schema may have in `required` without adding anything to the type of the base.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AllowedRequired {
    /// Only names that the base requires.
    ByBase,
    /// Any names.
    Any,
}

impl<'a> Base<'a> {
    /// Computes the facts about `node` that the checks need. `depth` is the number of levels of properties and items
    /// that may still be compared.
    fn new(schemas: &'a Schemas<'a>, node: &'a Node, depth: usize) -> Self {
        let (types, properties) = (schemas.types(node), PropertyIndex::of(schemas.resolved, node));
        Self { schemas, node, types, properties, depth }
    }

    /// Checks whether the schema `part` adds nothing to the type of the base, apart from the names in `required` that
    /// `required` allows. An `anyOf` or `oneOf` that `part` marks as settled has no effect.
    fn implies_part(&self, part: &Part, required: AllowedRequired) -> bool {
        let Some(keywords) = self.schemas.keywords(&part.location) else {
            return self.schemas.resolved.value(&part.location).is_some_and(|schema| schema.as_bool() == Some(true));
        };
        self.has_equal_part(&part.location)
            || keywords.names().filter(|name| keywords.has(name)).all(|name| match name {
                "anyOf" => part.any_of_settled || self.implies_all_members(&keywords.any_of()),
                "oneOf" => part.one_of_settled || self.implies_all_members(&keywords.one_of()),
                "required" => required == AllowedRequired::Any || base_requires_all(self, &keywords),
                name => {
                    CHECKS.iter().find(|(keyword, _)| *keyword == name).is_none_or(|(_, check)| check(self, &keywords))
                }
            })
    }

    /// Checks whether the schema at `location`, and those that it refers to, add nothing to the type of the base, apart
    /// from the names in `required` that `required` allows.
    fn implies_schema(&self, location: &Location, required: AllowedRequired) -> bool {
        let node = Node::at(self.schemas.resolved, location);
        node.parts.iter().all(|part| self.node.parts.contains(part) || self.implies_part(part, required))
    }

    /// Checks whether a part of the base is equal to the schema at `location`, and in the same document, so that
    /// references in both refer to the same schemas. Parts with a settled `anyOf` or `oneOf` do not count.
    fn has_equal_part(&self, location: &Location) -> bool {
        let resolved = self.schemas.resolved;
        let is_whole = |part: &Part| !part.any_of_settled && !part.one_of_settled;
        let is_equal = |part: &Part| resolved.value(&part.location) == resolved.value(location);
        let parts = self.node.parts.iter().filter(|part| part.location.document == location.document);
        parts.filter(|part| is_whole(part)).any(is_equal)
    }

    /// Checks whether each of `members`, the members of an `anyOf` or `oneOf`, adds nothing to the type of the base,
    /// apart from required properties if the base names properties.
    fn implies_all_members(&self, members: &[Location]) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else { return false };
        let base = Base::new(self.schemas, self.node, depth);
        let required = base.names_required_in_members();
        members.iter().all(|member| base.implies_schema(member, required))
    }

    /// Returns the names that a member of a union may require without becoming a variant: any names if the base names
    /// properties, else only those that the base requires.
    fn names_required_in_members(&self) -> AllowedRequired {
        let names_properties = self.node.keywords(self.schemas.resolved).any(|keywords| keywords.has("properties"));
        if names_properties { AllowedRequired::Any } else { AllowedRequired::ByBase }
    }

    /// Checks whether the schema at `location` adds nothing to the type of the schemas at `places` together. False if
    /// the limit on levels is reached.
    fn places_imply_schema(&self, places: &[Location], location: &Location) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else { return false };
        match Node::of(self.schemas.resolved, places) {
            Some(node) => Base::new(self.schemas, &node, depth).implies_schema(location, AllowedRequired::ByBase),
            None => self.schemas.is_anything(location),
        }
    }
}

/// Checks whether the base requires all properties that the schema with `keywords` requires.
fn base_requires_all(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.required().iter().all(|name| base.properties.requires(name))
}

/// Checks whether the schema with `keywords` allows all JSON types of the base.
fn allows_base_types(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    base.types.within(keywords.types())
}

/// Checks whether the schema with `keywords` accepts some value, unlike `{"not": {}}`.
fn accepts_something(_: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    !keywords.accepts_nothing()
}

/// Checks whether the base defines each property in the `properties` of the schema with `keywords`, and the subschemas
/// there add nothing to the types of these properties.
fn base_has_properties(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.property_names().all(|name| {
        let places = base.properties.places_of(name);
        let location = keywords.property(name);
        base.properties.defines(name) && location.is_none_or(|location| base.places_imply_schema(&places, &location))
    })
}

/// Checks whether the schema with `keywords` has no `patternProperties`.
fn has_no_patterns(_: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.patterns().next().is_none()
}

/// Checks whether the schema with `keywords` allows any value for any additional property.
fn allows_any_additional_properties(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.additional_properties().is_none_or(|location| base.schemas.is_anything(&location))
}

/// Checks whether neither the base nor the schema with `keywords` is a tuple, and the schema's `items` adds nothing to
/// the type of the base's items.
fn base_has_items(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let parts: Vec<Keywords<'_>> = base.node.keywords(base.schemas.resolved).collect();
    let places: Vec<Location> = parts.iter().filter_map(Keywords::items).collect();
    let is_tuple = keywords.prefix_length() > 0 || parts.iter().any(|part| part.prefix_length() > 0);
    !is_tuple && keywords.items().is_none_or(|location| base.places_imply_schema(&places, &location))
}

/// Checks whether the base lists its values (`enum`, `const`), and the schema with `keywords` lists all of them too.
fn allows_base_values(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let Some(own) = base.schemas.enumerated(base.node) else { return false };
    let listed: Vec<String> = keywords.enumerated_values().unwrap_or_default().iter().map(canonical_text).collect();
    own.iter().all(|value| listed.contains(&canonical_text(value)))
}

/// Checks whether the `format` of the schema with `keywords` leaves the type of the base as it is: a part of the base
/// has the format too, or the format decides no type.
fn keeps_format(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let format = keywords.text("format");
    let decides = format.is_some_and(|it| it == "uint64" || base.schemas.settings.formats.contains_key(it));
    !decides || base.node.keywords(base.schemas.resolved).any(|part| part.text("format") == format)
}

/// Checks whether the bounds (`minimum`, `maximum`, …) of the schema with `keywords` leave the Rust type of the base's
/// whole numbers as it is. True if the base has no whole numbers, or allows other numbers too.
fn keeps_integer_type(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    if !base.types.overlaps(TypeSet::INTEGER) || TypeSet::NUMBER.within(base.types) {
        return true;
    }
    let bounded = base.node.combined_with(&Node::at(base.schemas.resolved, keywords.location()));
    integer_type(base.schemas, base.node) == integer_type(base.schemas, &bounded)
}

/// Checks whether the base is not a tuple, so that `minItems` does not change its type: in a tuple, it makes items
/// required.
fn base_is_not_tuple(base: &Base<'_>, _: &Keywords<'_>) -> bool {
    !base.node.keywords(base.schemas.resolved).any(|part| part.prefix_length() > 0)
}

/// Checks whether the base names all properties that the schema with `keywords` names only under a condition.
fn base_has_conditional_properties(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let resolved = base.schemas.resolved;
    let parts = find_conditional_parts(resolved, &Node::at(resolved, keywords.location()));
    let parts = parts.iter().filter_map(|location| base.schemas.keywords(location));
    parts.flat_map(|part| part.property_names()).all(|name| base.properties.names().contains(&name))
}
