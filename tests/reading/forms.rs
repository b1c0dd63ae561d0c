//! Checks that the reader detects the form of its input (pages, single events, NDJSON), in pieces of any size.

use std::fs;
use std::io::Read;

use serde_json::Value;
use webex_event::{EventDecoder, EventPage, EventReader, from_slice};

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
    check(&format!(r#"{{"name":"page","\u0069tems" : [{items}]}}"#), &["1", "2"]);
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

#[test]
fn event_with_items_is_an_event() {
    let plain = event("1");
    let with_items = event("2").replace("\"type\"", "\"items\":[{\"id\":\"x\"}],\"type\"");
    let text = [plain.as_str(), &with_items, &plain, &with_items, &with_items].join("\n");
    check(&text, &["1", "2", "1", "2", "2"]);
    let read: Vec<_> = EventReader::new(text.as_bytes()).map(|event| event.unwrap()).collect();
    assert_eq!(read[1].extra["items"][0]["id"], "x");
    check(&format!("{{\"items\":[{with_items}]}}"), &["2"]);
}

#[test]
fn event_that_begins_with_items_is_an_error() {
    let ambiguous = event("2").replacen('{', &format!("{{\"items\":[{}],", event("x")), 1);
    let message = "! the object was read as a page because `items` is first, but has the property `id` of an event \
                   (line 2, column 2)";
    check(&format!("{}\n {ambiguous}\n{}", event("1"), event("3")), &["1", "x", message, "3"]);
    let error = EventReader::new(format!("  {ambiguous}").as_bytes()).nth(1).unwrap().unwrap_err();
    assert_eq!((error.number(), error.offset()), (2, 2));
}

#[test]
fn array_is_a_page() {
    let items = events(&["1", "2"]);
    check(&format!("[{}]", items.join(",")), &["1", "2"]);
    check(&format!("[\n{}\n]\n{}\n[]", items.join(",\n"), event("3")), &["1", "2", "3"]);
    check("[{\"id\":1}]", &["! [0].id: expected a string, found 1 (line 1, column 8)"]);
}

/// Reads `text` as values.
fn values(reader: EventReader<&[u8], Value>) -> Vec<String> {
    reader.map(|value| value.unwrap().to_string()).collect()
}

#[test]
fn program_says_what_is_a_page_of_its_own_type() {
    let text = "{\"count\":7,\"items\":[{\"a\":1},2]}\n{\"items\":[]} [3,\n4]".as_bytes();
    let reader = || EventReader::new(text);
    let whole = [r#"{"count":7,"items":[{"a":1},2]}"#, r#"{"items":[]}"#, "[3,4]"];
    assert_eq!(values(reader().of()), whole);
    assert_eq!(values(reader().lines().of()), whole);
    assert_eq!(values(reader().pages().of()), [r#"{"a":1}"#, "2", "3", "4"]);
    assert_eq!(values(reader().of::<Value>().pages()), [r#"{"a":1}"#, "2", "3", "4"]);
}

#[test]
fn lines_are_no_pages() {
    let message = "! the property `id` is missing (line 1, column 1)";
    let read = outcome_of(EventReader::new(format!("{}\n{}", page(&["1"]), event("2")).as_bytes()).lines());
    assert_eq!(read, [message, "2"]);
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

/// After the first chunk, which may end inside the character, each chunk is a byte.
#[test]
fn character_may_be_cut_anywhere_after_a_text_that_is_no_utf8() {
    let text = [b"{\"a\":\"\xFF\"}\n", event("\u{1F600}").as_bytes(), b"\n"].concat();
    for first in 1..text.len() {
        let mut decoder = EventDecoder::new();
        let mut ids = Vec::new();
        for chunk in std::iter::once(&text[..first]).chain(text[first..].chunks(1)) {
            decoder.push(chunk);
            ids.extend(decoder.by_ref().filter_map(Result::ok).map(|event| event.id));
        }
        assert_eq!(ids, ["\u{1F600}"], "after {first} bytes");
    }
}
