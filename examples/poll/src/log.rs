//! Writes messages to standard error.

use std::fmt::Arguments;
use std::io::{self, Write};

/// Writes a line to standard error. If standard error is closed, the message is lost, and archiving goes on.
pub fn log(message: Arguments<'_>) {
    let _ = writeln!(io::stderr(), "poll: {message}");
}
