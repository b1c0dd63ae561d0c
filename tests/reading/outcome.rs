//! Writes the results of a reader in short: the id of each event, or `! ` and the text of each error.

use std::io::{BufRead, BufReader, Read};

use webex_event::{Event, EventDecoder, EventError, EventReader};

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

/// Reads `input` with a reader, and checks that decoders find the same events and errors in chunks of any size, and the
/// same texts unparsed.
pub fn read(input: &[u8]) -> Vec<Result<Event, EventError>> {
    let read: Vec<_> = EventReader::new(input).collect();
    let expected: Vec<String> = read.iter().map(describe).collect();
    let places: Vec<String> = read.iter().enumerate().map(|(index, event)| place(event, index)).collect();
    for size in CHUNKS {
        assert_eq!(decode(input, size).iter().map(describe).collect::<Vec<_>>(), expected, "in chunks of {size}");
        let reader = EventReader::new(BufReader::with_capacity(size, input));
        assert_eq!(raw_places(reader), places, "in pieces of {size}");
    }
    read
}

/// Decodes `input`, pushed in chunks of `size` bytes.
fn decode(input: &[u8], size: usize) -> Vec<Result<Event, EventError>> {
    let mut decoder = EventDecoder::new();
    let mut events = Vec::new();
    for chunk in input.chunks(size) {
        decoder.push(chunk);
        events.extend(&mut decoder);
    }
    decoder.finish();
    events.extend(decoder);
    events
}

/// Describes all parts of an error, and the JSON of an event.
fn describe(event: &Result<Event, EventError>) -> String {
    match event {
        Ok(event) => serde_json::to_string(event).unwrap(),
        Err(error) => format!("{error:?} {:?}", String::from_utf8_lossy(error.raw())),
    }
}

/// Returns the part of [`raw_places`] that the result of reading shows.
fn place(event: &Result<Event, EventError>, index: usize) -> String {
    match event {
        Ok(event) => format!("{}: {}", index + 1, event.id),
        Err(error) => format!("{}: ! {} {:?}", error.number(), error.offset(), String::from_utf8_lossy(error.raw())),
    }
}

/// Reads the texts of events, and returns for each its number, and its id or the offset and text of its error.
fn raw_places(mut reader: EventReader<impl BufRead>) -> Vec<String> {
    let mut places = Vec::new();
    while let Some(raw) = reader.next_raw() {
        let number = places.len() as u64 + 1;
        let parsed = raw.and_then(|raw| {
            assert_eq!(raw.number(), number);
            raw.parse::<Event>().inspect_err(|error| {
                assert_eq!((error.raw(), error.offset()), (raw.text().as_bytes(), raw.offset()));
            })
        });
        places.push(place(&parsed, places.len()));
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
