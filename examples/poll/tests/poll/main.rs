//! Runs the program with a server on 127.0.0.1.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod kills;
mod pages;
mod program;
mod refusals;
mod server;
