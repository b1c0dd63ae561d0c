//! Pages of invented events; the same seed gives the same page.

use serde_json::{Value, json};

use crate::random::Random;

/// The share of properties and values in a page that the schema does not list; none by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mix {
    /// The number of unlisted properties of each event: the first, third, … are in the event, the others in its
    /// `data`.
    pub unlisted_properties: usize,
    /// The percentage of events with an unlisted resource.
    pub unlisted_resources: u64,
}

/// The resources that the schema lists.
const RESOURCES: &[&str] = &[
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
const DATA: &[&str] = &[
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

/// Returns a page of `count` events as a value; see [`page_text`].
pub fn page(count: usize, mix: Mix, seed: u64) -> Value {
    // Never the default `null`: `page_text` returns JSON.
    serde_json::from_str(&page_text(count, mix, seed)).unwrap_or_default()
}

/// Returns the text of a page of `count` events, `{"items":[…]}`. The resources of the schema take turns; 15 % of
/// the optional properties are missing, texts have escapes, and 30 % of the events have a host and attendees,
/// some of them empty.
pub fn page_text(count: usize, mix: Mix, seed: u64) -> String {
    format!(r#"{{"items":[{}]}}"#, event_texts(count, mix, seed).join(","))
}

/// Returns the texts of the events of the page that [`page_text`] returns, each without a line break.
pub fn event_texts(count: usize, mix: Mix, seed: u64) -> Vec<String> {
    let mut random = Random::new(seed);
    (0..count).map(|number| event_text(number, mix, &mut random)).collect()
}

/// Returns the text of the event with a number, from 0; the number decides the resource and the time.
fn event_text(number: usize, mix: Mix, random: &mut Random) -> String {
    let is_unlisted = random.percent(mix.unlisted_resources);
    let resource = if is_unlisted { "whiteboards" } else { RESOURCES[number % RESOURCES.len()] };
    let mut event = Object::default();
    event.put("id", json!(random_id(random)));
    event.put("resource", json!(resource));
    event.put("type", json!(if resource == "meetings" { "ended" } else { "created" }));
    event.put_often("appId", random);
    event.put("actorId", json!(random_id(random)));
    event.put_often("orgId", random);
    event.put("created", json!(event_time(number)));
    let mut data = event_data(random);
    let mut unlisted = Vec::new();
    for index in 0..mix.unlisted_properties {
        let (name, value) = (format!("unlisted{index}"), unlisted_value(index, random));
        if index % 2 == 0 { unlisted.push((name, value)) } else { data.put(&name, value) }
    }
    event.0.push(format!(r#""data":{}"#, data.text()));
    unlisted.into_iter().for_each(|(name, value)| event.put(&name, value));
    event.text()
}

/// Returns the `data` of an event, without unlisted properties.
fn event_data(random: &mut Random) -> Object {
    let mut data = Object::default();
    let has_host = random.percent(30);
    let is_empty = random.percent(30);
    for name in DATA {
        match *name {
            "id" => data.put(name, json!(random_id(random))),
            "text" if random.percent(15) => {}
            "text" => {
                let text = format!("Update \"{}\":\n\tsee \u{e9}t\u{e9} \\ {}", random.number(), random_id(random));
                data.put(name, json!(text));
            }
            "host" | "attendees" if !has_host => {}
            "host" if is_empty => data.put(name, json!({})),
            "host" => data.put(name, json!({"id": random_id(random), "email": "host@example.com"})),
            "attendees" if is_empty => data.put(name, json!([])),
            "attendees" => data.put(name, json!([random_id(random), {"id": random_id(random)}])),
            "recipients" if random.percent(70) => {}
            "recipients" => data.put(name, json!([{"personId": random_id(random), "personEmail": "to@example.com"}])),
            _ => data.put_often(name, random),
        }
    }
    data
}

/// The properties of a JSON object as texts such as `"id":"x"`, in the order in which they are added: a
/// `serde_json::Value` would sort them.
#[derive(Default)]
struct Object(Vec<String>);

impl Object {
    /// Adds a property.
    fn put(&mut self, name: &str, value: Value) {
        self.0.push(format!("{}:{value}", json!(name)));
    }

    /// Adds a property with a random id in 85 % of the calls.
    fn put_often(&mut self, name: &str, random: &mut Random) {
        if !random.percent(15) {
            self.put(name, json!(random_id(random)));
        }
    }

    /// Returns the text of the object.
    fn text(&self) -> String {
        format!("{{{}}}", self.0.join(","))
    }
}

/// Returns the value of an unlisted property; its type depends on `index`.
fn unlisted_value(index: usize, random: &mut Random) -> Value {
    match index % 5 {
        0 => json!(random_id(random)),
        1 => json!(random.percent(50)),
        2 => json!({"nested": [1, 2.5, null, "x"]}),
        3 => json!(random.number() % 1_000_000),
        _ => json!(["a", "b"]),
    }
}

/// Returns the time of the event with a number: `2026-11-01T00:00:59.324Z`.
fn event_time(number: usize) -> String {
    format!("2026-11-{:02}T{:02}:{:02}:59.324Z", 1 + number % 28, number % 24, number % 60)
}

/// Returns a random id that looks like those of Webex.
fn random_id(random: &mut Random) -> String {
    format!("Y2lzY29zcGFyazovL3VzL{:016X}{:016X}", random.number(), random.number())
}
