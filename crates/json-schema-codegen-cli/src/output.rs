//! What is said: output on standard output, notes on standard error.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};

use crate::arguments::Color;
use crate::diagnostics::Failure;
use crate::progress;

/// Prints in colour as is asked for, from here on.
pub fn set_color(color: Color) {
    let choice = match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// Says something that is no output, unless the user wants quiet.
pub fn note(quiet: bool, text: &str) {
    if !quiet {
        progress::end();
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}

/// Prints to standard output. A reader that has closed it, such as `head`, has what it wanted.
///
/// # Errors
/// Standard output that cannot be written, such as a full disk.
pub fn print(text: &str) -> Result<(), Failure> {
    progress::end();
    printed(io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()))
}

/// Prints a unified diff, coloured on a terminal.
///
/// # Errors
/// As [`print()`].
pub fn print_diff(diff: &str) -> Result<(), Failure> {
    progress::end();
    let mut out = anstream::stdout().lock();
    let mut write = || {
        for line in diff.lines() {
            let style = match line.as_bytes().first() {
                Some(b'+') => AnsiColor::Green.on_default(),
                Some(b'-') => AnsiColor::Red.on_default(),
                Some(b'@') => AnsiColor::Cyan.on_default(),
                _ => Style::new(),
            };
            writeln!(out, "{style}{line}{style:#}")?;
        }
        out.flush()
    };
    printed(write())
}

/// Prints changes, the headings in bold on a terminal.
///
/// # Errors
/// As [`print()`].
pub fn print_changes(text: &str) -> Result<(), Failure> {
    progress::end();
    let mut out = anstream::stdout().lock();
    let mut write = || {
        for line in text.lines() {
            let is_heading = line.ends_with(':') && !line.starts_with(' ');
            let style = if is_heading { Style::new().bold() } else { Style::new() };
            writeln!(out, "{style}{line}{style:#}")?;
        }
        out.flush()
    };
    printed(write())
}

fn printed(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(Path::new("standard output"), "written", &error))
        }
        _ => Ok(()),
    }
}
