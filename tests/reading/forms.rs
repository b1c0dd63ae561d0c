//! Checks that the reader detects the form of its input (pages, single events, NDJSON), whatever the size of the pieces
//! in which it gets the input.

use std::fs;
use std::io::Read;

use serde_json::Value;
use webex_event::{EventDecoder, EventPage, EventReader, from_slice};

use crate::outcome::{make_event, make_events, read_in_pieces, summarize, summarize_reader};

/// Checks that reading `input` in pieces of any size gives `expected`: the id of each event, or `! ` and the text of
/// each error.
#[track_caller]
fn check_outcome(input: &str, expected: &[&str]) {
    for size in [1, 2, 7, 64, 1000, 8 * 1024] {
        assert_eq!(summarize_reader(read_in_pieces(input.as_bytes(), size)), expected, "in pieces of {size}");
    }
    assert_eq!(summarize(input), expected);
}

/// Returns the JSON `text` with indentation, on several lines.
fn indent_json(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

/// Returns a page with an event for each of `ids`.
fn make_page(ids: &[&str]) -> String {
    format!(r#"{{"items":[{}]}}"#, make_events(ids).join(","))
}

#[test]
fn no_events() {
    check_outcome("", &[]);
    check_outcome("\n \r\n", &[]);
    check_outcome(r#"{"items":[]}"#, &[]);
}

#[test]
fn one_event() {
    check_outcome(&make_event("1"), &["1"]);
    check_outcome(&indent_json(&make_event("1")), &["1"]);
    check_outcome(&format!("\r\n {}\n\n", make_event("1")), &["1"]);
}

#[test]
fn page_on_one_line_or_on_many() {
    check_outcome(&make_page(&["1", "2", "3"]), &["1", "2", "3"]);
    check_outcome(&indent_json(&make_page(&["1", "2", "3"])), &["1", "2", "3"]);
    check_outcome(&make_page(&["1", "2", "3"]).replace("},{\"id\"", "}\n,\n{\"id\""), &["1", "2", "3"]);
}

#[test]
fn page_with_items_anywhere() {
    let items = make_events(&["1", "2"]).join(",");
    check_outcome(&format!(r#"{{"next":{{"items":[1]}},"items":[{items}],"notFound":["items",{{}}]}}"#), &["1", "2"]);
    check_outcome(&format!(r#"{{"name":"page","\u0069tems" : [{items}]}}"#), &["1", "2"]);
}

#[test]
fn pages_one_after_another() {
    let (one, other) = (make_page(&["1", "2"]), make_page(&["3"]));
    check_outcome(&format!("{one}{other}"), &["1", "2", "3"]);
    check_outcome(&format!("{one}\n{other}\n"), &["1", "2", "3"]);
    check_outcome(&format!("{}\n{}\n", indent_json(&one), indent_json(&other)), &["1", "2", "3"]);
}

#[test]
fn events_one_after_another() {
    let events = make_events(&["1", "2", "3"]);
    check_outcome(&events.join("\n"), &["1", "2", "3"]);
    check_outcome(&(events.join("\r\n\r\n \r\n") + "\r\n"), &["1", "2", "3"]);
    check_outcome(&events.concat(), &["1", "2", "3"]);
    check_outcome(&events.iter().map(|event| indent_json(event)).collect::<String>(), &["1", "2", "3"]);
}

#[test]
fn events_and_pages_mixed() {
    let text = format!(
        "{}\n{}\n{}\n{}",
        make_event("1"),
        make_page(&["2", "3"]),
        indent_json(&make_page(&["4"])),
        make_event("5")
    );
    check_outcome(&text, &["1", "2", "3", "4", "5"]);
}

#[test]
fn byte_order_mark_at_the_start() {
    check_outcome(&format!("\u{feff}{}\n{}", make_event("1"), make_event("2")), &["1", "2"]);
    check_outcome(&format!("\u{feff}{}", make_page(&["1", "2"])), &["1", "2"]);
}

#[test]
fn property_that_is_called_items_and_is_no_array_makes_no_page() {
    let event = make_event("1").replace("\"type\"", "\"items\":null,\"type\"");
    check_outcome(&format!("{event}\n{event}\n"), &["1", "1"]);
}

#[test]
fn event_with_items_is_an_event() {
    let plain = make_event("1");
    let with_items = make_event("2").replace("\"type\"", "\"items\":[{\"id\":\"x\"}],\"type\"");
    let text = [plain.as_str(), &with_items, &plain, &with_items, &with_items].join("\n");
    check_outcome(&text, &["1", "2", "1", "2", "2"]);
    let read: Vec<_> = EventReader::new(text.as_bytes()).map(|event| event.unwrap()).collect();
    assert_eq!(read[1].extra["items"][0]["id"], "x");
    check_outcome(&format!("{{\"items\":[{with_items}]}}"), &["2"]);
}

#[test]
fn event_that_begins_with_items_is_an_error() {
    let ambiguous = make_event("2").replacen('{', &format!("{{\"items\":[{}],", make_event("x")), 1);
    let message = "! the object was read as a page because `items` is first, but has the property `id` of an event \
                   (line 2, column 2)";
    check_outcome(&format!("{}\n {ambiguous}\n{}", make_event("1"), make_event("3")), &["1", "x", message, "3"]);
    let error = EventReader::new(format!("  {ambiguous}").as_bytes()).nth(1).unwrap().unwrap_err();
    assert_eq!((error.number(), error.offset()), (2, 2));
}

#[test]
fn array_is_a_page() {
    let items = make_events(&["1", "2"]);
    check_outcome(&format!("[{}]", items.join(",")), &["1", "2"]);
    check_outcome(&format!("[\n{}\n]\n{}\n[]", items.join(",\n"), make_event("3")), &["1", "2", "3"]);
    check_outcome("[{\"id\":1}]", &["! [0].id: expected a string, found 1 (line 1, column 8)"]);
}

/// Returns the JSON of each value that `reader` returns.
fn read_values(reader: EventReader<&[u8], Value>) -> Vec<String> {
    reader.map(|value| value.unwrap().to_string()).collect()
}

#[test]
fn program_says_what_is_a_page_of_its_own_type() {
    let text = "{\"count\":7,\"items\":[{\"a\":1},2]}\n{\"items\":[]} [3,\n4]".as_bytes();
    let reader = || EventReader::new(text);
    let whole = [r#"{"count":7,"items":[{"a":1},2]}"#, r#"{"items":[]}"#, "[3,4]"];
    assert_eq!(read_values(reader().of()), whole);
    assert_eq!(read_values(reader().lines().of()), whole);
    assert_eq!(read_values(reader().pages().of()), [r#"{"a":1}"#, "2", "3", "4"]);
    assert_eq!(read_values(reader().of::<Value>().pages()), [r#"{"a":1}"#, "2", "3", "4"]);
}

#[test]
fn lines_are_no_pages() {
    let message = "! the property `id` is missing (line 1, column 1)";
    let read =
        summarize_reader(EventReader::new(format!("{}\n{}", make_page(&["1"]), make_event("2")).as_bytes()).lines());
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
        [make_event("1") + "\n", make_event("2") + "\n"],
        [make_event("1"), make_event("2")],
        [format!("{{\"items\":[{}", make_event("1")), format!(",{}", make_event("2"))],
        [indent_json(&make_event("1")), indent_json(&make_event("2"))],
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
    let text = [b"{\"a\":\"\xFF\"}\n", make_event("\u{1F600}").as_bytes(), b"\n"].concat();
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
