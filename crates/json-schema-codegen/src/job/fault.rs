//! Makes the errors of a job: of its settings, its files, and of a program that is not a build script.

use std::path::Path;

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors};

/// Returns the error for a call outside a build script: Cargo sets `OUT_DIR` for build scripts only.
pub(super) fn not_a_build_script_error() -> Errors {
    let message = "OUT_DIR is not set: this function works only in a build script";
    Diagnostic::new(DiagnosticKind::Io, message).with_help("call it from build.rs").into()
}

/// Returns the error for the file or folder at `path` on which an operation failed. `attempted` is the operation as a
/// participle: "read", "written" or "created".
pub(super) fn io_error(path: &Path, attempted: &str, error: &std::io::Error) -> Errors {
    let message = format!("this cannot be {attempted}: {error}");
    Diagnostic::new(DiagnosticKind::Io, message)
        .with_file(path.to_string_lossy())
        .with_help("check the path and its permissions")
        .into()
}

/// Converts the error message of the TOML parser about `text`, the text of the file at `path`, to an error with a line
/// and column: `error` may be "expected an equals, found eof at line 1 column 5".
///
/// For an unknown setting, the line is the first one that begins with its name, since the parser gives the position of
/// the table that the setting is in; the help lists the settings that exist.
pub(super) fn toml_error(path: &Path, text: &str, error: &str) -> Errors {
    let (message, position) = error.rsplit_once(" at line ").unwrap_or((error, ""));
    let mut numbers = position.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    let diagnostic = Diagnostic::new(DiagnosticKind::Settings, "").with_file(path.to_string_lossy());
    if let Some((name, known)) = unknown {
        let begins_with_name = |line: &str| {
            let after_name = line.trim_start().trim_start_matches('[').strip_prefix(name);
            after_name.is_some_and(|text| !text.starts_with(|c: char| c.is_alphanumeric() || "_-".contains(c)))
        };
        let line = text.lines().position(begins_with_name).map_or(1, |line| line + 1);
        let known = known.trim_start_matches(", expected ").trim_start_matches("one of ");
        let message = format!("there is no setting `{name}`");
        return Diagnostic { message, ..diagnostic }
            .with_position(line, 1)
            .with_help(format!("the settings are {known}"))
            .into();
    }
    let message = format!("these settings cannot be used: {message}");
    let diagnostic =
        Diagnostic { message, ..diagnostic }.with_help("see the documentation of `json_schema_codegen::Settings`");
    match (numbers.next(), numbers.next()) {
        (Some(line), Some(column)) => diagnostic.with_position(line, column).into(),
        _ => diagnostic.into(),
    }
}
