//! Reads a schema from standard input.

use std::io::Read;
use std::path::Path;

use json_schema_codegen::{Documents, Errors};

use crate::diagnostics::{Failure, STANDARD_INPUT_NAME};
use crate::yaml;

/// Checks whether `path` is `-`, which means standard input.
pub fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Calls `run` with the text of standard input if `is_used`, otherwise with `None`. Errors of `run` quote lines of the
/// text.
///
/// # Errors
/// If standard input cannot be read, and the errors of `run`.
pub fn run_with_standard_input<T>(
    is_used: bool,
    run: impl FnOnce(Option<&str>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if !is_used {
        return run(None);
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|error| Failure::io_error(Path::new(STANDARD_INPUT_NAME), "read", &error))?;
    run(Some(&text)).map_err(|failure| failure.with_file_text(STANDARD_INPUT_NAME, text))
}

/// Parses `text`, a schema in JSON or YAML from standard input.
///
/// # Errors
/// If it is neither JSON nor YAML.
pub fn parse_standard_input(text: &str) -> Result<Documents, Errors> {
    match looks_like_json(text) {
        true => Documents::from_texts("", [(STANDARD_INPUT_NAME, text)]),
        false => Documents::from_text_in(yaml::YAML_FORMAT, STANDARD_INPUT_NAME, text),
    }
}

/// Checks whether `text` has to be read as JSON and not as YAML; standard input has no file name that says so.
/// Everything that begins with `{` is JSON, so that a mistake in JSON is reported as one.
fn looks_like_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).trim();
    text.is_empty() || text.starts_with('{') || ["true", "false"].contains(&text)
}
