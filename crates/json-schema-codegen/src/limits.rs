//! Makes the errors of schemas that exceed a limit of the settings. The error names the limit.

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::settings::Limits;

/// Most levels of nested objects and arrays in a document; `serde_json` parses no more.
pub(crate) const MAX_JSON_DEPTH: usize = 127;

/// Creates the error for an exceeded limit. `message` says what exceeds it; the help names the limit `setting` (`file`,
/// `depth`) and its value `limit`.
pub(crate) fn limit_exceeded_error(setting: &str, limit: usize, message: impl Into<String>) -> Diagnostic {
    let help = format!("make the schema smaller, or raise `{setting}` under `[limits]` in the settings; it is {limit}");
    Diagnostic::new(DiagnosticKind::Limit, message).with_help(help)
}

/// Creates the error for the file at `path`, which has `bytes` bytes, more than `limits.file`.
pub(crate) fn file_too_large_error(path: &str, bytes: u64, limits: &Limits) -> Diagnostic {
    limit_exceeded_error("file", limits.file, format!("this file has {bytes} bytes")).with_file(path)
}
