//! Documents for programs: the same ones at each run, and errors in place of panics.

use std::fmt;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use crate::document::Document;
use crate::shrink::Shrinking;
use crate::strategy::Documents;

/// Documents of one schema, made from a seed: the same schema and seed give the same documents.
///
/// # Examples
/// ```
/// use json_schema_documents::Sample;
/// use serde_json::json;
///
/// let sample = Sample::new(&json!({"type": "integer", "minimum": 5}), "", 1)?;
/// assert!(sample.documents().take(100).all(|document| document.as_f64() >= Some(5.0)));
/// # Ok::<(), json_schema_documents::NoSchema>(())
/// ```
pub struct Sample {
    document: Arc<Document>,
    seed: u64,
}

/// Why a schema has no sample: it is none that the `jsonschema` crate compiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSchema(String);

impl fmt::Display for NoSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoSchema {}

impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sample").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl Sample {
    /// The sample of the subschema of `schema` at `pointer`.
    ///
    /// # Errors
    /// A schema that does not compile, or nothing at `pointer`.
    pub fn new(schema: &Value, pointer: &str, seed: u64) -> Result<Self, NoSchema> {
        let document = Document::new(schema, pointer).map_err(|error| NoSchema(error.to_string()))?;
        Ok(Self { document: Arc::new(document), seed })
    }

    /// Whether the subschema accepts a document.
    pub fn accepts(&self, document: &Value) -> bool {
        self.document.validator.is_valid(document)
    }

    /// Documents that the subschema accepts, without end; with an end where none are found.
    pub fn documents(&self) -> impl Iterator<Item = Value> + '_ {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        // What proptest reads from the environment is set here as far as it tells.
        let config = Config { max_local_rejects: REJECTS, max_shrink_iters: 0, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let strategy = Documents(Arc::clone(&self.document));
        std::iter::from_fn(move || {
            let made = std::iter::from_fn(|| strategy.new_tree(&mut runner).ok().map(|tree| tree.current()));
            made.take(REFUSED).find(|document| self.accepts(document))
        })
    }

    /// A document of which no part can go, made from one that is `wanted`: the subschema accepts it,
    /// and it is wanted too.
    pub fn smallest(&self, document: Value, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut smallest = document.clone();
        let mut shrinking = Shrinking::new(document);
        let mut is_going = shrinking.simplify();
        for _ in 0..SHRINKS {
            if !is_going {
                break;
            }
            let smaller = shrinking.current();
            is_going = if self.accepts(&smaller) && wanted(&smaller) {
                smallest = smaller;
                shrinking.simplify()
            } else {
                shrinking.complicate()
            };
        }
        smallest
    }
}

/// How many attempts at a document may fail in all.
const REJECTS: u32 = 1_000;

/// How many documents in a row may be made that the schema does not accept.
const REFUSED: usize = 1_000;

/// How many smaller documents are tried at most.
const SHRINKS: usize = 10_000;
