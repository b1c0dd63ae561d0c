//! Makes a value for one or more schemas: chooses branches of unions and a type, and leaves the rest to the files of the
//! single types.

use std::collections::HashSet;

use rand::{Rng, RngCore};
use serde_json::Value;

use super::budget::Budget;
use crate::compiled::CompiledSchema;
use crate::min_depth::INFINITE;
use crate::schema::{Schema, SchemaId, Types};
use crate::validators::SubschemaValidators;

/// Most retries over a whole instance, after a part of it failed.
const MAX_RETRIES: u32 = 200;

/// Most retries of a single part of an instance.
const MAX_RETRIES_OF_A_PART: u32 = 16;

/// Most values made for one instance, those of failed attempts included. The budget bounds the usual instance; this
/// bounds one whose required properties multiply.
const MAX_VALUES: u32 = 20_000;

/// A rare branch of a union is chosen once in this many times; see [`Schema::rare`].
const RARITY: u32 = 6;

/// The state of one attempt to make an instance.
pub(super) struct Maker<'s, 'r> {
    schema: &'s CompiledSchema,
    /// With these, each part is validated as soon as it is made.
    validators: Option<&'s SubschemaValidators>,
    pub(super) rng: &'r mut dyn RngCore,
    retries_left: u32,
    values_left: u32,
}

/// Schemas that one value has to satisfy together. The targets of `$ref`, the schemas in `allOf` and one branch of each
/// `anyOf` and `oneOf` are among them.
pub(super) struct Conjunction<'s> {
    pub(super) schemas: Vec<&'s Schema>,
    /// The types that all of `schemas` allow.
    types: Types,
}

impl<'s, 'r> Maker<'s, 'r> {
    /// Begins an attempt. With `validators`, each part is validated as soon as it is made.
    pub(super) fn new(
        schema: &'s CompiledSchema,
        validators: Option<&'s SubschemaValidators>,
        rng: &'r mut dyn RngCore,
    ) -> Self {
        Self { schema, validators, rng, retries_left: MAX_RETRIES, values_left: MAX_VALUES }
    }

    /// Returns true with a probability of `count` in `total`.
    pub(super) fn chance(&mut self, count: u32, total: u32) -> bool {
        self.rng.random_ratio(count, total)
    }

    /// Returns a random one of `options`; `None` if there are none.
    pub(super) fn pick<'a, T>(&mut self, options: &'a [T]) -> Option<&'a T> {
        if options.is_empty() {
            return None;
        }
        options.get(self.rng.random_range(0..options.len()))
    }

    /// Makes a value that satisfies all the schemas `ids`; without validators, it may violate keywords that do not guide how
    /// it is made. `None` if no attempt succeeded, no finite value exists, the budget is overdrawn, or the values or retries
    /// of this instance are used up.
    pub(super) fn make_value(&mut self, ids: &[SchemaId], budget: Budget) -> Option<Value> {
        if self.min_depth(ids) == INFINITE || budget.is_overdrawn() {
            return None;
        }
        for _ in 0..=MAX_RETRIES_OF_A_PART {
            self.values_left = self.values_left.checked_sub(1)?;
            let conjunction = self.conjunction(ids, budget);
            let value = self.attempt_value(&conjunction, budget);
            if let Some(value) = value.filter(|value| conjunction.is_valid(self.validators, value)) {
                return Some(value);
            }
            self.retries_left = self.retries_left.checked_sub(1)?;
        }
        None
    }

    /// Returns the minimum depth of a value for all the schemas `ids`; 1 if there are none.
    pub(super) fn min_depth(&self, ids: &[SchemaId]) -> u32 {
        let depths = ids.iter().map(|id| self.schema.min_depth(*id));
        depths.max().unwrap_or(1)
    }

    /// Collects the schemas `ids` and those that they include, with one randomly chosen branch of each union.
    fn conjunction(&mut self, ids: &[SchemaId], budget: Budget) -> Conjunction<'s> {
        let mut conjunction = Conjunction { schemas: Vec::new(), types: Types::ALL };
        let mut seen: HashSet<SchemaId> = HashSet::new();
        let mut open = ids.to_vec();
        while let Some(id) = open.pop() {
            // A schema may include itself, which adds nothing.
            if !seen.insert(id) {
                continue;
            }
            let schema = self.schema.schema(id);
            conjunction.types = conjunction.types & schema.types;
            conjunction.schemas.push(schema);
            open.extend(&schema.all_of);
            for branches in &schema.unions {
                open.extend(self.choose_branch(branches, budget));
            }
        }
        conjunction
    }

    /// Chooses one branch of a union: one that the budget has room for, or that needs the least depth. `None` if there are
    /// no branches.
    fn choose_branch(&mut self, branches: &[SchemaId], budget: Budget) -> Option<SchemaId> {
        let schema = self.schema;
        let least = branches.iter().map(|id| schema.min_depth(*id)).min()?;
        let fits = |id: &SchemaId| {
            let min_depth = schema.min_depth(*id);
            min_depth == least || budget.has_room_for(min_depth)
        };
        let fitting = branches.iter().copied().filter(fits);
        let (rare, common): (Vec<_>, Vec<_>) = fitting.partition(|id| schema.schema(*id).rare);
        let take_rare = common.is_empty() || (!rare.is_empty() && self.chance(1, RARITY));
        self.pick(if take_rare { &rare } else { &common }).copied()
    }

    /// Makes a value for `conjunction` in one attempt, which may violate the keywords that do not guide the making.
    fn attempt_value(&mut self, conjunction: &Conjunction<'s>, budget: Budget) -> Option<Value> {
        if let Some(mut values) = conjunction.enum_values() {
            values.retain(|value| conjunction.is_valid(self.validators, value));
            return self.pick(&values).map(|value| (*value).clone());
        }
        match self.choose_type(conjunction, budget)? {
            Types::NULL => Some(Value::Null),
            Types::BOOLEAN => Some(Value::Bool(self.rng.random())),
            Types::STRING => self.make_string(conjunction).map(Value::String),
            Types::ARRAY => self.make_array(conjunction, budget),
            Types::OBJECT => self.make_object(conjunction, budget),
            numbers => self.make_number(conjunction, numbers).map(Value::Number),
        }
    }

    /// Chooses the type of the value to make, as a set of one type or `NUMBER`. `None` if no type is allowed.
    ///
    /// Without `type`, it is mostly one that the keywords apply to. When the budget is spent, it is neither array nor
    /// object if another is allowed.
    fn choose_type(&mut self, conjunction: &Conjunction, budget: Budget) -> Option<Types> {
        let mut types = conjunction.types;
        let meant = conjunction.subject_types() & types;
        if types == Types::ALL && meant != Types::NONE && self.chance(7, 8) {
            types = meant;
        }
        let flat = types.without(Types::CONTAINER);
        if budget.is_spent() && flat != Types::NONE {
            types = flat;
        }
        self.pick(&types.split()).copied()
    }
}

impl<'s> Conjunction<'s> {
    /// Returns the values that every `enum` and `const` and the types allow; `None` if there is neither keyword.
    fn enum_values(&self) -> Option<Vec<&'s Value>> {
        let mut lists = self.schemas.iter().filter_map(|schema| schema.values.as_ref());
        let mut values: Vec<&Value> = lists.next()?.iter().collect();
        values.retain(|value| self.types.intersects(Types::of_value(value)));
        for list in lists {
            values.retain(|value| list.contains(value));
        }
        Some(values)
    }

    /// Returns the types that the keywords of the schemas apply to.
    fn subject_types(&self) -> Types {
        let subjects = self.schemas.iter().map(|schema| schema.subject);
        subjects.fold(Types::NONE, |all, subject| all | subject)
    }

    /// Returns whether `value` is valid against those of the schemas that have keywords which do not guide the making;
    /// true without `validators`.
    fn is_valid(&self, validators: Option<&SubschemaValidators>, value: &Value) -> bool {
        let Some(validators) = validators else { return true };
        let mut pointers = self.schemas.iter().filter_map(|schema| schema.validate_at.as_ref());
        pointers.all(|pointer| validators.accepts(pointer, value))
    }
}
