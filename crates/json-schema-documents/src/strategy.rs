//! The strategy that makes the documents of one schema.

use std::fmt;
use std::sync::Arc;

use proptest::strategy::{NewTree, Strategy};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::document::Document;
use crate::make;
use crate::shrink::Shrinking;

/// Makes documents that most likely satisfy the schema: to be filtered by its validator.
pub(crate) struct Documents(pub(crate) Arc<Document>);

impl fmt::Debug for Documents {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Documents")
    }
}

impl Strategy for Documents {
    type Tree = Shrinking;
    type Value = Value;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let accepts = |value: &Value| self.0.validator.is_valid(value);
        // Whether there are checks must follow from the runner's state alone, not from documents
        // made before: proptest replays a failure from that state.
        if let Some(document) = make::document(&self.0, None, runner).filter(accepts) {
            return Ok(Shrinking::new(document));
        }
        loop {
            let checks = Some(self.0.checks());
            if let Some(document) = make::document(&self.0, checks, runner) {
                return Ok(Shrinking::new(document));
            }
            runner.reject_local("no document was found for the schema")?;
        }
    }
}
