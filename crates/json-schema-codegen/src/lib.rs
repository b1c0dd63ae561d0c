//! Rust types from any JSON Schema.
//!
//! The types take all that the schema accepts, keep all that they read, and hold values that the
//! schema does not list, so that no new upstream value stops a reader. They depend on `serde`
//! (without `derive`) and `serde_json` alone.
//!
//! A build script generates them in a few lines; see [`Generator`].

mod bundle;
#[cfg(feature = "changes")]
mod changes;
mod checked;
mod correct;
mod diagnostic;
mod document;
mod documents;
mod draft;
mod format;
mod generate;
mod job;
mod limits;
mod load;
mod locate;
mod lower;
mod normalize;
mod pattern;
mod place;
mod refine;
mod render;
mod report;
mod runtime;
mod settings;
#[cfg(feature = "update")]
mod update;
mod uri;

/// The README, whose code is run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub mod readme {}

#[cfg(feature = "changes")]
pub use changes::{Change, Changes, Level, Reading, Rust, Step, Summary, Verdict, Wire, changes};
pub use diagnostic::{Diagnostic, Errors, Kind, Position};
pub use documents::Documents;
pub use format::{Converted, Format, SyntaxError};
pub use generate::{Generated, generate};
pub use job::{Generator, Part, build_script, write};
pub use load::Loader;
pub use report::{PropertyReport, Reference, Remark, Report, Source, TypeKind, TypeReport};
pub use settings::{Dangling, Features, Limits, Settings};
#[cfg(feature = "update")]
pub use update::{FileChange, Update, Updated, Updating, update};
