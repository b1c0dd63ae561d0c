//! Builds of the project outside its checkout: what an edit of `schema/` changes, how a fault in it
//! shows, and what a program that depends on the crate gets.
//!
//! All of them share one target folder, so that the dependencies are compiled once.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

mod companions;
mod copy;
mod edits;
mod faults;
mod own_schema;
mod stranger;
mod tree;
