//! Benches and heavy tests.
