//! Checks the feature `jiff`: methods of the views that return texts as times.

#![cfg(feature = "jiff")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it, in functions that tests call too")]

use serde_json::{Value, json};
use webex_event::{Event, EventView};

/// Returns an event of `resource` with the given `data`.
fn make_event(resource: &str, data: Value) -> Event {
    let event =
        json!({ "id": "1", "resource": resource, "type": "created", "actorId": "a", "created": "t", "data": data });
    serde_json::from_value(event).unwrap()
}

#[test]
fn timestamp_methods_parse_texts_as_times() {
    let event = make_event("messages", json!({ "created": "2026-10-05T11:15:00.250+02:00" }));
    let EventView::Message(message) = event.view() else { panic!("{event:?}") };
    assert_eq!(message.created(), Some("2026-10-05T11:15:00.250+02:00"));
    assert_eq!(message.created_timestamp(), Some("2026-10-05T09:15:00.25Z".parse().unwrap()));
    assert_eq!(message.updated_timestamp(), None);
}

/// `get` returns the value nevertheless.
#[test]
fn timestamp_methods_return_none_for_other_values() {
    let event = make_event("meetings", json!({ "start": "on Monday", "end": 7 }));
    let EventView::Meeting(meeting) = event.view() else { panic!("{event:?}") };
    assert_eq!((meeting.start_timestamp(), meeting.end_timestamp()), (None, None));
    assert_eq!(meeting.start(), Some("on Monday"));
    assert_eq!(meeting.get("end").and_then(|end| end.as_i64()), Some(7));
}
