//! Prints results to standard output, and notes to standard error.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};

use crate::arguments::ColorArgument;
use crate::diagnostics::Failure;
use crate::progress;

/// Sets whether the output is coloured, for everything that is printed afterwards.
pub fn set_color(color: ColorArgument) {
    let choice = match color {
        ColorArgument::Auto => ColorChoice::Auto,
        ColorArgument::Always => ColorChoice::Always,
        ColorArgument::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// Prints `text` as a line to standard error, unless `quiet`.
pub fn print_note(quiet: bool, text: &str) {
    if !quiet {
        progress::end_progress_display();
        // If standard error is closed, there is nowhere to report it.
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}

/// Prints `text` to standard output. It is not an error if the reader closes it early, as `head` does.
///
/// # Errors
/// If standard output cannot be written, for example because the disk is full.
pub fn print_result(text: &str) -> Result<(), Failure> {
    progress::end_progress_display();
    ignore_closed_reader(io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()))
}

/// Prints a unified diff to standard output, with coloured lines if colour is on. It is not an error if the reader
/// closes it early.
///
/// # Errors
/// If standard output cannot be written, for example because the disk is full.
pub fn print_diff(diff: &str) -> Result<(), Failure> {
    progress::end_progress_display();
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
    ignore_closed_reader(write())
}

/// Prints the text of a change report to standard output, with headings in bold if colour is on. It is not an error if
/// the reader closes it early.
///
/// # Errors
/// If standard output cannot be written, for example because the disk is full.
pub fn print_change_report(text: &str) -> Result<(), Failure> {
    progress::end_progress_display();
    let mut out = anstream::stdout().lock();
    let mut write = || {
        for line in text.lines() {
            let is_heading = line.ends_with(':') && !line.starts_with(' ');
            let style = if is_heading { Style::new().bold() } else { Style::new() };
            writeln!(out, "{style}{line}{style:#}")?;
        }
        out.flush()
    };
    ignore_closed_reader(write())
}

/// Converts the result of writing to standard output to the result of the command. A closed reader is not an error.
fn ignore_closed_reader(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io_error(Path::new("standard output"), "written", &error))
        }
        _ => Ok(()),
    }
}
