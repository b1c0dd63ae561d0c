//! Reads inputs with events that are broken at random, or very large, and checks that all other events are read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::io::{BufReader, Write};

use lab::events::{UnlistedShares, make_page};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use webex_event::{EventErrorKind, EventReader};

/// The size in bytes of the largest event that the documentation promises to be read.
const MAX_PROMISED_EVENT_BYTES: usize = 64 * 1024 * 1024;

/// The layout of the events in an input.
#[derive(Clone, Copy, Debug)]
enum TestedLayout {
    /// One event on each line.
    Lines,
    /// A page on one line.
    Page,
    /// A page with indentation.
    PrettyPage,
    /// A page with one event on each line.
    PageOverLines,
    /// Several pages, one on each line, each with one event.
    PageALine,
}

/// A fault in the text of an event. The index decides where in the text it is.
#[derive(Clone, Debug)]
enum TextFault {
    /// The text ends at this index.
    Truncated(Index),
    /// The byte at this index is missing.
    Removed(Index),
    /// The byte at this index is replaced by another one.
    Replaced(Index, u8),
    /// These bytes are inserted at this index.
    Inserted(Index, Vec<u8>),
}

impl TextFault {
    /// Puts the fault into `text`, the text of an event.
    fn apply_to(&self, text: &mut Vec<u8>) {
        // Between the outer brackets, which only a truncated text loses.
        let position = |index: &Index| 1 + index.index(text.len() - 2);
        match self {
            Self::Truncated(index) => text.truncate(position(index)),
            Self::Removed(index) => drop(text.remove(position(index))),
            Self::Replaced(index, byte) => {
                let position = position(index);
                text[position] = *byte;
            }
            Self::Inserted(index, bytes) => {
                let position = position(index);
                text.splice(position..position, bytes.iter().copied());
            }
        }
    }
}

/// Returns `count` invented events, whose ids are `0`, `1` and so on.
fn make_event_values(seed: u64, count: usize) -> Vec<Value> {
    let mix = UnlistedShares { unlisted_properties: 2, unlisted_resources: 10 };
    let mut page = make_page(count, mix, seed);
    let items = page["items"].as_array_mut().unwrap();
    for (number, event) in items.iter_mut().enumerate() {
        event["id"] = json!(number.to_string());
    }
    std::mem::take(items)
}

/// Joins `texts`, the texts of events, to an input in the given layout.
fn join_texts_in_layout(texts: &[Vec<u8>], layout: TestedLayout) -> Vec<u8> {
    let (start, separator, end): (&str, &str, &str) = match layout {
        TestedLayout::Lines => ("", "\n", "\n"),
        TestedLayout::Page => ("{\"items\":[", ",", "]}"),
        TestedLayout::PrettyPage => ("{\n  \"items\": [\n", ",\n", "\n  ]\n}\n"),
        TestedLayout::PageOverLines => ("{\"items\":[\n", ",\n", "\n]}\n"),
        TestedLayout::PageALine => ("{\"items\":[", "]}\n{\"items\":[", "]}\n"),
    };
    [start.as_bytes(), &texts.join(separator.as_bytes()), end.as_bytes()].concat()
}

/// Returns the text of an event for the given layout: with indentation for `PrettyPage`, else on one line.
fn write_event_text(event: &Value, layout: TestedLayout) -> Vec<u8> {
    match layout {
        TestedLayout::PrettyPage => serde_json::to_string_pretty(event).unwrap().replace('\n', "\n    ").into_bytes(),
        _ => event.to_string().into_bytes(),
    }
}

/// Reads `input` through a buffer of `buffer_size` bytes. Returns the indexes in `events` of the events that are read
/// unchanged.
fn find_unchanged_events(input: &[u8], events: &[Value], buffer_size: usize) -> BTreeSet<usize> {
    let reader = EventReader::new(BufReader::with_capacity(buffer_size, input));
    let read = reader.filter_map(Result::ok).map(|event| serde_json::to_value(event).unwrap());
    read.filter_map(|event| events.iter().position(|original| *original == event)).collect()
}

/// Returns a strategy for indexes into texts of any length.
fn any_text_index() -> impl Strategy<Value = Index> {
    any::<Index>()
}

/// Returns a strategy for the layouts that are pages.
fn any_page_layout() -> impl Strategy<Value = TestedLayout> {
    proptest::sample::select(
        &[TestedLayout::Page, TestedLayout::PrettyPage, TestedLayout::PageOverLines, TestedLayout::PageALine][..],
    )
}

/// Returns a strategy for all faults.
fn any_fault() -> impl Strategy<Value = TextFault> {
    prop_oneof![
        any_text_index().prop_map(TextFault::Truncated),
        any_text_index().prop_map(TextFault::Removed),
        (any_text_index(), any::<u8>()).prop_map(|(index, byte)| TextFault::Replaced(index, byte)),
        (any_text_index(), vec(any::<u8>(), 1..20)).prop_map(|(index, bytes)| TextFault::Inserted(index, bytes)),
    ]
}

/// Returns a strategy for faults after which the end of the event can still be found: inserted bytes that are neither
/// brackets, quotes nor backslashes.
fn any_fault_without_brackets() -> impl Strategy<Value = TextFault> {
    let harmless = any::<u8>().prop_filter("the byte is structure", |byte| !b"{}[]\"\\".contains(byte));
    (any_text_index(), vec(harmless, 1..20)).prop_map(|(index, bytes)| TextFault::Inserted(index, bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_lines_without_a_fault_are_read(
        seed: u64, buffer_size in 1_usize..5_000, faults in vec(proptest::option::of(any_fault()), 1..7),
    ) {
        let events = make_event_values(seed, faults.len());
        let mut texts: Vec<_> = events.iter().map(|event| write_event_text(event, TestedLayout::Lines)).collect();
        for (text, fault) in texts.iter_mut().zip(&faults) {
            fault.iter().for_each(|fault| fault.apply_to(text));
        }
        let read = find_unchanged_events(&join_texts_in_layout(&texts, TestedLayout::Lines), &events, buffer_size);
        for (number, fault) in faults.iter().enumerate() {
            prop_assert!(fault.is_some() || read.contains(&number), "{number} is lost: {read:?}");
        }
    }

    #[test]
    fn all_page_elements_without_a_fault_are_read(
        seed: u64, buffer_size in 1_usize..5_000, faults in vec(proptest::option::of(any_fault_without_brackets()), 1..7),
        layout in any_page_layout(),
    ) {
        let events = make_event_values(seed, faults.len());
        let mut texts: Vec<_> = events.iter().map(|event| write_event_text(event, layout)).collect();
        for (text, fault) in texts.iter_mut().zip(&faults) {
            fault.iter().for_each(|fault| fault.apply_to(text));
        }
        let read = find_unchanged_events(&join_texts_in_layout(&texts, layout), &events, buffer_size);
        for (number, fault) in faults.iter().enumerate() {
            prop_assert!(fault.is_some() || read.contains(&number), "{number} is lost: {read:?}");
        }
    }

    /// After such a fault, the end of the broken event may not be found.
    #[test]
    fn all_page_elements_before_a_fault_are_read(
        seed: u64, buffer_size in 1_usize..5_000, count in 1_usize..7, broken: Index, fault in any_fault(),
        layout in any_page_layout(),
    ) {
        let events = make_event_values(seed, count);
        let mut texts: Vec<_> = events.iter().map(|event| write_event_text(event, layout)).collect();
        let broken = broken.index(count);
        fault.apply_to(&mut texts[broken]);
        let read = find_unchanged_events(&join_texts_in_layout(&texts, layout), &events, buffer_size);
        prop_assert!((0..broken).all(|number| read.contains(&number)), "only {read:?} before {broken}");
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(
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

/// Returns an input of three events, of which the second has `size` bytes: `start`, then the events with `separator`
/// between them, then `end`.
fn make_input_with_large_event(size: usize, start: &str, separator: &str, end: &str) -> Vec<u8> {
    let event = |text: &str| {
        format!(
            r#"{{"id":"1","resource":"rooms","type":"created","actorId":"a","created":"t","data":{{"text":"{text}"}}}}"#
        )
    };
    let mut input = Vec::with_capacity(size + 1_000);
    let large = event(&"x".repeat(size - event("").len()));
    write!(input, "{start}{}{separator}{large}{separator}{}{end}", event(""), event("")).unwrap();
    input
}

#[test]
fn event_of_the_default_limit_is_read_and_a_larger_one_is_an_error() {
    for (start, separator, end) in [("", "\n", "\n"), ("{\"items\":[", ",", "]}")] {
        let all: Vec<_> =
            EventReader::new(&make_input_with_large_event(MAX_PROMISED_EVENT_BYTES, start, separator, end)[..])
                .collect();
        assert!(all.len() == 3 && all.iter().all(Result::is_ok));

        let input = make_input_with_large_event(MAX_PROMISED_EVENT_BYTES + 1, start, separator, end);
        let all: Vec<_> = EventReader::new(BufReader::new(&input[..])).collect();
        let [Ok(_), Err(error), Ok(_)] = &all[..] else { panic!("{} items", all.len()) };
        assert_eq!(error.kind(), EventErrorKind::TooLarge);
        assert_eq!(error.message(), "the event is larger than the limit of 67108864 bytes");
    }
}
