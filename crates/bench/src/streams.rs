//! Defines the variants that read events one at a time.

use std::borrow::Cow;
use std::hint::black_box;
use std::io::BufReader;
use std::rc::Rc;

use lab::events::{UnlistedShares, write_event_texts};
use serde::Deserialize;
use webex_event::{Event, EventReader, EventResource, EventType};

use crate::comparison::TaskVariant;
use crate::pages::{EVENT_SEED, write_event_page};

/// Returns the variants that read events one at a time: with serde_json from lines, and with `EventReader` from lines
/// and from a page.
pub(crate) fn make_single_event_variants(events: usize) -> Vec<TaskVariant> {
    let lines = write_event_texts(events, UnlistedShares::default(), EVENT_SEED).join("\n");
    let [same_lines, lines]: [Rc<str>; 2] = [lines.as_str().into(), lines.into()];
    vec![
        TaskVariant::new("serde_json::from_str, line by line", move || {
            for line in same_lines.lines() {
                black_box(serde_json::from_str::<Event>(line)?);
            }
            Ok(Box::new(()))
        }),
        make_event_reader("EventReader, lines", lines).with_max_ratio(1.15),
        make_event_reader("EventReader, a page", write_event_page(events, UnlistedShares::default())),
        make_buffered_event_reader(
            "EventReader, a page through a BufReader of 8 KiB",
            write_event_page(events, UnlistedShares::default()),
        ),
        make_raw_event_reader(
            "a thin borrowed type through next_raw, a page",
            write_event_page(events, UnlistedShares::default()),
        ),
        make_last_raw_reader(
            "a thin type through of and last_raw, a page",
            write_event_page(events, UnlistedShares::default()),
        ),
    ]
}

/// Returns the variants that read a page with `EventReader`: one whose events are all good, and several in which each
/// event has the same fault.
pub(crate) fn make_broken_event_variants(events: usize) -> Vec<TaskVariant> {
    let text = write_event_page(events, UnlistedShares::default());
    let early = text.replace(r#""resource":""#, r#""resource":7,"x":""#);
    let missing = text.replace(r#""actorId""#, r#""actor""#);
    let comma = text.replace("}}", ",}}");
    vec![
        make_event_reader("good events", text),
        make_broken_event_reader("a property at the beginning has a wrong type", early),
        make_broken_event_reader("a property is missing", missing).with_max_ratio(3.0),
        make_broken_event_reader("a comma too many at the end", comma).with_max_ratio(3.0),
    ]
}

/// Returns a variant that reads the events of `text` with `EventReader`, and drops each at once.
fn make_event_reader(name: &'static str, text: Rc<str>) -> TaskVariant {
    TaskVariant::new(name, move || {
        for event in EventReader::new(text.as_bytes()) {
            black_box(event?);
        }
        Ok(Box::new(()))
    })
}

/// Returns a variant that reads the events of `text` with `EventReader` through a `BufReader`, and drops each at once.
fn make_buffered_event_reader(name: &'static str, text: Rc<str>) -> TaskVariant {
    TaskVariant::new(name, move || {
        for event in EventReader::new(BufReader::new(text.as_bytes())) {
            black_box(event?);
        }
        Ok(Box::new(()))
    })
}

/// A text that is borrowed from the input if it has no escapes.
#[derive(Deserialize)]
struct MaybeBorrowedText<'a>(
    #[serde(borrow)]
    #[allow(dead_code, reason = "only reading it is measured")]
    Cow<'a, str>,
);

/// The properties by which a program decides whether it needs the whole event, borrowed from the input.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only reading them is measured")]
struct BorrowedEventHead<'a> {
    id: &'a str,
    resource: &'a str,
    #[serde(rename = "type")]
    type_: &'a str,
    #[serde(borrow)]
    org_id: Option<MaybeBorrowedText<'a>>,
}

/// Returns a variant that parses a few properties of each event in `text`, whose text it gets from
/// `EventReader::next_raw`.
fn make_raw_event_reader(name: &'static str, text: Rc<str>) -> TaskVariant {
    TaskVariant::new(name, move || {
        let mut reader = EventReader::new(text.as_bytes());
        while let Some(raw) = reader.next_raw() {
            black_box(raw?.parse::<BorrowedEventHead>()?);
        }
        Ok(Box::new(()))
    })
}

/// A type with the properties that decide whether a program needs an event. Owns its texts, so that `EventReader::of`
/// can return it; [`BorrowedEventHead`] borrows them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only reading them is measured")]
struct OwnedEventHead {
    id: String,
    resource: EventResource,
    #[serde(rename = "type")]
    type_: EventType,
    org_id: Option<String>,
}

/// Returns a variant that reads a few properties of each event in `text` with `EventReader::of`, and then gets the
/// event's text from `last_raw`.
fn make_last_raw_reader(name: &'static str, text: Rc<str>) -> TaskVariant {
    TaskVariant::new(name, move || {
        let mut reader = EventReader::new(text.as_bytes()).of::<OwnedEventHead>().pages();
        while let Some(thin) = reader.next() {
            black_box(thin?);
            black_box(reader.last_raw());
        }
        Ok(Box::new(()))
    })
}

/// Returns a variant that reads the events of `text`, which are all broken, with `EventReader`, and drops the errors.
fn make_broken_event_reader(name: &'static str, text: String) -> TaskVariant {
    TaskVariant::new(name, move || {
        for event in EventReader::new(text.as_bytes()) {
            black_box(event.err().ok_or("an event is good")?);
        }
        Ok(Box::new(()))
    })
}
