//! Makes a value for one or more schemas: chooses branches of unions and a type, and leaves the rest to the files of
//! the single types.

use std::collections::HashSet;

use rand::{Rng, RngCore};
use serde_json::Value;

use super::budget::SizeBudget;
use crate::compiled::CompiledSchema;
use crate::min_depth::INFINITE_DEPTH;
use crate::schema::{JsonTypes, Schema, SchemaId};
use crate::validators::SubschemaValidators;

/// Most retries in the making of one instance, over all of its parts.
const MAX_RETRIES_OF_AN_INSTANCE: u32 = 200;

/// Most retries of a single part of an instance.
const MAX_RETRIES_OF_A_PART: u32 = 16;

/// Most values made for one instance, including those of failed attempts. The budget bounds a usual instance; this
/// bounds one whose required properties multiply.
const MAX_VALUES_OF_AN_INSTANCE: u32 = 20_000;

/// A branch of a union that is marked as rare is chosen once in this many times; see [`Schema::rare`].
const RARE_BRANCH_RATIO: u32 = 6;

/// The state of one attempt to make an instance: the source of random numbers, and the retries and values that are
/// left.
pub(super) struct InstanceMaker<'s, 'r> {
    schema: &'s CompiledSchema,
    /// With these, each part is validated as soon as it is made.
    validators: Option<&'s SubschemaValidators>,
    pub(super) rng: &'r mut dyn RngCore,
    retries_left: u32,
    values_left: u32,
}

/// Schemas that one value has to satisfy together: some given schemas, the targets of their `$ref`s, the schemas in
/// their `allOf`, and one branch of each `anyOf` and `oneOf`.
pub(super) struct SchemaConjunction<'s> {
    pub(super) schemas: Vec<&'s Schema>,
    /// The types that all of `schemas` allow.
    types: JsonTypes,
}

impl<'s, 'r> InstanceMaker<'s, 'r> {
    /// Begins an attempt to make an instance of `schema`. With `validators`, each part is validated as soon as it is
    /// made.
    pub(super) fn new(
        schema: &'s CompiledSchema,
        validators: Option<&'s SubschemaValidators>,
        rng: &'r mut dyn RngCore,
    ) -> Self {
        Self {
            schema,
            validators,
            rng,
            retries_left: MAX_RETRIES_OF_AN_INSTANCE,
            values_left: MAX_VALUES_OF_AN_INSTANCE,
        }
    }

    /// Returns true with the probability `count` / `total`.
    pub(super) fn decide_randomly(&mut self, count: u32, total: u32) -> bool {
        self.rng.random_ratio(count, total)
    }

    /// Returns a random element of `options`; `None` if it is empty.
    pub(super) fn pick_random<'a, T>(&mut self, options: &'a [T]) -> Option<&'a T> {
        if options.is_empty() {
            return None;
        }
        options.get(self.rng.random_range(0..options.len()))
    }

    /// Makes a value that satisfies all the schemas `ids`. Without validators, it may violate keywords that do not
    /// guide how it is made (such as `not`). `None` if no attempt succeeded, no finite value exists, the budget is
    /// overdrawn, or the values or retries of this instance are used up.
    pub(super) fn make_value(&mut self, ids: &[SchemaId], budget: SizeBudget) -> Option<Value> {
        if self.min_depth(ids) == INFINITE_DEPTH || budget.is_overdrawn() {
            return None;
        }
        for _ in 0..=MAX_RETRIES_OF_A_PART {
            self.values_left = self.values_left.checked_sub(1)?;
            let conjunction = self.collect_conjunction(ids, budget);
            let value = self.attempt_value(&conjunction, budget);
            if let Some(value) = value.filter(|value| conjunction.passes_validators(self.validators, value)) {
                return Some(value);
            }
            self.retries_left = self.retries_left.checked_sub(1)?;
        }
        None
    }

    /// Returns the minimum depth of a value that satisfies all the schemas `ids`; 1 if there are none.
    pub(super) fn min_depth(&self, ids: &[SchemaId]) -> u32 {
        let depths = ids.iter().map(|id| self.schema.min_depth(*id));
        depths.max().unwrap_or(1)
    }

    /// Collects the schemas `ids` and those that they include through `$ref` and `allOf`, with one randomly chosen
    /// branch of each union.
    fn collect_conjunction(&mut self, ids: &[SchemaId], budget: SizeBudget) -> SchemaConjunction<'s> {
        let mut conjunction = SchemaConjunction { schemas: Vec::new(), types: JsonTypes::ALL };
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

    /// Chooses a random branch of a union that `budget` has room for, or that needs the least depth. Rare branches are
    /// chosen less often. `None` if `branches` is empty.
    fn choose_branch(&mut self, branches: &[SchemaId], budget: SizeBudget) -> Option<SchemaId> {
        let schema = self.schema;
        let least = branches.iter().map(|id| schema.min_depth(*id)).min()?;
        let fits = |id: &SchemaId| {
            let min_depth = schema.min_depth(*id);
            min_depth == least || budget.has_room_for(min_depth)
        };
        let fitting = branches.iter().copied().filter(fits);
        let (rare, common): (Vec<_>, Vec<_>) = fitting.partition(|id| schema.schema(*id).rare);
        let take_rare = common.is_empty() || (!rare.is_empty() && self.decide_randomly(1, RARE_BRANCH_RATIO));
        self.pick_random(if take_rare { &rare } else { &common }).copied()
    }

    /// Makes a value for `conjunction` in one attempt. It may violate the keywords that do not guide the making (such
    /// as `not`). `None` if the attempt fails.
    fn attempt_value(&mut self, conjunction: &SchemaConjunction<'s>, budget: SizeBudget) -> Option<Value> {
        if let Some(mut values) = conjunction.allowed_enum_values() {
            values.retain(|value| conjunction.passes_validators(self.validators, value));
            return self.pick_random(&values).map(|value| (*value).clone());
        }
        match self.choose_type(conjunction, budget)? {
            JsonTypes::NULL => Some(Value::Null),
            JsonTypes::BOOLEAN => Some(Value::Bool(self.rng.random())),
            JsonTypes::STRING => self.make_string(conjunction).map(Value::String),
            JsonTypes::ARRAY => self.make_array(conjunction, budget),
            JsonTypes::OBJECT => self.make_object(conjunction, budget),
            numbers => self.make_number(conjunction, numbers).map(Value::Number),
        }
    }

    /// Chooses the type of the value to make, as a set of one type or `NUMBER`. `None` if the schemas allow no type.
    ///
    /// If they allow all types, it is mostly one that their keywords apply to. When the budget is spent, it is neither
    /// array nor object if another type is allowed.
    fn choose_type(&mut self, conjunction: &SchemaConjunction, budget: SizeBudget) -> Option<JsonTypes> {
        let mut types = conjunction.types;
        let meant = conjunction.keyword_subject_types() & types;
        if types == JsonTypes::ALL && meant != JsonTypes::NONE && self.decide_randomly(7, 8) {
            types = meant;
        }
        let flat = types.without(JsonTypes::CONTAINER);
        if budget.is_spent() && flat != JsonTypes::NONE {
            types = flat;
        }
        self.pick_random(&types.split_into_single_types()).copied()
    }
}

impl<'s> SchemaConjunction<'s> {
    /// Returns the values that every `enum` and `const` and the types of the schemas allow; `None` if no schema has
    /// `enum` or `const`.
    fn allowed_enum_values(&self) -> Option<Vec<&'s Value>> {
        let mut lists = self.schemas.iter().filter_map(|schema| schema.values.as_ref());
        let mut values: Vec<&Value> = lists.next()?.iter().collect();
        values.retain(|value| self.types.intersects(JsonTypes::of_value(value)));
        for list in lists {
            values.retain(|value| list.contains(value));
        }
        Some(values)
    }

    /// Returns the types that the keywords of the schemas apply to, such as objects for `required`.
    fn keyword_subject_types(&self) -> JsonTypes {
        let subjects = self.schemas.iter().map(|schema| schema.subject);
        subjects.fold(JsonTypes::NONE, |all, subject| all | subject)
    }

    /// Checks whether `value` is valid against those of the schemas that have keywords which do not guide the making
    /// (such as `not`). True without `validators`.
    fn passes_validators(&self, validators: Option<&SubschemaValidators>, value: &Value) -> bool {
        let Some(validators) = validators else { return true };
        let mut pointers = self.schemas.iter().filter_map(|schema| schema.validate_at.as_ref());
        pointers.all(|pointer| validators.accepts(pointer, value))
    }
}
