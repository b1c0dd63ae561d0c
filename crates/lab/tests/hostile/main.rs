//! Checks that each hostile schema gives either an error with its location and reason, or types that compile and whose
//! documentation neither runs as a test nor makes rustdoc warn.
//!
//! A case is a folder here, with a folder `schema/`, sometimes a `codegen.toml`, and `expected.txt`: the complete text
//! of the errors, or `generates`. The tests make the large schemas themselves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../consumer/mod.rs"]
mod consumer;

mod cases;
mod changed;
mod compiled;
mod large;
mod limits;
mod links;
