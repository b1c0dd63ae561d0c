//! Counts how often the generator reads a schema, and stops it at a limit. Schemas that combine with each
//! other (`allOf`, `oneOf`) can take endless or exponential work; with the limit, the work is linear in the
//! number of schemas.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::{DiagnosticKind, Errors};
use crate::documents::Documents;
use crate::limits::limit_exceeded_error;
use crate::location::Location;
use crate::settings::Limits;

/// The steps that are always allowed, even if there are few schemas.
const MIN_ALLOWED_STEPS: usize = 50_000;

/// Counts down the steps (reads of a schema) that are left, and remembers the schema at which they ran out.
#[derive(Debug)]
pub(super) struct StepCounter {
    /// The limit in the settings: steps per schema, on average.
    per_schema: usize,
    /// The number of steps that are left.
    left: AtomicUsize,
    /// The first schema for which no step was left.
    exhausted_at: OnceLock<Location>,
}

impl StepCounter {
    /// Creates a counter with the steps that the limits allow for `schemas`, the number of schemas that the roots
    /// reach.
    pub(super) fn new(schemas: usize, limits: &Limits) -> Self {
        let all = MIN_ALLOWED_STEPS.saturating_add(limits.steps.saturating_mul(schemas));
        Self { per_schema: limits.steps, left: AtomicUsize::new(all), exhausted_at: OnceLock::new() }
    }

    /// Takes one step for reading the schema at `location`, and returns true. If no step is left, returns false, and
    /// remembers the first such `location` for the error.
    pub(super) fn take_step(&self, location: &Location) -> bool {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            self.exhausted_at.get_or_init(|| location.clone());
            return false;
        }
        self.left.store(left - 1, Ordering::Relaxed);
        true
    }

    /// Returns an error at the schema where the steps ran out, if they did.
    pub(super) fn check_limit(&self, documents: &Documents) -> Result<(), Errors> {
        let Some(location) = self.exhausted_at.get() else { return Ok(()) };
        let limit =
            limit_exceeded_error("steps", self.per_schema, "combining this schema with others takes too many steps");
        let error = documents.make_diagnostic(DiagnosticKind::Limit, location, limit.message);
        Err(error.with_help(limit.help.unwrap_or_default()).into())
    }
}
