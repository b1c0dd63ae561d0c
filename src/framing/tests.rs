//! Tests which parts of a text are framed as events, with the text cut into pieces of several sizes.

use super::names::REQUIRED_NAMES;
use super::{Framing, Page, Step};

/// Returns the texts of the events in `text`, in order, if `piece` bytes at a time are added to the window. A text that
/// the end of `text` cuts off has a `…` after it; a page that may have been an event gives `! ` and the name of the
/// property.
fn list_frames(text: &str, piece: usize) -> Vec<String> {
    let (mut framing, mut start, mut end) = (Framing::default(), 0, 0);
    let mut frames = Vec::new();
    loop {
        let window = &text.as_bytes()[start..end];
        let frame = |length: usize| String::from_utf8_lossy(&window[..length]).into_owned();
        let length = match framing.next_step(window, end == text.len()) {
            Step::More => {
                assert!(end < text.len(), "a step asks for more at the end of the text");
                end = text.len().min(end + piece);
                continue;
            }
            Step::Value => {
                start += framing.enter_value(window);
                continue;
            }
            Step::Skip(length) => length,
            Step::Contradiction(length, name) => {
                frames.push(format!("! {name}"));
                length
            }
            Step::Event(event) => {
                frames.push(frame(event.length));
                event.length
            }
            Step::Truncated(event) => {
                frames.push(frame(event.length) + "…");
                event.length
            }
            Step::End => return frames,
        };
        start += length;
    }
}

/// Checks that `text` gives the `expected` events, in pieces of 1, 2, 3 and 7 bytes, and in one piece.
#[track_caller]
fn assert_frames(text: &str, expected: &[&str]) {
    for piece in [1, 2, 3, 7, text.len().max(1)] {
        assert_eq!(list_frames(text, piece), expected, "in pieces of {piece}");
    }
}

#[test]
fn nothing_is_in_no_text() {
    assert_frames("", &[]);
    assert_frames(" \n\r\n\t", &[]);
}

#[test]
fn object_is_an_event() {
    assert_frames(r#"{"a": {"b": [1, {"c": 2}]}}"#, &[r#"{"a": {"b": [1, {"c": 2}]}}"#]);
}

#[test]
fn objects_need_nothing_between_them() {
    assert_frames("{\"a\":1}{\"b\":2}\n\n {\"c\":3}\r\n{}", &[r#"{"a":1}"#, r#"{"b":2}"#, r#"{"c":3}"#, "{}"]);
}

#[test]
fn brackets_and_quotes_in_strings_are_text() {
    let event = r#"{"a":"}]{[,:","b\"":"\\","c":"\\\"}"}"#;
    assert_frames(&format!("{event}\n{event}"), &[event, event]);
}

#[test]
fn page_gives_its_elements() {
    assert_frames(
        r#"{"items":[{"a":1},{"b":[{}]} , 7,"x,]{",[1,{}],null]}"#,
        &[r#"{"a":1}"#, r#"{"b":[{}]}"#, "7", "\"x,]{\"", "[1,{}]", "null"],
    );
    assert_frames(r#"{"items": [ ]}"#, &[]);
}

#[test]
fn items_may_come_late_and_be_written_in_escapes() {
    assert_frames(
        r#"{"a":{"items":[1]},"b":[{"items":[2]}],"items":[{}],"c":["items",{}]}{"d":1}"#,
        &["{}", r#"{"d":1}"#],
    );
    assert_frames(r#"{"\u0069\u0074\u0065\u006d\u0073":[{}]}"#, &["{}"]);
}

#[test]
fn items_that_are_no_array_make_no_page() {
    for event in [r#"{"items":null}"#, r#"{"items":{"items":[1]}}"#, r#"{"x":"items","y":[1]}"#, r#"{"items_":[{}]}"#] {
        assert_frames(event, &[event]);
    }
}

#[test]
fn pages_come_one_after_another() {
    assert_frames(
        "{\"items\":[{\"a\":1}]}\n{\"items\":[{\"b\":2}],\"x\":1}{\"items\":[]}",
        &[r#"{"a":1}"#, r#"{"b":2}"#],
    );
}

#[test]
fn byte_order_mark_is_skipped() {
    assert_frames("\u{feff}{\"a\":1}", &[r#"{"a":1}"#]);
    assert_frames("\u{feff}{\"items\":[{}]}", &["{}"]);
}

#[test]
fn garbage_at_the_top_ends_with_its_line() {
    assert_frames("garbage {}\n{\"a\":1}\n]]\n", &["garbage {}", r#"{"a":1}"#, "]]"]);
}

#[test]
fn garbage_in_a_page_ends_before_the_next_element() {
    assert_frames(
        r#"{"items":[{"a":1} garbage {"b":2}, "x" } ,{"c":3}]}{}"#,
        &[r#"{"a":1}"#, "garbage ", r#"{"b":2}"#, "\"x\" } ", r#"{"c":3}"#, "{}"],
    );
}

#[test]
fn missing_quote_costs_one_element() {
    for broken in [
        r#"{"id":"a,"data":{"x":"y"}}"#,
        r#"{"id":a","data":{"x":"y"}}"#,
        r#"{"id:"a","data":{"x":"y"}}"#,
        r#"{id":"a","data":{"x":"y"}}"#,
        r#"{"id":"a","data":{"x":y"}}"#,
        r#"{"id":"a","data":{"x":"y}}"#,
        r#"{"id":"a","data":{"x":"say "hi" to"}}"#,
        r#"{"id":"a","data":{"x":""y","z":""}}"#,
    ] {
        assert_frames(
            &format!(r#"{{"items":[{{}},{broken},{{"b":2}}]}}{{"c":3}}"#),
            &["{}", broken, r#"{"b":2}"#, r#"{"c":3}"#],
        );
    }
}

#[test]
fn string_ends_with_its_line() {
    assert_frames(
        "{\"items\":[\n {\n  \"a\": \"b,\n  \"c\": 1\n },\n {\"d\":2}\n]}",
        &["{\n  \"a\": \"b,\n  \"c\": 1\n }", r#"{"d":2}"#],
    );
}

#[test]
fn missing_bracket_costs_one_element() {
    assert_frames(r#"{"items":[{"a":{"b":1},{"c":2},{"d":3}]}"#, &[r#"{"a":{"b":1},"#, r#"{"c":2}"#, r#"{"d":3}"#]);
    assert_frames(r#"{"items":[{"a":[{"b":1},"c":1},{"d":3}]}"#, &[r#"{"a":[{"b":1},"c":1}"#, r#"{"d":3}"#]);
    assert_frames(r#"{"items":[{"a":{"b":1}],"c":1},{"d":3}]}"#, &[r#"{"a":{"b":1}],"c":1}"#, r#"{"d":3}"#]);
    assert_frames(r#"{"items":[{"d":3},{"a":{"b":1}]}{"e":1}"#, &[r#"{"d":3}"#, r#"{"a":{"b":1}]}"#, r#"{"e":1}"#]);
    assert_frames(r#"{"items":[{"d":3},{"a":{"b":1}]}"#, &[r#"{"d":3}"#, r#"{"a":{"b":1}]}"#]);
}

#[test]
fn missing_comma_within_an_element_costs_no_other() {
    assert_frames(r#"{"items":[{"a":[{"b":1}{"c":2}]},{"d":3}]}"#, &[r#"{"a":[{"b":1}{"c":2}]}"#, r#"{"d":3}"#]);
}

#[test]
fn garbage_within_an_element_costs_no_other() {
    for garbage in ["x", "\"", "\u{0}", ":", "\\"] {
        let broken = format!(r#"{{"a":{garbage}{{"b":[1,{{}}]}},"c":1}}"#);
        assert_frames(&format!(r#"{{"items":[{broken},{{"d":3}}]}}"#), &[&broken, r#"{"d":3}"#]);
    }
}

#[test]
fn bracket_too_many_costs_no_element() {
    assert_frames(r#"{"items":[{"a":1}},{"b":2}]}"#, &[r#"{"a":1}"#, "}", r#"{"b":2}"#]);
}

#[test]
fn page_may_lack_brackets_at_its_end() {
    assert_frames("{\"items\":[{\"a\":1}}\n{\"items\":[{\"b\":2}]}", &[r#"{"a":1}"#, "}\n", r#"{"b":2}"#]);
    assert_frames("{\"items\":[{\"a\":1}]\n{\"items\":[{\"b\":2}]}", &[r#"{"a":1}"#, r#"{"b":2}"#]);
}

#[test]
fn broken_line_ends_before_an_object_that_cannot_be_part_of_it() {
    for broken in [r#"{"a":{"b":1}"#, r#"{"a":"b"#, r#"{"a":["b""#, r#"{"a""#, "{", r#"{"a":1,"#] {
        assert_frames(&format!("{broken}\n{{\"b\":2}}\n"), &[&format!("{broken}\n"), r#"{"b":2}"#]);
    }
}

/// The parser rejects more than 127 levels, but the text is JSON.
#[test]
fn deep_json_is_one_frame() {
    let deep = "{\"a\":[\n".repeat(300) + "1" + &"]}".repeat(300);
    assert_frames(&format!("{deep}\n{{}}"), &[&deep, "{}"]);
}

#[test]
fn array_is_a_page() {
    assert_frames(r#"[{"a":1}, [2], 3]{"b":4}"#, &[r#"{"a":1}"#, "[2]", "3", r#"{"b":4}"#]);
    assert_frames("[]", &[]);
}

#[test]
fn property_of_an_event_before_items_makes_no_page() {
    for name in REQUIRED_NAMES {
        let event = format!(r#"{{"x":{{}},"{name}":1,"items":[{{}}]}}"#);
        assert_frames(&event, &[&event]);
    }
    let event = r#"{"\u0069d":1,"items":[{}]}"#;
    assert_frames(event, &[event]);
}

#[test]
fn property_of_an_event_after_items_is_a_contradiction() {
    for name in REQUIRED_NAMES {
        assert_frames(
            &format!(r#"{{"items":[{{}}],"x":{{"id":1}},"{name}":1,"y":2}}{{}}"#),
            &["{}", &format!("! {name}"), "{}"],
        );
    }
}

#[test]
fn properties_are_those_that_the_schema_requires() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../generated/event.schema.json")).unwrap();
    assert_eq!(schema["$defs"]["Event"]["required"], serde_json::json!(REQUIRED_NAMES));
}

#[test]
fn text_may_end_anywhere() {
    let text = "{\"x\":[1],\"items\":[{\"a\":\"\\\"\"},7],\"y\":1}";
    for length in 1..text.len() {
        let last = list_frames(&text[..length], 3).pop();
        assert!(last.is_some_and(|last| last.ends_with('…')), "{}", &text[..length]);
    }
}

#[test]
fn elements_know_their_index() {
    let text = br#"{"items":[{},7,{}]}[{}]{}"#;
    let (mut framing, mut start, mut indices) = (Framing::default(), 0, Vec::new());
    loop {
        match framing.next_step(&text[start..], true) {
            Step::Value => start += framing.enter_value(&text[start..]),
            Step::Skip(length) => start += length,
            Step::Event(frame) => {
                start += frame.length;
                indices.push(frame.place.map(|place| (place.page, place.index)));
            }
            _ => break,
        }
    }
    assert_eq!(
        indices,
        [Some((Page::Object, 0)), Some((Page::Object, 1)), Some((Page::Object, 2)), Some((Page::Array, 0)), None,]
    );
}
