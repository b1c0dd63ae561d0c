//! Events out of inputs that are large or broken at random: what is not hit is read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::io::{BufReader, Write};

use lab::events::{Mix, page};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use webex_event::{EventErrorKind, EventReader};

/// The size that the documentation promises to be read.
const LIMIT: usize = 64 * 1024 * 1024;

/// How events are laid out.
#[derive(Clone, Copy, Debug)]
enum Form {
    Lines,
    Page,
    PrettyPage,
    PageOverLines,
    PageALine,
}

/// What happens to the text of an event.
#[derive(Clone, Debug)]
enum Fault {
    Truncated(Index),
    Removed(Index),
    Replaced(Index, u8),
    Inserted(Index, Vec<u8>),
}

impl Fault {
    fn hits(&self, text: &mut Vec<u8>) {
        // The outer brackets stay but for a truncated text, which is a fault of lines.
        let within = |index: &Index| 1 + index.index(text.len() - 2);
        match self {
            Self::Truncated(index) => text.truncate(within(index)),
            Self::Removed(index) => drop(text.remove(within(index))),
            Self::Replaced(index, byte) => {
                let at = within(index);
                text[at] = *byte;
            }
            Self::Inserted(index, bytes) => {
                let at = within(index);
                text.splice(at..at, bytes.iter().copied());
            }
        }
    }
}

fn events(seed: u64, count: usize) -> Vec<Value> {
    let mix = Mix { unlisted_properties: 2, unlisted_resources: 10 };
    let mut page = page(count, mix, seed);
    let items = page["items"].as_array_mut().unwrap();
    for (number, event) in items.iter_mut().enumerate() {
        event["id"] = json!(number.to_string());
    }
    std::mem::take(items)
}

fn laid_out(texts: &[Vec<u8>], form: Form) -> Vec<u8> {
    let (start, between, end): (&str, &str, &str) = match form {
        Form::Lines => ("", "\n", "\n"),
        Form::Page => ("{\"items\":[", ",", "]}"),
        Form::PrettyPage => ("{\n  \"items\": [\n", ",\n", "\n  ]\n}\n"),
        Form::PageOverLines => ("{\"items\":[\n", ",\n", "\n]}\n"),
        Form::PageALine => ("{\"items\":[", "]}\n{\"items\":[", "]}\n"),
    };
    [start.as_bytes(), &texts.join(between.as_bytes()), end.as_bytes()].concat()
}

/// The text of an event in a form.
fn text(event: &Value, form: Form) -> Vec<u8> {
    match form {
        Form::PrettyPage => serde_json::to_string_pretty(event).unwrap().replace('\n', "\n    ").into_bytes(),
        _ => event.to_string().into_bytes(),
    }
}

/// The numbers of the events that are read as they were.
fn read(input: &[u8], events: &[Value], piece: usize) -> BTreeSet<usize> {
    let reader = EventReader::new(BufReader::with_capacity(piece, input));
    let read = reader.filter_map(Result::ok).map(|event| serde_json::to_value(event).unwrap());
    read.filter_map(|event| events.iter().position(|original| *original == event)).collect()
}

fn index() -> impl Strategy<Value = Index> {
    any::<Index>()
}

fn any_fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        index().prop_map(Fault::Truncated),
        index().prop_map(Fault::Removed),
        (index(), any::<u8>()).prop_map(|(index, byte)| Fault::Replaced(index, byte)),
        (index(), vec(any::<u8>(), 1..20)).prop_map(|(index, bytes)| Fault::Inserted(index, bytes)),
    ]
}

/// One that leaves the brackets of a page alone: text that is no bracket, quote or backslash comes in.
fn fault_without_brackets() -> impl Strategy<Value = Fault> {
    let harmless = any::<u8>().prop_filter("structure", |byte| !b"{}[]\"\\".contains(byte));
    (index(), vec(harmless, 1..20)).prop_map(|(index, bytes)| Fault::Inserted(index, bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_that_are_not_hit_are_read(
        seed: u64, piece in 1_usize..5_000, faults in vec(proptest::option::of(any_fault()), 1..7),
    ) {
        let events = events(seed, faults.len());
        let mut texts: Vec<_> = events.iter().map(|event| text(event, Form::Lines)).collect();
        for (text, fault) in texts.iter_mut().zip(&faults) {
            fault.iter().for_each(|fault| fault.hits(text));
        }
        let read = read(&laid_out(&texts, Form::Lines), &events, piece);
        for (number, fault) in faults.iter().enumerate() {
            prop_assert!(fault.is_some() || read.contains(&number), "{number} is lost: {read:?}");
        }
    }

    #[test]
    fn elements_that_are_not_hit_are_read(
        seed: u64, piece in 1_usize..5_000, faults in vec(proptest::option::of(fault_without_brackets()), 1..7),
        form in prop_oneof![Just(Form::Page), Just(Form::PrettyPage), Just(Form::PageOverLines), Just(Form::PageALine)],
    ) {
        let events = events(seed, faults.len());
        let mut texts: Vec<_> = events.iter().map(|event| text(event, form)).collect();
        for (text, fault) in texts.iter_mut().zip(&faults) {
            fault.iter().for_each(|fault| fault.hits(text));
        }
        let read = read(&laid_out(&texts, form), &events, piece);
        for (number, fault) in faults.iter().enumerate() {
            prop_assert!(fault.is_some() || read.contains(&number), "{number} is lost: {read:?}");
        }
    }

    /// Also when brackets do not tell where an element ends.
    #[test]
    fn elements_before_a_fault_are_read(
        seed: u64, piece in 1_usize..5_000, count in 1_usize..7, hit: Index, fault in any_fault(),
        form in prop_oneof![Just(Form::Page), Just(Form::PrettyPage), Just(Form::PageOverLines), Just(Form::PageALine)],
    ) {
        let events = events(seed, count);
        let mut texts: Vec<_> = events.iter().map(|event| text(event, form)).collect();
        let hit = hit.index(count);
        fault.hits(&mut texts[hit]);
        let read = read(&laid_out(&texts, form), &events, piece);
        prop_assert!((0..hit).all(|number| read.contains(&number)), "{read:?} before {hit}");
    }

    #[test]
    fn no_bytes_make_a_reader_panic(
        input in vec(prop_oneof![any::<u8>(), proptest::sample::select(&b"{}[]\",:\\\n items"[..])], 0..400),
        limit in 0_usize..100,
    ) {
        let errors = EventReader::new(&input[..]).with_limit(limit).of::<Value>().filter_map(Result::err);
        for error in errors {
            prop_assert!(error.raw().len() <= limit + 1);
            let start = usize::try_from(error.offset()).unwrap();
            prop_assert_eq!(error.raw(), &input[start..start + error.raw().len()]);
        }
    }
}

/// An event of so many bytes, between two others.
fn large(size: usize, start: &str, between: &str, end: &str) -> Vec<u8> {
    let event = |text: &str| {
        format!(
            r#"{{"id":"1","resource":"rooms","type":"created","actorId":"a","created":"t","data":{{"text":"{text}"}}}}"#
        )
    };
    let mut input = Vec::with_capacity(size + 1_000);
    let large = event(&"x".repeat(size - event("").len()));
    write!(input, "{start}{}{between}{large}{between}{}{end}", event(""), event("")).unwrap();
    input
}

#[test]
fn event_of_the_limit_is_read_and_one_past_it_is_not() {
    for (start, between, end) in [("", "\n", "\n"), ("{\"items\":[", ",", "]}")] {
        let all: Vec<_> = EventReader::new(&large(LIMIT, start, between, end)[..]).collect();
        assert!(all.len() == 3 && all.iter().all(Result::is_ok));

        let input = large(LIMIT + 1, start, between, end);
        let all: Vec<_> = EventReader::new(BufReader::new(&input[..])).collect();
        let [Ok(_), Err(error), Ok(_)] = &all[..] else { panic!("{} items", all.len()) };
        assert_eq!(error.kind(), EventErrorKind::TooLarge);
        assert_eq!(error.message(), "the event is larger than the limit of 67108864 bytes");
    }
}
