//! Checks that the reader detects the form of its input (pages, single events, NDJSON), whatever the size of the pieces
//! in which it gets the input.

use std::fs;
use std::io::Read;

use serde_json::Value;
use webex_event::{EventDecoder, EventPage, EventReader, from_slice};

use crate::outcome::{list_ids_and_errors, list_ids_and_errors_of_reader, make_event, make_events, read_in_pieces};

/// Checks that reading `input` in pieces of any size gives `expected`: the id of each event, or `! ` and the text of
/// each error.
#[track_caller]
fn assert_ids_and_errors(input: &str, expected: &[&str]) {
    for size in [1, 2, 7, 64, 1000, 8 * 1024] {
        assert_eq!(
            list_ids_and_errors_of_reader(read_in_pieces(input.as_bytes(), size)),
            expected,
            "in pieces of {size}"
        );
    }
    assert_eq!(list_ids_and_errors(input), expected);
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
fn input_without_events_gives_none() {
    assert_ids_and_errors("", &[]);
    assert_ids_and_errors("\n \r\n", &[]);
    assert_ids_and_errors(r#"{"items":[]}"#, &[]);
}

#[test]
fn single_event_is_read() {
    assert_ids_and_errors(&make_event("1"), &["1"]);
    assert_ids_and_errors(&indent_json(&make_event("1")), &["1"]);
    assert_ids_and_errors(&format!("\r\n {}\n\n", make_event("1")), &["1"]);
}

#[test]
fn page_is_read_from_one_line_and_from_many() {
    assert_ids_and_errors(&make_page(&["1", "2", "3"]), &["1", "2", "3"]);
    assert_ids_and_errors(&indent_json(&make_page(&["1", "2", "3"])), &["1", "2", "3"]);
    assert_ids_and_errors(&make_page(&["1", "2", "3"]).replace("},{\"id\"", "}\n,\n{\"id\""), &["1", "2", "3"]);
}

#[test]
fn page_is_detected_wherever_its_items_are() {
    let items = make_events(&["1", "2"]).join(",");
    assert_ids_and_errors(
        &format!(r#"{{"next":{{"items":[1]}},"items":[{items}],"notFound":["items",{{}}]}}"#),
        &["1", "2"],
    );
    assert_ids_and_errors(&format!(r#"{{"name":"page","\u0069tems" : [{items}]}}"#), &["1", "2"]);
}

#[test]
fn consecutive_pages_are_read() {
    let (one, other) = (make_page(&["1", "2"]), make_page(&["3"]));
    assert_ids_and_errors(&format!("{one}{other}"), &["1", "2", "3"]);
    assert_ids_and_errors(&format!("{one}\n{other}\n"), &["1", "2", "3"]);
    assert_ids_and_errors(&format!("{}\n{}\n", indent_json(&one), indent_json(&other)), &["1", "2", "3"]);
}

#[test]
fn events_are_read_with_any_separator() {
    let events = make_events(&["1", "2", "3"]);
    assert_ids_and_errors(&events.join("\n"), &["1", "2", "3"]);
    assert_ids_and_errors(&(events.join("\r\n\r\n \r\n") + "\r\n"), &["1", "2", "3"]);
    assert_ids_and_errors(&events.concat(), &["1", "2", "3"]);
    assert_ids_and_errors(&events.iter().map(|event| indent_json(event)).collect::<String>(), &["1", "2", "3"]);
}

#[test]
fn events_and_pages_may_be_mixed() {
    let text = format!(
        "{}\n{}\n{}\n{}",
        make_event("1"),
        make_page(&["2", "3"]),
        indent_json(&make_page(&["4"])),
        make_event("5")
    );
    assert_ids_and_errors(&text, &["1", "2", "3", "4", "5"]);
}

#[test]
fn byte_order_mark_at_the_start_is_skipped() {
    assert_ids_and_errors(&format!("\u{feff}{}\n{}", make_event("1"), make_event("2")), &["1", "2"]);
    assert_ids_and_errors(&format!("\u{feff}{}", make_page(&["1", "2"])), &["1", "2"]);
}

#[test]
fn event_whose_items_is_not_an_array_is_an_event() {
    let event = make_event("1").replace("\"type\"", "\"items\":null,\"type\"");
    assert_ids_and_errors(&format!("{event}\n{event}\n"), &["1", "1"]);
}

#[test]
fn event_with_an_array_items_is_an_event() {
    let plain = make_event("1");
    let with_items = make_event("2").replace("\"type\"", "\"items\":[{\"id\":\"x\"}],\"type\"");
    let text = [plain.as_str(), &with_items, &plain, &with_items, &with_items].join("\n");
    assert_ids_and_errors(&text, &["1", "2", "1", "2", "2"]);
    let read: Vec<_> = EventReader::new(text.as_bytes()).map(|event| event.unwrap()).collect();
    assert_eq!(read[1].extra["items"][0]["id"], "x");
    assert_ids_and_errors(&format!("{{\"items\":[{with_items}]}}"), &["2"]);
}

#[test]
fn event_whose_first_property_is_items_is_an_error() {
    let ambiguous = make_event("2").replacen('{', &format!("{{\"items\":[{}],", make_event("x")), 1);
    let message = "! the object was read as a page because `items` is first, but has the property `id` of an event \
                   (line 2, column 2)";
    assert_ids_and_errors(
        &format!("{}\n {ambiguous}\n{}", make_event("1"), make_event("3")),
        &["1", "x", message, "3"],
    );
    let error = EventReader::new(format!("  {ambiguous}").as_bytes()).nth(1).unwrap().unwrap_err();
    assert_eq!((error.number(), error.offset()), (2, 2));
}

#[test]
fn array_is_read_as_a_page() {
    let items = make_events(&["1", "2"]);
    assert_ids_and_errors(&format!("[{}]", items.join(",")), &["1", "2"]);
    assert_ids_and_errors(&format!("[\n{}\n]\n{}\n[]", items.join(",\n"), make_event("3")), &["1", "2", "3"]);
    assert_ids_and_errors("[{\"id\":1}]", &["! [0].id: expected a string, found 1 (line 1, column 8)"]);
}

/// Returns the JSON of each value that `reader` returns.
fn collect_values_as_json(reader: EventReader<&[u8], Value>) -> Vec<String> {
    reader.map(|value| value.unwrap().to_string()).collect()
}

#[test]
fn values_of_another_type_are_pages_only_if_the_program_says_so() {
    let text = "{\"count\":7,\"items\":[{\"a\":1},2]}\n{\"items\":[]} [3,\n4]".as_bytes();
    let reader = || EventReader::new(text);
    let whole = [r#"{"count":7,"items":[{"a":1},2]}"#, r#"{"items":[]}"#, "[3,4]"];
    assert_eq!(collect_values_as_json(reader().of()), whole);
    assert_eq!(collect_values_as_json(reader().lines().of()), whole);
    assert_eq!(collect_values_as_json(reader().pages().of()), [r#"{"a":1}"#, "2", "3", "4"]);
    assert_eq!(collect_values_as_json(reader().of::<Value>().pages()), [r#"{"a":1}"#, "2", "3", "4"]);
}

#[test]
fn page_is_an_error_if_lines_are_read() {
    let message = "! the property `id` is missing (line 1, column 1)";
    let read = list_ids_and_errors_of_reader(
        EventReader::new(format!("{}\n{}", make_page(&["1"]), make_event("2")).as_bytes()).lines(),
    );
    assert_eq!(read, [message, "2"]);
}

#[test]
fn reader_gives_the_same_events_as_the_whole_page() {
    let text = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/events.json")).unwrap();
    let page: EventPage = from_slice(&text).unwrap();
    let events: Result<Vec<_>, _> = EventReader::new(&text[..]).collect();
    assert_eq!(events.unwrap(), page.items);
}

/// The reader returns an event before it reads more of the input, so that events of a live stream are not delayed.
#[test]
fn event_is_returned_before_more_input_is_read() {
    struct LiveInput<'a>(std::slice::Iter<'a, String>);

    impl Read for LiveInput<'_> {
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
        let mut reader = EventReader::new(std::io::BufReader::new(LiveInput(pieces.iter())));
        assert_eq!(reader.next().unwrap().unwrap().id, "1");
        assert_eq!(reader.next().unwrap().unwrap().id, "2");
    }
}

#[test]
fn into_inner_returns_the_input() {
    let mut reader = EventReader::new(&b"{} {}"[..]).of::<Value>();
    assert!(reader.next().unwrap().is_ok());
    assert_eq!(reader.into_inner(), b""); // as much as is at hand has been read
}

/// After the first chunk, which may end inside the character, each chunk is a byte.
#[test]
fn character_cut_by_chunks_is_read_after_invalid_utf8() {
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
