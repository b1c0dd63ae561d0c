//! Pages of invented events, the same for the same seed.

use serde_json::{Map, Value, json};

/// What a page holds beside events that follow the schema.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mix {
    /// How many properties that the schema does not list each event has, in it and in its data.
    pub unlisted_properties: usize,
    /// How many events in a hundred have a resource that the schema does not list.
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

/// The optional texts of an event's data that are ids, times and words.
const TEXTS: &[&str] = &[
    "roomId",
    "roomType",
    "orgId",
    "personId",
    "personEmail",
    "meetingId",
    "creatorId",
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
];

/// A page of `count` events. Each resource in turn; 15 % of the optional properties are missing,
/// texts have escapes, 30 % of the events have a host and attendees, some of them empty.
pub fn page(count: usize, mix: Mix, seed: u64) -> Value {
    let mut random = Random(seed.wrapping_add(0x9E37_79B9_7F4A_7C15));
    let items: Vec<Value> = (0..count).map(|number| event(number, mix, &mut random)).collect();
    json!({ "items": items })
}

fn event(number: usize, mix: Mix, random: &mut Random) -> Value {
    let unlisted = random.percent(mix.unlisted_resources);
    let resource = if unlisted { "whiteboards" } else { RESOURCES[number % RESOURCES.len()] };
    let mut event = json!({
        "id": random.id(),
        "resource": resource,
        "type": if resource == "meetings" { "ended" } else { "created" },
        "actorId": random.id(),
        "created": time(number),
        "data": data(random),
    });
    for (name, text) in [("orgId", random.id()), ("appId", random.id())] {
        if !random.percent(15) {
            event[name] = json!(text);
        }
    }
    for index in 0..mix.unlisted_properties {
        let holder = if index % 2 == 0 { &mut event } else { &mut event["data"] };
        holder[format!("unlisted{index}")] = unlisted_value(index, random);
    }
    event
}

fn data(random: &mut Random) -> Value {
    let mut data = Map::new();
    data.insert("id".to_owned(), json!(random.id()));
    for name in TEXTS {
        if !random.percent(15) {
            data.insert((*name).to_owned(), json!(random.id()));
        }
    }
    if !random.percent(15) {
        data.insert(
            "text".to_owned(),
            json!(format!("Update \"{}\":\n\tsee \u{e9}t\u{e9} \\ {}", random.next(), random.id())),
        );
    }
    if random.percent(30) {
        let is_empty = random.percent(30);
        data.insert(
            "host".to_owned(),
            if is_empty { json!({}) } else { json!({"id": random.id(), "email": "host@example.com"}) },
        );
        data.insert(
            "attendees".to_owned(),
            if is_empty { json!([]) } else { json!([random.id(), {"id": random.id()}]) },
        );
    }
    if random.percent(30) {
        data.insert("recipients".to_owned(), json!([{"personId": random.id(), "personEmail": "to@example.com"}]));
    }
    Value::Object(data)
}

fn unlisted_value(index: usize, random: &mut Random) -> Value {
    match index % 5 {
        0 => json!(random.id()),
        1 => json!(random.percent(50)),
        2 => json!({"nested": [1, 2.5, null, "x"]}),
        3 => json!(random.next() % 1_000_000),
        _ => json!(["a", "b"]),
    }
}

fn time(number: usize) -> String {
    format!("2026-11-{:02}T{:02}:{:02}:59.324Z", 1 + number % 28, number % 24, number % 60)
}

/// A generator of numbers (SplitMix64): small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    fn id(&mut self) -> String {
        format!("Y2lzY29zcGFyazovL3VzL{:016X}{:016X}", self.next(), self.next())
    }
}
