//! Compares the complete text of the error for each page with the expected text. Each page is a folder in `errors/`.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use webex_event::{Event, EventErrorKind, EventPage, from_slice, from_str};

/// Returns the folders in `errors/`.
fn list_error_cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/errors");
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn each_error_says_what_is_wrong_and_where() {
    let mut wrong = Vec::new();
    for folder in list_error_cases() {
        let page = fs::read(folder.join("page.json")).unwrap();
        let error = from_slice::<EventPage>(&page).unwrap_err();
        let text = format!("{:?}: {error}\n", error.kind());
        let expected = fs::read_to_string(folder.join("error.txt")).unwrap_or_default();
        if text != expected {
            wrong.push(format!("{}\n  expected: {expected}  got:      {text}", folder.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn error_path_may_have_any_keys_and_indexes() {
    type Levels = HashMap<String, HashMap<String, Vec<u8>>>;
    let error = |text| from_str::<Levels>(text).unwrap_err().to_string();
    assert_eq!(
        error(r#"{"a b": {"c.d": [1, 300]}}"#),
        r#"["a b"]["c.d"][1]: expected u8, found 300 (line 1, column 21)"#
    );
    assert_eq!(error(r#"{"é": {"\u0061-1": [true]}}"#), "é.a-1[0]: expected u8, found true (line 1, column 22)");
    assert_eq!(error(r#"{"": {"]": 1}}"#), r#"[""]["]"]: expected an array, found 1 (line 1, column 12)"#);
    assert_eq!(error(r#"{"a": {"b": [1,{}]}}"#), "a.b[1]: expected u8, found {} (line 1, column 16)");
    assert_eq!(
        error(r#"{"a": {"b": [36893488147419103233]}}"#),
        "a.b[0]: expected u8, found 36893488147419103233 (line 1, column 14)"
    );
    assert_eq!(error(r#"{"a": [1]}"#), "a: expected an object, found [1] (line 1, column 7)");
}

/// Invisible characters, which could control a terminal or change the direction of the text, are escaped as in JSON;
/// visible characters, including combining marks, are not.
#[test]
fn hidden_characters_are_escaped_in_names_and_values() {
    let error = |text: &str| {
        let error = from_str::<HashMap<String, HashMap<String, u8>>>(text).unwrap_err();
        format!("{}: {}", error.path(), error.message())
    };
    assert_eq!(error("{\"\u{202e}a\": {\"b\u{7f}\": 300}}"), r#"["\u202ea"]["b\u007f"]: expected u8, found 300"#);
    assert_eq!(
        error(r#"{"\u001b[31m": {"\ud83d\ude00": "\u2066"}}"#),
        r#"["\u001b[31m"]["😀"]: expected u8, found "\u2066""#
    );
    assert_eq!(
        error("{\"हिन्दी\": [\"\u{2066}é\u{e0041}\",\n1]}"),
        r#"["हिन्दी"]: expected an object, found ["\u2066é\udb40\udc41", 1]"#
    );
}

/// For one value, the path in an error has the same form as the path that `unlisted()` returns.
#[test]
fn error_path_and_unlisted_path_have_the_same_form() {
    for name in ["plain", "x-trace_id", "a.b", "a b", "", "]", "\"", "\u{200b}", "é\u{ad}", "ʻokina", "\n", "0"] {
        let text = serde_json::json!({
            "id": "1", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": { name: [] },
        });
        let event: Event = from_str(&text.to_string()).unwrap();
        let [unlisted] = event.unlisted().try_into().unwrap();
        let error =
            from_str::<HashMap<String, HashMap<String, u8>>>(&serde_json::json!({ "data": { name: [] } }).to_string());
        assert_eq!(unlisted.path, error.unwrap_err().path());
    }
}

#[test]
fn hidden_characters_are_escaped_in_unlisted_values() {
    let text =
        r#"{"id": "1", "resource": "a\u202eb\u0085", "type": "created", "actorId": "", "created": "", "data": {}}"#;
    let [unlisted] = from_str::<Event>(text).unwrap().unlisted().try_into().unwrap();
    assert_eq!(unlisted.to_string(), r#"resource: an unlisted value: "a\u202eb\u0085""#);
}

#[test]
fn failure_of_the_input_is_the_source_of_the_error() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let error = webex_event::EventReader::new(std::io::BufReader::new(Broken)).next().unwrap().unwrap_err();
    let source = std::error::Error::source(&error).unwrap().downcast_ref::<std::io::Error>().unwrap();
    assert_eq!(source.to_string(), "the disk is gone");
    assert!(std::error::Error::source(&from_str::<Event>("{").unwrap_err()).is_none());
}

#[test]
fn error_methods_return_kind_path_position_and_message() {
    let error = from_str::<Event>("{\n  \"id\": false\n}").unwrap_err();
    assert_eq!(error.kind(), EventErrorKind::Data);
    assert_eq!((error.path(), error.line(), error.column()), ("id", 2, 9));
    assert_eq!(error.message(), "expected a string, found false");
    assert_eq!((error.number(), error.offset(), error.raw()), (1, 0, &b""[..]));
}

#[test]
fn message_of_another_types_error_is_unchanged() {
    let error = from_str::<HashMap<String, std::net::IpAddr>>(r#"{"host": "nowhere"}"#).unwrap_err();
    assert_eq!(error.to_string(), "host: invalid IP address syntax (line 1, column 10)");
}

#[test]
fn values_may_borrow_from_the_text() {
    assert_eq!(from_slice::<Vec<&str>>(br#"["a"]"#).unwrap(), ["a"]);
    assert_eq!(from_str::<HashMap<&str, IgnoredAny>>(r#"{"a": [{}]}"#).unwrap().len(), 1);
}

/// A type that ignores a value accepts any value there, so the error is about a later value.
#[test]
fn value_that_the_type_ignores_is_not_the_error() {
    let error = from_str::<(IgnoredAny, u8)>("[1e999, -1]").unwrap_err();
    assert_eq!(error.to_string(), "[1]: expected u8, found -1 (line 1, column 9)");
}

#[test]
fn byte_order_mark_is_skipped_but_counted_in_columns() {
    let text = "\u{FEFF}{\"id\": 1}";
    assert_eq!(from_str::<HashMap<String, u8>>(text).unwrap()["id"], 1);
    assert_eq!(from_slice::<HashMap<String, u8>>(text.as_bytes()).unwrap()["id"], 1);

    let expected = "id: expected a string, found 1 (line 1, column 11)";
    assert_eq!(from_str::<Event>(text).unwrap_err().to_string(), expected);
    assert_eq!(from_slice::<Event>(text.as_bytes()).unwrap_err().to_string(), expected);
    let mut reader = webex_event::EventReader::new(text.as_bytes());
    assert_eq!(reader.next().unwrap().unwrap_err().to_string(), expected);

    let twice = from_str::<HashMap<String, u8>>("\u{FEFF}\u{FEFF}{}").unwrap_err();
    assert_eq!(twice.to_string(), "expected value (line 1, column 4)");
    let below = from_str::<Event>("\u{FEFF}{\n\"id\": 1}").unwrap_err();
    assert_eq!((below.line(), below.column()), (2, 7));
}
