//! Checks the results of reading, whichever features of serde_json are on.

use serde_json::{Value, json};
use webex_event::{Event, EventErrorKind, EventPage, EventReader, from_str};

/// Returns the text of an event whose property `data` is the JSON `data`.
fn write_event(data: &str) -> String {
    format!(r#"{{"id":"1","resource":"rooms","type":"created","actorId":"a","created":"t","data":{data}}}"#)
}

fn main() {
    check_events_are_written_back_unchanged();
    check_doubles_are_written_back_unchanged();
    check_whether_numbers_keep_all_digits();
    check_whether_properties_keep_their_order();
    check_error_texts();
    check_values_of_another_type_are_written_back();
    check_property_named_like_a_number_token();
    check_values_of_all_json_types_are_read();
}

/// Checks that an event is written back as it was read.
fn check_events_are_written_back_unchanged() {
    let text = write_event(r#"{"z":[1,-2,0.5,12345678901],"a":{"y":null,"b":true},"host":{"n":1}}"#);
    let event: Event = from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
    assert_eq!(from_str::<Event>(&serde_json::to_string(&event).unwrap()).unwrap(), event);
}

/// Checks that floating-point numbers are read exactly. Without the feature `float_roundtrip`, which the crate turns
/// on, one in ten of these numbers would be read as the number next to it.
fn check_doubles_are_written_back_unchanged() {
    for step in 1..1_000u32 {
        let double = std::f64::consts::PI * f64::from(step) * 1e-7;
        let text = write_event(&format!(r#"{{"unlisted":{double:.16e}}}"#));
        let read: Event = from_str(&text).unwrap();
        assert_eq!(read.data.extra["unlisted"].as_f64().map(f64::to_bits), Some(double.to_bits()), "{double:.16e}");
    }
}

/// Checks that numbers keep all their digits exactly if `arbitrary_precision` is on.
fn check_whether_numbers_keep_all_digits() {
    let text = write_event(r#"{"amount":1.10,"large":123456789012345678901234567890}"#);
    let written = serde_json::to_string(&from_str::<Event>(&text).unwrap()).unwrap();
    let keeps = written.contains("1.10") && written.contains("123456789012345678901234567890");
    assert_eq!(keeps, cfg!(feature = "arbitrary_precision"), "{written}");
}

/// Checks that unlisted properties keep their order exactly if `preserve_order` is on.
fn check_whether_properties_keep_their_order() {
    let text = write_event(r#"{"zebra":1,"ant":2}"#);
    let written = serde_json::to_string(&from_str::<Event>(&text).unwrap()).unwrap();
    assert_eq!(written == text, cfg!(feature = "preserve_order"), "{written}");
}

/// Checks that the texts of errors do not depend on the features.
fn check_error_texts() {
    let page = format!(r#"{{"items":[{},{{"n":1.5,"id":7}}]}}"#, write_event("{}"));
    let column = page.find("7}]").unwrap() + 1;
    let expected = format!("items[1].id: expected a string, found 7 (line 1, column {column})");
    assert_eq!(from_str::<EventPage>(&page).unwrap_err().to_string(), expected);
    let error = EventReader::new(page.as_bytes()).nth(1).unwrap().unwrap_err();
    assert_eq!((error.kind(), error.to_string()), (EventErrorKind::Data, expected));

    let broken = write_event(r#"{"n":1.5,"x":[1 2]}"#);
    let error = from_str::<Event>(&broken).unwrap_err();
    assert_eq!(error.kind(), EventErrorKind::Syntax);
    assert_eq!(error.to_string(), "data.x[0]: expected `,` or `]` (line 1, column 98)");
}

/// Checks that values of another type than the schema's are written back.
fn check_values_of_another_type_are_written_back() {
    for data in ["5", "1.5", r#""text""#, "[1]", r#"{"recipients":[{"personId":7}],"text":1.5}"#] {
        let text = write_event(data);
        let written = serde_json::to_value(from_str::<Event>(&text).unwrap()).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(&text).unwrap());
    }
}

/// Checks that a property whose name serde_json uses for numbers with `arbitrary_precision` is read like any other if
/// this feature is off.
fn check_property_named_like_a_number_token() {
    if cfg!(feature = "arbitrary_precision") {
        return;
    }
    for value in [r#""x""#, r#""5""#, "5", "null"] {
        let text = write_event(&format!(r#"{{"$serde_json::private::Number":{value},"z":1}}"#));
        let written = serde_json::to_string(&from_str::<Event>(&text).unwrap()).unwrap();
        assert_eq!(written, text);
    }
}

/// Checks that values of any JSON type are read from pages.
fn check_values_of_all_json_types_are_read() {
    let lines = format!("{}\n{{\"items\":[1.5,{{\"n\":2}}]}}\n", write_event("{}"));
    let values: Vec<Value> = EventReader::new(lines.as_bytes()).pages().of().map(|value| value.unwrap()).collect();
    assert_eq!(values[1..], [json!(1.5), json!({"n": 2})]);
}
