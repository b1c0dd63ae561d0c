//! Checks that a reader that resumes at a checkpoint finds the events after it, with the same numbers and positions.

use std::io::{self, Cursor};

use webex_event::{Checkpoint, Event, EventDecoder, EventError, EventReader};

use crate::outcome::{make_event, make_events};

/// Returns the number, position and text of an error, or the id of an event.
fn describe_event_or_error(event: Result<Event, EventError>) -> String {
    match event {
        Ok(event) => event.id,
        Err(error) => format!("{error:?} {:?}", String::from_utf8_lossy(error.raw())),
    }
}

#[test]
fn resumed_reader_finds_the_events_that_are_left() {
    let items = make_events(&["1", "2", "3"]);
    let broken = make_event("x").replace("\"x\"", "1");
    let ambiguous = make_event("9").replacen('{', &format!("{{\"items\":[{},{broken}],", make_event("8")), 1);
    let text = format!(
        "{}\n{broken}\n {{\"items\": [{}, 7,\n {broken}], \"x\": {{}}}}\n[{}\n,{broken}]\n{ambiguous}\n{{\"a\":[\n{}\n{{",
        make_event("0"),
        items.join(",\n"),
        items.join(","),
        make_event("4"),
    );
    let all: Vec<String> = EventReader::new(text.as_bytes()).map(describe_event_or_error).collect();
    assert_eq!(all.len(), 17, "{all:?}");
    for stop in 0..=all.len() {
        let mut reader = EventReader::new(text.as_bytes());
        assert_eq!(reader.by_ref().take(stop).count(), stop);
        let written = serde_json::to_string(&reader.checkpoint()).unwrap();
        let checkpoint: Checkpoint = serde_json::from_str(&written).unwrap();
        assert_eq!(checkpoint, reader.checkpoint());
        assert_eq!(checkpoint.number(), stop as u64);

        let resumed = EventReader::resume_seek(Cursor::new(&text), &checkpoint).unwrap();
        assert_eq!(resumed.map(describe_event_or_error).collect::<Vec<_>>(), all[stop..], "after {stop}");
        let rest = &text.as_bytes()[usize::try_from(checkpoint.offset()).unwrap()..];
        assert_eq!(
            EventReader::resume(rest, &checkpoint).map(describe_event_or_error).collect::<Vec<_>>(),
            all[stop..]
        );
        let mut decoder = EventDecoder::resume(&checkpoint);
        decoder.push(rest);
        decoder.finish();
        assert_eq!(decoder.map(describe_event_or_error).collect::<Vec<_>>(), all[stop..]);
    }
}

/// The end of an event that is too large has not been read yet when its error is returned.
#[test]
fn resumed_reader_reports_a_too_large_event_again() {
    let text = format!("{{\"items\":[{},{}]}}", make_event(&"x".repeat(1_000)), make_event("2"));
    let mut reader = EventReader::new(text.as_bytes()).with_limit(500);
    let error = reader.next().unwrap().unwrap_err().to_string();
    let checkpoint = reader.checkpoint();
    let mut resumed = EventReader::resume_seek(Cursor::new(&text), &checkpoint).unwrap().with_limit(500);
    assert_eq!(resumed.next().unwrap().unwrap_err().to_string(), error);
    assert_eq!(resumed.next().unwrap().unwrap().id, "2");
    assert_eq!(reader.next().unwrap().unwrap().id, "2");
    assert_eq!(reader.checkpoint(), resumed.checkpoint());
}

#[test]
fn checkpoint_keeps_that_no_value_is_a_page() {
    let text = format!("{}\n{{\"items\":[]}}\n", make_event("1"));
    let mut reader = EventReader::new(text.as_bytes()).lines();
    reader.next();
    let checkpoint = reader.checkpoint();
    assert!(EventReader::resume_seek(Cursor::new(&text), &checkpoint).unwrap().next().unwrap().is_err());
}

#[test]
fn checkpoint_with_a_wrong_field_is_an_error() {
    let good = serde_json::to_value(EventReader::new(io::empty()).checkpoint()).unwrap();
    for (name, value) in
        [("offset", "-1"), ("line", "0"), ("layout", "\"x\""), ("page", "\"x\""), ("page", "\"array\"")]
    {
        let mut wrong = good.clone();
        wrong[name] = serde_json::from_str(value).unwrap();
        let error = serde_json::from_value::<Checkpoint>(wrong).unwrap_err().to_string();
        let name = if value == "\"array\"" { "index" } else { name };
        assert_eq!(error, format!("`{name}` of the checkpoint is missing or wrong"));
    }
}
