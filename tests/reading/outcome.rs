//! Makes inputs, reads them, and shortens the results for tests: to the id of each event, or to `! ` and the text of
//! each error.

use std::io::{BufRead, BufReader, Read};

use webex_event::{Event, EventDecoder, EventError, EventReader, RawEvent};

/// Returns the JSON of an event with the id `id`.
pub fn make_event(id: &str) -> String {
    let (id, data) = (format!("{id:?}"), r#"{"text":"\"}]{[\\","host":{"x":[{}]}}"#);
    format!(r#"{{"id":{id},"resource":"messages","type":"created","actorId":"a","created":"t","data":{data}}}"#)
}

/// Returns the JSON of an event for each of `ids`.
pub fn make_events(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| make_event(id)).collect()
}

/// Joins the texts of events to a page.
pub fn join_as_page(items: &[String]) -> String {
    format!("{{\"items\":[{}]}}", items.join(","))
}

/// Joins the texts of events to lines.
pub fn join_as_lines(items: &[String]) -> String {
    items.join("\n") + "\n"
}

/// The sizes in bytes of the chunks in which decoders get their input.
const DECODER_CHUNK_BYTES: [usize; 4] = [1, 7, 1000, 64 * 1024];

/// Reads `input` with a reader, and returns the events and errors. Checks that decoders find the same in chunks of any
/// size, and that the text of an event is the same before and after the event is parsed.
pub fn read_in_all_ways(input: &[u8]) -> Vec<Result<Event, EventError>> {
    read_with_limit(input, usize::MAX)
}

/// Reads `input` like [`read_in_all_ways`], with at most `limit` bytes for an event.
pub fn read_with_limit(input: &[u8], limit: usize) -> Vec<Result<Event, EventError>> {
    let mut reader = EventReader::new(input).with_limit(limit);
    let (mut read, mut places) = (Vec::new(), Vec::new());
    while let Some(event) = reader.next() {
        places.push(describe_event_with_place(&event, reader.last_raw()));
        read.push(event);
    }
    let expected: Vec<String> = read.iter().map(describe_result).collect();
    for size in DECODER_CHUNK_BYTES {
        let (decoded, decoded_places) = decode_in_chunks(input, size, limit);
        assert_eq!(decoded.iter().map(describe_result).collect::<Vec<_>>(), expected, "in chunks of {size}");
        assert_eq!(decoded_places, places, "in chunks of {size}");
        assert_eq!(
            describe_unparsed_events(read_in_pieces(input, size).with_limit(limit)),
            places,
            "in pieces of {size}"
        );
    }
    read
}

/// Decodes `input` in chunks of `size` bytes, with at most `limit` bytes for an event. Returns (the events and errors,
/// the place of each).
fn decode_in_chunks(input: &[u8], size: usize, limit: usize) -> (Vec<Result<Event, EventError>>, Vec<String>) {
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
            places.push(describe_event_with_place(&event, decoder.last_raw()));
            events.push(event);
        }
    }
    (events, places)
}

/// Describes all parts of an error, or returns the JSON of an event.
fn describe_result(event: &Result<Event, EventError>) -> String {
    match event {
        Ok(event) => serde_json::to_string(event).unwrap(),
        Err(error) => format!("{error:?} {:?}", String::from_utf8_lossy(error.raw())),
    }
}

/// Describes the number, id, line, offset and text of an event, whose text is `raw`; or the number, offset and text of
/// an error. The line of an error is left out, since it may be the line of a value inside the text.
///
/// # Panics
/// Unless `raw` is `Some` for an event, and `None` for an error.
fn describe_event_with_place(event: &Result<Event, EventError>, raw: Option<RawEvent<'_>>) -> String {
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

/// Reads the unparsed texts of events, and describes the place of each.
fn describe_unparsed_events(mut reader: EventReader<impl BufRead>) -> Vec<String> {
    let mut places = Vec::new();
    while let Some(raw) = reader.next_raw() {
        let (raw, event) = match raw {
            Ok(raw) => (Some(raw), raw.parse::<Event>()),
            Err(error) => (None, Err(error)),
        };
        if let (Some(raw), Err(error)) = (raw, &event) {
            assert_eq!((error.raw(), error.offset()), (raw.text().as_bytes(), raw.offset()));
        }
        places.push(describe_event_with_place(&event, raw.filter(|_| event.is_ok())));
    }
    places
}

/// Reads `input` in all ways. Returns the id of each event, or `! ` and the text of the error.
pub fn list_ids_and_errors(input: impl AsRef<[u8]>) -> Vec<String> {
    let short = |event: Result<Event, EventError>| event.map_or_else(|error| format!("! {error}"), |event| event.id);
    read_in_all_ways(input.as_ref()).into_iter().map(short).collect()
}

/// Returns the id of each event of `reader`, or `! ` and the text of the error.
pub fn list_ids_and_errors_of_reader(reader: EventReader<impl BufRead>) -> Vec<String> {
    reader.map(|event| event.map_or_else(|error| format!("! {error}"), |event| event.id)).collect()
}

/// Reads `input` in all ways, and returns the ids of the events, without the errors.
pub fn list_event_ids(input: impl AsRef<[u8]>) -> Vec<String> {
    read_in_all_ways(input.as_ref()).into_iter().filter_map(Result::ok).map(|event| event.id).collect()
}

/// Reads `input` in all ways, and returns the errors, without the events.
pub fn list_errors(input: impl AsRef<[u8]>) -> Vec<EventError> {
    read_in_all_ways(input.as_ref()).into_iter().filter_map(Result::err).collect()
}

/// Returns a reader of `input` that gets at most `size` bytes at a time.
pub fn read_in_pieces(input: &[u8], size: usize) -> EventReader<BufReader<impl Read + use<'_>>> {
    EventReader::new(BufReader::with_capacity(size, input))
}
