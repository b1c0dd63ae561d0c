//! What benches and heavy tests share.

#[allow(missing_docs)]
pub mod derived;
pub mod events;
pub mod hostile;
