//! Writes the results of a reader in short: the id of each event, or `! ` and the text of each error.

use std::io::{BufRead, BufReader, Read};

use webex_event::{Event, EventDecoder, EventError, EventReader, RawEvent};

/// Returns the JSON of an event with the given id.
pub fn event(id: &str) -> String {
    let (id, data) = (format!("{id:?}"), r#"{"text":"\"}]{[\\","host":{"x":[{}]}}"#);
    format!(r#"{{"id":{id},"resource":"messages","type":"created","actorId":"a","created":"t","data":{data}}}"#)
}

/// Returns the JSON of an event for each of `ids`.
pub fn events(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| event(id)).collect()
}

/// Sizes of the chunks that are pushed to decoders.
const CHUNKS: [usize; 4] = [1, 7, 1000, 64 * 1024];

/// Reads `input` with a reader, and checks that decoders find the same events and errors in chunks of any size, and that
/// each text is the same if it is lent before or after its event is parsed.
pub fn read(input: &[u8]) -> Vec<Result<Event, EventError>> {
    read_within(input, usize::MAX)
}

/// Does what [`read`] does, with at most `limit` bytes for an event.
pub fn read_within(input: &[u8], limit: usize) -> Vec<Result<Event, EventError>> {
    let mut reader = EventReader::new(input).with_limit(limit);
    let (mut read, mut places) = (Vec::new(), Vec::new());
    while let Some(event) = reader.next() {
        places.push(place(&event, reader.last_raw()));
        read.push(event);
    }
    let expected: Vec<String> = read.iter().map(describe).collect();
    for size in CHUNKS {
        let (decoded, decoded_places) = decode(input, size, limit);
        assert_eq!(decoded.iter().map(describe).collect::<Vec<_>>(), expected, "in chunks of {size}");
        assert_eq!(decoded_places, places, "in chunks of {size}");
        assert_eq!(raw_places(in_pieces(input, size).with_limit(limit)), places, "in pieces of {size}");
    }
    read
}

/// Decodes `input`, pushed in chunks of `size` bytes, with at most `limit` bytes for an event. Returns the events and
/// errors, and the place of each.
fn decode(input: &[u8], size: usize, limit: usize) -> (Vec<Result<Event, EventError>>, Vec<String>) {
    let mut decoder = EventDecoder::new().with_limit(limit);
    let (mut events, mut places) = (Vec::new(), Vec::new());
    let mut chunks = input.chunks(size);
    while !decoder.is_end() {
        match chunks.next() {
            Some(chunk) => decoder.push(chunk),
            None => decoder.finish(),
        }
        assert!(decoder.last_raw().is_none());
        while let Some(event) = decoder.next() {
            places.push(place(&event, decoder.last_raw()));
            events.push(event);
        }
    }
    (events, places)
}

/// Describes all parts of an error, and the JSON of an event.
fn describe(event: &Result<Event, EventError>) -> String {
    match event {
        Ok(event) => serde_json::to_string(event).unwrap(),
        Err(error) => format!("{error:?} {:?}", String::from_utf8_lossy(error.raw())),
    }
}

/// Describes the number, line, offset and text of an event, and its id; of an error, all but the line, which may be that
/// of a value in the text. `raw` is the text of an event, and `None` for an error.
fn place(event: &Result<Event, EventError>, raw: Option<RawEvent<'_>>) -> String {
    match (event, raw) {
        (Ok(event), Some(raw)) => {
            format!("{}: {} {} {} {}", raw.number(), event.id, raw.line(), raw.offset(), raw.text())
        }
        (Err(error), None) => {
            format!("{}: ! {} {:?}", error.number(), error.offset(), String::from_utf8_lossy(error.raw()))
        }
        (event, raw) => panic!("{event:?} has the text {raw:?}"),
    }
}

/// Reads the texts of events, and describes the place of each.
fn raw_places(mut reader: EventReader<impl BufRead>) -> Vec<String> {
    let mut places = Vec::new();
    while let Some(raw) = reader.next_raw() {
        let (raw, event) = match raw {
            Ok(raw) => (Some(raw), raw.parse::<Event>()),
            Err(error) => (None, Err(error)),
        };
        if let (Some(raw), Err(error)) = (raw, &event) {
            assert_eq!((error.raw(), error.offset()), (raw.text().as_bytes(), raw.offset()));
        }
        places.push(place(&event, raw.filter(|_| event.is_ok())));
    }
    places
}

/// Reads `input`, and returns the id of each event, or `! ` and the text of the error.
pub fn outcome(input: impl AsRef<[u8]>) -> Vec<String> {
    let short = |event: Result<Event, EventError>| event.map_or_else(|error| format!("! {error}"), |event| event.id);
    read(input.as_ref()).into_iter().map(short).collect()
}

/// Returns the id of each event of `reader`, or `! ` and the text of the error.
pub fn outcome_of(reader: EventReader<impl BufRead>) -> Vec<String> {
    reader.map(|event| event.map_or_else(|error| format!("! {error}"), |event| event.id)).collect()
}

/// Reads `input`, and returns the ids of the events without the errors.
pub fn ids(input: impl AsRef<[u8]>) -> Vec<String> {
    read(input.as_ref()).into_iter().filter_map(Result::ok).map(|event| event.id).collect()
}

/// Reads `input`, and returns the errors without the events.
pub fn errors(input: impl AsRef<[u8]>) -> Vec<EventError> {
    read(input.as_ref()).into_iter().filter_map(Result::err).collect()
}

/// Returns a reader of `input` that gets at most `size` bytes at a time.
pub fn in_pieces(input: &[u8], size: usize) -> EventReader<BufReader<impl Read + use<'_>>> {
    EventReader::new(BufReader::with_capacity(size, input))
}
