//! Decides in which file of the archive, and as which line, the text of an item belongs.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The properties of an event that the archive needs. All others stay in the event's text.
#[derive(Deserialize)]
pub struct EventHead {
    pub id: String,
    /// The property `created`: the time of the event, or any other value, so that an event with a wrong time is
    /// archived too.
    created: Option<Value>,
}

impl EventHead {
    /// Returns the UTC day of `created`, such as `2026-10-05`, or `undated` if it is not a time.
    pub fn utc_day(&self) -> String {
        let time = self.created.as_ref().and_then(Value::as_str).and_then(|text| text.parse::<Timestamp>().ok());
        time.map_or_else(|| "undated".to_owned(), |time| TimeZone::UTC.to_datetime(time).date().to_string())
    }
}

/// A line of `broken.ndjson`: an item of a page that is not JSON, or has no `id`.
#[derive(Deserialize, Serialize)]
pub struct BrokenItem {
    /// The message of the error: what is wrong with the item, the path in it, and the line and column in the page.
    pub error: String,
    /// The address of the page that contains the item.
    pub page: String,
    /// The text of the item. Bytes that are not UTF-8 are replaced by U+FFFD.
    pub text: String,
}

/// Returns the text of an event as a line of NDJSON: without its line breaks and the white space after each. JSON has
/// line breaks only between its tokens, and needs no white space there: `{"a": 1,\n  "b": 2}` becomes `{"a": 1,"b":
/// 2}`. A text without line breaks is returned unchanged, byte for byte.
pub fn join_to_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(['\n', '\r']).map(|line| line.trim_start_matches([' ', '\t'])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_text_is_changed_only_at_line_breaks() {
        assert_eq!(join_to_one_line("{\"a\" :\t\"\\n \u{2028}\"}"), "{\"a\" :\t\"\\n \u{2028}\"}");
        assert_eq!(join_to_one_line("{\r\n\t\"a\": [1, 2] ,\n\n  \"b\": \" c\"\r}"), "{\"a\": [1, 2] ,\"b\": \" c\"}");
    }

    #[test]
    fn day_of_an_event_is_in_utc() {
        for (created, day) in [
            (r#""2026-10-05T23:59:59.999Z""#, "2026-10-05"),
            (r#""2026-10-06T01:30:00+02:00""#, "2026-10-05"),
            (r#""2026-10-05""#, "undated"),
            (r#""soon""#, "undated"),
            ("7", "undated"),
            ("null", "undated"),
        ] {
            let head: EventHead = serde_json::from_str(&format!(r#"{{"id":"1","created":{created}}}"#)).unwrap();
            assert_eq!(head.utc_day(), day, "{created}");
        }
    }
}
