//! Any bytes as an event and as a page, through each parser: an error, or what comes back the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;
use webex_event::{Event, EventPage};

fuzz_target!(|bytes: &[u8]| {
    through_all::<Event>(bytes);
    through_all::<EventPage>(bytes);
});

fn through_all<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    let read = serde_json::from_slice::<T>(bytes);
    if let Ok(event) = &read {
        same_again(event);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert_eq!(serde_json::from_str::<T>(text).is_ok(), read.is_ok());
    }
    if let Ok(event) = simd_json::serde::from_slice::<T>(&mut bytes.to_vec()) {
        same_again(&event);
    }
    if let Ok(event) = sonic_rs::from_slice::<T>(bytes) {
        same_again(&event);
    }
}

fn same_again<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(event: &T) {
    let value = serde_json::to_value(event).expect("an event can be written");
    let again: T = serde_json::from_value(value).expect("what was written can be read");
    assert_eq!(*event, again);
}
