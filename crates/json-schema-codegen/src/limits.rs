//! Makes the errors of schemas that exceed a limit of the settings. The error names the limit.

use crate::diagnostic::{Diagnostic, DiagnosticKind};
use crate::settings::Limits;

/// Most levels of nested objects and arrays in a document; `serde_json` parses no more.
pub(crate) const MAX_DEPTH: usize = 127;

/// Returns an error for an exceeded limit, with help that names its `setting` (`file`, `depth`) and its value
/// `limit`.
pub(crate) fn exceeded(setting: &str, limit: usize, message: impl Into<String>) -> Diagnostic {
    let help = format!("make the schema smaller, or raise `{setting}` under `[limits]` in the settings; it is {limit}");
    Diagnostic::new(DiagnosticKind::Limit, message).help(help)
}

/// Returns the error for the file at `path` with `bytes` bytes, more than the limit.
pub(crate) fn too_large(path: &str, bytes: u64, limits: &Limits) -> Diagnostic {
    exceeded("file", limits.file, format!("this file has {bytes} bytes")).in_file(path)
}
