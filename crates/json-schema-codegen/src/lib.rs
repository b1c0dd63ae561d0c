//! Rust types from any JSON Schema.
//!
//! The generated types read every value that the schema accepts, write back all that they have read, and
//! also keep enum values and properties that the schema does not list, so that a new value upstream does not
//! stop a reader. They depend only on `serde` (without `derive`) and `serde_json`. Turn on serde_json's
//! feature `float_roundtrip` beside them: without it, some floating-point numbers are read as the
//! neighbouring number.
//!
//! A build script generates the types in a few lines; see [`Generator`].

mod bundle;
#[cfg(feature = "changes")]
pub mod changes;
mod checked;
#[cfg(feature = "columns")]
pub mod columns;
mod correct;
mod diagnostic;
mod documents;
mod draft;
pub mod format;
mod generate;
mod job;
mod limits;
mod load;
mod locate;
mod location;
mod lower;
mod normalize;
mod pattern;
mod refine;
mod render;
pub mod report;
mod resolve;
mod runtime;
mod settings;
mod style;
#[cfg(feature = "update")]
pub mod update;
mod uri;
mod vocabulary;

/// The README, whose code blocks are compiled as doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}

pub use diagnostic::{Diagnostic, DiagnosticKind, Errors, Position};
pub use documents::Documents;
pub use draft::Draft;
pub use generate::{Generated, generate};
pub use job::{Generator, Part, build_script, write_parts};
pub use load::Loader;
pub use settings::{
    Dangling, Features, Limits, Mismatch, OptionalCollections, Patch, Settings, Style, UnknownFields, UnknownVariants,
    View,
};
