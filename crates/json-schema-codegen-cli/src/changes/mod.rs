//! Writes the changes between two versions as text, Markdown and JSON.
//!
//! Texts from a schema are not trusted: control characters must not reach a terminal, nor markup a pull request.

mod markdown;
mod text;
mod wording;

use std::path::Path;

use json_schema_codegen::changes::Changes;

use crate::diagnostics::Failure;

pub use markdown::markdown;
pub use text::text;

/// Returns the changes as JSON.
///
/// # Errors
/// If serde_json cannot write them, which no known changes cause.
pub fn json(changes: &Changes) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(changes);
    text.map(|text| text + "\n").map_err(|error| Failure::io(Path::new("the changes"), "written", &error.into()))
}
