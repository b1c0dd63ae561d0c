//! Making one value that all of some schemas accept, at random.

mod array;
mod budget;
mod number;
mod object;
mod text;

use std::collections::HashSet;

use proptest::prelude::Rng;
use proptest::test_runner::{TestRng, TestRunner};
use serde_json::Value;

use crate::document::Document;
use crate::height::ENDLESS;
use crate::schema::{Schema, SchemaId, Types};
use crate::validation::Checks;
use budget::Budget;

/// How often, over a whole document, a part that came out wrong is made again.
const RETRIES: u32 = 200;

/// How often a single part is.
const RETRIES_OF_A_PART: u32 = 16;

/// How many values a document may take: the end of what the budget's shares do not bound.
const MOST_VALUES: u32 = 20_000;

/// How deep a document nests at most; what nests deeper the parsers of JSON do not read.
const DEEPEST: u32 = 127;

/// One branch in this many that can be taken is a rare one.
const RARITY: u32 = 6;

/// A document that most likely satisfies the entry of `document`; none where it did not work out.
/// With `checks`, a part that fails one of them is made again.
pub(crate) fn document(document: &Document, checks: Option<&Checks>, runner: &mut TestRunner) -> Option<Value> {
    let height = document.height(document.entry);
    if height > DEEPEST {
        return None;
    }
    let budget = Budget::random(height, runner.rng());
    let mut maker = Maker { document, checks, runner, retries: RETRIES, values: MOST_VALUES };
    maker.value(&[document.entry], budget)
}

struct Maker<'s, 'r> {
    document: &'s Document,
    checks: Option<&'s Checks>,
    runner: &'r mut TestRunner,
    retries: u32,
    values: u32,
}

/// Schemas that one value is to satisfy all at once, with their `$ref`, `allOf` and a branch of
/// each of their unions among them.
struct Conjunction<'s> {
    schemas: Vec<&'s Schema>,
    types: Types,
}

impl<'s> Maker<'s, '_> {
    fn rng(&mut self) -> &mut TestRng {
        self.runner.rng()
    }

    /// Whether it comes out, `count` times of `of`.
    fn chance(&mut self, count: u32, of: u32) -> bool {
        self.rng().random_ratio(count, of)
    }

    /// One of `options`; none of none.
    fn pick<'a, T>(&mut self, options: &'a [T]) -> Option<&'a T> {
        if options.is_empty() {
            return None;
        }
        options.get(self.rng().random_range(0..options.len()))
    }

    /// A value for all of `ids`; none where none was found.
    fn value(&mut self, ids: &[SchemaId], budget: Budget) -> Option<Value> {
        if self.height(ids) == ENDLESS || budget.is_overdrawn() {
            return None;
        }
        for _ in 0..=RETRIES_OF_A_PART {
            self.values = self.values.checked_sub(1)?;
            let conjunction = self.conjunction(ids, budget);
            let value = self.attempt(&conjunction, budget);
            let passes = |value: &Value| self.checks.is_none_or(|checks| conjunction.passes(checks, value));
            if let Some(value) = value.filter(passes) {
                return Some(value);
            }
            self.retries = self.retries.checked_sub(1)?;
        }
        None
    }

    /// The height that a value for all of `ids` has at least.
    fn height(&self, ids: &[SchemaId]) -> u32 {
        let heights = ids.iter().map(|id| self.document.height(*id));
        heights.max().unwrap_or(1)
    }

    fn conjunction(&mut self, ids: &[SchemaId], budget: Budget) -> Conjunction<'s> {
        let mut conjunction = Conjunction { schemas: Vec::new(), types: Types::ALL };
        let mut seen: HashSet<SchemaId> = HashSet::new();
        let mut open = ids.to_vec();
        while let Some(id) = open.pop() {
            // A schema that leads back to itself asks for nothing new.
            if !seen.insert(id) {
                continue;
            }
            let schema = self.document.schema(id);
            conjunction.types = conjunction.types & schema.types;
            conjunction.schemas.push(schema);
            open.extend(&schema.all_of);
            for branches in &schema.unions {
                open.extend(self.branch(branches, budget));
            }
        }
        conjunction
    }

    /// One branch of a union, of those there is room for or else of the lowest.
    fn branch(&mut self, branches: &[SchemaId], budget: Budget) -> Option<SchemaId> {
        let document = self.document;
        let lowest = branches.iter().map(|id| document.height(*id)).min()?;
        let fits = |id: &SchemaId| {
            let height = document.height(*id);
            height == lowest || budget.holds(height)
        };
        let fitting = branches.iter().copied().filter(fits);
        let (rare, common): (Vec<_>, Vec<_>) = fitting.partition(|id| document.schema(*id).rare);
        let take_rare = common.is_empty() || (!rare.is_empty() && self.chance(1, RARITY));
        self.pick(if take_rare { &rare } else { &common }).copied()
    }

    fn attempt(&mut self, conjunction: &Conjunction<'s>, budget: Budget) -> Option<Value> {
        if let Some(mut values) = conjunction.values() {
            values.retain(|value| self.checks.is_none_or(|checks| conjunction.passes(checks, value)));
            return self.pick(&values).map(|value| (*value).clone());
        }
        match self.kind(conjunction, budget)? {
            Types::NULL => Some(Value::Null),
            Types::BOOLEAN => Some(Value::Bool(self.rng().random())),
            Types::STRING => self.string(conjunction).map(Value::String),
            Types::ARRAY => self.array(conjunction, budget),
            Types::OBJECT => self.object(conjunction, budget),
            numbers => self.number(conjunction, numbers).map(Value::Number),
        }
    }

    /// The type of the value to make.
    fn kind(&mut self, conjunction: &Conjunction, budget: Budget) -> Option<Types> {
        let mut types = conjunction.types;
        let meant = conjunction.subject() & types;
        if types == Types::ALL && meant != Types::NONE && self.chance(7, 8) {
            types = meant;
        }
        let flat = types.without(Types::CONTAINER);
        if budget.is_spent() && flat != Types::NONE {
            types = flat;
        }
        self.pick(&types.members()).copied()
    }
}

impl<'s> Conjunction<'s> {
    /// The values that `enum` and `const` leave, if they are there.
    fn values(&self) -> Option<Vec<&'s Value>> {
        let mut lists = self.schemas.iter().filter_map(|all| all.values.as_ref());
        let mut values: Vec<&Value> = lists.next()?.iter().collect();
        values.retain(|value| self.types.meets(Types::of(value)));
        for list in lists {
            values.retain(|value| list.contains(value));
        }
        Some(values)
    }

    fn subject(&self) -> Types {
        let subjects = self.schemas.iter().map(|schema| schema.subject);
        subjects.fold(Types::NONE, |all, subject| all | subject)
    }

    /// Whether `value` satisfies the keywords that making it did not heed.
    fn passes(&self, checks: &Checks, value: &Value) -> bool {
        let places = self.schemas.iter().map(|all| all.unheeded_at.as_ref());
        places.flatten().all(|pointer| checks.accept(pointer, value))
    }
}
