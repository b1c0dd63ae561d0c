//! Instances for programs: reproducible, and with errors instead of panics.

use std::fmt;

use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use serde_json::Value;

use crate::compiled::CompiledSchema;
use crate::make;
use crate::shrink::InstanceShrinker;

/// Most failed attempts, over all instances of one iterator, before the iterator ends.
const MAX_FAILED_ATTEMPTS: usize = 1_000;

/// Most made values in a row that the schema rejects before the iterator ends.
const MAX_REJECTED_VALUES: usize = 1_000;

/// Most smaller instances that one call of [`Sample::minimize`] tries.
const MAX_SHRINK_STEPS: usize = 10_000;

/// Instances of one schema, made from a seed: the same schema and seed give the same instances.
///
/// # Examples
/// ```
/// use json_schema_instances::Sample;
/// use serde_json::json;
///
/// let sample = Sample::new(&json!({"type": "integer", "minimum": 5}), "", 1)?;
/// assert!(sample.instances().take(100).all(|instance| instance.as_f64() >= Some(5.0)));
/// # Ok::<(), json_schema_instances::InvalidSchema>(())
/// ```
pub struct Sample {
    schema: CompiledSchema,
    seed: u64,
}

/// The error for a schema that the `jsonschema` crate cannot compile, or for a JSON pointer to nothing. It displays the
/// reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSchema(String);

impl fmt::Display for InvalidSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidSchema {}

impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sample").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl Sample {
    /// Creates the sample of the subschema of `schema` at the JSON pointer `pointer`.
    ///
    /// # Errors
    /// If the `jsonschema` crate cannot compile `schema`, or if there is nothing at `pointer`.
    pub fn new(schema: &Value, pointer: &str, seed: u64) -> Result<Self, InvalidSchema> {
        let schema = CompiledSchema::new(schema, pointer).map_err(|error| InvalidSchema(error.to_string()))?;
        Ok(Self { schema, seed })
    }

    /// Checks whether the subschema accepts `instance`.
    pub fn accepts(&self, instance: &Value) -> bool {
        self.schema.validator.is_valid(instance)
    }

    /// Returns an iterator over instances that the subschema accepts. Every call gives the same instances in the same
    /// order.
    ///
    /// The iterator is infinite, unless no more instances are found within a fixed number of attempts.
    pub fn instances(&self) -> impl Iterator<Item = Value> + '_ {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        let mut rng = ChaCha20Rng::from_seed(seed);
        let mut attempts_left = MAX_FAILED_ATTEMPTS;
        std::iter::from_fn(move || {
            let candidates = std::iter::from_fn(|| self.make_candidate(&mut rng, &mut attempts_left));
            candidates.take(MAX_REJECTED_VALUES).find(|instance| self.accepts(instance))
        })
    }

    /// Makes a value that the subschema probably accepts. Each failed attempt lowers `attempts_left` by one; `None` if
    /// it is used up.
    fn make_candidate(&self, rng: &mut ChaCha20Rng, attempts_left: &mut usize) -> Option<Value> {
        if let Some(value) = make::make_instance_fast(&self.schema, rng) {
            return Some(value);
        }
        loop {
            if let Some(value) = make::make_instance_checked(&self.schema, rng) {
                return Some(value);
            }
            *attempts_left = attempts_left.checked_sub(1)?;
        }
    }

    /// Removes and shortens parts of `instance` as long as the subschema accepts the result and `is_wanted` returns
    /// true for it. Returns the smallest such instance, or `instance` itself if every smaller one fails.
    pub fn minimize(&self, instance: Value, is_wanted: impl Fn(&Value) -> bool) -> Value {
        let mut smallest = instance.clone();
        let mut shrinking = InstanceShrinker::new(instance);
        let mut has_next = shrinking.keep_and_continue();
        for _ in 0..MAX_SHRINK_STEPS {
            if !has_next {
                break;
            }
            let smaller = shrinking.current();
            has_next = if is_wanted(smaller) && self.accepts(smaller) {
                smallest = smaller.clone();
                shrinking.keep_and_continue()
            } else {
                shrinking.undo_and_continue()
            };
        }
        smallest
    }
}
