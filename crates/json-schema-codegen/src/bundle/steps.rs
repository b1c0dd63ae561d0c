//! Counts how often schemas are looked at. Schemas can combine with each other without end, or
//! without an end in sight: then the count stops them, in time that is linear in their size.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::{Errors, Kind};
use crate::documents::Documents;
use crate::limits::exceeded;
use crate::place::Place;
use crate::settings::Limits;

/// Steps that any schema may take, however small it is.
const ANY: usize = 50_000;

/// The steps that are left, and where they ended.
#[derive(Debug)]
pub(super) struct Steps {
    /// The limit: steps a schema, on average.
    most: usize,
    left: AtomicUsize,
    ended: OnceLock<Place>,
}

impl Steps {
    pub(super) fn new(schemas: usize, limits: &Limits) -> Self {
        let all = ANY.saturating_add(limits.steps.saturating_mul(schemas));
        Self { most: limits.steps, left: AtomicUsize::new(all), ended: OnceLock::new() }
    }

    /// Takes a step at a place; whether there was one left.
    pub(super) fn take(&self, place: &Place) -> bool {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            self.ended.get_or_init(|| place.clone());
            return false;
        }
        self.left.store(left - 1, Ordering::Relaxed);
        true
    }

    pub(super) fn check(&self, documents: &Documents) -> Result<(), Errors> {
        let Some(place) = self.ended.get() else { return Ok(()) };
        let limit = exceeded("steps", self.most, "this combines with other schemas too often");
        let error = documents.diagnostic(Kind::Limit, place, limit.message);
        Err(error.help(limit.help.unwrap_or_default()).into())
    }
}
