//! Checks that the reader detects the form of its input (pages, single events, NDJSON), in pieces of any size.

use std::fs;
use std::io::Read;

use serde_json::Value;
use webex_event::{EventPage, EventReader, from_slice};

use crate::outcome::{event, events, in_pieces, outcome, outcome_of};

#[track_caller]
fn check(input: &str, expected: &[&str]) {
    for size in [1, 2, 7, 64, 1000, 8 * 1024] {
        assert_eq!(outcome_of(in_pieces(input.as_bytes(), size)), expected, "in pieces of {size}");
    }
    assert_eq!(outcome(input), expected);
}

/// Returns the JSON text formatted over several lines.
fn pretty(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

fn page(ids: &[&str]) -> String {
    format!(r#"{{"items":[{}]}}"#, events(ids).join(","))
}

#[test]
fn no_events() {
    check("", &[]);
    check("\n \r\n", &[]);
    check(r#"{"items":[]}"#, &[]);
}

#[test]
fn one_event() {
    check(&event("1"), &["1"]);
    check(&pretty(&event("1")), &["1"]);
    check(&format!("\r\n {}\n\n", event("1")), &["1"]);
}

#[test]
fn page_on_one_line_or_on_many() {
    check(&page(&["1", "2", "3"]), &["1", "2", "3"]);
    check(&pretty(&page(&["1", "2", "3"])), &["1", "2", "3"]);
    check(&page(&["1", "2", "3"]).replace("},{\"id\"", "}\n,\n{\"id\""), &["1", "2", "3"]);
}

#[test]
fn page_with_items_anywhere() {
    let items = events(&["1", "2"]).join(",");
    check(&format!(r#"{{"next":{{"items":[1]}},"items":[{items}],"notFound":["items",{{}}]}}"#), &["1", "2"]);
    check(&format!(r#"{{"id":"page","\u0069tems" : [{items}]}}"#), &["1", "2"]);
}

#[test]
fn pages_one_after_another() {
    let (one, other) = (page(&["1", "2"]), page(&["3"]));
    check(&format!("{one}{other}"), &["1", "2", "3"]);
    check(&format!("{one}\n{other}\n"), &["1", "2", "3"]);
    check(&format!("{}\n{}\n", pretty(&one), pretty(&other)), &["1", "2", "3"]);
}

#[test]
fn events_one_after_another() {
    let events = events(&["1", "2", "3"]);
    check(&events.join("\n"), &["1", "2", "3"]);
    check(&(events.join("\r\n\r\n \r\n") + "\r\n"), &["1", "2", "3"]);
    check(&events.concat(), &["1", "2", "3"]);
    check(&events.iter().map(|event| pretty(event)).collect::<String>(), &["1", "2", "3"]);
}

#[test]
fn events_and_pages_mixed() {
    let text = format!("{}\n{}\n{}\n{}", event("1"), page(&["2", "3"]), pretty(&page(&["4"])), event("5"));
    check(&text, &["1", "2", "3", "4", "5"]);
}

#[test]
fn byte_order_mark_at_the_start() {
    check(&format!("\u{feff}{}\n{}", event("1"), event("2")), &["1", "2"]);
    check(&format!("\u{feff}{}", page(&["1", "2"])), &["1", "2"]);
}

#[test]
fn property_that_is_called_items_and_is_no_array_makes_no_page() {
    let event = event("1").replace("\"type\"", "\"items\":null,\"type\"");
    check(&format!("{event}\n{event}\n"), &["1", "1"]);
}

/// The type `Value`, as which a page could be read too.
#[test]
fn page_is_told_from_an_event_of_any_type() {
    let reader = EventReader::new(&br#"{"items":[{"a":1},2]} {"b":[]}"#[..]).of::<Value>();
    let values: Vec<String> = reader.map(|value| value.unwrap().to_string()).collect();
    assert_eq!(values, [r#"{"a":1}"#, "2", r#"{"b":[]}"#]);
}

#[test]
fn events_are_those_of_the_page_read_whole() {
    let text = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/events.json")).unwrap();
    let page: EventPage = from_slice(&text).unwrap();
    let events: Result<Vec<_>, _> = EventReader::new(&text[..]).collect();
    assert_eq!(events.unwrap(), page.items);
}

/// The reader returns an event before it reads more of the input, so that events of a live stream are not delayed.
#[test]
fn event_comes_as_soon_as_it_is_there() {
    struct Live<'a>(std::slice::Iter<'a, String>);

    impl Read for Live<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let piece = self.0.next().expect("more is asked for than an event needs");
            buffer[..piece.len()].copy_from_slice(piece.as_bytes());
            Ok(piece.len())
        }
    }

    for pieces in [
        [event("1") + "\n", event("2") + "\n"],
        [event("1"), event("2")],
        [format!("{{\"items\":[{}", event("1")), format!(",{}", event("2"))],
        [pretty(&event("1")), pretty(&event("2"))],
    ] {
        let mut reader = EventReader::new(std::io::BufReader::new(Live(pieces.iter())));
        assert_eq!(reader.next().unwrap().unwrap().id, "1");
        assert_eq!(reader.next().unwrap().unwrap().id, "2");
    }
}

#[test]
fn input_can_be_had_back() {
    let mut reader = EventReader::new(&b"{} {}"[..]).of::<Value>();
    assert!(reader.next().unwrap().is_ok());
    assert_eq!(reader.into_inner(), b""); // as much as is at hand has been read
}
