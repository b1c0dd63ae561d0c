//! What benches and heavy tests share.

#[allow(missing_docs)]
pub mod derived;
pub mod equality;
pub mod events;
pub mod hostile;
pub mod names;
pub mod random;
pub mod schemas;

/// The recipes of `webex-event`, run with the libraries that they use.
#[cfg(doctest)]
#[doc = include_str!("../../../src/recipes.md")]
pub mod recipes {}
