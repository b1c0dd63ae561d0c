//! Reads an archive of Webex events and prints what upstream sends beyond its schema: the early
//! warning that the schema has changed.
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

const USAGE: &str = "\
Prints what events hold that their schema does not list.

Usage: drift [FILE | -]...

  FILE    pages of events, single events, or an event a line
  -       the same, from standard input
          without an argument: the page examples/events.json";

/// The most characters of a value that are shown.
const SHOWN: usize = 50;

/// What has been read so far.
#[derive(Default)]
struct Drift {
    events: usize,
    broken: usize,
    seen: BTreeMap<Thing, Seen>,
}

/// Something that the schema does not list.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Thing {
    path: String,
    kind: UnlistedKind,
    /// The value itself, when it is one that an enum does not list.
    value: Option<String>,
}

struct Seen {
    count: usize,
    first_value: String,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match run(&arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(message) => {
            // Nothing is left to be done when standard error is closed too.
            let _ = writeln!(io::stderr(), "drift: {message}");
            ExitCode::from(2)
        }
    }
}

/// Gives how many events could not be read.
fn run(arguments: &[OsString]) -> Result<usize, String> {
    if arguments.iter().any(|a| a == "--help" || a == "-h") {
        return print(&format!("{USAGE}\n")).map(|()| 0);
    }
    let mut drift = Drift::default();
    if arguments.is_empty() {
        drift.read("events.json", &include_bytes!("events.json")[..]);
    }
    for argument in arguments {
        drift.read_argument(argument)?;
    }
    print(&drift.table())?;
    Ok(drift.broken)
}

/// Writes to standard output; a reader that has seen enough (`| head`) is no error.
fn print(text: &str) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(()),
    }
}

impl Drift {
    fn read_argument(&mut self, argument: &OsStr) -> Result<(), String> {
        let name = Path::new(argument).display().to_string();
        match name.as_str() {
            "-" => self.read("standard input", io::stdin().lock()),
            option if option.starts_with('-') => return Err(format!("unknown option {option}\n\n{USAGE}")),
            _ => {
                let file = File::open(argument).map_err(|error| format!("{name}: {error}"))?;
                self.read(&name, BufReader::new(file));
            }
        }
        Ok(())
    }

    /// Takes in all events of an input; those that cannot be read are told and counted.
    fn read(&mut self, name: &str, input: impl BufRead) {
        for event in EventReader::new(input) {
            match event {
                Ok(event) => event.unlisted().into_iter().for_each(|unlisted| self.note(unlisted)),
                Err(error) => {
                    self.broken += 1;
                    let _ = writeln!(io::stderr(), "drift: {name}: {error}");
                }
            }
            self.events += 1;
        }
    }

    /// Counts what is at the same place of other elements together, but each value of an enum apart.
    fn note(&mut self, unlisted: Unlisted) {
        let Unlisted { path, kind, value, .. } = unlisted;
        let text = printable(&value.to_string());
        let value = (kind == UnlistedKind::Value).then(|| text.clone());
        let thing = Thing { path: printable(&without_indices(&path)), kind, value };
        self.seen.entry(thing).or_insert(Seen { count: 0, first_value: text }).count += 1;
    }

    /// What came most often first.
    fn table(&self) -> String {
        let mut rows: Vec<_> = self.seen.iter().collect();
        rows.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.count));
        let width = rows.iter().map(|(thing, _)| thing.path.chars().count()).max().unwrap_or(0).max("PATH".len());
        let heading = format!("COUNT  WHAT      {:width$}  FIRST VALUE\n", "PATH");
        let lines = rows.iter().map(|(Thing { path, kind, .. }, Seen { count, first_value })| {
            format!("{count:5}  {:8}  {path:width$}  {first_value}\n", kind_name(*kind))
        });
        let table: String = std::iter::once(heading).chain(lines).collect();
        format!("{table}\n{} events, {} of them broken\n", self.events, self.broken)
    }
}

fn kind_name(kind: UnlistedKind) -> &'static str {
    match kind {
        UnlistedKind::Property => "property",
        UnlistedKind::Value => "value",
        UnlistedKind::Null => "null",
        UnlistedKind::Shape => "shape",
        _ => "other",
    }
}

/// The path with `[]` for each index: `data.recipients[].nickname`.
fn without_indices(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| match part.split_once(']') {
        Some((index, rest)) if index.bytes().all(|byte| byte.is_ascii_digit()) => format!("{text}[]{rest}"),
        _ => format!("{text}[{part}"),
    })
}

/// The text shortened, without control characters, which could steer the terminal.
fn printable(text: &str) -> String {
    let shown = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c });
    shown.chain(text.chars().nth(SHOWN).map(|_| '…')).collect()
}
