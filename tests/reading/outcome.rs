//! What a reader gives, written short: the id of each event, `!` and the text of each error.

use std::io::{BufRead, BufReader, Read};

use webex_event::{EventError, EventReader};

/// The text of an event.
pub fn event(id: &str) -> String {
    let (id, data) = (format!("{id:?}"), r#"{"text":"\"}]{[\\","host":{"x":[{}]}}"#);
    format!(r#"{{"id":{id},"resource":"messages","type":"created","actorId":"a","created":"t","data":{data}}}"#)
}

/// The texts of events with these ids.
pub fn events(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| event(id)).collect()
}

pub fn outcome(input: impl AsRef<[u8]>) -> Vec<String> {
    outcome_of(EventReader::new(input.as_ref()))
}

pub fn outcome_of(reader: EventReader<impl BufRead>) -> Vec<String> {
    reader.map(|event| event.map_or_else(|error| format!("! {error}"), |event| event.id)).collect()
}

/// The ids of the events alone.
pub fn ids(input: impl AsRef<[u8]>) -> Vec<String> {
    EventReader::new(input.as_ref()).filter_map(Result::ok).map(|event| event.id).collect()
}

pub fn errors(input: impl AsRef<[u8]>) -> Vec<EventError> {
    EventReader::new(input.as_ref()).filter_map(Result::err).collect()
}

/// A reader that gives so many bytes at a time.
pub fn in_pieces(input: &[u8], size: usize) -> EventReader<BufReader<impl Read + use<'_>>> {
    EventReader::new(BufReader::with_capacity(size, input))
}
