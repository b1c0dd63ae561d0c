//! Scans Webex events for a word in cards, in what people entered into cards and in the titles of meetings, and for
//! calls that took longer than an hour. Prints a line for each finding, with the people in its event.
//!
//! ```text
//! cargo run --example scan -- atlas                        # the events in examples/events.json
//! cargo run --example scan -- atlas january.json march.ndjson
//! … | cargo run --example scan -- atlas -                  # the events of standard input
//! ```

use std::collections::BTreeSet;
use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::process::ExitCode;

use webex_event::{Any, Attachment, Event, EventReader, EventView};

const USAGE_TEXT: &str = "usage: scan WORD [FILE | -]...";

/// Least length in seconds of a call that is printed.
const LONG_CALL_SECONDS: i64 = 60 * 60;

fn main() -> ExitCode {
    match scan_inputs(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader of the output has closed it early (`| head`).
        Err(error) if is_broken_pipe(&*error) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed too, the message cannot be shown anywhere.
            let _ = writeln!(io::stderr(), "scan: {error}");
            ExitCode::from(2)
        }
    }
}

/// Checks whether `error` is the error of writing to a pipe whose reader has closed it.
fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Scans the inputs that the arguments name after the word.
fn scan_inputs(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [word, inputs @ ..] = arguments else { return Err(USAGE_TEXT.into()) };
    if inputs.is_empty() {
        return print_findings_in_input(&include_bytes!("events.json")[..], word);
    }
    for input in inputs {
        match input.as_str() {
            "-" => print_findings_in_input(io::stdin().lock(), word)?,
            path => print_findings_in_input(
                BufReader::new(File::open(path).map_err(|error| format!("{path}: {error}"))?),
                word,
            )?,
        }
    }
    Ok(())
}

/// Prints a line for each finding in the events of an input. Prints an error for each event that cannot be read, and
/// goes on.
fn print_findings_in_input(input: impl BufRead, word: &str) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    for event in EventReader::new(input) {
        match event {
            Ok(event) => {
                for finding in find_texts_with_word(&event, word) {
                    let people = Vec::from_iter(list_people(&event)).join(", ");
                    writeln!(out, "{} {} {}: {finding} ({people})", event.created, event.resource, event.type_)?;
                }
            }
            Err(error) => writeln!(io::stderr(), "scan: event {}: {error}", error.number())?,
        }
    }
    Ok(())
}

/// Returns the texts of an event that contain `word`, in upper or lower case, each in quotes: texts in a message's
/// cards, in what people entered into a card, and the title of a meeting. For a long call, returns its length: `a call
/// of 75 minutes`.
fn find_texts_with_word(event: &Event, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |_: &str, text: &str| {
        if text.to_lowercase().contains(&word.to_lowercase()) {
            found.push(format!("{text:?}"));
        }
    };
    match event.view() {
        EventView::Message(message) => {
            message.attachments().filter_map(Attachment::content).for_each(|card| card.for_each_text(&mut look));
        }
        EventView::AttachmentAction(action) => {
            action.inputs().iter().for_each(|inputs| inputs.for_each_text(&mut look))
        }
        EventView::Meeting(meeting) => meeting.title().iter().for_each(|title| look("title", title)),
        EventView::CallRecord(call) => {
            let seconds = call.call_duration_seconds().filter(|seconds| *seconds >= LONG_CALL_SECONDS);
            found.extend(seconds.map(|seconds| format!("a call of {} minutes", seconds / 60)));
        }
        _ => {}
    }
    found
}

/// Returns the people in an event, each by the email address if the event has it, else by the id.
fn list_people(event: &Event) -> BTreeSet<&str> {
    let mut people = BTreeSet::new();
    match event.view() {
        EventView::Message(message) => {
            people.extend(message.person_email().or(message.person_id()));
            people.extend(message.to_person_email().or(message.to_person_id()));
            people.extend(message.mentioned_people());
        }
        EventView::MeetingMessage(message) => {
            people.extend(message.person_email().or(message.person_id()));
            people.extend(message.recipients().filter_map(|to| to.person_email().or(to.guest_email())));
        }
        EventView::Meeting(meeting) => {
            people.extend(meeting.host_email().or(meeting.host_user_id()));
            // An attendee is a text, or an object with the address.
            people.extend(meeting.attendees().filter_map(|person| person.get("email").unwrap_or(person).as_str()));
        }
        EventView::CallRecord(call) => people.extend(call.user_id()),
        EventView::MeetingTranscript(transcript) => people.extend(transcript.host_user_id()),
        // Any other resource has the person by the same names, also one that the schema does not list.
        view => {
            let data = view.as_any();
            people.extend(data.get("personEmail").or(data.get("personId")).and_then(Any::as_str));
        }
    }
    people.insert(&event.actor_id);
    people
}
