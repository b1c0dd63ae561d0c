//! Checks that events of the live service that differ from the published schema are read, and written back unchanged.
//! Each file in `real_events/` has an event with one difference.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use webex_event::{Event, EventPage, EventResource, EventType};

/// Most events in a page of the API.
const MAX_PAGE_EVENTS: usize = 1_000;

/// Returns the folder with the events.
fn events_folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real_events"))
}

/// Returns the text of `real_events/NAME.json`, where `NAME` is `name`.
fn read_text(name: &str) -> String {
    fs::read_to_string(events_folder().join(format!("{name}.json"))).unwrap()
}

/// Reads the event in `real_events/NAME.json`, where `NAME` is `name`, and checks that it is written back unchanged.
fn read_event(name: &str) -> Event {
    let text = read_text(name);
    let event: Event = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    event
}

/// Returns the names of the properties in `data` that the schema does not define, in alphabetical order.
fn unlisted_names(event: &Event) -> Vec<&str> {
    let mut names: Vec<&str> = event.data.extra.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[test]
fn org_id_is_absent() {
    assert_eq!(read_event("org_id_absent").org_id, None);
}

#[test]
fn app_id_is_null() {
    assert_eq!(read_event("app_id_null").app_id, None);
}

#[test]
fn app_id_is_absent() {
    assert_eq!(read_event("app_id_absent").app_id, None);
}

#[test]
fn app_id_is_the_text_null() {
    assert_eq!(read_event("app_id_text_null").app_id.as_deref(), Some("null"));
}

#[test]
fn files_are_read() {
    let event = read_event("type_read_of_files");
    assert_eq!((event.resource, event.type_), (EventResource::Files, EventType::Read));
}

#[test]
fn file_transcodings_are_read() {
    let event = read_event("type_read_of_file_transcodings");
    assert_eq!((event.resource, event.type_), (EventResource::FileTranscodings, EventType::Read));
}

#[test]
fn resource_is_unlisted() {
    let event = read_event("unlisted_resource");
    assert!(matches!(event.resource, EventResource::Unknown(text) if text == "whiteboards"));
}

#[test]
fn type_is_unlisted() {
    let event = read_event("unlisted_type");
    assert!(matches!(event.type_, EventType::Unknown(text) if text == "pinned"));
}

#[test]
fn memberships_have_unlisted_data() {
    let event = read_event("memberships_data");
    assert_eq!(
        unlisted_names(&event),
        ["isModerator", "isMonitor", "isRoomHidden", "personDisplayName", "personOrgId"]
    );
    assert_eq!(event.data.extra["isRoomHidden"], json!(true));
}

#[test]
fn messages_have_unlisted_data() {
    let event = read_event("messages_data");
    let names =
        ["attachments", "files", "html", "markdown", "mentionedGroups", "mentionedPeople", "parentId", "updated"];
    assert_eq!(unlisted_names(&event), names);
}

#[test]
fn rooms_have_unlisted_data() {
    assert_eq!(unlisted_names(&read_event("rooms_data")), ["isLocked", "lastActivity", "teamId", "title"]);
}

#[test]
fn tabs_have_unlisted_data() {
    assert_eq!(unlisted_names(&read_event("tabs_data")), ["contentUrl", "displayName"]);
}

#[test]
fn attachment_actions_have_unlisted_data() {
    let event = read_event("attachment_actions_data");
    assert_eq!(unlisted_names(&event), ["inputs", "messageId"]);
    assert_eq!(event.data.type_.as_deref(), Some("submit"));
}

#[test]
fn meetings_have_unlisted_data() {
    let event = read_event("meetings_data");
    let names = ["end", "hostEmail", "hostUserId", "meetingType", "siteUrl", "start", "state", "timezone", "title"];
    assert_eq!(unlisted_names(&event), names);
}

#[test]
fn deleted_message_has_no_text() {
    let event = read_event("message_deleted");
    assert_eq!((event.data.text, event.data.created), (None, None));
}

#[test]
fn timestamp_keeps_its_milliseconds() {
    assert_eq!(read_event("timestamp_milliseconds").created, "2026-11-05T13:33:46.417Z");
}

#[test]
fn timestamp_keeps_its_offset() {
    assert_eq!(read_event("timestamp_offset").created, "2026-10-18T14:26:16+00:00");
}

#[test]
fn timestamp_without_fraction_gets_none() {
    assert_eq!(read_event("timestamp_seconds").created, "2026-05-14T20:25:19Z");
}

#[test]
fn full_page_comes_back() {
    let files = fs::read_dir(events_folder()).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let events: Vec<Value> = files.map(|text| serde_json::from_str(&text).unwrap()).collect();
    let items: Vec<Value> = events.into_iter().cycle().take(MAX_PAGE_EVENTS).collect();
    let page = json!({ "items": items });

    let read: EventPage = serde_json::from_str(&page.to_string()).unwrap();

    assert_eq!(read.items.len(), MAX_PAGE_EVENTS);
    assert_eq!(serde_json::to_value(&read).unwrap(), page);
}

#[test]
fn event_without_its_text_keeps_all_else() {
    let mut event = read_event("messages_data");
    let mut expected: Value = serde_json::from_str(&read_text("messages_data")).unwrap();

    event.data.text = None;
    expected["data"].as_object_mut().unwrap().remove("text");

    assert_eq!(serde_json::to_value(&event).unwrap(), expected);
}
