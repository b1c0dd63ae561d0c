//! The properties of a node by name, from all its parts at once.

use std::collections::{HashMap, HashSet};

use crate::bundle::Bundle;
use crate::normalize::keywords::Keywords;
use crate::normalize::node::Node;
use crate::pattern::Program;
use crate::place::Place;

/// What the parts of a node say of the properties of an object. Each part is looked at once, so
/// that an object of many parts and properties takes no more time than its text is long.
pub(crate) struct PropertyIndex<'a> {
    parts: Vec<Keywords<'a>>,
    /// The names that are listed, in order, then those that are only required.
    names: Vec<&'a str>,
    required: Vec<&'a str>,
    required_names: HashSet<&'a str>,
    /// The numbers of the parts that list a name, in order.
    listing: HashMap<&'a str, Vec<usize>>,
    /// The parts that may say something of any name, in order.
    loose: Vec<CatchAll>,
}

/// A part with patterns, or with a schema for the properties that it does not list.
struct CatchAll {
    part: usize,
    patterns: Vec<(Option<Program>, Place)>,
    additional: Option<Place>,
    /// Whether that schema is `false`.
    closes: bool,
}

impl<'a> PropertyIndex<'a> {
    pub(crate) fn of(bundle: &'a Bundle, node: &Node) -> Self {
        let parts: Vec<Keywords<'a>> = node.keywords(bundle).collect();
        let mut listing: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut names = Vec::new();
        for (part, keywords) in parts.iter().enumerate() {
            for name in keywords.property_names() {
                let listed = listing.entry(name).or_insert_with(|| {
                    names.push(name);
                    Vec::new()
                });
                listed.push(part);
            }
        }
        let required: Vec<&str> = parts.iter().flat_map(Keywords::required).collect();
        for name in &required {
            listing.entry(name).or_insert_with(|| {
                names.push(name);
                Vec::new()
            });
        }
        let loose = parts.iter().enumerate().filter_map(|(part, keywords)| CatchAll::of(part, keywords)).collect();
        let required_names = required.iter().copied().collect();
        Self { parts, names, required, required_names, listing, loose }
    }

    /// The names of the listed properties, then of those that are only required; each once.
    pub(crate) fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// The names that are required, as often as they are.
    pub(crate) fn required(&self) -> &[&'a str] {
        &self.required
    }

    pub(crate) fn requires(&self, name: &str) -> bool {
        self.required_names.contains(name)
    }

    /// The listed properties, without those that are only required.
    pub(crate) fn known(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied().filter(|name| self.listing.get(name).is_some_and(|parts| !parts.is_empty()))
    }

    /// Whether something is said of properties that are not listed, but that there are none.
    pub(crate) fn is_loose(&self) -> bool {
        self.loose.iter().any(|loose| !loose.patterns.is_empty() || !loose.closes)
    }

    /// The places of all schemas that the property of a name must satisfy, part by part.
    pub(crate) fn places_of(&self, name: &str) -> Vec<Place> {
        let listing = self.listing.get(name).map(Vec::as_slice).unwrap_or_default();
        let mut places: Vec<(usize, Place)> =
            listing.iter().filter_map(|part| Some((*part, self.parts.get(*part)?.property(name)?))).collect();
        for loose in &self.loose {
            let is_listed = listing.binary_search(&loose.part).is_ok();
            places.extend(loose.places_of(name, is_listed).into_iter().map(|place| (loose.part, place)));
        }
        places.sort_by_key(|(part, _)| *part);
        places.into_iter().map(|(_, place)| place).collect()
    }
}

impl CatchAll {
    fn of(part: usize, keywords: &Keywords<'_>) -> Option<Self> {
        let patterns = keywords.patterns().map(|(pattern, place)| (Program::new(pattern), place)).collect::<Vec<_>>();
        let additional = keywords.additional_properties();
        let closes = keywords.is_closed();
        (!patterns.is_empty() || additional.is_some()).then_some(Self { part, patterns, additional, closes })
    }

    /// `properties` and `patternProperties` both count; `additionalProperties` where neither does.
    fn places_of(&self, name: &str, is_listed: bool) -> Vec<Place> {
        let is_clear = self.patterns.iter().all(|(program, _)| program.is_some());
        let matches = |program: &Option<Program>| program.as_ref().is_some_and(|program| program.matches(name));
        let matching = self.patterns.iter().filter(|(program, _)| matches(program));
        let places: Vec<Place> = matching.map(|(_, place)| place.clone()).collect();
        let is_rest = places.is_empty() && !is_listed && is_clear;
        if is_rest { self.additional.iter().cloned().collect() } else { places }
    }
}
