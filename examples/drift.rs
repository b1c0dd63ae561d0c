//! Reads an archive of Webex events and prints what Webex sends beyond its published schema: an early warning that the
//! schema has changed.
//!
//! ```text
//! cargo run --example drift                     # the events in examples/events.json
//! cargo run --example drift -- a.json b.ndjson  # files: pages, events, or an event a line
//! … | cargo run --example drift -- -            # the same, from standard input
//! ```

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use webex_event::{EventReader, Unlisted, UnlistedKind};

const USAGE_TEXT: &str = "\
Prints what events hold that their schema does not list.

Usage: drift [FILE | -]...

  FILE    pages of events, single events, or an event a line
  -       the same, from standard input
          without an argument: the page examples/events.json";

/// Most characters of a value that the table shows.
const MAX_VALUE_CHARACTERS: usize = 50;

/// The counts of all inputs that were read so far.
#[derive(Default)]
struct DriftCounts {
    /// The number of events, broken ones included.
    events: usize,
    /// The number of events that could not be read.
    broken: usize,
    /// The properties and values that the schema does not list, with the number of times that each was found.
    found: BTreeMap<UnlistedFinding, FindingCount>,
}

/// A property or value that the schema does not list: one row of the table.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct UnlistedFinding {
    /// The path in the event, with `[]` for each index: `data.recipients[].nickname`.
    path: String,
    kind: UnlistedKind,
    /// The value if it is a value that an enum does not list, so that each such value has a row of its own; otherwise
    /// `None`.
    value: Option<String>,
}

/// How often an [`UnlistedFinding`] occurs, and with which value first.
struct FindingCount {
    count: usize,
    first_value: String,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match report_drift(&arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(message) => {
            // If standard error is closed too, the message cannot be shown anywhere.
            let _ = writeln!(io::stderr(), "drift: {message}");
            ExitCode::from(2)
        }
    }
}

/// Reads the inputs that the arguments name, and prints the table. Returns the number of events that could not be read.
fn report_drift(arguments: &[OsString]) -> Result<usize, String> {
    if arguments.iter().any(|a| a == "--help" || a == "-h") {
        return print_to_stdout(&format!("{USAGE_TEXT}\n")).map(|()| 0);
    }
    let mut drift = DriftCounts::default();
    if arguments.is_empty() {
        drift.count_events_of_input("events.json", &include_bytes!("events.json")[..]);
    }
    for argument in arguments {
        drift.count_input_of_argument(argument)?;
    }
    print_to_stdout(&drift.format_table())?;
    Ok(drift.broken)
}

/// Writes `text` to standard output. It is not an error if the reader of the output closes it early (`| head`).
fn print_to_stdout(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(()),
    }
}

impl DriftCounts {
    /// Reads the file that an argument names, or standard input for `-`. Any other argument that begins with `-` is an
    /// error.
    fn count_input_of_argument(&mut self, argument: &OsStr) -> Result<(), String> {
        let name = Path::new(argument).display().to_string();
        match name.as_str() {
            "-" => self.count_events_of_input("standard input", io::stdin().lock()),
            option if option.starts_with('-') => return Err(format!("unknown option {option}\n\n{USAGE_TEXT}")),
            _ => {
                let file = File::open(argument).map_err(|error| format!("{name}: {error}"))?;
                self.count_events_of_input(&name, BufReader::new(file));
            }
        }
        Ok(())
    }

    /// Reads all events of an input. Counts the events that cannot be read, and prints their errors to standard error,
    /// with `name`, the name of the input.
    fn count_events_of_input(&mut self, name: &str, input: impl BufRead) {
        for event in EventReader::new(input) {
            match event {
                Ok(event) => event.unlisted().into_iter().for_each(|unlisted| self.count_unlisted(unlisted)),
                Err(error) => {
                    self.broken += 1;
                    let _ = writeln!(io::stderr(), "drift: {name}: {error}");
                }
            }
            self.events += 1;
        }
    }

    /// Counts one unlisted property or value. Those in elements of one list are counted together; each unlisted value
    /// of an enum is counted by itself.
    fn count_unlisted(&mut self, mut unlisted: Unlisted) {
        let path = remove_array_indexes(&std::mem::take(&mut unlisted.path));
        // Without a path this is `an unlisted property: "text"`, with escapes for characters that cannot be seen.
        let text = unlisted.to_string();
        let text = shorten_value(text.split_once(": ").map_or("", |(_, value)| value));
        let kind = unlisted.kind;
        let value = (kind == UnlistedKind::Value).then(|| text.clone());
        let finding = UnlistedFinding { path, kind, value };
        self.found.entry(finding).or_insert(FindingCount { count: 0, first_value: text }).count += 1;
    }

    /// Returns the table, with the most frequent findings first, and a line with the numbers of all events and of
    /// broken events.
    fn format_table(&self) -> String {
        let mut rows: Vec<_> = self.found.iter().collect();
        rows.sort_by_key(|(_, occurrences)| std::cmp::Reverse(occurrences.count));
        let width = rows.iter().map(|(finding, _)| finding.path.chars().count()).max().unwrap_or(0).max("PATH".len());
        let heading = format!("COUNT  WHAT      {:width$}  FIRST VALUE\n", "PATH");
        let lines = rows.iter().map(|(UnlistedFinding { path, kind, .. }, FindingCount { count, first_value })| {
            format!("{count:5}  {:8}  {path:width$}  {first_value}\n", describe_unlisted_kind(*kind))
        });
        let table: String = std::iter::once(heading).chain(lines).collect();
        format!("{table}\n{} events, {} of them broken\n", self.events, self.broken)
    }
}

/// Returns the word for `kind` in the column `WHAT`.
fn describe_unlisted_kind(kind: UnlistedKind) -> &'static str {
    match kind {
        UnlistedKind::Property => "property",
        UnlistedKind::Value => "value",
        UnlistedKind::Null => "null",
        UnlistedKind::Shape => "shape",
        _ => "other",
    }
}

/// Replaces each index in a path by `[]`: `data.recipients[1].nickname` becomes `data.recipients[].nickname`.
fn remove_array_indexes(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once(']') {
        Some((index, after)) if index.bytes().all(|byte| byte.is_ascii_digit()) => format!("{text}[]{after}"),
        _ => format!("{text}[{part}"),
    })
}

/// Cuts `text` to [`MAX_VALUE_CHARACTERS`] characters, with `…` after it if it was longer.
fn shorten_value(text: &str) -> String {
    let end = text.chars().nth(MAX_VALUE_CHARACTERS).map(|_| '…');
    text.chars().take(MAX_VALUE_CHARACTERS).chain(end).collect()
}
