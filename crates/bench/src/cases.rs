//! The comparisons that all benches (ratios, allocations, instructions, criterion) measure.

use std::any::Any;
use std::borrow::Cow;
use std::error::Error;
use std::hint::black_box;
use std::io::BufReader;
use std::rc::Rc;

use lab::derived;
use lab::events::{Mix, event_texts, page_text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webex_event::{Event, EventPage, EventReader, EventResource, EventType};

use crate::{flattened, typified, views};

/// The number of events of a page: the most that the API returns.
pub const EVENTS: usize = 1_000;

/// The value that a run has read or written. The bench drops it, so that the drop need not be measured.
type Outcome = Result<Box<dyn Any>, Box<dyn Error>>;

/// One way to do the task of a comparison.
pub struct Variant {
    /// The parser or the types that are used, such as `serde(flatten)`.
    pub name: &'static str,
    /// The largest ratio of its time to that of the first variant, if there is such a goal.
    pub target: Option<f64>,
    run: Box<dyn Fn() -> Outcome>,
}

impl Variant {
    /// Returns a variant without a target.
    pub(crate) fn new(name: &'static str, run: impl Fn() -> Outcome + 'static) -> Self {
        Self { name, target: None, run: Box::new(run) }
    }

    /// Sets the goal of this variant: it takes at most `target` times as long as the first variant.
    pub(crate) fn at_most(self, target: f64) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Does the task once and returns its result.
    ///
    /// # Panics
    /// If the task fails: a failure must not count as a fast run.
    #[allow(clippy::panic, reason = "the inputs are ours: a failure is a fault of the bench")]
    pub fn run(&self) -> Box<dyn Any> {
        (self.run)().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// A task that is done in several ways.
pub struct Comparison {
    /// The task, such as `parse`.
    pub name: &'static str,
    /// Makes the variants for a page with the given number of events.
    make: fn(usize) -> Vec<Variant>,
}

impl Comparison {
    /// Returns the variants, ready to run on a page of `events` events. The others are compared with the first.
    #[must_use]
    pub fn variants(&self, events: usize) -> Vec<Variant> {
        (self.make)(events)
    }
}

/// Returns all comparisons.
#[must_use]
pub fn all() -> Vec<Comparison> {
    [parse(), serialize(), reader(), view()].into_iter().flatten().collect()
}

/// Returns the comparisons of reading a page.
#[must_use]
pub fn parse() -> Vec<Comparison> {
    vec![
        Comparison { name: "parse", make: |events| from_text(events, Mix::default(), 1.00) },
        Comparison {
            name: "parse, five unlisted properties per event",
            make: |events| from_text(events, UNLISTED_PROPERTIES, 1.10),
        },
        Comparison {
            name: "parse, 5 % of unlisted resources",
            make: |events| from_text(events, UNLISTED_RESOURCES, 1.00),
        },
        Comparison { name: "parse bytes", make: |events| from_bytes(events, Mix::default()) },
        Comparison {
            name: "parse bytes, five unlisted properties per event",
            make: |events| from_bytes(events, UNLISTED_PROPERTIES),
        },
    ]
}

/// Returns the comparisons of writing a page.
#[must_use]
pub fn serialize() -> Vec<Comparison> {
    vec![
        Comparison { name: "serialize", make: |events| to_text(events, Mix::default(), 1.00) },
        Comparison {
            name: "serialize, five unlisted properties per event",
            make: |events| to_text(events, UNLISTED_PROPERTIES, 1.15),
        },
    ]
}

/// Returns the comparisons of reading events from a stream.
#[must_use]
pub fn reader() -> Vec<Comparison> {
    vec![
        Comparison { name: "events one by one, dropped at once", make: one_by_one },
        Comparison { name: "events of a page that are broken, dropped at once", make: broken },
    ]
}

/// Returns the comparisons of reading properties through views.
#[must_use]
pub fn view() -> Vec<Comparison> {
    vec![Comparison { name: "view, events as they come", make: views::variants }]
}

/// The seed of the invented events.
pub(crate) const SEED: u64 = 7;
/// Five properties of each event that the schema does not list.
const UNLISTED_PROPERTIES: Mix = Mix { unlisted_properties: 5, unlisted_resources: 0 };
/// A resource that the schema does not list in 5 % of the events.
const UNLISTED_RESOURCES: Mix = Mix { unlisted_properties: 0, unlisted_resources: 5 };

/// Returns the text of a page with `events` invented events.
fn text(events: usize, mix: Mix) -> Rc<str> {
    page_text(events, mix, SEED).into()
}

/// Returns the ways to read a page from a `&str`. `target` is the goal of our types.
///
/// typify's types are left out where events have unlisted resources: they refuse these.
fn from_text(events: usize, mix: Mix, target: f64) -> Vec<Variant> {
    let text = text(events, mix);
    let (simd, sonic) = (Rc::clone(&text), Rc::clone(&text));
    let typify =
        (mix.unlisted_resources == 0).then(|| read::<typified::EventPage>("typify, loses unlisted values", &text));
    let mut variants = vec![
        read::<derived::EventPage>("serde derive, loses unlisted values", &text),
        read::<derived::EventPage>("the first variant again: the noise", &text),
        read::<EventPage>("ours", &text).at_most(target),
        read::<flattened::EventPage>("serde(flatten)", &text),
    ];
    variants.extend(typify);
    variants.extend([
        read::<Value>("serde_json::Value", &text),
        Variant::new("simd-json into ours, with the copy that it needs", move || {
            let mut bytes = simd.as_bytes().to_vec();
            Ok(Box::new(simd_json::serde::from_slice::<EventPage>(&mut bytes)?))
        }),
        Variant::new("sonic-rs into ours", move || Ok(Box::new(sonic_rs::from_str::<EventPage>(&sonic)?))),
    ]);
    variants
}

/// Returns the ways to read a page from a `&[u8]`.
fn from_bytes(events: usize, mix: Mix) -> Vec<Variant> {
    let text = text(events, mix);
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

/// Returns the ways to write a page as a `String`. `target` is the goal of our types.
fn to_text(events: usize, mix: Mix, target: f64) -> Vec<Variant> {
    let text = &text(events, mix);
    vec![
        write::<derived::EventPage>("serde derive, has lost unlisted values", text),
        write::<derived::EventPage>("the first variant again: the noise", text),
        write::<EventPage>("ours", text).at_most(target),
        write::<flattened::EventPage>("serde(flatten)", text),
        write::<typified::EventPage>("typify, has lost unlisted values", text),
        write::<Value>("serde_json::Value", text),
        write_by::<EventPage>("sonic-rs from ours", text, |page| Ok(sonic_rs::to_string(page)?)),
        write_by::<EventPage>("simd-json from ours", text, |page| Ok(simd_json::serde::to_string(page)?)),
    ]
}

/// Returns the ways to read events one at a time: with serde_json from lines, and with `EventReader` from lines and
/// from a page.
fn one_by_one(events: usize) -> Vec<Variant> {
    let lines = event_texts(events, Mix::default(), SEED).join("\n");
    let [same_lines, lines]: [Rc<str>; 2] = [lines.as_str().into(), lines.into()];
    vec![
        Variant::new("serde_json::from_str, line by line", move || {
            for line in same_lines.lines() {
                black_box(serde_json::from_str::<Event>(line)?);
            }
            Ok(Box::new(()))
        }),
        read_events("EventReader, lines", lines).at_most(1.15),
        read_events("EventReader, a page", text(events, Mix::default())),
        read_events_through("EventReader, a page through a BufReader of 8 KiB", text(events, Mix::default())),
        read_thin("a thin borrowed type through next_raw, a page", text(events, Mix::default())),
        read_thin_at_once("a thin type through of and last_raw, a page", text(events, Mix::default())),
    ]
}

/// Returns the ways to read a page with `EventReader`: if all its events are good, and if all have the same fault.
fn broken(events: usize) -> Vec<Variant> {
    let text = text(events, Mix::default());
    let early = text.replace(r#""resource":""#, r#""resource":7,"x":""#);
    let missing = text.replace(r#""actorId""#, r#""actor""#);
    let comma = text.replace("}}", ",}}");
    vec![
        read_events("good events", text),
        read_broken("a property at the beginning has a wrong type", early),
        read_broken("a property is missing", missing).at_most(3.0),
        read_broken("a comma too many at the end", comma).at_most(3.0),
    ]
}

/// Returns a variant that reads `text` as a `T` with serde_json.
pub(crate) fn read<T: DeserializeOwned + 'static>(name: &'static str, text: &Rc<str>) -> Variant {
    let text = Rc::clone(text);
    Variant::new(name, move || Ok(Box::new(serde_json::from_str::<T>(&text)?)))
}

/// Returns a variant that writes a `T`, read from `text` beforehand, with serde_json.
fn write<T: DeserializeOwned + Serialize + 'static>(name: &'static str, text: &Rc<str>) -> Variant {
    write_by::<T>(name, text, |page| Ok(serde_json::to_string(page)?))
}

/// Returns a variant that writes a `T`, read from `text` beforehand, with `write`.
fn write_by<T: DeserializeOwned + 'static>(
    name: &'static str,
    text: &str,
    write: fn(&T) -> Result<String, Box<dyn Error>>,
) -> Variant {
    let page = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
    Variant::new(name, move || Ok(Box::new(write(page.as_ref().map_err(Clone::clone)?)?)))
}

/// Returns a variant that reads the events of `text` with `EventReader`, through a `BufReader`, and drops each at once.
fn read_events_through(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        for event in EventReader::new(BufReader::new(text.as_bytes())) {
            black_box(event?);
        }
        Ok(Box::new(()))
    })
}

/// A text that is borrowed if it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(
    #[serde(borrow)]
    #[allow(dead_code, reason = "only reading it is measured")]
    Cow<'a, str>,
);

/// The properties by which a program decides whether it needs the whole event.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only reading them is measured")]
struct Thin<'a> {
    id: &'a str,
    resource: &'a str,
    #[serde(rename = "type")]
    type_: &'a str,
    #[serde(borrow)]
    org_id: Option<Text<'a>>,
}

/// Returns the way to read a few properties of each event in `text`, by `EventReader::next_raw`.
fn read_thin(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        let mut reader = EventReader::new(text.as_bytes());
        while let Some(raw) = reader.next_raw() {
            black_box(raw?.parse::<Thin>()?);
        }
        Ok(Box::new(()))
    })
}

/// A type with the same properties as [`Thin`], which owns them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only reading them is measured")]
struct OwnedThin {
    id: String,
    resource: EventResource,
    #[serde(rename = "type")]
    type_: EventType,
    org_id: Option<String>,
}

/// Returns the way to read a few properties of each event in `text`, and its text, by `EventReader::of` and `last_raw`.
fn read_thin_at_once(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        let mut reader = EventReader::new(text.as_bytes()).of::<OwnedThin>().pages();
        while let Some(thin) = reader.next() {
            black_box(thin?);
            black_box(reader.last_raw());
        }
        Ok(Box::new(()))
    })
}

/// Returns a variant that reads the events of `text`, which are all broken, with `EventReader`, and drops the errors.
fn read_broken(name: &'static str, text: String) -> Variant {
    Variant::new(name, move || {
        for event in EventReader::new(text.as_bytes()) {
            black_box(event.err().ok_or("an event is good")?);
        }
        Ok(Box::new(()))
    })
}

/// Returns a variant that reads the events of `text` with `EventReader` and drops each at once.
fn read_events(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        for event in EventReader::new(text.as_bytes()) {
            black_box(event?);
        }
        Ok(Box::new(()))
    })
}
