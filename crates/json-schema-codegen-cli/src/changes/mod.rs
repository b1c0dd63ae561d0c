//! Changes as people and programs read them. What a schema says is not trusted: it gives no orders to
//! a terminal, and is no markup in a pull request.

mod markdown;
mod text;
mod words;

use std::path::Path;

use json_schema_codegen::Changes;

use crate::diagnostics::Failure;

pub use markdown::markdown;
pub use text::text;

/// Changes as JSON.
///
/// # Errors
/// None that is known.
pub fn json(changes: &Changes) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(changes);
    text.map(|text| text + "\n").map_err(|error| Failure::io(Path::new("the changes"), "written", &error.into()))
}
