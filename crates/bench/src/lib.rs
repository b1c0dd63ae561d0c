//! Defines the measured code: the same tasks with the event types of this project, with other types, and with other
//! parsers.

pub mod cases;
pub mod comparison;
#[allow(missing_docs)]
pub mod flattened;
mod pages;
mod streams;
mod views;

/// The types that typify generates from the event schema with its default settings.
#[allow(missing_docs, clippy::all)]
pub mod typified {
    include!(concat!(env!("OUT_DIR"), "/typify.rs"));
}
