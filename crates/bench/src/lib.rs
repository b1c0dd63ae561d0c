//! What is measured: ways of doing the same with ours and with other types and parsers.

pub mod cases;
#[allow(missing_docs)]
pub mod flattened;

/// What typify makes of the same schema, with its own settings.
#[allow(missing_docs, clippy::all)]
pub mod typified {
    include!(concat!(env!("OUT_DIR"), "/typify.rs"));
}
