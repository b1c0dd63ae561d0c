//! Checks that events of the live service that differ from the published schema are read, and written back unchanged.
//! Each file in `real_events/` has an event with one difference.

#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use webex_event::{Event, EventPage, EventResource, EventType};

/// Most events in a page of the API.
const MAX_EVENTS_IN_PAGE: usize = 1_000;

/// Returns the folder with the events.
fn events_folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real_events"))
}

/// Returns the text of `real_events/NAME.json`, where `NAME` is `name`.
fn read_event_text(name: &str) -> String {
    fs::read_to_string(events_folder().join(format!("{name}.json"))).unwrap()
}

/// Reads the event in `real_events/NAME.json`, where `NAME` is `name`, and checks that it is written back unchanged.
fn read_event_round_trip(name: &str) -> Event {
    let text = read_event_text(name);
    let event: Event = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    event
}

/// Returns the names of the properties in `data` that the schema does not define, in alphabetical order.
fn list_unlisted_data_names(event: &Event) -> Vec<&str> {
    let mut names: Vec<&str> = event.data.extra.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[test]
fn event_without_org_id_comes_back() {
    assert_eq!(read_event_round_trip("org_id_absent").org_id, None);
}

#[test]
fn event_with_null_app_id_comes_back() {
    assert_eq!(read_event_round_trip("app_id_null").app_id, None);
}

#[test]
fn event_without_app_id_comes_back() {
    assert_eq!(read_event_round_trip("app_id_absent").app_id, None);
}

#[test]
fn app_id_that_is_the_text_null_is_a_text() {
    assert_eq!(read_event_round_trip("app_id_text_null").app_id.as_deref(), Some("null"));
}

#[test]
fn read_event_of_a_file_is_a_listed_type() {
    let event = read_event_round_trip("type_read_of_files");
    assert_eq!((event.resource, event.type_), (EventResource::Files, EventType::Read));
}

#[test]
fn read_event_of_a_file_preview_is_a_listed_type() {
    let event = read_event_round_trip("type_read_of_file_transcodings");
    assert_eq!((event.resource, event.type_), (EventResource::FileTranscodings, EventType::Read));
}

#[test]
fn unlisted_resource_is_unknown() {
    let event = read_event_round_trip("unlisted_resource");
    assert!(matches!(event.resource, EventResource::Unknown(text) if text == "whiteboards"));
}

#[test]
fn unlisted_type_is_unknown() {
    let event = read_event_round_trip("unlisted_type");
    assert!(matches!(event.type_, EventType::Unknown(text) if text == "pinned"));
}

#[test]
fn unlisted_data_of_memberships_is_kept() {
    let event = read_event_round_trip("memberships_data");
    assert_eq!(
        list_unlisted_data_names(&event),
        ["isModerator", "isMonitor", "isRoomHidden", "personDisplayName", "personOrgId"]
    );
    assert_eq!(event.data.extra["isRoomHidden"], json!(true));
}

#[test]
fn unlisted_data_of_messages_is_kept() {
    let event = read_event_round_trip("messages_data");
    let names =
        ["attachments", "files", "html", "markdown", "mentionedGroups", "mentionedPeople", "parentId", "updated"];
    assert_eq!(list_unlisted_data_names(&event), names);
}

#[test]
fn unlisted_data_of_rooms_is_kept() {
    assert_eq!(
        list_unlisted_data_names(&read_event_round_trip("rooms_data")),
        ["isLocked", "lastActivity", "teamId", "title"]
    );
}

#[test]
fn unlisted_data_of_tabs_is_kept() {
    assert_eq!(list_unlisted_data_names(&read_event_round_trip("tabs_data")), ["contentUrl", "displayName"]);
}

#[test]
fn unlisted_data_of_attachment_actions_is_kept() {
    let event = read_event_round_trip("attachment_actions_data");
    assert_eq!(list_unlisted_data_names(&event), ["inputs", "messageId"]);
    assert_eq!(event.data.type_.as_deref(), Some("submit"));
}

#[test]
fn unlisted_data_of_meetings_is_kept() {
    let event = read_event_round_trip("meetings_data");
    let names = ["end", "hostEmail", "hostUserId", "meetingType", "siteUrl", "start", "state", "timezone", "title"];
    assert_eq!(list_unlisted_data_names(&event), names);
}

#[test]
fn deleted_message_without_text_comes_back() {
    let event = read_event_round_trip("message_deleted");
    assert_eq!((event.data.text, event.data.created), (None, None));
}

#[test]
fn timestamp_keeps_its_milliseconds() {
    assert_eq!(read_event_round_trip("timestamp_milliseconds").created, "2026-11-05T13:33:46.417Z");
}

#[test]
fn timestamp_keeps_its_offset() {
    assert_eq!(read_event_round_trip("timestamp_offset").created, "2026-10-18T14:26:16+00:00");
}

#[test]
fn timestamp_without_fraction_is_unchanged() {
    assert_eq!(read_event_round_trip("timestamp_seconds").created, "2026-05-14T20:25:19Z");
}

#[test]
fn full_page_is_written_back_unchanged() {
    let files = fs::read_dir(events_folder()).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let events: Vec<Value> = files.map(|text| serde_json::from_str(&text).unwrap()).collect();
    let items: Vec<Value> = events.into_iter().cycle().take(MAX_EVENTS_IN_PAGE).collect();
    let page = json!({ "items": items });

    let read: EventPage = serde_json::from_str(&page.to_string()).unwrap();

    assert_eq!(read.items.len(), MAX_EVENTS_IN_PAGE);
    assert_eq!(serde_json::to_value(&read).unwrap(), page);
}

#[test]
fn event_whose_text_is_removed_keeps_all_else() {
    let mut event = read_event_round_trip("messages_data");
    let mut expected: Value = serde_json::from_str(&read_event_text("messages_data")).unwrap();

    event.data.text = None;
    expected["data"].as_object_mut().unwrap().remove("text");

    assert_eq!(serde_json::to_value(&event).unwrap(), expected);
}
