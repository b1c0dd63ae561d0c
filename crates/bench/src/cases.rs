//! The comparisons, for every harness: ratios, allocations, instructions, criterion.

use std::any::Any;
use std::error::Error;
use std::hint::black_box;
use std::rc::Rc;

use lab::derived;
use lab::events::{Mix, event_texts, page_text};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webex_event::{Event, EventPage, EventReader};

use crate::{flattened, typified};

/// The events of a page, as many as the API returns at most.
pub const EVENTS: usize = 1_000;

/// What reading or writing gives: it is dropped by the harness, which may not count that.
type Outcome = Result<Box<dyn Any>, Box<dyn Error>>;

/// One way of doing what is compared.
pub struct Variant {
    /// What does it, into or from what.
    pub name: &'static str,
    /// The most that it may take of what the first variant takes.
    pub target: Option<f64>,
    run: Box<dyn Fn() -> Outcome>,
}

impl Variant {
    fn new(name: &'static str, run: impl Fn() -> Outcome + 'static) -> Self {
        Self { name, target: None, run: Box::new(run) }
    }

    fn at_most(self, target: f64) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Does it once.
    ///
    /// # Panics
    /// When it fails, since what fails must not be taken for fast.
    #[allow(clippy::panic, reason = "the inputs are ours: a failure is a fault of the bench")]
    pub fn run(&self) -> Box<dyn Any> {
        (self.run)().unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// Ways of doing the same.
pub struct Comparison {
    /// What is done.
    pub name: &'static str,
    make: fn(usize) -> Vec<Variant>,
}

impl Comparison {
    /// Who does it, ready to run on a page of so many events; the first is what the others are compared with.
    #[must_use]
    pub fn variants(&self, events: usize) -> Vec<Variant> {
        (self.make)(events)
    }
}

/// All comparisons.
#[must_use]
pub fn all() -> Vec<Comparison> {
    [parse(), serialize(), reader()].into_iter().flatten().collect()
}

/// Reading a page.
#[must_use]
pub fn parse() -> Vec<Comparison> {
    vec![
        Comparison { name: "parse", make: |events| from_text(events, Mix::default(), 1.00) },
        Comparison {
            name: "parse, five unlisted properties an event",
            make: |events| from_text(events, UNLISTED_PROPERTIES, 1.10),
        },
        Comparison {
            name: "parse, 5 % of unlisted resources",
            make: |events| from_text(events, UNLISTED_RESOURCES, 1.00),
        },
        Comparison { name: "parse bytes", make: |events| from_bytes(events, Mix::default()) },
        Comparison {
            name: "parse bytes, five unlisted properties an event",
            make: |events| from_bytes(events, UNLISTED_PROPERTIES),
        },
    ]
}

/// Writing a page.
#[must_use]
pub fn serialize() -> Vec<Comparison> {
    vec![
        Comparison { name: "serialize", make: |events| to_text(events, Mix::default(), 1.00) },
        Comparison {
            name: "serialize, five unlisted properties an event",
            make: |events| to_text(events, UNLISTED_PROPERTIES, 1.15),
        },
    ]
}

/// Reading events from a stream.
#[must_use]
pub fn reader() -> Vec<Comparison> {
    vec![Comparison { name: "events one by one, dropped at once", make: one_by_one }]
}

const SEED: u64 = 7;
const UNLISTED_PROPERTIES: Mix = Mix { unlisted_properties: 5, unlisted_resources: 0 };
const UNLISTED_RESOURCES: Mix = Mix { unlisted_properties: 0, unlisted_resources: 5 };

fn text(events: usize, mix: Mix) -> Rc<str> {
    page_text(events, mix, SEED).into()
}

fn from_text(events: usize, mix: Mix, target: f64) -> Vec<Variant> {
    let text = text(events, mix);
    let (simd, sonic) = (Rc::clone(&text), Rc::clone(&text));
    let typify =
        (mix.unlisted_resources == 0).then(|| read::<typified::EventPage>("typify, loses what is unlisted", &text));
    let mut variants = vec![
        read::<derived::EventPage>("serde derive, loses what is unlisted", &text),
        read::<derived::EventPage>("the same again: the noise", &text),
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

fn from_bytes(events: usize, mix: Mix) -> Vec<Variant> {
    let text = text(events, mix);
    let [theirs, again, ours] = [Rc::clone(&text), Rc::clone(&text), text];
    vec![
        Variant::new("serde_json::from_slice into ours", move || {
            Ok(Box::new(serde_json::from_slice::<EventPage>(theirs.as_bytes())?))
        }),
        Variant::new("the same again: the noise", move || {
            Ok(Box::new(serde_json::from_slice::<EventPage>(again.as_bytes())?))
        }),
        Variant::new("webex_event::from_slice", move || {
            Ok(Box::new(webex_event::from_slice::<EventPage>(ours.as_bytes())?))
        })
        .at_most(0.80),
    ]
}

fn to_text(events: usize, mix: Mix, target: f64) -> Vec<Variant> {
    let text = &text(events, mix);
    vec![
        write::<derived::EventPage>("serde derive, has lost what is unlisted", text),
        write::<derived::EventPage>("the same again: the noise", text),
        write::<EventPage>("ours", text).at_most(target),
        write::<flattened::EventPage>("serde(flatten)", text),
        write::<typified::EventPage>("typify, has lost what is unlisted", text),
        write::<Value>("serde_json::Value", text),
        write_by::<EventPage>("sonic-rs from ours", text, |page| Ok(sonic_rs::to_string(page)?)),
        write_by::<EventPage>("simd-json from ours", text, |page| Ok(simd_json::serde::to_string(page)?)),
    ]
}

fn one_by_one(events: usize) -> Vec<Variant> {
    let lines = event_texts(events, Mix::default(), SEED).join("\n");
    let [bare, lines]: [Rc<str>; 2] = [lines.as_str().into(), lines.into()];
    vec![
        Variant::new("serde_json::from_str, line by line", move || {
            for line in bare.lines() {
                black_box(serde_json::from_str::<Event>(line)?);
            }
            Ok(Box::new(()))
        }),
        read_events("EventReader, lines", lines).at_most(1.15),
        read_events("EventReader, a page", text(events, Mix::default())),
    ]
}

fn read<T: DeserializeOwned + 'static>(name: &'static str, text: &Rc<str>) -> Variant {
    let text = Rc::clone(text);
    Variant::new(name, move || Ok(Box::new(serde_json::from_str::<T>(&text)?)))
}

fn write<T: DeserializeOwned + Serialize + 'static>(name: &'static str, text: &Rc<str>) -> Variant {
    write_by::<T>(name, text, |page| Ok(serde_json::to_string(page)?))
}

fn write_by<T: DeserializeOwned + 'static>(
    name: &'static str,
    text: &str,
    write: fn(&T) -> Result<String, Box<dyn Error>>,
) -> Variant {
    let page = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
    Variant::new(name, move || Ok(Box::new(write(page.as_ref().map_err(Clone::clone)?)?)))
}

fn read_events(name: &'static str, text: Rc<str>) -> Variant {
    Variant::new(name, move || {
        for event in EventReader::new(text.as_bytes()) {
            black_box(event?);
        }
        Ok(Box::new(()))
    })
}
