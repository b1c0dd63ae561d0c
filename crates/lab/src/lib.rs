//! What benches and heavy tests share.

pub mod events;
