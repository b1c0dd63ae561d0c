//! Answers the questions of docs/ARCHIVES.md about an archive with the types of `webex-event`, as a JSON object:
//! `cargo run -p lab --example archive_answers -- events.ndjson`. The query engines have to give the same answers.
//!
//! A broken line has no part in an answer. Where the schema has a text, a value of another type is the text of its
//! JSON, as in the columns of the engines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufReader;

use lab::archive::{ORGANIZATION_ID, make_person_id};
use serde_json::{Value, json};
use webex_event::{Any, AnyKind, Event, EventReader, EventView, UnlistedKind};

/// The number of the person about whom the question `person` asks; `make_person_id` turns it into an ID.
const ASKED_PERSON_NUMBER: usize = 7;

/// The answers, each with its rows in ascending order.
#[derive(Default)]
struct ArchiveAnswers {
    /// The number of messages by e-mail address and day.
    messages: BTreeMap<(String, String), u64>,
    /// The guests of each room, who belong to another organization.
    guests: BTreeMap<String, BTreeSet<String>>,
    /// (event, seconds) of the calls over an hour.
    calls: BTreeSet<(String, i64)>,
    /// The number of properties that the schema does not list, by month and name: `data.client`, `region`.
    drift: BTreeMap<(String, String), u64>,
    /// (time, event) of all that the person did.
    person: BTreeSet<(String, String)>,
    /// The number of events.
    events: u64,
    /// The number of broken lines.
    broken: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: archive_answers FILE")?;
    let mut answers = ArchiveAnswers::default();
    for event in EventReader::new(BufReader::new(File::open(path)?)) {
        match event {
            Ok(event) => answers.add_event(&event),
            Err(_) => answers.broken += 1,
        }
    }
    println!("{}", answers.to_json());
    Ok(())
}

impl ArchiveAnswers {
    /// Adds what an event contributes to each answer.
    fn add_event(&mut self, event: &Event) {
        self.events += 1;
        let (day, type_) = (cut_day_of_time(&event.created), event.type_.to_string());
        match event.view() {
            EventView::Message(message) if type_ == "created" => {
                if let Some(email) = to_column_text(message.get("personEmail")) {
                    *self.messages.entry((email, day.to_owned())).or_default() += 1;
                }
            }
            EventView::Membership(member) if type_ == "created" => {
                let is_guest = to_column_text(member.get("personOrgId"))
                    .is_some_and(|organization| organization != ORGANIZATION_ID);
                if let (Some(room), Some(guest), true) =
                    (to_column_text(member.get("roomId")), to_column_text(member.get("personId")), is_guest)
                {
                    self.guests.entry(room).or_default().insert(guest);
                }
            }
            EventView::CallRecord(call) => {
                let seconds = call.call_duration_seconds().filter(|seconds| *seconds > 3_600);
                self.calls.extend(seconds.map(|seconds| (event.id.clone(), seconds)));
            }
            _ => {}
        }
        let month = day.get(..7).unwrap_or("unknown");
        for found in event.unlisted().into_iter().filter(|found| found.kind == UnlistedKind::Property) {
            *self.drift.entry((month.to_owned(), found.path)).or_default() += 1;
        }
        let person = make_person_id(ASKED_PERSON_NUMBER);
        let is_about = to_column_text(event.data.get("personId")).is_some_and(|id| id == person);
        if event.actor_id == person || is_about {
            self.person.insert((event.created.clone(), event.id.clone()));
        }
    }

    /// Returns the answers as an object with a list of rows for each.
    fn to_json(&self) -> Value {
        json!({
            "messages": self.messages.iter().map(|((email, day), count)| json!([email, day, count])).collect::<Value>(),
            "guests": self.guests.iter().map(|(room, guests)| json!([room, guests.len()])).collect::<Value>(),
            "calls": self.calls.iter().map(|(event, seconds)| json!([event, seconds])).collect::<Value>(),
            "drift": self.drift.iter().map(|((month, path), count)| json!([month, path, count])).collect::<Value>(),
            "person": self.person.iter().map(|(time, event)| json!([time, event])).collect::<Value>(),
            "events": self.events,
            "broken": self.broken,
        })
    }
}

/// Returns the day of a time: `2026-01-31` for `2026-01-31T09:15:00.250Z`; `unknown` for a text that does not begin
/// with a day.
fn cut_day_of_time(time: &str) -> &str {
    let is_day = |day: &&str| {
        let mut letters = day.chars().enumerate();
        letters.all(|(index, letter)| if [4, 7].contains(&index) { letter == '-' } else { letter.is_ascii_digit() })
    };
    time.get(..10).filter(is_day).unwrap_or("unknown")
}

/// Converts a property's value to the text in a column of texts: the content of a string, or the JSON text of any other
/// value. `None` if the property is absent or `null`.
fn to_column_text(value: Option<Any<'_>>) -> Option<String> {
    let value = value.filter(|value| value.kind() != AnyKind::Null)?;
    match value.as_str() {
        Some(text) => Some(text.to_owned()),
        None => serde_json::to_string(&value).ok(),
    }
}
