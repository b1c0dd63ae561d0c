//! Writes the changes between two versions as text, Markdown and JSON.
//!
//! Texts from a schema are not trusted: control characters must not reach a terminal, nor markup a pull request.

mod markdown;
mod text;
mod wording;

use std::path::Path;

use json_schema_codegen::changes::Changes;

use crate::diagnostics::Failure;

pub use markdown::format_as_markdown;
pub use text::format_as_text;

/// Returns the change report as JSON.
///
/// # Errors
/// If serde_json cannot write the report, which no known report causes.
pub fn format_as_json(changes: &Changes) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(changes);
    text.map(|text| text + "\n").map_err(|error| Failure::io_error(Path::new("the changes"), "written", &error.into()))
}
