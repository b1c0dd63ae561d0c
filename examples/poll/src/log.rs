//! Writes messages to standard error.

use std::fmt::Arguments;
use std::io::{self, Write};

/// Writes the line `poll: ` and `message` to standard error. If standard error is closed, the message is lost, and
/// archiving goes on.
pub fn log(message: Arguments<'_>) {
    let _ = writeln!(io::stderr(), "poll: {message}");
}
