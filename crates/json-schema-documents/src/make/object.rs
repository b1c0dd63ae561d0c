//! Objects: which properties they have, and what is in them.

use proptest::prelude::Rng;
use serde_json::{Map, Value};

use super::budget::Budget;
use super::text::UNKNOWN_NAMES;
use super::{Conjunction, Maker};
use crate::height::ENDLESS;
use crate::schema::SchemaId;

/// How many of the optional properties are there, of 8: each object has its own share.
const DENSITIES: [u32; 7] = [0, 1, 2, 4, 4, 6, 8];

/// How often a name is looked for where one more property has to be there.
const RETRIES_OF_A_NAME: usize = 32;

/// How many names are looked for in all, whatever `minProperties` asks for.
const MOST_NAMES_TRIED: usize = 10_000;

impl<'s> Maker<'s, '_> {
    pub(super) fn object(&mut self, conjunction: &Conjunction<'s>, budget: Budget) -> Option<Value> {
        let required = conjunction.required();
        let names = self.names(conjunction, &required, budget);
        let share = budget.share(names.len());
        let mut members = Map::new();
        for name in names {
            let ids = conjunction.property_schemas(&name);
            match self.value(&ids, share) {
                Some(value) => drop(members.insert(name, value)),
                None if required.contains(&name.as_str()) => return None,
                None => (),
            }
        }
        Some(Value::Object(members))
    }

    /// The names of the properties to make, in the order to make them in.
    fn names(&mut self, conjunction: &Conjunction<'s>, required: &[&str], budget: Budget) -> Vec<String> {
        let mut optional = Vec::new();
        if !budget.is_spent() {
            optional.extend(self.optional(conjunction, required, budget));
            optional.extend(self.additional(conjunction, budget));
        }
        let most = conjunction.most_properties().saturating_sub(required.len());
        while optional.len() > most {
            let index = self.rng().random_range(0..optional.len());
            optional.swap_remove(index);
        }
        let required = required.iter().map(|name| (*name).to_owned());
        let mut names: Vec<String> = required.chain(optional).collect();
        self.fill(&mut names, conjunction, budget);
        self.order(&mut names, conjunction);
        names
    }

    fn optional(&mut self, conjunction: &Conjunction<'s>, required: &[&str], budget: Budget) -> Vec<String> {
        let density = self.pick(&DENSITIES).copied().unwrap_or(0);
        let room = budget.share(1);
        let mut names: Vec<String> = Vec::new();
        for name in conjunction.known_names() {
            if self.chance(density, 8)
                && !required.contains(&name)
                && !names.iter().any(|other| other == name)
                && room.holds(self.height(&conjunction.property_schemas(name)))
            {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Names beyond those in `properties`; more of them where there are none.
    fn additional(&mut self, conjunction: &Conjunction<'s>, budget: Budget) -> Vec<String> {
        let room = budget.share(1);
        let is_map = conjunction.known_names().next().is_none();
        let count = if is_map {
            self.rng().random_range(0..=4)
        } else if self.chance(1, 3) {
            self.rng().random_range(1..=2)
        } else {
            0
        };
        let mut names = Vec::new();
        for _ in 0..count {
            let name = self.additional_name(conjunction, budget);
            let name = name.filter(|name| {
                let height = self.height(&conjunction.property_schemas(name));
                room.holds(height) && !names.contains(name)
            });
            names.extend(name);
        }
        names
    }

    /// A name that is in no `properties`, and for which the schemas allow a value.
    fn additional_name(&mut self, conjunction: &Conjunction<'s>, budget: Budget) -> Option<String> {
        let name = self.name(conjunction, budget)?;
        let ids = conjunction.property_schemas(&name);
        let is_possible = self.height(&ids) != ENDLESS;
        let is_closed = ids.is_empty() && conjunction.is_closed();
        let is_known =
            conjunction.known_names().any(|known| known == name) || conjunction.required().contains(&name.as_str());
        (is_possible && !is_closed && !is_known).then_some(name)
    }

    /// A name from `propertyNames`, from a key of `patternProperties`, or from nowhere.
    fn name(&mut self, conjunction: &Conjunction<'s>, budget: Budget) -> Option<String> {
        let objects = || conjunction.schemas.iter().map(|schema| &schema.object);
        let naming: Vec<SchemaId> = objects().filter_map(|all| all.property_names).collect();
        let patterns: Vec<_> = objects().flat_map(|object| &object.pattern_properties).collect();
        if !patterns.is_empty() && self.chance(2, 3) {
            let (pattern, _) = self.pick(&patterns)?;
            return pattern.text(self.runner);
        }
        if !naming.is_empty() {
            return match self.value(&naming, budget)? {
                Value::String(name) => Some(name),
                _ => None,
            };
        }
        let names: Vec<&str> = conjunction.known_names().collect();
        let known = self.pick(&names).copied();
        match known.filter(|_| self.chance(1, 8)) {
            // A name that only a careless reader takes for the known one.
            Some(known) => Some(known.to_uppercase()),
            None if self.chance(1, 4) => Some(self.text(0, None)),
            None => self.pick(&UNKNOWN_NAMES).map(|name| (*name).to_owned()),
        }
    }

    /// Adds to `names` what `minProperties` asks for, as far as names are found.
    fn fill(&mut self, names: &mut Vec<String>, conjunction: &Conjunction<'s>, budget: Budget) {
        let least = conjunction.least_properties();
        for known in conjunction.known_names() {
            let height = self.height(&conjunction.property_schemas(known));
            let is_new = !names.iter().any(|name| name == known);
            if names.len() < least && height != ENDLESS && is_new {
                names.push(known.to_owned());
            }
        }
        let tries = RETRIES_OF_A_NAME.saturating_mul(least);
        for _ in 0..tries.min(MOST_NAMES_TRIED) {
            if names.len() >= least {
                return;
            }
            let name = self.additional_name(conjunction, budget);
            names.extend(name.filter(|name| !names.contains(name)));
        }
    }

    /// Puts `names` into the schemas' order, and now and then into any order.
    fn order(&mut self, names: &mut [String], conjunction: &Conjunction<'s>) {
        if self.chance(1, 4) {
            for last in (1..names.len()).rev() {
                let other = self.rng().random_range(0..=last);
                names.swap(last, other);
            }
        } else {
            let known: Vec<&str> = conjunction.known_names().collect();
            names.sort_by_cached_key(|name| {
                let place = known.iter().position(|other| other == name);
                place.unwrap_or(usize::MAX)
            });
        }
    }
}

impl<'s> Conjunction<'s> {
    /// The names in `properties`, as often as they are there.
    fn known_names(&self) -> impl Iterator<Item = &'s str> {
        let names = |schema: &&'s crate::schema::Schema| schema.object.names.iter();
        self.schemas.iter().flat_map(names).map(String::as_str)
    }

    fn required(&self) -> Vec<&'s str> {
        let mut required: Vec<&str> = Vec::new();
        for schema in &self.schemas {
            let names = schema.object.required.iter().map(String::as_str);
            let new: Vec<&str> = names.filter(|name| !required.contains(name)).collect();
            required.extend(new);
        }
        required
    }

    fn least_properties(&self) -> usize {
        let bounds = self.schemas.iter().map(|all| all.object.min_properties);
        bounds.max().unwrap_or(0)
    }

    fn most_properties(&self) -> usize {
        let bounds = self.schemas.iter();
        let bounds = bounds.filter_map(|all| all.object.max_properties);
        bounds.min().unwrap_or(usize::MAX)
    }

    fn is_closed(&self) -> bool {
        self.schemas.iter().any(|schema| schema.object.closed)
    }

    /// What the property `name` is to satisfy: each schema looks at its own keywords only.
    fn property_schemas(&self, name: &str) -> Vec<SchemaId> {
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
