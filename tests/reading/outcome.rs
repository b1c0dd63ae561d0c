//! Writes the results of a reader in short: the id of each event, or `! ` and the text of each error.

use std::io::{BufRead, BufReader, Read};

use webex_event::{EventError, EventReader};

/// Returns the JSON of an event with the given id.
pub fn event(id: &str) -> String {
    let (id, data) = (format!("{id:?}"), r#"{"text":"\"}]{[\\","host":{"x":[{}]}}"#);
    format!(r#"{{"id":{id},"resource":"messages","type":"created","actorId":"a","created":"t","data":{data}}}"#)
}

/// Returns the JSON of an event for each of `ids`.
pub fn events(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| event(id)).collect()
}

/// Reads `input`, and returns the id of each event, or `! ` and the text of the error.
pub fn outcome(input: impl AsRef<[u8]>) -> Vec<String> {
    outcome_of(EventReader::new(input.as_ref()))
}

/// Returns the id of each event of `reader`, or `! ` and the text of the error.
pub fn outcome_of(reader: EventReader<impl BufRead>) -> Vec<String> {
    reader.map(|event| event.map_or_else(|error| format!("! {error}"), |event| event.id)).collect()
}

/// Reads `input`, and returns the ids of the events without the errors.
pub fn ids(input: impl AsRef<[u8]>) -> Vec<String> {
    EventReader::new(input.as_ref()).filter_map(Result::ok).map(|event| event.id).collect()
}

/// Reads `input`, and returns the errors without the events.
pub fn errors(input: impl AsRef<[u8]>) -> Vec<EventError> {
    EventReader::new(input.as_ref()).filter_map(Result::err).collect()
}

/// Returns a reader of `input` that gets at most `size` bytes at a time.
pub fn in_pieces(input: &[u8], size: usize) -> EventReader<BufReader<impl Read + use<'_>>> {
    EventReader::new(BufReader::with_capacity(size, input))
}
