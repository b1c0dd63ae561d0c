//! Defines the comparisons that all benches measure (ratios, allocations, instructions, criterion).

use std::any::Any;
use std::borrow::Cow;
use std::error::Error;
use std::hint::black_box;
use std::io::BufReader;
use std::rc::Rc;

use lab::derived;
use lab::events::{UnlistedShare, write_event_texts, write_page_text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webex_event::{Event, EventPage, EventReader, EventResource, EventType};

use crate::{flattened, typified, views};

/// The number of events in a page: the most that the API returns.
pub const EVENTS: usize = 1_000;

/// The value that a run has read or written, or the error. The bench drops it, so that the drop can be left out of the
/// measured time.
type Outcome = Result<Box<dyn Any>, Box<dyn Error>>;

/// One way to do the task of a comparison, for example with one parser.
pub struct Variant {
    /// The parser or the types that this variant uses, such as `serde(flatten)`.
    pub name: &'static str,
    /// The goal: the largest ratio of this variant's time to the time of the first variant; `None` if there is no goal.
    pub target: Option<f64>,
    run: Box<dyn Fn() -> Outcome>,
}

impl Variant {
    /// Creates a variant without a goal. `run` does the task once.
    pub(crate) fn new(name: &'static str, run: impl Fn() -> Outcome + 'static) -> Self {
        Self { name, target: None, run: Box::new(run) }
    }

    /// Sets the goal: this variant takes at most `target` times as long as the first variant of its comparison.
    pub(crate) fn at_most(self, target: f64) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Does the task once, and returns what was read or written.
    ///
    /// # Panics
    /// If the task fails, since a failure must not count as a fast run.
    #[allow(clippy::panic, reason = "the inputs are ours: a failure is a fault of the bench")]
    pub fn run(&self) -> Box<dyn Any> {
        (self.run)().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// A task, and several ways to do it.
pub struct Comparison {
    /// The task, such as `parse`.
    pub name: &'static str,
    /// The function that makes the variants, for a page with the given number of events.
    make: fn(usize) -> Vec<Variant>,
}

impl Comparison {
    /// Returns the variants, ready to run on a page of `events` events. The first variant is the one with which the
    /// others are compared.
    #[must_use]
    pub fn variants(&self, events: usize) -> Vec<Variant> {
        (self.make)(events)
    }
}

/// Returns all comparisons.
#[must_use]
pub fn all_comparisons() -> Vec<Comparison> {
    [parse_comparisons(), serialize_comparisons(), reader_comparisons(), view_comparisons()]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the comparisons of reading a page.
#[must_use]
pub fn parse_comparisons() -> Vec<Comparison> {
    vec![
        Comparison { name: "parse", make: |events| make_text_readers(events, UnlistedShare::default(), 1.00) },
        Comparison {
            name: "parse, five unlisted properties per event",
            make: |events| make_text_readers(events, UNLISTED_PROPERTIES, 1.10),
        },
        Comparison {
            name: "parse, 5 % of unlisted resources",
            make: |events| make_text_readers(events, UNLISTED_RESOURCES, 1.00),
        },
        Comparison { name: "parse bytes", make: |events| make_byte_readers(events, UnlistedShare::default()) },
        Comparison {
            name: "parse bytes, five unlisted properties per event",
            make: |events| make_byte_readers(events, UNLISTED_PROPERTIES),
        },
    ]
}

/// Returns the comparisons of writing a page.
#[must_use]
pub fn serialize_comparisons() -> Vec<Comparison> {
    vec![
        Comparison { name: "serialize", make: |events| make_writers(events, UnlistedShare::default(), 1.00) },
        Comparison {
            name: "serialize, five unlisted properties per event",
            make: |events| make_writers(events, UNLISTED_PROPERTIES, 1.15),
        },
    ]
}

/// Returns the comparisons of reading events from a stream.
#[must_use]
pub fn reader_comparisons() -> Vec<Comparison> {
    vec![
        Comparison { name: "events one by one, dropped at once", make: make_single_event_readers },
        Comparison { name: "events of a page that are broken, dropped at once", make: make_broken_event_readers },
    ]
}

/// Returns the comparisons of reading properties through views.
#[must_use]
pub fn view_comparisons() -> Vec<Comparison> {
    vec![Comparison { name: "view, events as they come", make: views::make_view_readers }]
}

/// The seed of the invented events.
pub(crate) const SEED: u64 = 7;
/// A share of five unlisted properties for each event.
const UNLISTED_PROPERTIES: UnlistedShare = UnlistedShare { unlisted_properties: 5, unlisted_resources: 0 };
/// A share of 5 % of the events with a resource that the schema does not list.
const UNLISTED_RESOURCES: UnlistedShare = UnlistedShare { unlisted_properties: 0, unlisted_resources: 5 };

/// Returns the text of a page with `events` invented events, of which the schema does not list the share `mix`.
fn write_page(events: usize, mix: UnlistedShare) -> Rc<str> {
    write_page_text(events, mix, SEED).into()
}

/// Returns the variants that read a page from a `&str`. `target` is the goal of this project's types.
///
/// typify's types are left out where events have unlisted resources, which they refuse.
fn make_text_readers(events: usize, mix: UnlistedShare, target: f64) -> Vec<Variant> {
    let text = write_page(events, mix);
    let (simd, sonic) = (Rc::clone(&text), Rc::clone(&text));
    let typify = (mix.unlisted_resources == 0)
        .then(|| read_with_serde_json::<typified::EventPage>("typify, loses unlisted values", &text));
    let mut variants = vec![
        read_with_serde_json::<derived::EventPage>("serde derive, loses unlisted values", &text),
        read_with_serde_json::<derived::EventPage>("the first variant again: the noise", &text),
        read_with_serde_json::<EventPage>("ours", &text).at_most(target),
        read_with_serde_json::<flattened::EventPage>("serde(flatten)", &text),
    ];
    variants.extend(typify);
    variants.extend([
        read_with_serde_json::<Value>("serde_json::Value", &text),
        Variant::new("simd-json into ours, with the copy that it needs", move || {
            let mut bytes = simd.as_bytes().to_vec();
            Ok(Box::new(simd_json::serde::from_slice::<EventPage>(&mut bytes)?))
        }),
        Variant::new("sonic-rs into ours", move || Ok(Box::new(sonic_rs::from_str::<EventPage>(&sonic)?))),
    ]);
    variants
}

/// Returns the variants that read a page from a `&[u8]`.
fn make_byte_readers(events: usize, mix: UnlistedShare) -> Vec<Variant> {
    let text = write_page(events, mix);
    let [first, second, third] = [Rc::clone(&text), Rc::clone(&text), text];
    vec![
        Variant::new("serde_json::from_slice into ours", move || {
            Ok(Box::new(serde_json::from_slice::<EventPage>(first.as_bytes())?))
        }),
        Variant::new("the first variant again: the noise", move || {
            Ok(Box::new(serde_json::from_slice::<EventPage>(second.as_bytes())?))
        }),
        Variant::new("webex_event::from_slice", move || {
            Ok(Box::new(webex_event::from_slice::<EventPage>(third.as_bytes())?))
        })
        .at_most(0.80),
    ]
}

/// Returns the variants that write a page as a `String`. `target` is the goal of this project's types.
fn make_writers(events: usize, mix: UnlistedShare, target: f64) -> Vec<Variant> {
    let text = &write_page(events, mix);
    vec![
        write_with_serde_json::<derived::EventPage>("serde derive, has lost unlisted values", text),
        write_with_serde_json::<derived::EventPage>("the first variant again: the noise", text),
        write_with_serde_json::<EventPage>("ours", text).at_most(target),
        write_with_serde_json::<flattened::EventPage>("serde(flatten)", text),
        write_with_serde_json::<typified::EventPage>("typify, has lost unlisted values", text),
        write_with_serde_json::<Value>("serde_json::Value", text),
        write_with::<EventPage>("sonic-rs from ours", text, |page| Ok(sonic_rs::to_string(page)?)),
        write_with::<EventPage>("simd-json from ours", text, |page| Ok(simd_json::serde::to_string(page)?)),
    ]
}

/// Returns the variants that read events one at a time: with serde_json from lines, and with `EventReader` from lines
/// and from a page.
fn make_single_event_readers(events: usize) -> Vec<Variant> {
    let lines = write_event_texts(events, UnlistedShare::default(), SEED).join("\n");
    let [same_lines, lines]: [Rc<str>; 2] = [lines.as_str().into(), lines.into()];
    vec![
        Variant::new("serde_json::from_str, line by line", move || {
            for line in same_lines.lines() {
                black_box(serde_json::from_str::<Event>(line)?);
            }
            Ok(Box::new(()))
        }),
        read_events("EventReader, lines", lines).at_most(1.15),
        read_events("EventReader, a page", write_page(events, UnlistedShare::default())),
        read_events_buffered(
            "EventReader, a page through a BufReader of 8 KiB",
            write_page(events, UnlistedShare::default()),
        ),
        read_raw_events("a thin borrowed type through next_raw, a page", write_page(events, UnlistedShare::default())),
        read_events_and_raw(
            "a thin type through of and last_raw, a page",
            write_page(events, UnlistedShare::default()),
        ),
    ]
}

/// Returns the variants that read a page with `EventReader`: one whose events are all good, and several in which each
/// event has the same fault.
fn make_broken_event_readers(events: usize) -> Vec<Variant> {
    let text = write_page(events, UnlistedShare::default());
    let early = text.replace(r#""resource":""#, r#""resource":7,"x":""#);
    let missing = text.replace(r#""actorId""#, r#""actor""#);
    let comma = text.replace("}}", ",}}");
    vec![
        read_events("good events", text),
        read_broken_events("a property at the beginning has a wrong type", early),
        read_broken_events("a property is missing", missing).at_most(3.0),
        read_broken_events("a comma too many at the end", comma).at_most(3.0),
    ]
}

/// Returns a variant with the name `name` that reads `text` as a `T` with serde_json.
pub(crate) fn read_with_serde_json<T: DeserializeOwned + 'static>(name: &'static str, text: &Rc<str>) -> Variant {
    let text = Rc::clone(text);
    Variant::new(name, move || Ok(Box::new(serde_json::from_str::<T>(&text)?)))
}

/// Returns a variant with the name `name` that writes a `T` with serde_json. The value is read from `text` beforehand.
fn write_with_serde_json<T: DeserializeOwned + Serialize + 'static>(name: &'static str, text: &Rc<str>) -> Variant {
    write_with::<T>(name, text, |page| Ok(serde_json::to_string(page)?))
}

/// Returns a variant with the name `name` that writes a `T` with the function `write`. The value is read from `text`
/// beforehand.
fn write_with<T: DeserializeOwned + 'static>(
    name: &'static str,
    text: &str,
    write: fn(&T) -> Result<String, Box<dyn Error>>,
) -> Variant {
    let page = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
    Variant::new(name, move || Ok(Box::new(write(page.as_ref().map_err(Clone::clone)?)?)))
}

/// Returns a variant that reads the events of `text` with `EventReader` through a `BufReader`, and drops each at once.
fn read_events_buffered(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
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
struct BorrowedHead<'a> {
    id: &'a str,
    resource: &'a str,
    #[serde(rename = "type")]
    type_: &'a str,
    #[serde(borrow)]
    org_id: Option<MaybeBorrowedText<'a>>,
}

/// Returns a variant that parses a few properties of each event in `text`, whose text it gets from
/// `EventReader::next_raw`.
fn read_raw_events(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        let mut reader = EventReader::new(text.as_bytes());
        while let Some(raw) = reader.next_raw() {
            black_box(raw?.parse::<BorrowedHead>()?);
        }
        Ok(Box::new(()))
    })
}

/// A type with the properties that decide whether a program needs an event. Owns its texts, so that `EventReader::of` can
/// return it; [`BorrowedHead`] borrows them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only reading them is measured")]
struct OwnedHead {
    id: String,
    resource: EventResource,
    #[serde(rename = "type")]
    type_: EventType,
    org_id: Option<String>,
}

/// Returns a variant that reads a few properties of each event in `text` with `EventReader::of`, and then gets the
/// event's text from `last_raw`.
fn read_events_and_raw(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        let mut reader = EventReader::new(text.as_bytes()).of::<OwnedHead>().pages();
        while let Some(thin) = reader.next() {
            black_box(thin?);
            black_box(reader.last_raw());
        }
        Ok(Box::new(()))
    })
}

/// Returns a variant that reads the events of `text`, which are all broken, with `EventReader`, and drops the errors.
fn read_broken_events(name: &'static str, text: String) -> Variant {
    Variant::new(name, move || {
        for event in EventReader::new(text.as_bytes()) {
            black_box(event.err().ok_or("an event is good")?);
        }
        Ok(Box::new(()))
    })
}

/// Returns a variant that reads the events of `text` with `EventReader`, and drops each at once.
fn read_events(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        for event in EventReader::new(text.as_bytes()) {
            black_box(event?);
        }
        Ok(Box::new(()))
    })
}
