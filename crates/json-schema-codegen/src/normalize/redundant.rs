//! Checks whether a schema adds anything to the type that other schemas of the same value have already.
//! Many schemas repeat what the definition that they refer to says, as in
//! `{"$ref": "#/$defs/Point", "type": "object"}`: the type is `Point` then, and not a copy of it.

use crate::location::Location;
use crate::normalize::definition::TypeSet;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::{Node, Part};
use crate::normalize::property_index::{PropertyIndex, conditional_parts};
use crate::normalize::rules::integer::integer_type;
use crate::normalize::schemas::{Schemas, canonical};

/// Most levels of properties and items that are compared; a schema that is nested deeper is taken to add
/// something.
const MAX_DEPTH: usize = 8;

/// The schemas that a value satisfies anyway, and what several checks need to know of them.
struct Base<'a> {
    schemas: &'a Schemas<'a>,
    node: &'a Node,
    types: TypeSet,
    properties: PropertyIndex<'a>,
    /// The levels of properties and items that may still be compared.
    depth: usize,
}

/// Checks whether a keyword of the schema `Keywords` adds nothing to the type of the base.
type Check = fn(&Base<'_>, &Keywords<'_>) -> bool;

/// The keywords that can change a type, each with the check of whether it adds nothing. All other keywords
/// never change a type.
const CHECKS: &[(&str, Check)] = &[
    ("additionalItems", has_items),
    ("additionalProperties", has_additional_properties),
    ("const", lists_values),
    ("dependencies", has_conditional),
    ("dependentSchemas", has_conditional),
    ("else", has_conditional),
    ("enum", lists_values),
    ("exclusiveMaximum", has_integer_type),
    ("exclusiveMinimum", has_integer_type),
    ("format", has_format),
    ("items", has_items),
    ("maximum", has_integer_type),
    ("minItems", is_no_tuple),
    ("minimum", has_integer_type),
    ("not", accepts_something),
    ("nullable", has_types),
    ("patternProperties", has_patterns),
    ("prefixItems", has_items),
    ("properties", has_properties),
    ("then", has_conditional),
    ("type", has_types),
];

/// Checks whether the schema `part` adds nothing to the type of `node`: each of its keywords says what the
/// schemas of `node` say anyway, or has no effect on types.
pub(crate) fn adds_nothing(schemas: &Schemas<'_>, node: &Node, part: &Part) -> bool {
    Base::new(schemas, node, MAX_DEPTH).implies(part, Required::ByBase)
}

/// Checks whether each of two nodes adds nothing to the type of the other, so that both have the same type.
pub(crate) fn have_same_type(schemas: &Schemas<'_>, a: &Node, b: &Node) -> bool {
    let implies = |base: &Node, other: &Node| {
        let base = Base::new(schemas, base, MAX_DEPTH);
        other.parts.iter().all(|part| base.node.parts.contains(part) || base.implies(part, Required::ByBase))
    };
    a.key() == b.key() || (a.types == b.types && implies(a, b) && implies(b, a))
}

/// Checks whether the schema at `member`, a member of an `anyOf` or `oneOf` beside the schemas of `base`,
/// adds nothing to the type of `base` but that some properties are required. A member that only requires
/// properties makes no variant of its own if `base` names any properties.
pub(crate) fn only_requires(schemas: &Schemas<'_>, base: &Node, member: &Location) -> bool {
    let base = Base::new(schemas, base, MAX_DEPTH);
    base.implies_schema(member, base.allowed_in_members())
}

/// The names that a schema may have in `required` and still add nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Required {
    /// Those that the base requires.
    ByBase,
    /// All names.
    Any,
}

impl<'a> Base<'a> {
    /// Looks up what the checks need to know of `node`.
    fn new(schemas: &'a Schemas<'a>, node: &'a Node, depth: usize) -> Self {
        let (types, properties) = (schemas.types(node), PropertyIndex::of(schemas.resolved, node));
        Self { schemas, node, types, properties, depth }
    }

    /// Checks whether the schema `part` adds nothing to the base. A union that is settled has no effect.
    fn implies(&self, part: &Part, required: Required) -> bool {
        let Some(keywords) = self.schemas.keywords(&part.location) else {
            return self.schemas.resolved.value(&part.location).is_some_and(|schema| schema.as_bool() == Some(true));
        };
        self.has_equal_part(&part.location)
            || keywords.names().filter(|name| keywords.has(name)).all(|name| match name {
                "anyOf" => part.any_of_settled || self.settles(&keywords.any_of()),
                "oneOf" => part.one_of_settled || self.settles(&keywords.one_of()),
                "required" => required == Required::Any || requires(self, &keywords),
                name => {
                    CHECKS.iter().find(|(keyword, _)| *keyword == name).is_none_or(|(_, check)| check(self, &keywords))
                }
            })
    }

    /// Checks whether the schema at `location` and those that it refers to add nothing to the base but `required`.
    fn implies_schema(&self, location: &Location, required: Required) -> bool {
        let node = Node::at(self.schemas.resolved, location);
        node.parts.iter().all(|part| self.node.parts.contains(part) || self.implies(part, required))
    }

    /// Checks whether a part of the base has the same text as the schema at `location`, in the same document,
    /// so that references in both refer to the same schemas.
    fn has_equal_part(&self, location: &Location) -> bool {
        let resolved = self.schemas.resolved;
        let is_whole = |part: &Part| !part.any_of_settled && !part.one_of_settled;
        let is_equal = |part: &Part| resolved.value(&part.location) == resolved.value(location);
        let parts = self.node.parts.iter().filter(|part| part.location.document == location.document);
        parts.filter(|part| is_whole(part)).any(is_equal)
    }

    /// Checks whether no member of a union adds anything to the base but required properties.
    fn settles(&self, members: &[Location]) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else { return false };
        let base = Base::new(self.schemas, self.node, depth);
        let required = base.allowed_in_members();
        members.iter().all(|member| base.implies_schema(member, required))
    }

    /// Returns the names that a member of a union may require: all names if the base names any properties. A union
    /// whose members only require properties has variants otherwise.
    fn allowed_in_members(&self) -> Required {
        let names_properties = self.node.keywords(self.schemas.resolved).any(|keywords| keywords.has("properties"));
        if names_properties { Required::Any } else { Required::ByBase }
    }

    /// Checks whether the schema at `location` adds nothing to the schemas at `places`.
    fn has_schema(&self, places: &[Location], location: &Location) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else { return false };
        match Node::of(self.schemas.resolved, places) {
            Some(node) => Base::new(self.schemas, &node, depth).implies_schema(location, Required::ByBase),
            None => self.schemas.is_anything(location),
        }
    }
}

/// Checks whether the base requires all properties that the schema requires.
fn requires(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.required().iter().all(|name| base.properties.requires(name))
}

/// Checks whether the schema allows all JSON types of the base.
fn has_types(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    base.types.within(keywords.types())
}

/// Checks whether the schema is not one that accepts nothing, such as `{"not": {}}`.
fn accepts_something(_: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    !keywords.accepts_nothing()
}

/// Checks whether the base has each of the properties, with all that their schemas say.
fn has_properties(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.property_names().all(|name| {
        let places = base.properties.places_of(name);
        let location = keywords.property(name);
        base.properties.defines(name) && location.is_none_or(|location| base.has_schema(&places, &location))
    })
}

/// Checks whether the schema has no patterns of property names.
fn has_patterns(_: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.patterns().next().is_none()
}

/// Checks whether the schema allows any additional properties.
fn has_additional_properties(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    keywords.additional_properties().is_none_or(|location| base.schemas.is_anything(&location))
}

/// Checks whether the base is not a tuple, and its items satisfy the schema for all items.
fn has_items(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let parts: Vec<Keywords<'_>> = base.node.keywords(base.schemas.resolved).collect();
    let places: Vec<Location> = parts.iter().filter_map(Keywords::items).collect();
    let is_tuple = keywords.prefix_length() > 0 || parts.iter().any(|part| part.prefix_length() > 0);
    !is_tuple && keywords.items().is_none_or(|location| base.has_schema(&places, &location))
}

/// Checks whether the base lists values, and each is among those of the schema.
fn lists_values(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let Some(own) = base.schemas.enumerated(base.node) else { return false };
    let listed: Vec<String> = keywords.enumerated().unwrap_or_default().iter().map(canonical).collect();
    own.iter().all(|value| listed.contains(&canonical(value)))
}

/// Checks whether the format is one of the base, or one that decides no type.
fn has_format(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let format = keywords.text("format");
    let decides = format.is_some_and(|it| it == "uint64" || base.schemas.settings.formats.contains_key(it));
    !decides || base.node.keywords(base.schemas.resolved).any(|part| part.text("format") == format)
}

/// Checks whether the bounds of the schema leave the Rust type of whole numbers as it is.
fn has_integer_type(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    if !base.types.has(TypeSet::INTEGER) || TypeSet::NUMBER.within(base.types) {
        return true;
    }
    let bounded = base.node.with(&Node::at(base.schemas.resolved, keywords.location()));
    integer_type(base.schemas, base.node) == integer_type(base.schemas, &bounded)
}

/// Checks whether `minItems` decides no type: it does for tuples, where it makes items required.
fn is_no_tuple(base: &Base<'_>, _: &Keywords<'_>) -> bool {
    !base.node.keywords(base.schemas.resolved).any(|part| part.prefix_length() > 0)
}

/// Checks whether the base names all properties that the schema names under a condition.
fn has_conditional(base: &Base<'_>, keywords: &Keywords<'_>) -> bool {
    let resolved = base.schemas.resolved;
    let parts = conditional_parts(resolved, &Node::at(resolved, keywords.location()));
    let parts = parts.iter().filter_map(|location| base.schemas.keywords(location));
    parts.flat_map(|part| part.property_names()).all(|name| base.properties.names().contains(&name))
}
