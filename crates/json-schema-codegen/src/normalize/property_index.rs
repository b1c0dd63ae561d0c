//! An index of the properties of a node by name, over all its parts.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::location::Location;
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::node::Node;
use crate::pattern::PatternProgram;
use crate::resolve::Resolved;

/// The properties that the parts of a node define, by name. It is built in one pass over the parts, so
/// that the time is linear for an object with many parts and properties.
pub(crate) struct PropertyIndex<'a> {
    parts: Vec<SchemaKeywords<'a>>,
    /// The JSON names of the properties, each once: those in `properties`, then those that are only in `required`, then
    /// those that are only in schemas which apply under a condition.
    names: Vec<&'a str>,
    /// By name, for the properties that are only in schemas which apply under a condition (`then`, `else`,
    /// `dependentSchemas`): the locations of their subschemas there.
    conditional: HashMap<&'a str, Vec<Location>>,
    required: Vec<&'a str>,
    required_names: HashSet<&'a str>,
    /// By name of a property: the indices in `parts` of the parts that have it in `properties`, ascending; empty for a
    /// property that is only required.
    parts_by_name: HashMap<&'a str, Vec<usize>>,
    /// The patterns and `additionalProperties` of the parts that have any, ascending by part.
    catch_alls: Vec<UnnamedPropertySchemas>,
}

/// The `patternProperties` and `additionalProperties` of one part.
struct UnnamedPropertySchemas {
    /// The index of the part among the parts of the node that are not boolean schemas.
    part: usize,
    /// (compiled pattern, location of its subschema); the pattern is `None` if it cannot be compiled.
    patterns: Vec<(Option<PatternProgram>, Location)>,
    /// The location of the schema in `additionalProperties`, if the part has the keyword.
    additional: Option<Location>,
    /// True if `additionalProperties` of the part is `false`.
    closes: bool,
}

impl<'a> PropertyIndex<'a> {
    /// Builds the index of the properties of `node`, over all its parts.
    pub(crate) fn from_node(resolved: &'a Resolved, node: &Node) -> Self {
        let parts: Vec<SchemaKeywords<'a>> = node.read_keywords(resolved).collect();
        let mut parts_by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut names = Vec::new();
        for (part, keywords) in parts.iter().enumerate() {
            for name in keywords.property_names() {
                let parts = parts_by_name.entry(name).or_insert_with(|| {
                    names.push(name);
                    Vec::new()
                });
                parts.push(part);
            }
        }
        let required: Vec<&str> = parts.iter().flat_map(SchemaKeywords::required_names).collect();
        for name in &required {
            parts_by_name.entry(name).or_insert_with(|| {
                names.push(name);
                Vec::new()
            });
        }
        let conditional = list_conditional_properties(resolved, node);
        let conditional = conditional.into_iter().filter(|(name, _)| !parts_by_name.contains_key(name));
        let mut by_name: HashMap<&str, Vec<Location>> = HashMap::new();
        for (name, location) in conditional {
            by_name
                .entry(name)
                .or_insert_with(|| {
                    names.push(name);
                    Vec::new()
                })
                .push(location);
        }
        let conditional = by_name;
        let catch_alls = parts
            .iter()
            .enumerate()
            .filter_map(|(part, keywords)| UnnamedPropertySchemas::from_node(part, keywords))
            .collect();
        let required_names = required.iter().copied().collect();
        Self { parts, names, conditional, required, required_names, parts_by_name, catch_alls }
    }

    /// Returns the JSON names of all properties, each once: those in `properties`, then those that are only in
    /// `required`, then those that are only in schemas which apply under a condition.
    pub(crate) fn property_names(&self) -> &[&'a str] {
        &self.names
    }

    /// Returns the locations of the subschemas for the property `name` that apply only under a condition; empty if a
    /// part has the property in `properties` or `required`.
    pub(crate) fn conditional_locations(&self, name: &str) -> &[Location] {
        self.conditional.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the names in `required` of all parts; a name may come several times.
    pub(crate) fn required_names(&self) -> &[&'a str] {
        &self.required
    }

    /// Checks whether the property `name` is in `required` of a part of the node.
    pub(crate) fn requires_property(&self, name: &str) -> bool {
        self.required_names.contains(name)
    }

    /// Checks whether a part of the node has the property `name` in `properties`.
    pub(crate) fn defines_property(&self, name: &str) -> bool {
        self.parts_by_name.get(name).is_some_and(|parts| !parts.is_empty())
    }

    /// Returns the names in `properties` of all parts, each once.
    pub(crate) fn defined_names(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied().filter(|name| self.defines_property(name))
    }

    /// Checks whether a part has `patternProperties`, or `additionalProperties` other than `false`.
    pub(crate) fn has_schema_for_unnamed_properties(&self) -> bool {
        self.catch_alls.iter().any(|catch_all| !catch_all.patterns.is_empty() || !catch_all.closes)
    }

    /// Returns the locations of all subschemas that the property `name` must satisfy, in the order of the parts: those
    /// in `properties`, of matching patterns, and, where neither applies, of `additionalProperties`.
    pub(crate) fn find_property_locations(&self, name: &str) -> Vec<Location> {
        let parts_by_name = self.parts_by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        let mut places: Vec<(usize, Location)> = parts_by_name
            .iter()
            .filter_map(|part| Some((*part, self.parts.get(*part)?.property_schema(name)?)))
            .collect();
        for catch_all in &self.catch_alls {
            let is_defined = parts_by_name.binary_search(&catch_all.part).is_ok();
            places.extend(
                catch_all
                    .find_property_locations(name, is_defined)
                    .into_iter()
                    .map(|location| (catch_all.part, location)),
            );
        }
        places.sort_by_key(|(part, _)| *part);
        places.into_iter().map(|(_, location)| location).collect()
    }
}

impl UnnamedPropertySchemas {
    /// Reads `patternProperties` and `additionalProperties` from `keywords`, those of the part with the index `part`;
    /// `None` if it has neither.
    fn from_node(part: usize, keywords: &SchemaKeywords<'_>) -> Option<Self> {
        let patterns = keywords
            .pattern_schemas()
            .map(|(pattern, location)| (PatternProgram::new(pattern), location))
            .collect::<Vec<_>>();
        let additional = keywords.additional_properties_schema();
        let closes = keywords.forbids_additional_properties();
        (!patterns.is_empty() || additional.is_some()).then_some(Self { part, patterns, additional, closes })
    }

    /// Returns the locations of the subschemas in `patternProperties` and `additionalProperties` that apply to the
    /// property `name`: those of all patterns that match; if none matches, that of `additionalProperties`, unless the
    /// part has the name in `properties` (`is_defined`), or has a pattern that cannot be compiled and might match.
    fn find_property_locations(&self, name: &str, is_defined: bool) -> Vec<Location> {
        let all_compile = self.patterns.iter().all(|(program, _)| program.is_some());
        let matches =
            |program: &Option<PatternProgram>| program.as_ref().is_some_and(|program| program.matches_text(name));
        let matching = self.patterns.iter().filter(|(program, _)| matches(program));
        let places: Vec<Location> = matching.map(|(_, location)| location.clone()).collect();
        let is_additional = places.is_empty() && !is_defined && all_compile;
        if is_additional { self.additional.iter().cloned().collect() } else { places }
    }
}

/// Returns (name, location of its subschema) for each property in `properties` of a schema that `node` applies only
/// under a condition.
fn list_conditional_properties<'a>(resolved: &'a Resolved, node: &Node) -> Vec<(&'a str, Location)> {
    find_conditional_parts(resolved, node)
        .iter()
        .filter_map(|location| SchemaKeywords::read_at(resolved, location))
        .flat_map(|keywords| {
            let location = keywords.location().clone();
            keywords
                .property_names()
                .map(move |name| (name, location.grandchild("properties", name)))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Returns the locations of the schemas that `node` applies only under a condition: those in `then`, `else`,
/// `dependentSchemas` and `dependencies`, and those that these lead to by references, `allOf`, `anyOf`, `oneOf` and
/// further conditions. Each location comes once, so cycles end.
pub(crate) fn find_conditional_parts(resolved: &Resolved, node: &Node) -> Vec<Location> {
    let mut found: Vec<Location> = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting: VecDeque<Location> =
        node.read_keywords(resolved).flat_map(|keywords| keywords.conditional_subschemas()).collect();
    while let Some(location) = waiting.pop_front() {
        for part in Node::from_location(resolved, &location).parts {
            if !seen.insert(part.location.clone()) {
                continue;
            }
            if let Some(keywords) = SchemaKeywords::read_at(resolved, &part.location) {
                waiting.extend(
                    keywords
                        .conditional_subschemas()
                        .into_iter()
                        .chain(keywords.any_of_members())
                        .chain(keywords.one_of_members()),
                );
            }
            found.push(part.location);
        }
    }
    found
}
