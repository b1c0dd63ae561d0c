//! The result of a command, which decides the exit code.

/// The result of a command that ran without an error.
pub enum CommandOutcome {
    /// The command succeeded, and `check` or `diff` found nothing: exit code 0.
    Done,
    /// `check` found stale files, or `diff` found changes: exit code 1.
    Different,
}
