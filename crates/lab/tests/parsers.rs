//! Checks that a page with unlisted resources and properties is written back unchanged through each JSON parser.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use lab::events::{UnlistedShares, make_page};
use serde_json::Value;
use webex_event::EventPage;

/// The number of events in the page.
const EVENTS_IN_PAGE: usize = 1_000;

/// Returns a page of [`EVENTS_IN_PAGE`] events with unlisted properties and resources.
fn make_page_with_unlisted_values() -> Value {
    make_page(EVENTS_IN_PAGE, UnlistedShares { unlisted_properties: 5, unlisted_resources: 5 }, 7)
}

/// Returns the number of events of `read` that are written exactly as they are in `page`.
fn count_unchanged_events(read: &EventPage, page: &Value) -> usize {
    let written: Value = serde_json::to_value(read).unwrap();
    let pairs = written["items"].as_array().unwrap().iter().zip(page["items"].as_array().unwrap());
    pairs.filter(|(written, original)| written == original).count()
}

#[test]
fn page_is_written_back_unchanged_through_serde_json() {
    let page = make_page_with_unlisted_values();
    let read: EventPage = serde_json::from_str(&page.to_string()).unwrap();
    assert_eq!(count_unchanged_events(&read, &page), EVENTS_IN_PAGE);
    let text = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), page);
}

#[test]
fn page_is_written_back_unchanged_through_simd_json() {
    let page = make_page_with_unlisted_values();
    let mut text = page.to_string().into_bytes();
    let read: EventPage = simd_json::serde::from_slice(&mut text).unwrap();
    assert_eq!(count_unchanged_events(&read, &page), EVENTS_IN_PAGE);
    let text = simd_json::serde::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), page);
}

#[test]
fn page_is_written_back_unchanged_through_sonic_rs() {
    let page = make_page_with_unlisted_values();
    let read: EventPage = sonic_rs::from_str(&page.to_string()).unwrap();
    assert_eq!(count_unchanged_events(&read, &page), EVENTS_IN_PAGE);
    let text = sonic_rs::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), page);
}
