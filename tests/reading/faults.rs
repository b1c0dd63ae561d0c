//! Checks that a fault in the input costs only the event that contains it, and that the error has the event's text and
//! the position of the fault.

use std::io::{self, BufReader, ErrorKind, Read};

use webex_event::{EventErrorKind, EventReader};

use crate::outcome::{
    join_as_lines, join_as_page, list_errors, list_event_ids, list_ids_and_errors, list_ids_and_errors_of_reader,
    make_event, make_events, read_in_all_ways,
};

#[test]
fn error_has_the_text_number_and_position_of_its_event() {
    let broken = make_event("2").replace("\"messages\"", "7");
    for (text, path, line) in [
        (join_as_lines(&[make_event("1"), broken.clone(), make_event("3")]), "resource", 2),
        (join_as_page(&[make_event("1"), broken.clone(), make_event("3")]), "items[1].resource", 1),
        (join_as_page(&[make_event("1"), format!("\n{broken}"), make_event("3")]), "items[1].resource", 2),
    ] {
        let [error] = &list_errors(&text)[..] else { panic!("not one error in {text}") };
        assert_eq!((error.number(), error.raw()), (2, broken.as_bytes()));
        assert_eq!(error.offset(), text.find(&broken).unwrap() as u64);
        let line_start = text[..text.find(&broken).unwrap()].rfind('\n').map_or(0, |newline| newline + 1);
        let column = text.find(":7,").unwrap() + 2 - line_start;
        let expected = format!("{path}: expected a string (EventResource), found 7 (line {line}, column {column})");
        assert_eq!(error.to_string(), expected);
        assert_eq!(list_event_ids(&text), ["1", "3"]);
    }
}

#[test]
fn position_is_the_same_as_in_an_error_of_the_whole_page() {
    let mut text = join_as_page(&[make_event("1"), make_event("2")]).replace(",", " ,\n ");
    text = text.replacen("\"2\"", "2", 1);
    let whole = webex_event::from_str::<webex_event::EventPage>(&text).unwrap_err();
    assert_eq!(list_errors(&text)[0].to_string(), whole.to_string());
}

#[test]
fn events_before_the_end_of_a_truncated_page_are_read() {
    let items = make_events(&["1", "2", "3"]);
    let text = join_as_page(&items);
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
fn last_line_that_is_cut_off_is_a_truncated_event() {
    let text = join_as_lines(&make_events(&["1", "2"]));
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
fn line_that_is_cut_off_anywhere_costs_only_itself() {
    for broken in 0..4 {
        for length in 1..make_event("x").len() {
            let mut items = make_events(&["1", "2", "3", "4"]);
            items[broken].truncate(length);
            let mut expected = vec!["1", "2", "3", "4"];
            expected.remove(broken);
            assert_eq!(list_event_ids(join_as_lines(&items)), expected, "line {broken} at {length}");
            let [error] = &list_errors(join_as_lines(&items))[..] else {
                panic!("not one error: {:?}", list_ids_and_errors(join_as_lines(&items)))
            };
            assert_eq!(error.raw(), items[broken].as_bytes());
            assert_eq!(error.line(), broken + 1);
        }
    }
}

/// The missing byte may be any byte: a quote, a bracket, a comma, a letter.
#[test]
fn missing_byte_costs_only_its_event() {
    let over_lines = |items: &[String]| format!("{{\n\"items\": [\n{}\n]\n}}\n", items.join(",\n"));
    for form in [join_as_lines, join_as_page, over_lines] {
        for broken in 0..3 {
            for at in 1..make_event("x").len() - 1 {
                let mut items = make_events(&["1", "2", "3"]);
                items[broken].remove(at);
                // A bracket in a string counts as a bracket if a quote of the string is missing.
                let text = form(&items).replace("}]{[", "x-y");
                let read = list_event_ids(&text);
                let lost: Vec<&&str> = ["1", "2", "3"].iter().filter(|id| !read.contains(&id.to_string())).collect();
                assert!(lost.is_empty() || lost == [&["1", "2", "3"][broken]], "{lost:?} is lost in {text}");
            }
        }
    }
}

#[test]
fn garbage_between_events_is_one_error() {
    for garbage in ["garbage", "}", "]]", "\"", "\\", "null", "{", "{}", "\u{0}", "{\"a\":"] {
        let text = join_as_lines(&[make_event("1"), garbage.to_owned(), make_event("2"), make_event("3")]);
        assert_eq!(list_event_ids(&text), ["1", "2", "3"], "{garbage}");
        let [error] = &list_errors(&text)[..] else { panic!("not one error: {garbage}") };
        assert_eq!((error.raw(), error.number()), (garbage.as_bytes(), 2));
    }
    for garbage in ["garbage", "}", "\"", "null", "{}", "[]"] {
        let text = join_as_page(&[make_event("1"), garbage.to_owned(), make_event("2")]);
        assert_eq!(list_event_ids(&text), ["1", "2"], "{garbage}");
        assert_eq!(list_errors(&text)[0].raw(), garbage.as_bytes());
    }
}

/// The bracket begins an array, which is a page without an end.
#[test]
fn lone_bracket_on_a_line_costs_no_event() {
    let text = join_as_lines(&[make_event("1"), "[".to_owned(), make_event("2"), make_event("3")]);
    assert_eq!(list_event_ids(&text), ["1", "2", "3"]);
    assert_eq!(list_errors(&text)[0].kind(), EventErrorKind::Truncated);
}

#[test]
fn event_of_the_wrong_type_over_several_lines_is_one_error() {
    let broken =
        make_event("1").replace("\"1\"", "1").replace("{\"x\":[{}]}", &format!("[\n{}\n]", make_event("inner")));
    let text = join_as_lines(&[broken.clone(), make_event("2")]);
    assert_eq!(list_event_ids(&text), ["2"]);
    assert_eq!(list_errors(&text)[0].raw(), broken.as_bytes());
    let deep = "{\"a\":[\n".repeat(70) + &make_event("inner") + &"\n]}".repeat(70);
    let text = join_as_lines(&[deep.clone(), make_event("2")]);
    assert_eq!(list_event_ids(&text), ["2"]);
    assert_eq!(list_errors(&text)[0].raw(), deep.as_bytes());
}

#[test]
fn garbage_between_pages_is_one_error() {
    let pages = [join_as_page(&make_events(&["1", "2"])), "garbage {".to_owned(), join_as_page(&make_events(&["3"]))];
    assert_eq!(list_ids_and_errors(pages.join("\n")), ["1", "2", "! expected value (line 2, column 1)", "3"]);
}

#[test]
fn invalid_utf8_costs_one_event() {
    for text in [join_as_lines(&make_events(&["1", "2", "3"])), join_as_page(&make_events(&["1", "2", "3"]))] {
        let mut bytes = text.into_bytes();
        let at = bytes.windows(8).position(|window| window == b"\"id\":\"2\"").unwrap() + 6;
        bytes[at] = 0xFF;
        assert_eq!(list_event_ids(&bytes), ["1", "3"]);
        let [error] = &list_errors(&bytes)[..] else { panic!("not one error") };
        assert_eq!((error.kind(), error.message()), (EventErrorKind::Utf8, "this is not UTF-8: the byte 0xFF"));
        assert!(error.path().ends_with("id"), "{}", error.path());
    }
}

#[test]
fn failure_of_the_input_is_the_last_error() {
    struct FailingInput<'a>(&'a [u8]);

    impl Read for FailingInput<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::new(ErrorKind::ConnectionReset, "the line is dead")),
                length => Ok(length),
            }
        }
    }

    for text in [join_as_lines(&make_events(&["1", "2"])), join_as_page(&make_events(&["1", "2"]))] {
        let second = text.find(&make_event("2")).unwrap();
        for length in [second, second + 50, text.len()] {
            let mut reader = EventReader::new(BufReader::new(FailingInput(&text.as_bytes()[..length])));
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
    struct InterruptedInput<'a>(&'a [u8], bool);

    impl Read for InterruptedInput<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 { Err(ErrorKind::Interrupted.into()) } else { self.0.read(buffer) }
        }
    }

    let text = join_as_page(&make_events(&["1", "2"]));
    let input = BufReader::with_capacity(10, InterruptedInput(text.as_bytes(), false));
    assert_eq!(list_ids_and_errors_of_reader(EventReader::new(input)), ["1", "2"]);
}

#[test]
fn event_error_becomes_an_io_error_of_its_kind() {
    let kind = |text: &str| io::Error::from(list_errors(text).remove(0)).kind();
    assert_eq!(kind("{"), ErrorKind::UnexpectedEof);
    assert_eq!(kind("{}"), ErrorKind::InvalidData);
}
