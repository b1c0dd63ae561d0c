//! Hostile schemas: each is an error that says where and why, or types that compile, whose
//! documentation has nothing that runs and nothing that rustdoc warns of.
//!
//! A case is a folder here: `schema/`, perhaps `codegen.toml`, and `expected.txt`, the whole text of
//! the errors, or `generates`. Large ones are made by the tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../consumer/mod.rs"]
mod consumer;

mod cases;
mod changed;
mod compiled;
mod large;
mod limits;
mod links;
