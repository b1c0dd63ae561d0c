//! Tests which parts of a text are framed as events, with the text cut into pieces of several sizes.

use super::names::REQUIRED_NAMES;
use super::{Framing, FramingStep, PageForm};

/// Returns the texts of the events in `text`, in order, if `piece` bytes at a time are added to the window. A text that
/// the end of `text` cuts off has a `…` after it; a page that may have been an event gives `! ` and the name of the
/// property.
fn list_event_texts(text: &str, piece: usize) -> Vec<String> {
    let (mut framing, mut start, mut end) = (Framing::default(), 0, 0);
    let mut frames = Vec::new();
    loop {
        let window = &text.as_bytes()[start..end];
        let frame = |length: usize| String::from_utf8_lossy(&window[..length]).into_owned();
        let length = match framing.next_step(window, end == text.len()) {
            FramingStep::More => {
                assert!(end < text.len(), "a step asks for more at the end of the text");
                end = text.len().min(end + piece);
                continue;
            }
            FramingStep::Value => {
                start += framing.enter_value(window);
                continue;
            }
            FramingStep::Skip(length) => length,
            FramingStep::Contradiction(length, name) => {
                frames.push(format!("! {name}"));
                length
            }
            FramingStep::Event(event) => {
                frames.push(frame(event.length));
                event.length
            }
            FramingStep::Truncated(event) => {
                frames.push(frame(event.length) + "…");
                event.length
            }
            FramingStep::End => return frames,
        };
        start += length;
    }
}

/// Checks that `text` gives the `expected` events, in pieces of 1, 2, 3 and 7 bytes, and in one piece.
#[track_caller]
fn assert_event_texts(text: &str, expected: &[&str]) {
    for piece in [1, 2, 3, 7, text.len().max(1)] {
        assert_eq!(list_event_texts(text, piece), expected, "in pieces of {piece}");
    }
}

#[test]
fn blank_text_has_no_events() {
    assert_event_texts("", &[]);
    assert_event_texts(" \n\r\n\t", &[]);
}

#[test]
fn object_is_an_event() {
    assert_event_texts(r#"{"a": {"b": [1, {"c": 2}]}}"#, &[r#"{"a": {"b": [1, {"c": 2}]}}"#]);
}

#[test]
fn objects_without_separators_are_events() {
    assert_event_texts("{\"a\":1}{\"b\":2}\n\n {\"c\":3}\r\n{}", &[r#"{"a":1}"#, r#"{"b":2}"#, r#"{"c":3}"#, "{}"]);
}

#[test]
fn brackets_and_quotes_in_strings_end_no_event() {
    let event = r#"{"a":"}]{[,:","b\"":"\\","c":"\\\"}"}"#;
    assert_event_texts(&format!("{event}\n{event}"), &[event, event]);
}

#[test]
fn each_element_of_a_page_is_an_event() {
    assert_event_texts(
        r#"{"items":[{"a":1},{"b":[{}]} , 7,"x,]{",[1,{}],null]}"#,
        &[r#"{"a":1}"#, r#"{"b":[{}]}"#, "7", "\"x,]{\"", "[1,{}]", "null"],
    );
    assert_event_texts(r#"{"items": [ ]}"#, &[]);
}

#[test]
fn items_of_a_page_may_be_its_last_property_and_be_escaped() {
    assert_event_texts(
        r#"{"a":{"items":[1]},"b":[{"items":[2]}],"items":[{}],"c":["items",{}]}{"d":1}"#,
        &["{}", r#"{"d":1}"#],
    );
    assert_event_texts(r#"{"\u0069\u0074\u0065\u006d\u0073":[{}]}"#, &["{}"]);
}

#[test]
fn object_whose_items_is_not_an_array_is_an_event() {
    for event in [r#"{"items":null}"#, r#"{"items":{"items":[1]}}"#, r#"{"x":"items","y":[1]}"#, r#"{"items_":[{}]}"#] {
        assert_event_texts(event, &[event]);
    }
}

#[test]
fn elements_of_consecutive_pages_are_events() {
    assert_event_texts(
        "{\"items\":[{\"a\":1}]}\n{\"items\":[{\"b\":2}],\"x\":1}{\"items\":[]}",
        &[r#"{"a":1}"#, r#"{"b":2}"#],
    );
}

#[test]
fn byte_order_mark_is_skipped() {
    assert_event_texts("\u{feff}{\"a\":1}", &[r#"{"a":1}"#]);
    assert_event_texts("\u{feff}{\"items\":[{}]}", &["{}"]);
}

#[test]
fn garbage_outside_pages_ends_with_its_line() {
    assert_event_texts("garbage {}\n{\"a\":1}\n]]\n", &["garbage {}", r#"{"a":1}"#, "]]"]);
}

#[test]
fn garbage_in_a_page_ends_before_the_next_element() {
    assert_event_texts(
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
        assert_event_texts(
            &format!(r#"{{"items":[{{}},{broken},{{"b":2}}]}}{{"c":3}}"#),
            &["{}", broken, r#"{"b":2}"#, r#"{"c":3}"#],
        );
    }
}

#[test]
fn string_without_closing_quote_ends_with_its_line() {
    assert_event_texts(
        "{\"items\":[\n {\n  \"a\": \"b,\n  \"c\": 1\n },\n {\"d\":2}\n]}",
        &["{\n  \"a\": \"b,\n  \"c\": 1\n }", r#"{"d":2}"#],
    );
}

#[test]
fn missing_bracket_costs_one_element() {
    assert_event_texts(
        r#"{"items":[{"a":{"b":1},{"c":2},{"d":3}]}"#,
        &[r#"{"a":{"b":1},"#, r#"{"c":2}"#, r#"{"d":3}"#],
    );
    assert_event_texts(r#"{"items":[{"a":[{"b":1},"c":1},{"d":3}]}"#, &[r#"{"a":[{"b":1},"c":1}"#, r#"{"d":3}"#]);
    assert_event_texts(r#"{"items":[{"a":{"b":1}],"c":1},{"d":3}]}"#, &[r#"{"a":{"b":1}],"c":1}"#, r#"{"d":3}"#]);
    assert_event_texts(
        r#"{"items":[{"d":3},{"a":{"b":1}]}{"e":1}"#,
        &[r#"{"d":3}"#, r#"{"a":{"b":1}]}"#, r#"{"e":1}"#],
    );
    assert_event_texts(r#"{"items":[{"d":3},{"a":{"b":1}]}"#, &[r#"{"d":3}"#, r#"{"a":{"b":1}]}"#]);
}

#[test]
fn missing_comma_in_an_element_costs_no_other_element() {
    assert_event_texts(r#"{"items":[{"a":[{"b":1}{"c":2}]},{"d":3}]}"#, &[r#"{"a":[{"b":1}{"c":2}]}"#, r#"{"d":3}"#]);
}

#[test]
fn garbage_in_an_element_costs_no_other_element() {
    for garbage in ["x", "\"", "\u{0}", ":", "\\"] {
        let broken = format!(r#"{{"a":{garbage}{{"b":[1,{{}}]}},"c":1}}"#);
        assert_event_texts(&format!(r#"{{"items":[{broken},{{"d":3}}]}}"#), &[&broken, r#"{"d":3}"#]);
    }
}

#[test]
fn superfluous_bracket_costs_no_element() {
    assert_event_texts(r#"{"items":[{"a":1}},{"b":2}]}"#, &[r#"{"a":1}"#, "}", r#"{"b":2}"#]);
}

#[test]
fn page_without_its_closing_brackets_costs_no_element() {
    assert_event_texts("{\"items\":[{\"a\":1}}\n{\"items\":[{\"b\":2}]}", &[r#"{"a":1}"#, "}\n", r#"{"b":2}"#]);
    assert_event_texts("{\"items\":[{\"a\":1}]\n{\"items\":[{\"b\":2}]}", &[r#"{"a":1}"#, r#"{"b":2}"#]);
}

#[test]
fn broken_line_ends_before_an_object_that_cannot_be_part_of_it() {
    for broken in [r#"{"a":{"b":1}"#, r#"{"a":"b"#, r#"{"a":["b""#, r#"{"a""#, "{", r#"{"a":1,"#] {
        assert_event_texts(&format!("{broken}\n{{\"b\":2}}\n"), &[&format!("{broken}\n"), r#"{"b":2}"#]);
    }
}

/// The parser rejects more than 127 levels, but the text is JSON.
#[test]
fn deeply_nested_json_is_one_event() {
    let deep = "{\"a\":[\n".repeat(300) + "1" + &"]}".repeat(300);
    assert_event_texts(&format!("{deep}\n{{}}"), &[&deep, "{}"]);
}

#[test]
fn elements_of_an_array_are_events() {
    assert_event_texts(r#"[{"a":1}, [2], 3]{"b":4}"#, &[r#"{"a":1}"#, "[2]", "3", r#"{"b":4}"#]);
    assert_event_texts("[]", &[]);
}

#[test]
fn object_with_an_event_property_before_items_is_an_event() {
    for name in REQUIRED_NAMES {
        let event = format!(r#"{{"x":{{}},"{name}":1,"items":[{{}}]}}"#);
        assert_event_texts(&event, &[&event]);
    }
    let event = r#"{"\u0069d":1,"items":[{}]}"#;
    assert_event_texts(event, &[event]);
}

#[test]
fn page_with_an_event_property_after_items_is_an_error() {
    for name in REQUIRED_NAMES {
        assert_event_texts(
            &format!(r#"{{"items":[{{}}],"x":{{"id":1}},"{name}":1,"y":2}}{{}}"#),
            &["{}", &format!("! {name}"), "{}"],
        );
    }
}

#[test]
fn required_names_are_those_of_the_schema() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../generated/event.schema.json")).unwrap();
    assert_eq!(schema["$defs"]["Event"]["required"], serde_json::json!(REQUIRED_NAMES));
}

#[test]
fn text_cut_off_anywhere_ends_with_a_truncated_event() {
    let text = "{\"x\":[1],\"items\":[{\"a\":\"\\\"\"},7],\"y\":1}";
    for length in 1..text.len() {
        let last = list_event_texts(&text[..length], 3).pop();
        assert!(last.is_some_and(|last| last.ends_with('…')), "{}", &text[..length]);
    }
}

#[test]
fn elements_have_their_index_in_the_page() {
    let text = br#"{"items":[{},7,{}]}[{}]{}"#;
    let (mut framing, mut start, mut indices) = (Framing::default(), 0, Vec::new());
    loop {
        match framing.next_step(&text[start..], true) {
            FramingStep::Value => start += framing.enter_value(&text[start..]),
            FramingStep::Skip(length) => start += length,
            FramingStep::Event(frame) => {
                start += frame.length;
                indices.push(frame.place.map(|place| (place.page, place.index)));
            }
            _ => break,
        }
    }
    assert_eq!(
        indices,
        [
            Some((PageForm::Object, 0)),
            Some((PageForm::Object, 1)),
            Some((PageForm::Object, 2)),
            Some((PageForm::Array, 0)),
            None,
        ]
    );
}
