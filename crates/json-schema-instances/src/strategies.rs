//! The proptest strategies.

use std::fmt;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::strategy::{BoxedStrategy, NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::compiled::CompiledSchema;
use crate::make;
use crate::mutation::{InstanceMutation, mutation_strategy};
use crate::relax::{Leniency, relax_schema};
use crate::shrink::InstanceShrinker;

/// Returns a strategy for instances of `schema`.
///
/// # Panics
///
/// Panics if the `jsonschema` crate cannot compile `schema`.
pub fn accepted_instances(schema: &Value) -> BoxedStrategy<Value> {
    accepted_instances_at(schema, "")
}

/// Returns a strategy for instances of the subschema of `schema` at the JSON pointer `pointer`.
///
/// # Panics
///
/// Panics if the `jsonschema` crate cannot compile `schema`, or if there is nothing at `pointer`.
#[allow(clippy::panic)] // a wrong schema is a mistake in the test that calls this
pub fn accepted_instances_at(schema: &Value, pointer: &str) -> BoxedStrategy<Value> {
    let compiled = match CompiledSchema::new(schema, pointer) {
        Ok(compiled) => Arc::new(compiled),
        Err(error) => panic!("the schema at `{pointer}` does not compile: {error}"),
    };
    let filter = Arc::clone(&compiled);
    CandidateStrategy(compiled)
        .prop_filter("the schema does not accept the instance", move |value| filter.validator.is_valid(value))
        .boxed()
}

/// Returns a strategy for instances of the subschema of `schema` at `pointer`, relaxed by
/// [`relax_schema`]: the original accepts some of them and rejects others.
///
/// # Panics
///
/// Panics if the `jsonschema` crate cannot compile `schema`, or if there is nothing at `pointer`.
pub fn lenient_instances(schema: &Value, pointer: &str, leniency: Leniency) -> BoxedStrategy<Value> {
    let (relaxed, pointer) = relax_schema(schema, pointer, leniency);
    accepted_instances_at(&relaxed, &pointer)
}

/// Returns a strategy for instances of the subschema of `schema` at `pointer` with one or two random mutations: a value
/// of another type, a property removed or added, a string or number out of bounds.
///
/// The schema still accepts some of them, since a mutation need not violate it.
///
/// # Panics
///
/// Panics if the `jsonschema` crate cannot compile `schema`, or if there is nothing at `pointer`.
pub fn mutated_instances(schema: &Value, pointer: &str) -> BoxedStrategy<Value> {
    (accepted_instances_at(schema, pointer), vec(mutation_strategy(), 1..=2))
        .prop_map(|(instance, mutations)| {
            let mutate = |instance, mutation: InstanceMutation| mutation.apply_to(instance);
            mutations.into_iter().fold(instance, mutate)
        })
        .boxed()
}

/// A strategy for values that the schema probably accepts. The caller has to filter them by the schema's validator.
struct CandidateStrategy(Arc<CompiledSchema>);

impl fmt::Debug for CandidateStrategy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Candidates")
    }
}

impl Strategy for CandidateStrategy {
    type Tree = InstanceShrinker;
    type Value = Value;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        // Every value begins with a fast attempt, whatever happened to earlier ones: proptest replays a failure from
        // the state of the random number generator alone.
        if let Some(value) = make::make_instance_fast(&self.0, runner.rng()) {
            return Ok(InstanceShrinker::new(value));
        }
        loop {
            if let Some(value) = make::make_instance_checked(&self.0, runner.rng()) {
                return Ok(InstanceShrinker::new(value));
            }
            runner.reject_local("no instance of the schema was found")?;
        }
    }
}

impl ValueTree for InstanceShrinker {
    type Value = Value;

    fn current(&self) -> Value {
        self.current().clone()
    }

    fn simplify(&mut self) -> bool {
        self.keep_and_continue()
    }

    fn complicate(&mut self) -> bool {
        self.undo_and_continue()
    }
}
