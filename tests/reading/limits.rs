//! Checks that an event that is too large or nested too deep costs only itself, and that the reader examines no part of
//! the input again and again.

use webex_event::{EventError, EventErrorKind, EventReader};

use crate::outcome::{
    join_as_lines, join_as_page, list_errors, list_event_ids, make_event, read_in_pieces, read_with_limit,
};

/// The event and its `data` are two levels of nesting; the parser accepts 127.
#[test]
fn event_nested_too_deep_costs_one_event() {
    let nested = |levels: usize| {
        let value = "[".repeat(levels) + &"]".repeat(levels);
        make_event("deep").replace("{\"x\":[{}]}", &format!("{{\"x\":{value}}}"))
    };
    for text in [join_as_lines, join_as_page] {
        assert_eq!(list_event_ids(text(&[nested(124), make_event("2")])), ["deep", "2"]);
        let broken = text(&[nested(125), make_event("2")]);
        assert_eq!(list_event_ids(&broken), ["2"]);
        let [error] = &list_errors(&broken)[..] else { panic!("not one error") };
        assert_eq!((error.kind(), error.message()), (EventErrorKind::Syntax, "recursion limit exceeded"));
        assert_eq!(list_event_ids(text(&[nested(100_000), make_event("2")])), ["2"]);
    }
}

#[test]
fn event_larger_than_the_limit_costs_one_event() {
    let limit = make_event("1").len();
    let large = make_event("12");
    for text in [
        join_as_lines(&[make_event("1"), large.clone(), make_event("3")]),
        [make_event("1"), large.clone(), make_event("3")].concat(),
        join_as_page(&[make_event("1"), large.clone(), make_event("3")]),
        format!("{{\"a\":\"{}\",\"items\":[{},{large},{}]}}", "x".repeat(300), make_event("1"), make_event("3")),
        [make_event("1"), "x".repeat(1000), make_event("3")].join("\n"),
        join_as_page(&[make_event("1"), "7".repeat(1000), make_event("3")]),
    ] {
        let mut read = Vec::new();
        for event in read_with_limit(text.as_bytes(), limit) {
            read.push(event.map_or_else(|error| check_too_large_error(&error, &text, limit), |event| event.id));
        }
        read.retain(|read| read != "prefix");
        assert_eq!(read, ["1", "large", "3"], "{text}");
    }
}

/// Checks all parts of the error for an event that is larger than `limit` bytes. Returns `prefix` if it is about the
/// beginning of `text`, else `large`.
fn check_too_large_error(error: &EventError, text: &str, limit: usize) -> String {
    assert_eq!(error.kind(), EventErrorKind::TooLarge);
    assert_eq!(error.message(), format!("the event is larger than the limit of {limit} bytes"));
    assert!((limit..=limit + 1).contains(&error.raw().len()));
    let offset = usize::try_from(error.offset()).unwrap();
    assert!(text.as_bytes()[offset..].starts_with(error.raw()));
    if offset == 0 { "prefix" } else { "large" }.to_owned()
}

#[test]
fn reading_ends_if_the_limit_is_less_than_a_byte_order_mark() {
    for limit in 0..4 {
        let read = read_with_limit(b"\xEF\xBBx\n\xEF", limit);
        assert!(read.len() < 9 && read.iter().all(Result::is_err), "{limit}: {read:?}");
    }
}

/// The test measures no time: if each line were examined to the end of the text again, it would take minutes.
#[test]
fn unclosed_nested_lines_are_examined_a_bounded_number_of_times() {
    let text = "{\"a\":[\n".repeat(126) + &"1,".repeat(2_000_000);
    for text in [text.clone(), text + "}"] {
        let read: Vec<_> = EventReader::new(text.as_bytes()).collect();
        assert!(read.len() == 126 && read.iter().all(Result::is_err), "{}", read.len());
    }
    let text = "{\"a\":[\n".repeat(20_000);
    assert_eq!(EventReader::new(text.as_bytes()).count(), 20_000);
}

/// The test measures no time: if each new byte made the reader parse the element again, it would take minutes.
#[test]
fn input_that_comes_byte_by_byte_is_examined_once() {
    let items: Vec<_> = (0..8).map(|id| make_event(&id.to_string()).replace("}]{", &"x".repeat(60_000))).collect();
    for text in [join_as_page(&items), join_as_lines(&items), format!("[{}]", items.join(","))] {
        let read: Vec<_> = read_in_pieces(text.as_bytes(), 1).collect();
        assert!(read.len() == 8 && read.iter().all(Result::is_ok));
    }
}
