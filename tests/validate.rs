//! Checks the feature `validate`, which validates events strictly against the schema.

#![cfg(feature = "validate")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;

use serde_json::{Value, json};
use webex_event::{EVENT_SCHEMA, Event, EventData, validate, validate_with_views};

/// Returns an event that the schema accepts.
fn make_valid_event() -> Value {
    let data = json!({ "text": "x", "recipients": [{}, {"personId": "p"}] });
    json!({ "id": "1", "resource": "rooms", "type": "created", "actorId": "a", "created": "t", "data": data })
}

#[test]
fn valid_event_has_no_violation() {
    assert_eq!(validate(&make_valid_event()), Ok(()));
    assert_eq!(Event::new("1", "rooms", "created", "a", "t", EventData::default()).validate(), Ok(()));
}

#[test]
fn all_violations_are_reported_at_once() {
    let mut event = make_valid_event();
    event.as_object_mut().unwrap().remove("actorId");
    event["resource"] = json!("whiteboards");
    event["data"]["recipients"][1]["personId"] = json!(7);
    event["data"]["text"] = json!(null);
    assert_eq!(
        validate(&event).unwrap_err().to_string(),
        concat!(
            "\"actorId\" is a required property\n",
            "data.recipients[1].personId: 7 is not of type \"string\"\n",
            "data.text: null is not of type \"string\"\n",
            "resource: \"whiteboards\" is not one of \"attachmentActions\", \"businessTexts\" or 11 other candidates",
        )
    );
}

#[test]
fn keyword_of_a_violation_points_into_the_schema() {
    let schema: Value = serde_json::from_str(EVENT_SCHEMA).unwrap();
    let mut event = make_valid_event();
    event["resource"] = json!("whiteboards");
    let violation = validate(&event).unwrap_err().into_iter().next().unwrap();
    assert!(schema.pointer(&violation.keyword).is_some_and(Value::is_array), "{}", violation.keyword);
}

/// The view of the event's own resource decides, and what the schema of events says is checked too.
#[test]
fn data_is_validated_by_the_schema_of_its_view() {
    let mut event = make_valid_event();
    event["data"]["isLocked"] = json!("no");
    event["data"]["text"] = json!(1);
    let violations = |event: &Value| validate_with_views(event).map_err(|violations| violations.to_string());
    let text = "data.text: 1 is not of type \"string\"";
    assert_eq!(violations(&event), Err(format!("data.isLocked: \"no\" is not of type \"boolean\"\n{text}")));
    event["resource"] = json!("messages");
    event["data"]["text"] = json!("x");
    assert_eq!(violations(&event), Ok(()));
    assert_eq!(serde_json::from_value::<Event>(event).unwrap().validate_with_views(), Ok(()));
}

/// Reading accepts values that the schema does not allow; `Event::validate` reports them.
#[test]
fn event_that_was_read_can_be_validated() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/real_events");
    let violations = |name: &str| {
        let text = fs::read_to_string(format!("{folder}/{name}.json")).unwrap();
        serde_json::from_str::<Event>(&text).unwrap().validate().map_err(|violations| violations.to_string())
    };
    assert_eq!(violations("app_id_null"), Err("appId: null is not of type \"string\"".into()));
    assert_eq!(violations("memberships_data"), Ok(()));
}

#[test]
fn violations_are_send_and_sync() {
    fn assert_error_is_send_and_sync<T: Send + Sync + std::error::Error + 'static>() {}
    assert_error_is_send_and_sync::<webex_event::Violations>();
}
