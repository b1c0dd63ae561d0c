//! Defines comparisons, which measure several ways to do a task.

use std::any::Any;
use std::error::Error;

/// The value that a run has read or written, or the error. The bench drops it, so that the drop can be left out of the
/// measured time.
type RunResult = Result<Box<dyn Any>, Box<dyn Error>>;

/// One way to do the task of a comparison, for example with one parser.
pub struct TaskVariant {
    /// The parser or the types that this variant uses, such as `serde(flatten)`.
    pub name: &'static str,
    /// The goal: the largest ratio of this variant's time to the time of the first variant; `None` if there is no goal.
    pub target: Option<f64>,
    run: Box<dyn Fn() -> RunResult>,
}

impl TaskVariant {
    /// Creates a variant without a goal. `run` does the task once.
    pub(crate) fn new(name: &'static str, run: impl Fn() -> RunResult + 'static) -> Self {
        Self { name, target: None, run: Box::new(run) }
    }

    /// Sets the goal: this variant takes at most `target` times as long as the first variant of its comparison.
    pub(crate) fn with_max_ratio(self, target: f64) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Does the task once, and returns what was read or written.
    ///
    /// # Panics
    /// If the task fails, since a failure must not count as a fast run.
    #[allow(clippy::panic, reason = "the inputs are ours: a failure is a fault of the bench")]
    pub fn run_task(&self) -> Box<dyn Any> {
        (self.run)().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// A task, and several ways to do it.
pub struct TaskComparison {
    /// The task, such as `parse`.
    pub name: &'static str,
    /// The function that makes the variants, for a page with the given number of events.
    pub(crate) make: fn(usize) -> Vec<TaskVariant>,
}

impl TaskComparison {
    /// Returns the variants, ready to run on a page of `events` events. The first variant is the one with which the
    /// others are compared.
    #[must_use]
    pub fn make_variants(&self, events: usize) -> Vec<TaskVariant> {
        (self.make)(events)
    }
}
