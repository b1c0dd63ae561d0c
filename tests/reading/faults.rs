//! Checks that a fault in the input costs only the event that contains it, and that the error has the event's text and
//! the position of the fault.

use std::io::{self, BufReader, ErrorKind, Read};

use webex_event::{EventError, EventErrorKind, EventReader};

use crate::outcome::{
    make_event, make_events, read_errors, read_ids, read_in_all_ways, read_in_pieces, read_within, summarize,
    summarize_reader,
};

/// Joins the texts of events to a page.
fn join_page(items: &[String]) -> String {
    format!("{{\"items\":[{}]}}", items.join(","))
}

/// Joins the texts of events to lines.
fn join_lines(items: &[String]) -> String {
    items.join("\n") + "\n"
}

#[test]
fn error_has_text_number_and_place() {
    let broken = make_event("2").replace("\"messages\"", "7");
    for (text, path, line) in [
        (join_lines(&[make_event("1"), broken.clone(), make_event("3")]), "resource", 2),
        (join_page(&[make_event("1"), broken.clone(), make_event("3")]), "items[1].resource", 1),
        (join_page(&[make_event("1"), format!("\n{broken}"), make_event("3")]), "items[1].resource", 2),
    ] {
        let [error] = &read_errors(&text)[..] else { panic!("not one error in {text}") };
        assert_eq!((error.number(), error.raw()), (2, broken.as_bytes()));
        assert_eq!(error.offset(), text.find(&broken).unwrap() as u64);
        let line_start = text[..text.find(&broken).unwrap()].rfind('\n').map_or(0, |newline| newline + 1);
        let column = text.find(":7,").unwrap() + 2 - line_start;
        let expected = format!("{path}: expected a string (EventResource), found 7 (line {line}, column {column})");
        assert_eq!(error.to_string(), expected);
        assert_eq!(read_ids(&text), ["1", "3"]);
    }
}

#[test]
fn place_is_that_of_an_error_of_the_whole_page() {
    let mut text = join_page(&[make_event("1"), make_event("2")]).replace(",", " ,\n ");
    text = text.replacen("\"2\"", "2", 1);
    let whole = webex_event::from_str::<webex_event::EventPage>(&text).unwrap_err();
    assert_eq!(read_errors(&text)[0].to_string(), whole.to_string());
}

#[test]
fn page_may_end_anywhere() {
    let items = make_events(&["1", "2", "3"]);
    let text = join_page(&items);
    let ends: Vec<usize> = items.iter().map(|item| text.find(item.as_str()).unwrap() + item.len()).collect();
    for length in 1..text.len() {
        let whole = ends.iter().filter(|end| **end <= length).count();
        let read = read_in_all_ways(&text.as_bytes()[..length]);
        let (last, before) = read.split_last().unwrap();
        let before: Vec<&str> = before.iter().map(|event| event.as_ref().unwrap().id.as_str()).collect();
        assert_eq!(before, ["1", "2", "3"][..whole], "at {length}");
        assert_eq!(last.as_ref().unwrap_err().kind(), EventErrorKind::Truncated, "at {length}");
    }
}

#[test]
fn lines_may_end_anywhere() {
    let text = join_lines(&make_events(&["1", "2"]));
    let second = make_event("1").len() + 1;
    for length in second + 1..text.len() - 1 {
        let read = read_in_all_ways(&text.as_bytes()[..length]);
        let [Ok(first), Err(error)] = &read[..] else { panic!("{read:?}") };
        assert_eq!(first.id, "1");
        assert_eq!((error.kind(), error.offset()), (EventErrorKind::Truncated, second as u64), "at {length}");
        assert_eq!(error.raw(), &text.as_bytes()[second..length]);
    }
}

#[test]
fn each_line_may_end_anywhere() {
    for broken in 0..4 {
        for length in 1..make_event("x").len() {
            let mut items = make_events(&["1", "2", "3", "4"]);
            items[broken].truncate(length);
            let mut expected = vec!["1", "2", "3", "4"];
            expected.remove(broken);
            assert_eq!(read_ids(join_lines(&items)), expected, "line {broken} at {length}");
            let [error] = &read_errors(join_lines(&items))[..] else {
                panic!("not one error: {:?}", summarize(join_lines(&items)))
            };
            assert_eq!(error.raw(), items[broken].as_bytes());
            assert_eq!(error.line(), broken + 1);
        }
    }
}

/// The missing byte may be any byte: a quote, a bracket, a comma, a letter.
#[test]
fn byte_may_be_missing_anywhere() {
    let over_lines = |items: &[String]| format!("{{\n\"items\": [\n{}\n]\n}}\n", items.join(",\n"));
    for form in [join_lines, join_page, over_lines] {
        for broken in 0..3 {
            for at in 1..make_event("x").len() - 1 {
                let mut items = make_events(&["1", "2", "3"]);
                items[broken].remove(at);
                // A bracket in a string counts as a bracket if a quote of the string is missing.
                let text = form(&items).replace("}]{[", "x-y");
                let read = read_ids(&text);
                let lost: Vec<&&str> = ["1", "2", "3"].iter().filter(|id| !read.contains(&id.to_string())).collect();
                assert!(lost.is_empty() || lost == [&["1", "2", "3"][broken]], "{lost:?} is lost in {text}");
            }
        }
    }
}

#[test]
fn garbage_between_events_is_an_error_of_its_own() {
    for garbage in ["garbage", "}", "]]", "\"", "\\", "null", "{", "{}", "\u{0}", "{\"a\":"] {
        let text = join_lines(&[make_event("1"), garbage.to_owned(), make_event("2"), make_event("3")]);
        assert_eq!(read_ids(&text), ["1", "2", "3"], "{garbage}");
        let [error] = &read_errors(&text)[..] else { panic!("not one error: {garbage}") };
        assert_eq!((error.raw(), error.number()), (garbage.as_bytes(), 2));
    }
    for garbage in ["garbage", "}", "\"", "null", "{}", "[]"] {
        let text = join_page(&[make_event("1"), garbage.to_owned(), make_event("2")]);
        assert_eq!(read_ids(&text), ["1", "2"], "{garbage}");
        assert_eq!(read_errors(&text)[0].raw(), garbage.as_bytes());
    }
}

/// The bracket begins an array, which is a page without an end.
#[test]
fn bracket_on_a_line_costs_no_event() {
    let text = join_lines(&[make_event("1"), "[".to_owned(), make_event("2"), make_event("3")]);
    assert_eq!(read_ids(&text), ["1", "2", "3"]);
    assert_eq!(read_errors(&text)[0].kind(), EventErrorKind::Truncated);
}

#[test]
fn json_of_another_type_is_not_split() {
    let broken =
        make_event("1").replace("\"1\"", "1").replace("{\"x\":[{}]}", &format!("[\n{}\n]", make_event("inner")));
    let text = join_lines(&[broken.clone(), make_event("2")]);
    assert_eq!(read_ids(&text), ["2"]);
    assert_eq!(read_errors(&text)[0].raw(), broken.as_bytes());
    let deep = "{\"a\":[\n".repeat(70) + &make_event("inner") + &"\n]}".repeat(70);
    let text = join_lines(&[deep.clone(), make_event("2")]);
    assert_eq!(read_ids(&text), ["2"]);
    assert_eq!(read_errors(&text)[0].raw(), deep.as_bytes());
}

/// The test measures no time: if each line were examined to the end of the text again, it would take minutes.
#[test]
fn lines_that_nest_are_examined_a_bounded_number_of_times() {
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
fn slow_input_is_examined_once() {
    let items: Vec<_> = (0..8).map(|id| make_event(&id.to_string()).replace("}]{", &"x".repeat(60_000))).collect();
    for text in [join_page(&items), join_lines(&items), format!("[{}]", items.join(","))] {
        let read: Vec<_> = read_in_pieces(text.as_bytes(), 1).collect();
        assert!(read.len() == 8 && read.iter().all(Result::is_ok));
    }
}

#[test]
fn garbage_between_pages_is_an_error_of_its_own() {
    let pages = [join_page(&make_events(&["1", "2"])), "garbage {".to_owned(), join_page(&make_events(&["3"]))];
    assert_eq!(summarize(pages.join("\n")), ["1", "2", "! expected value (line 2, column 1)", "3"]);
}

#[test]
fn text_that_is_no_utf8_costs_one_event() {
    for text in [join_lines(&make_events(&["1", "2", "3"])), join_page(&make_events(&["1", "2", "3"]))] {
        let mut bytes = text.into_bytes();
        let at = bytes.windows(8).position(|window| window == b"\"id\":\"2\"").unwrap() + 6;
        bytes[at] = 0xFF;
        assert_eq!(read_ids(&bytes), ["1", "3"]);
        let [error] = &read_errors(&bytes)[..] else { panic!("not one error") };
        assert_eq!((error.kind(), error.message()), (EventErrorKind::Utf8, "this is not UTF-8: the byte 0xFF"));
        assert!(error.path().ends_with("id"), "{}", error.path());
    }
}

/// The event and its `data` are two levels of nesting; the parser accepts 127.
#[test]
fn nesting_past_the_limit_costs_one_event() {
    let nested = |levels: usize| {
        let value = "[".repeat(levels) + &"]".repeat(levels);
        make_event("deep").replace("{\"x\":[{}]}", &format!("{{\"x\":{value}}}"))
    };
    for text in [join_lines, join_page] {
        assert_eq!(read_ids(text(&[nested(124), make_event("2")])), ["deep", "2"]);
        let broken = text(&[nested(125), make_event("2")]);
        assert_eq!(read_ids(&broken), ["2"]);
        let [error] = &read_errors(&broken)[..] else { panic!("not one error") };
        assert_eq!((error.kind(), error.message()), (EventErrorKind::Syntax, "recursion limit exceeded"));
        assert_eq!(read_ids(text(&[nested(100_000), make_event("2")])), ["2"]);
    }
}

#[test]
fn event_past_the_limit_costs_one_event() {
    let limit = make_event("1").len();
    let large = make_event("12");
    for text in [
        join_lines(&[make_event("1"), large.clone(), make_event("3")]),
        [make_event("1"), large.clone(), make_event("3")].concat(),
        join_page(&[make_event("1"), large.clone(), make_event("3")]),
        format!("{{\"a\":\"{}\",\"items\":[{},{large},{}]}}", "x".repeat(300), make_event("1"), make_event("3")),
        [make_event("1"), "x".repeat(1000), make_event("3")].join("\n"),
        join_page(&[make_event("1"), "7".repeat(1000), make_event("3")]),
    ] {
        let mut read = Vec::new();
        for event in read_within(text.as_bytes(), limit) {
            read.push(event.map_or_else(|error| check_too_large(&error, &text, limit), |event| event.id));
        }
        read.retain(|read| read != "prefix");
        assert_eq!(read, ["1", "large", "3"], "{text}");
    }
}

#[test]
fn part_of_a_byte_order_mark_may_be_past_the_limit() {
    for limit in 0..4 {
        let read = read_within(b"\xEF\xBBx\n\xEF", limit);
        assert!(read.len() < 9 && read.iter().all(Result::is_err), "{limit}: {read:?}");
    }
}

/// Checks all parts of the error for an event that is larger than `limit` bytes. Returns `prefix` if it is about the
/// beginning of `text`, else `large`.
fn check_too_large(error: &EventError, text: &str, limit: usize) -> String {
    assert_eq!(error.kind(), EventErrorKind::TooLarge);
    assert_eq!(error.message(), format!("the event is larger than the limit of {limit} bytes"));
    assert!((limit..=limit + 1).contains(&error.raw().len()));
    let offset = usize::try_from(error.offset()).unwrap();
    assert!(text.as_bytes()[offset..].starts_with(error.raw()));
    if offset == 0 { "prefix" } else { "large" }.to_owned()
}

#[test]
fn reader_may_fail() {
    struct Failing<'a>(&'a [u8]);

    impl Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::new(ErrorKind::ConnectionReset, "the line is dead")),
                length => Ok(length),
            }
        }
    }

    for text in [join_lines(&make_events(&["1", "2"])), join_page(&make_events(&["1", "2"]))] {
        let second = text.find(&make_event("2")).unwrap();
        for length in [second, second + 50, text.len()] {
            let mut reader = EventReader::new(BufReader::new(Failing(&text.as_bytes()[..length])));
            assert_eq!(reader.next().unwrap().unwrap().id, "1");
            if length == text.len() {
                assert_eq!(reader.next().unwrap().unwrap().id, "2");
            }
            let error = reader.next().unwrap().unwrap_err();
            assert_eq!(error.message(), "the input cannot be read: the line is dead");
            assert_eq!(error.kind(), EventErrorKind::Io);
            assert!(text.as_bytes()[..length].ends_with(error.raw()));
            assert_eq!(io::Error::from(error).kind(), ErrorKind::ConnectionReset);
            assert!(reader.next().is_none());
        }
    }
}

#[test]
fn interrupted_read_is_tried_again() {
    struct Interrupted<'a>(&'a [u8], bool);

    impl Read for Interrupted<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 { Err(ErrorKind::Interrupted.into()) } else { self.0.read(buffer) }
        }
    }

    let text = join_page(&make_events(&["1", "2"]));
    let input = BufReader::with_capacity(10, Interrupted(text.as_bytes(), false));
    assert_eq!(summarize_reader(EventReader::new(input)), ["1", "2"]);
}

#[test]
fn error_of_the_text_becomes_one_of_input() {
    let kind = |text: &str| io::Error::from(read_errors(text).remove(0)).kind();
    assert_eq!(kind("{"), ErrorKind::UnexpectedEof);
    assert_eq!(kind("{}"), ErrorKind::InvalidData);
}
