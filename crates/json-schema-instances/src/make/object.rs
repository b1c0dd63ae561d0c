//! Makes objects.

use rand::Rng;
use serde_json::{Map, Value};

use super::budget::SizeBudget;
use super::maker::{InstanceMaker, SchemaConjunction};
use super::string::UNKNOWN_PROPERTY_NAMES;
use crate::min_depth::INFINITE_DEPTH;
use crate::schema::{Schema, SchemaId};

/// Probabilities, in eighths, that an object has an optional property. One of them is chosen for each object.
const OPTIONAL_PROPERTY_PROBABILITIES: [u32; 7] = [0, 1, 2, 4, 4, 6, 8];

/// Most attempts to find a property name, for each property that `minProperties` asks for.
const MAX_TRIES_FOR_A_NAME: usize = 32;

/// Most attempts to find property names for one object, however large its `minProperties` is.
const MAX_TRIES_FOR_NAMES: usize = 10_000;

impl<'s> InstanceMaker<'s, '_> {
    /// Makes an object that satisfies `conjunction`. `None` if the value of a required property could not be made; an
    /// optional property is left out instead.
    pub(super) fn make_object(&mut self, conjunction: &SchemaConjunction<'s>, budget: SizeBudget) -> Option<Value> {
        let required = conjunction.required_property_names();
        let names = self.choose_property_names(conjunction, &required, budget);
        let share = budget.share_among(names.len());
        let mut properties = Map::new();
        for name in names {
            let ids = conjunction.schemas_of_property(&name);
            match self.make_value(&ids, share) {
                Some(value) => drop(properties.insert(name, value)),
                None if required.contains(&name.as_str()) => return None,
                None => (),
            }
        }
        Some(Value::Object(properties))
    }

    /// Chooses the property names of an object, in the order in which the object is to have them.
    fn choose_property_names(
        &mut self,
        conjunction: &SchemaConjunction<'s>,
        required: &[&str],
        budget: SizeBudget,
    ) -> Vec<String> {
        let mut optional = Vec::new();
        if !budget.is_spent() {
            optional.extend(self.choose_optional_names(conjunction, required, budget));
            optional.extend(self.choose_additional_names(conjunction, budget));
        }
        let max_optional = conjunction.effective_max_properties().saturating_sub(required.len());
        while optional.len() > max_optional {
            let index = self.rng.random_range(0..optional.len());
            optional.swap_remove(index);
        }
        let required = required.iter().map(|name| (*name).to_owned());
        let mut names: Vec<String> = required.chain(optional).collect();
        self.add_missing_property_names(&mut names, conjunction, budget);
        self.sort_or_shuffle_names(&mut names, conjunction);
        names
    }

    /// Chooses some of the names in `properties` that are not in `required`.
    fn choose_optional_names(
        &mut self,
        conjunction: &SchemaConjunction<'s>,
        required: &[&str],
        budget: SizeBudget,
    ) -> Vec<String> {
        let density = self.pick_random(&OPTIONAL_PROPERTY_PROBABILITIES).copied().unwrap_or(0);
        let child_budget = budget.share_among(1);
        let mut names: Vec<String> = Vec::new();
        for name in conjunction.listed_property_names() {
            if self.decide_randomly(density, 8)
                && !required.contains(&name)
                && !names.iter().any(|other| other == name)
                && child_budget.has_room_for(self.min_depth(&conjunction.schemas_of_property(name)))
            {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Chooses names that are not in `properties`: up to 4 if no schema has `properties`, otherwise up to 2.
    fn choose_additional_names(&mut self, conjunction: &SchemaConjunction<'s>, budget: SizeBudget) -> Vec<String> {
        let child_budget = budget.share_among(1);
        let is_map = conjunction.listed_property_names().next().is_none();
        let count = if is_map {
            self.rng.random_range(0..=4)
        } else if self.decide_randomly(1, 3) {
            self.rng.random_range(1..=2)
        } else {
            0
        };
        let mut names = Vec::new();
        for _ in 0..count {
            let name = self.choose_additional_name(conjunction, budget);
            let name = name.filter(|name| {
                let min_depth = self.min_depth(&conjunction.schemas_of_property(name));
                child_budget.has_room_for(min_depth) && !names.contains(name)
            });
            names.extend(name);
        }
        names
    }

    /// Chooses a name that is neither in `properties` nor in `required`, and for which the schemas allow a value.
    /// `None` if the name that was made at random does not satisfy this.
    fn choose_additional_name(&mut self, conjunction: &SchemaConjunction<'s>, budget: SizeBudget) -> Option<String> {
        let name = self.make_property_name(conjunction, budget)?;
        let ids = conjunction.schemas_of_property(&name);
        let is_possible = self.min_depth(&ids) != INFINITE_DEPTH;
        let is_rejected = ids.is_empty() && conjunction.rejects_unevaluated_properties();
        let is_known = conjunction.listed_property_names().any(|known| known == name)
            || conjunction.required_property_names().contains(&name.as_str());
        (is_possible && !is_rejected && !is_known).then_some(name)
    }

    /// Makes a property name: from a pattern in `patternProperties`, from the schema in `propertyNames`, or else an
    /// arbitrary one. `None` if the pattern or schema gives no name.
    fn make_property_name(&mut self, conjunction: &SchemaConjunction<'s>, budget: SizeBudget) -> Option<String> {
        let objects = || conjunction.schemas.iter().map(|schema| &schema.object);
        let name_schemas: Vec<SchemaId> = objects().filter_map(|object| object.property_names).collect();
        let patterns: Vec<_> = objects().flat_map(|object| &object.pattern_properties).collect();
        if !patterns.is_empty() && self.decide_randomly(2, 3) {
            let (pattern, _) = self.pick_random(&patterns)?;
            return pattern.make_string(self.rng);
        }
        if !name_schemas.is_empty() {
            return match self.make_value(&name_schemas, budget)? {
                Value::String(name) => Some(name),
                _ => None,
            };
        }
        let names: Vec<&str> = conjunction.listed_property_names().collect();
        let known = self.pick_random(&names).copied();
        match known.filter(|_| self.decide_randomly(1, 8)) {
            // A careless reader takes it for the known name.
            Some(known) => Some(known.to_uppercase()),
            None if self.decide_randomly(1, 4) => Some(self.make_plain_string(0, None)),
            None => self.pick_random(&UNKNOWN_PROPERTY_NAMES).map(|name| (*name).to_owned()),
        }
    }

    /// Adds names to `names` until there are as many as `minProperties` requires, or no more are found: first the names
    /// in `properties`.
    fn add_missing_property_names(
        &mut self,
        names: &mut Vec<String>,
        conjunction: &SchemaConjunction<'s>,
        budget: SizeBudget,
    ) {
        let min_properties = conjunction.effective_min_properties();
        for known in conjunction.listed_property_names() {
            let min_depth = self.min_depth(&conjunction.schemas_of_property(known));
            let is_new = !names.iter().any(|name| name == known);
            if names.len() < min_properties && min_depth != INFINITE_DEPTH && is_new {
                names.push(known.to_owned());
            }
        }
        let tries = MAX_TRIES_FOR_A_NAME.saturating_mul(min_properties);
        for _ in 0..tries.min(MAX_TRIES_FOR_NAMES) {
            if names.len() >= min_properties {
                return;
            }
            let name = self.choose_additional_name(conjunction, budget);
            names.extend(name.filter(|name| !names.contains(name)));
        }
    }

    /// Sorts `names` in the order of `properties`, with additional names last; in one of four cases, shuffles them
    /// instead.
    fn sort_or_shuffle_names(&mut self, names: &mut [String], conjunction: &SchemaConjunction<'s>) {
        if self.decide_randomly(1, 4) {
            for last in (1..names.len()).rev() {
                let other = self.rng.random_range(0..=last);
                names.swap(last, other);
            }
        } else {
            let known: Vec<&str> = conjunction.listed_property_names().collect();
            names.sort_by_cached_key(|name| {
                let index = known.iter().position(|other| other == name);
                index.unwrap_or(usize::MAX)
            });
        }
    }
}

impl<'s> SchemaConjunction<'s> {
    /// Returns the names in `properties` of all schemas. A name that several schemas have comes several times.
    fn listed_property_names(&self) -> impl Iterator<Item = &'s str> {
        let names = |schema: &&'s Schema| schema.object.names.iter();
        self.schemas.iter().flat_map(names).map(String::as_str)
    }

    /// Returns the names in `required` of all schemas, each once.
    fn required_property_names(&self) -> Vec<&'s str> {
        let mut required: Vec<&str> = Vec::new();
        for schema in &self.schemas {
            let names = schema.object.required.iter().map(String::as_str);
            let new: Vec<&str> = names.filter(|name| !required.contains(name)).collect();
            required.extend(new);
        }
        required
    }

    /// Returns the greatest `minProperties` of all schemas; 0 if none has the keyword.
    fn effective_min_properties(&self) -> usize {
        let bounds = self.schemas.iter().map(|schema| schema.object.min_properties);
        bounds.max().unwrap_or(0)
    }

    /// Returns the least `maxProperties` of all schemas; `usize::MAX` if none has the keyword.
    fn effective_max_properties(&self) -> usize {
        let bounds = self.schemas.iter();
        let bounds = bounds.filter_map(|schema| schema.object.max_properties);
        bounds.min().unwrap_or(usize::MAX)
    }

    /// Checks whether `unevaluatedProperties` is `false` in one of the schemas.
    fn rejects_unevaluated_properties(&self) -> bool {
        self.schemas.iter().any(|schema| schema.object.rejects_unevaluated)
    }

    /// Returns the schemas that the value of the property `name` has to satisfy: for each schema those in `properties`
    /// and `patternProperties`, or else the one in `additionalProperties`.
    fn schemas_of_property(&self, name: &str) -> Vec<SchemaId> {
        let mut ids = Vec::new();
        for object in self.schemas.iter().map(|schema| &schema.object) {
            let before = ids.len();
            ids.extend(object.properties.get(name));
            let patterns = object.pattern_properties.iter();
            let matching = patterns.filter(|(pattern, _)| pattern.matches(name));
            ids.extend(matching.map(|(_, id)| *id));
            if ids.len() == before {
                ids.extend(object.additional_properties);
            }
        }
        ids
    }
}
