//! Defines the index by which definitions and views refer to definitions.

/// The index of a definition in [`Definitions::all`](crate::normalize::Definitions::all).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct DefinitionId(pub(crate) usize);
