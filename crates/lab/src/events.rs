//! Makes pages of invented events with properties and values that the schema does not list. One seed always gives the
//! same page.

use serde_json::{Value, json};

use crate::random::RandomNumbers;

/// How much of a page the schema does not list; nothing by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct UnlistedShares {
    /// The number of unlisted properties of each event. They are put in turn into the event itself and into its `data`.
    pub unlisted_properties: usize,
    /// The percentage of events whose resource the schema does not list.
    pub unlisted_resources: u64,
}

/// The values of `resource` that the schema lists.
const LISTED_RESOURCES: &[&str] = &[
    "attachmentActions",
    "businessTexts",
    "call_records",
    "convergedRecordings",
    "file_transcodings",
    "files",
    "meetingMessages",
    "meetings",
    "meetingTranscripts",
    "memberships",
    "messages",
    "rooms",
    "tabs",
];

/// The properties of an event's `data`, in the order in which the service sends them.
const DATA_PROPERTY_NAMES: &[&str] = &[
    "id",
    "roomId",
    "roomType",
    "orgId",
    "text",
    "personId",
    "personEmail",
    "meetingId",
    "creatorId",
    "host",
    "attendees",
    "transcriptionEnabled",
    "recordingEnabled",
    "hasPostMeetingsChat",
    "corelationId",
    "callType",
    "userId",
    "userType",
    "callDirection",
    "isCallAnswered",
    "callDurationSeconds",
    "callStartTime",
    "callAnswerTime",
    "callTransferTime",
    "callingNumber",
    "callingLineId",
    "calledNumber",
    "calledLineId",
    "dialedDigits",
    "callRedirectingNumber",
    "callRedirectedReason",
    "created",
    "type",
    "breakoutSessionId",
    "recipients",
];

/// Returns a page of `count` events as a JSON value; see [`write_page_text`].
pub fn make_page(count: usize, mix: UnlistedShares, seed: u64) -> Value {
    // Never the default `null`: `write_page_text` returns JSON.
    serde_json::from_str(&write_page_text(count, mix, seed)).unwrap_or_default()
}

/// Returns the text of a page of `count` events, `{"items":[…]}`. The events have the schema's resources in turn; 15 %
/// of the optional properties are missing, messages have escapes, and 30 % of the events have a host and attendees,
/// some of which are empty.
pub fn write_page_text(count: usize, mix: UnlistedShares, seed: u64) -> String {
    format!(r#"{{"items":[{}]}}"#, write_event_texts(count, mix, seed).join(","))
}

/// Returns the texts of the events in the page of [`write_page_text`], each on one line.
pub fn write_event_texts(count: usize, mix: UnlistedShares, seed: u64) -> Vec<String> {
    let mut random = RandomNumbers::new(seed);
    (0..count).map(|number| write_event_text(number, mix, &mut random)).collect()
}

/// Returns the text of an event. `number`, which counts the events from 0, decides the resource and the time.
fn write_event_text(number: usize, mix: UnlistedShares, random: &mut RandomNumbers) -> String {
    let is_unlisted = random.is_true_in_percent(mix.unlisted_resources);
    let resource = if is_unlisted { "whiteboards" } else { LISTED_RESOURCES[number % LISTED_RESOURCES.len()] };
    let mut event = JsonObject::default();
    event.add_property("id", json!(make_random_id(random)));
    event.add_property("resource", json!(resource));
    event.add_property("type", json!(if resource == "meetings" { "ended" } else { "created" }));
    event.add_id_often("appId", random);
    event.add_property("actorId", json!(make_random_id(random)));
    event.add_id_often("orgId", random);
    event.add_property("created", json!(format_event_time(number)));
    let mut data = make_event_data(random);
    let mut unlisted = Vec::new();
    for index in 0..mix.unlisted_properties {
        let (name, value) = (format!("unlisted{index}"), make_unlisted_value(index, random));
        if index % 2 == 0 { unlisted.push((name, value)) } else { data.add_property(&name, value) }
    }
    event.0.push(format!(r#""data":{}"#, data.to_text()));
    unlisted.into_iter().for_each(|(name, value)| event.add_property(&name, value));
    event.to_text()
}

/// Returns the `data` of an event, without unlisted properties.
fn make_event_data(random: &mut RandomNumbers) -> JsonObject {
    let mut data = JsonObject::default();
    let has_host = random.is_true_in_percent(30);
    let is_empty = random.is_true_in_percent(30);
    for name in DATA_PROPERTY_NAMES {
        match *name {
            "id" => data.add_property(name, json!(make_random_id(random))),
            "text" if random.is_true_in_percent(15) => {}
            "text" => {
                let text = format!(
                    "Update \"{}\":\n\tsee \u{e9}t\u{e9} \\ {}",
                    random.next_random_number(),
                    make_random_id(random)
                );
                data.add_property(name, json!(text));
            }
            "host" | "attendees" if !has_host => {}
            "host" if is_empty => data.add_property(name, json!({})),
            "host" => data.add_property(name, json!({"id": make_random_id(random), "email": "host@example.com"})),
            "attendees" if is_empty => data.add_property(name, json!([])),
            "attendees" => data.add_property(name, json!([make_random_id(random), {"id": make_random_id(random)}])),
            "recipients" if random.is_true_in_percent(70) => {}
            "recipients" => {
                data.add_property(name, json!([{"personId": make_random_id(random), "personEmail": "to@example.com"}]))
            }
            _ => data.add_id_often(name, random),
        }
    }
    data
}

/// A JSON object as the texts of its properties, such as `"id":"x"`, in the order in which they were added. A
/// `serde_json::Value` would sort them by name.
#[derive(Default)]
struct JsonObject(Vec<String>);

impl JsonObject {
    /// Adds the property `name` with the value `value`.
    fn add_property(&mut self, name: &str, value: Value) {
        self.0.push(format!("{}:{value}", json!(name)));
    }

    /// Adds the property `name` with a random id as its value in 85 % of the calls, and nothing in the others.
    fn add_id_often(&mut self, name: &str, random: &mut RandomNumbers) {
        if !random.is_true_in_percent(15) {
            self.add_property(name, json!(make_random_id(random)));
        }
    }

    /// Returns the object as JSON text: `{"id":"x"}`.
    fn to_text(&self) -> String {
        format!("{{{}}}", self.0.join(","))
    }
}

/// Returns a value for an unlisted property. `index` decides its JSON type.
fn make_unlisted_value(index: usize, random: &mut RandomNumbers) -> Value {
    match index % 5 {
        0 => json!(make_random_id(random)),
        1 => json!(random.is_true_in_percent(50)),
        2 => json!({"nested": [1, 2.5, null, "x"]}),
        3 => json!(random.next_random_number() % 1_000_000),
        _ => json!(["a", "b"]),
    }
}

/// Returns the time of the event with the number `number`, such as `2026-11-01T00:00:59.324Z`.
fn format_event_time(number: usize) -> String {
    format!("2026-11-{:02}T{:02}:{:02}:59.324Z", 1 + number % 28, number % 24, number % 60)
}

/// Returns a random id in the form of Webex's ids.
fn make_random_id(random: &mut RandomNumbers) -> String {
    format!("Y2lzY29zcGFyazovL3VzL{:016X}{:016X}", random.next_random_number(), random.next_random_number())
}
