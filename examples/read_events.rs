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

const USAGE_TEXT: &str = "\
Reads Webex events and prints them as a table.

Usage: read_events [FILE | -]

  FILE    pages of events ({\"items\": [...]}), single events, or one event per line
  -       the same, from standard input
          without an argument: the page examples/events.json";

/// The headings of the table's columns.
const COLUMN_HEADINGS: TableRow<&str> = ["TIME", "RESOURCE", "TYPE", "ACTOR", "ROOM", "WHAT"];

/// Most characters that a cell of the table shows, for each column.
const MAX_CELL_CHARACTERS: TableRow<usize> = [25, 20, 10, 20, 12, 50];

/// The number of characters at the end of an id that the table shows.
const SHOWN_ID_CHARACTERS: usize = 11;

/// One item for each column of the table.
type TableRow<T> = [T; 6];

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match print_events_of_input(&arguments) {
        Ok(code) => code,
        Err(message) => {
            // If standard error is closed too, the message cannot be shown anywhere.
            let _ = writeln!(io::stderr(), "read_events: {message}");
            ExitCode::from(2)
        }
    }
}

/// Reads the input that the arguments name. Prints an error for each broken event, then a table of the other events and
/// their counts. Returns the exit code: 0, or 2 if an event is broken.
fn print_events_of_input(arguments: &[OsString]) -> Result<ExitCode, String> {
    if arguments.iter().any(|a| a == "--help" || a == "-h") {
        print_to_stdout(&format!("{USAGE_TEXT}\n"))?;
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
        print_to_stdout(&(format_table(&events) + &format_counts_by_type(&events)))?;
    }
    Ok(code)
}

/// Writes `text` to standard output. It is not an error if the reader of the output closes it early (`| head`).
fn print_to_stdout(text: &str) -> Result<(), String> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("standard output: {error}")),
        _ => Ok(()),
    }
}

/// Returns the input as (name for error messages, content): a file, standard input for `-`, or the page
/// `examples/events.json` without arguments.
fn read_input(arguments: &[OsString]) -> Result<(String, Vec<u8>), String> {
    let (name, bytes) = match arguments {
        [] => ("events.json".into(), Ok(include_str!("events.json").into())),
        [dash] if dash == "-" => ("standard input".into(), read_stdin()),
        [option] if option.to_string_lossy().starts_with('-') => {
            let option = Path::new(option).display();
            return Err(format!("unknown option {option}\n\n{USAGE_TEXT}"));
        }
        [path] => (Path::new(path).display().to_string(), fs::read(path)),
        _ => return Err(format!("more than one argument\n\n{USAGE_TEXT}")),
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

/// Returns the table as text: a line of headings, and a line for each event.
fn format_table(events: &[Event]) -> String {
    let mut rows = vec![COLUMN_HEADINGS.map(String::from)];
    rows.extend(events.iter().map(format_event_cells));
    let widths = measure_column_widths(&rows);
    rows.iter().map(|row| join_cells(row, &widths)).collect()
}

/// Returns the cells for an event, each cut to the limit of its column.
fn format_event_cells(event: &Event) -> TableRow<String> {
    let cells = [
        event.created.clone(),
        event.resource.to_string(),
        event.type_.to_string(),
        find_actor_name(event),
        shorten_room_id(event),
        summarize_event(event),
    ];
    let mut limits = MAX_CELL_CHARACTERS.into_iter();
    cells.map(|text| cut_cell(&text, limits.next().unwrap_or(0)))
}

/// Cuts `text` to `limit` characters, the last of which is then `…`. Replaces control characters, which could control
/// the terminal, by spaces.
fn cut_cell(text: &str, limit: usize) -> String {
    let printable = text.replace(char::is_control, " ");
    if printable.chars().count() <= limit {
        return printable;
    }
    printable.chars().take(limit - 1).chain(['…']).collect()
}

/// Returns the number of characters in the longest cell of each column.
fn measure_column_widths(rows: &[TableRow<String>]) -> TableRow<usize> {
    std::array::from_fn(|column| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or(0)
    })
}

/// Joins the cells of a row to a line, each filled up with spaces to the width of its column.
fn join_cells(row: &TableRow<String>, widths: &TableRow<usize>) -> String {
    let padded = row.iter().zip(widths);
    let cells: Vec<String> = padded.map(|(text, width)| format!("{text:width$}")).collect();
    format!("{}\n", cells.join("  ").trim_end())
}

/// Returns the email address of the person who acted; the end of the person's id if the event does not have the
/// address. The person in `data` may be another one: a membership, for example, may be somebody else's.
fn find_actor_name(event: &Event) -> String {
    match &event.data.person_email {
        Some(email) if event.data.person_id.as_ref() == Some(&event.actor_id) => email.clone(),
        _ => shorten_id(&event.actor_id),
    }
}

/// Returns the end of the id of the event's room; empty if the event has no room.
fn shorten_room_id(event: &Event) -> String {
    let id = match event.view() {
        EventView::Room(room) => room.id(),
        _ => event.data.room_id.as_deref(),
    };
    id.map(shorten_id).unwrap_or_default()
}

/// Returns the last [`SHOWN_ID_CHARACTERS`] characters of an id, after `…`, since all ids of one kind begin with the
/// same characters.
fn shorten_id(id: &str) -> String {
    match id.char_indices().rev().nth(SHOWN_ID_CHARACTERS - 1) {
        Some((start, _)) if start > 0 => format!("…{}", &id[start..]),
        _ => id.to_owned(),
    }
}

/// Returns the most informative text of an event: a text of its resource, or else the end of its id; empty if it has
/// neither.
fn summarize_event(event: &Event) -> String {
    let text = match (event.view(), &event.type_) {
        (EventView::Message(_), EventType::Deleted) => None,
        (EventView::Message(message), _) => message.text().map(str::to_owned),
        (EventView::MeetingMessage(message), _) => message.text().map(|text| describe_private_message(message, text)),
        (EventView::Meeting(meeting), EventType::Ended) => Some(describe_ended_meeting(meeting)),
        (EventView::Meeting(meeting), _) => meeting.title().map(str::to_owned),
        (EventView::CallRecord(record), _) => Some(describe_call(record)),
        (EventView::Membership(membership), _) => membership.person_display_name().map(str::to_owned),
        (EventView::Room(room), _) => room.title().map(str::to_owned),
        (EventView::RoomTab(tab), _) => tab.display_name().map(str::to_owned),
        (EventView::AttachmentAction(action), _) => action.inputs().map(|inputs| inputs.to_value().to_string()),
        // Any other resource, also one that the schema does not list.
        (view, _) => view.as_any().get("title").and_then(Any::as_str).map(str::to_owned),
    };
    let id = || event.data.id.as_deref().map(|id| format!("id {}", shorten_id(id)));
    text.or_else(id).unwrap_or_default()
}

/// Returns the text of a message with its recipients before it: `to a@example.com: Hello`. Returns only the text if it
/// has no recipients.
fn describe_private_message(message: MeetingMessage<'_>, text: &str) -> String {
    let names: Vec<&str> = message.recipients().map(find_recipient_name).collect();
    if names.is_empty() { text.to_owned() } else { format!("to {}: {text}", names.join(", ")) }
}

/// Returns the email address or the name of a recipient; `someone` if neither is known.
fn find_recipient_name(recipient: RecipientView<'_>) -> &str {
    let known = [recipient.person_email(), recipient.guest_display_name(), recipient.guest_email()];
    known.into_iter().flatten().next().unwrap_or("someone")
}

/// Returns the title, the host and the number of attendees of a meeting.
fn describe_ended_meeting(meeting: Meeting<'_>) -> String {
    let title = meeting.title().unwrap_or("meeting");
    let host = meeting.host_email().unwrap_or("unknown");
    format!("{title}, host {host}, {} attendees", meeting.attendees().count())
}

/// Returns both numbers and the duration of a call: `+1 calls +2, 60 s`.
fn describe_call(record: CallRecord<'_>) -> String {
    let [calling, called] = [record.calling_number(), record.called_number()].map(|number| number.unwrap_or("unknown"));
    format!("{calling} calls {called}, {} s", record.call_duration_seconds().unwrap_or(0))
}

/// Returns a line with the number of all events, and of the events of each resource and type: `Events: 3 in all,
/// messages created 2, rooms updated 1`.
fn format_counts_by_type(events: &[Event]) -> String {
    let mut numbers = BTreeMap::new();
    for event in events {
        let kind = (event.resource.as_str(), event.type_.as_str());
        *numbers.entry(kind).or_insert(0_usize) += 1;
    }
    let kinds = numbers
        .iter()
        .map(|((resource, action), number)| format!("{} {} {number}", cut_cell(resource, 20), cut_cell(action, 20)));
    let total = format!("{} in all", events.len());
    let all: Vec<String> = iter::once(total).chain(kinds).collect();
    format!("\nEvents: {}\n", all.join(", "))
}
