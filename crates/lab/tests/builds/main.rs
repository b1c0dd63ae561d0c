//! Builds copies of the project. Checks the effect of an edit of `schema/`, the errors for faults in it, and programs
//! that depend on the crate.
//!
//! All copies share one target folder, so that the dependencies are compiled once.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

mod companions;
mod copy;
mod edits;
mod faults;
mod own_schema;
mod stranger;
mod tree;
