//! Schemas from standard input.

use std::io::Read;
use std::path::Path;

use json_schema_codegen::{Documents, Errors};

use crate::diagnostics::{Failure, STANDARD_INPUT};
use crate::yaml;

/// Whether a path stands for standard input.
pub fn is_named(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Runs something with the text of standard input where that is asked for; errors quote from it.
///
/// # Errors
/// Standard input that cannot be read, and what goes wrong with its text.
pub fn with<T>(is_asked: bool, run: impl FnOnce(Option<&str>) -> Result<T, Failure>) -> Result<T, Failure> {
    if !is_asked {
        return run(None);
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| Failure::io(Path::new(STANDARD_INPUT), "read", &error))?;
    run(Some(&text)).map_err(|failure| failure.quoting(STANDARD_INPUT, text))
}

/// The schema in the text, in JSON or YAML.
///
/// # Errors
/// A text that is neither.
pub fn documents(text: &str) -> Result<Documents, Errors> {
    match is_json(text) {
        true => Documents::from_texts("", [(STANDARD_INPUT, text)]),
        false => Documents::from_text_in(yaml::FORMAT, STANDARD_INPUT, text),
    }
}

/// Standard input has no ending. What begins as JSON is JSON, so that a mistake in it is told as one.
fn is_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).trim();
    text.is_empty() || text.starts_with('{') || ["true", "false"].contains(&text)
}
