//! Reads Webex events and prints them as a table, then counts them by resource and type.
//!
//! ```text
//! cargo run --example read_events                  # the events in examples/events.json
//! cargo run --example read_events -- events.json   # a file: pages of events, single events, or one event per line
//! … | cargo run --example read_events -- -         # the same, from standard input
//! ```

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, iter};

use webex_event::{Any, CallRecord, Event, EventReader, EventType, EventView, Meeting, MeetingMessage, RecipientView};

const USAGE: &str = "\
Reads Webex events and prints them as a table.

Usage: read_events [FILE | -]

  FILE    pages of events ({\"items\": [...]}), single events, or one event per line
  -       the same, from standard input
          without an argument: the page examples/events.json";

/// The headings of the columns.
const HEADINGS: Row<&str> = ["TIME", "RESOURCE", "TYPE", "ACTOR", "ROOM", "WHAT"];

/// Most characters that a cell shows, for each column.
const LIMITS: Row<usize> = [25, 20, 10, 20, 12, 50];

/// Number of characters at the end of an ID that are shown.
const ID_TAIL: usize = 11;

/// One item for each column of the table.
type Row<T> = [T; 6];

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(message) => {
            // If standard error is closed too, the message cannot be shown anywhere.
            let _ = writeln!(io::stderr(), "read_events: {message}");
            ExitCode::from(2)
        }
    }
}

/// Reads the input that the arguments name. Prints an error for each broken event, then the other events and their counts.
/// Returns the exit code: 0, or 2 if an event is broken.
fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    if arguments.iter().any(|a| a == "--help" || a == "-h") {
        print(&format!("{USAGE}\n"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let (name, json) = read_input(arguments)?;
    let mut events = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for event in EventReader::new(&json[..]) {
        match event {
            Ok(event) => events.push(event),
            Err(error) => {
                let _ = writeln!(io::stderr(), "read_events: {name}: event {}: {error}", error.number());
                code = ExitCode::from(2);
            }
        }
    }
    if !events.is_empty() {
        print(&(table(&events) + &counts(&events)))?;
    }
    Ok(code)
}

/// Writes to standard output. It is not an error if the reader closes it early (`| head`).
fn print(text: &str) -> Result<(), String> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(()),
    }
}

/// Returns (name for error messages, content) of the input: a file, standard input for `-`, or the page
/// `examples/events.json` without arguments.
fn read_input(arguments: &[OsString]) -> Result<(String, Vec<u8>), String> {
    let (name, bytes) = match arguments {
        [] => ("events.json".into(), Ok(include_str!("events.json").into())),
        [dash] if dash == "-" => ("standard input".into(), read_stdin()),
        [option] if option.to_string_lossy().starts_with('-') => {
            let option = Path::new(option).display();
            return Err(format!("unknown option {option}\n\n{USAGE}"));
        }
        [path] => (Path::new(path).display().to_string(), fs::read(path)),
        _ => return Err(format!("more than one argument\n\n{USAGE}")),
    };
    match bytes {
        Ok(bytes) => Ok((name, bytes)),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// Reads all of standard input.
fn read_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the table: a line of headings, and a line for each event.
fn table(events: &[Event]) -> String {
    let mut rows = vec![HEADINGS.map(String::from)];
    rows.extend(events.iter().map(row));
    let widths = column_widths(&rows);
    rows.iter().map(|row| line(row, &widths)).collect()
}

/// Returns the cells for an event, each cut to the width of its column.
fn row(event: &Event) -> Row<String> {
    let cells = [
        event.created.clone(),
        event.resource.to_string(),
        event.type_.to_string(),
        actor(event),
        room(event),
        summary(event),
    ];
    let mut limits = LIMITS.into_iter();
    cells.map(|text| cell(&text, limits.next().unwrap_or(0)))
}

/// Cuts a text to `limit` characters, the last of which is then `…`. Control characters, which could control the
/// terminal, become spaces.
fn cell(text: &str, limit: usize) -> String {
    let printable = text.replace(char::is_control, " ");
    if printable.chars().count() <= limit {
        return printable;
    }
    printable.chars().take(limit - 1).chain(['…']).collect()
}

/// Returns the number of characters in the longest cell of each column.
fn column_widths(rows: &[Row<String>]) -> Row<usize> {
    std::array::from_fn(|column| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    })
}

/// Returns the cells of a row on a line, padded to the widths.
fn line(row: &Row<String>, widths: &Row<usize>) -> String {
    let padded = row.iter().zip(widths);
    let cells: Vec<String> = padded.map(|(text, width)| format!("{text:width$}")).collect();
    format!("{}\n", cells.join("  ").trim_end())
}

/// Returns the email address of the person who acted, or the end of the person's ID if the event has no address. The
/// person in `data` may be another: a membership, for example, may be someone else's.
fn actor(event: &Event) -> String {
    match &event.data.person_email {
        Some(email) if event.data.person_id.as_ref() == Some(&event.actor_id) => email.clone(),
        _ => short_id(&event.actor_id),
    }
}

/// Returns the end of the ID of the event's room; empty if it has none.
fn room(event: &Event) -> String {
    let id = match event.view() {
        EventView::Room(room) => room.id(),
        _ => event.data.room_id.as_deref(),
    };
    id.map(short_id).unwrap_or_default()
}

/// Returns the last [`ID_TAIL`] characters of an ID after `…`, since all IDs of one kind begin with the same
/// characters.
fn short_id(id: &str) -> String {
    match id.char_indices().rev().nth(ID_TAIL - 1) {
        Some((start, _)) if start > 0 => format!("…{}", &id[start..]),
        _ => id.to_owned(),
    }
}

/// Returns the most informative text that the event has: that of its resource, or else the end of its ID; empty if it
/// has none.
fn summary(event: &Event) -> String {
    let text = match (event.view(), &event.type_) {
        (EventView::Message(_), EventType::Deleted) => None,
        (EventView::Message(message), _) => message.text().map(str::to_owned),
        (EventView::MeetingMessage(message), _) => message.text().map(|text| addressed(message, text)),
        (EventView::Meeting(meeting), EventType::Ended) => Some(ended(meeting)),
        (EventView::Meeting(meeting), _) => meeting.title().map(str::to_owned),
        (EventView::CallRecord(record), _) => Some(call(record)),
        (EventView::Membership(membership), _) => membership.person_display_name().map(str::to_owned),
        (EventView::Room(room), _) => room.title().map(str::to_owned),
        (EventView::RoomTab(tab), _) => tab.display_name().map(str::to_owned),
        (EventView::AttachmentAction(action), _) => action.inputs().map(|inputs| inputs.to_value().to_string()),
        // Any other resource, also one that the schema does not list.
        (view, _) => view.as_any().get("title").and_then(Any::as_str).map(str::to_owned),
    };
    let id = || event.data.id.as_deref().map(|id| format!("id {}", short_id(id)));
    text.or_else(id).unwrap_or_default()
}

/// Returns the text of a message after its recipients, if it has some: `to a@example.com: Hello`.
fn addressed(message: MeetingMessage<'_>, text: &str) -> String {
    let names: Vec<&str> = message.recipients().map(name).collect();
    if names.is_empty() { text.to_owned() } else { format!("to {}: {text}", names.join(", ")) }
}

/// Returns an email address or a name of a recipient, or `someone` without one.
fn name(recipient: RecipientView<'_>) -> &str {
    let known = [recipient.person_email(), recipient.guest_display_name(), recipient.guest_email()];
    known.into_iter().flatten().next().unwrap_or("someone")
}

/// Returns the title, host and number of attendees of a meeting.
fn ended(meeting: Meeting<'_>) -> String {
    let title = meeting.title().unwrap_or("meeting");
    let host = meeting.host_email().unwrap_or("unknown");
    format!("{title}, host {host}, {} attendees", meeting.attendees().count())
}

/// Returns the two numbers and the duration of a call.
fn call(record: CallRecord<'_>) -> String {
    let [calling, called] = [record.calling_number(), record.called_number()].map(|number| number.unwrap_or("unknown"));
    format!("{calling} calls {called}, {} s", record.call_duration_seconds().unwrap_or(0))
}

/// Returns a line with the number of events, in all and for each resource and type:
/// `Events: 3 in all, messages created 2, rooms updated 1`.
fn counts(events: &[Event]) -> String {
    let mut numbers = BTreeMap::new();
    for event in events {
        let kind = (event.resource.as_str(), event.type_.as_str());
        *numbers.entry(kind).or_insert(0_usize) += 1;
    }
    let kinds = numbers
        .iter()
        .map(|((resource, action), number)| format!("{} {} {number}", cell(resource, 20), cell(action, 20)));
    let total = format!("{} in all", events.len());
    let all: Vec<String> = iter::once(total).chain(kinds).collect();
    format!("\nEvents: {}\n", all.join(", "))
}
