//! Code that the benches and the slow tests share.

pub mod archive;
#[allow(missing_docs)]
pub mod derived;
pub mod equality;
pub mod events;
pub mod feed;
pub mod hostile;
pub mod names;
pub mod random;
pub mod schemas;

/// The recipes of `webex-event`, run as doctests here, where the libraries that they use are dependencies.
#[cfg(doctest)]
#[doc = include_str!("../../../src/recipes.md")]
pub mod recipes {}
