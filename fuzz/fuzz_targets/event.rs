//! Reads any bytes as an event and as a page with each parser. The result is an error, or a value that is
//! unchanged after it is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;
use webex_event::{Event, EventPage};

fuzz_target!(|bytes: &[u8]| {
    read_with_all_parsers::<Event>(bytes);
    read_with_all_parsers::<EventPage>(bytes);
});

/// Reads `bytes` as a `T` with each parser, and checks that what is read survives a round trip. serde_json must
/// accept the same inputs as bytes and as text.
fn read_with_all_parsers<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    let read = serde_json::from_slice::<T>(bytes);
    if let Ok(event) = &read {
        assert_round_trip(event);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(serde_json::from_str::<T>(text).is_ok(), read.is_ok());
    }
    if let Ok(event) = simd_json::serde::from_slice::<T>(&mut bytes.to_vec()) {
        assert_round_trip(&event);
    }
    if let Ok(event) = sonic_rs::from_slice::<T>(bytes) {
        assert_round_trip(&event);
    }
}

/// Checks that a value is equal to itself after it is written as JSON and read again.
fn assert_round_trip<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(event: &T) {
    let value = serde_json::to_value(event).expect("an event can be written");
    let again: T = serde_json::from_value(value).expect("what was written can be read");
    assert_eq!(*event, again);
}
