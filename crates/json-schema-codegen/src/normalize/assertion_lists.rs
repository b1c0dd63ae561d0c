//! The lists of assertions that strict types check.

use serde_json::Value;

use crate::runtime::{Assertion, AssertionChecker};

/// The index of a list in [`AssertionLists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct AssertionListId(pub(crate) usize);

/// The lists of assertions that the types check.
#[derive(Debug, Default)]
pub(crate) struct AssertionLists {
    /// (name, assertions) of each list, indexed by [`AssertionListId`].
    pub(crate) all: Vec<(String, Vec<Assertion>)>,
}

impl AssertionLists {
    /// Returns the name of a list, such as `OrderTags`; empty if there is no such list.
    pub(crate) fn list_name(&self, id: AssertionListId) -> &str {
        self.all.get(id.0).map_or("", |(name, _)| name)
    }

    /// Checks whether all assertions of the list `id` hold for `value`.
    pub(crate) fn list_accepts_value(&self, id: AssertionListId, value: &Value) -> bool {
        let lists: Vec<&[Assertion]> = self.all.iter().map(|(_, list)| list.as_slice()).collect();
        AssertionChecker::new(&lists).satisfies_list(id.0, value)
    }
}
