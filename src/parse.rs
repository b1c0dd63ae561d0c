//! Parses JSON texts, with errors that have the path of the value that is wrong.
//!
//! The path is found by reading the text again after an error, so that it costs nothing on success.

use std::str;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use crate::error::{ErrorDetails, EventError, EventErrorKind};
use crate::framing::BYTE_ORDER_MARK;
use crate::locate::{PathSegment, ValuePlace, find_line_and_column, format_path, locate_value};

/// Most characters of a JSON value that an error shows.
const MAX_SHOWN_VALUE_CHARACTERS: usize = 60;

/// Reads an event, a page or any other type from UTF-8 text.
///
/// It is faster than `serde_json::from_slice`, since it checks once that the whole text is UTF-8, instead of string by
/// string. An error has the path of the wrong value. A byte order mark at the beginning is skipped.
///
/// ```
/// use webex_event::{EventPage, from_slice};
///
/// let page: EventPage = from_slice(br#"{"items": []}"#)?;
/// assert_eq!(page.items, []);
/// # Ok::<(), webex_event::EventError>(())
/// ```
///
/// # Errors
/// Returns an error if the text is not UTF-8, is not JSON, or does not fit the type.
pub fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, EventError> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    parse_bytes(text).map_err(|error| error.shift_column(bytes.len() - text.len()).into())
}

/// Reads an event, a page or any other type from text. An error has the path of the wrong value. A byte order mark at
/// the beginning is skipped.
///
/// # Errors
/// Returns an error if the text is not JSON, or does not fit the type.
pub fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, EventError> {
    let json = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    serde_json::from_str(json)
        .map_err(|error| convert_json_error(json, &error).shift_column(text.len() - json.len()).into())
}

/// Reads a value from UTF-8 text without a byte order mark. An error has the path of the wrong value.
pub(crate) fn parse_bytes<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, ErrorDetails> {
    let text = str::from_utf8(bytes).map_err(|error| build_utf8_error(bytes, error.valid_up_to()))?;
    parse_text(text)
}

/// Reads a value from text without a byte order mark. An error has the path of the wrong value.
pub(crate) fn parse_text<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, ErrorDetails> {
    serde_json::from_str(text).map_err(|error| convert_json_error(text, &error))
}

/// Checks that `bytes` are one JSON value in UTF-8, and returns the error if they are not.
pub(crate) fn check_json(bytes: &[u8]) -> Result<(), ErrorDetails> {
    parse_bytes::<DiscardedValue>(bytes).map(|_| ())
}

/// Returns the error for `bytes`, which are not one JSON value in UTF-8.
pub(crate) fn find_json_error(bytes: &[u8]) -> ErrorDetails {
    check_json(bytes).err().unwrap_or_else(|| ErrorDetails::new(EventErrorKind::Syntax, "this is not JSON"))
}

/// Returns the error for `bytes` of which only the first `valid` bytes are UTF-8.
#[cold]
fn build_utf8_error(bytes: &[u8], valid: usize) -> ErrorDetails {
    let text = str::from_utf8(&bytes[..valid]).unwrap_or_default();
    let place = locate_value(text, valid.saturating_sub(1));
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let message = format!("this is not UTF-8: the byte 0x{byte:02X}");
    ErrorDetails::new(EventErrorKind::Utf8, &message)
        .with_path_and_position(format_path(&place.path), find_line_and_column(bytes, valid))
}

/// Converts an error of `serde_json` about `text` to an error of this crate, which has a path, and messages in terms of
/// JSON.
#[cold]
pub(crate) fn convert_json_error(text: &str, error: &serde_json::Error) -> ErrorDetails {
    let place = locate_error(text, error);
    if let Some(fault) = find_syntax_error(text, error) {
        let kind = if fault.is_eof() { EventErrorKind::Truncated } else { EventErrorKind::Syntax };
        let at = if fault.is_eof() { text.len() } else { find_error_offset(text, error) };
        return ErrorDetails::new(kind, &strip_position(&fault))
            .with_path_and_position(format_path(&place.path), find_line_and_column(text.as_bytes(), at));
    }
    let message = reword_message(text, &place, &strip_position(error));
    ErrorDetails::new(EventErrorKind::Data, &message)
        .with_path_and_position(format_path(&place.path), find_line_and_column(text.as_bytes(), place.start))
}

/// Returns the place of the value that the error is about. It is the whole text if the parser had read nothing, or if
/// the error has no line and column.
fn locate_error(text: &str, error: &serde_json::Error) -> ValuePlace {
    if error.line() <= 1 && error.column() == 0 {
        return ValuePlace { path: Vec::new(), start: text.len() - text.trim_start().len() };
    }
    locate_value(text, find_error_offset(text, error))
}

/// Returns the byte offset in `text` of the last byte that the parser had read before the error.
pub(crate) fn find_error_offset(text: &str, error: &serde_json::Error) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (line_start + error.column()).saturating_sub(1)
}

/// Returns the parser's own error at the same line and column, if it is an error of syntax or the end of a truncated
/// text; otherwise `None`. Parses `text` again up to there, since an error that passes through nested types loses its
/// category.
fn find_syntax_error(text: &str, error: &serde_json::Error) -> Option<serde_json::Error> {
    // The parser may have looked at one byte more than it had read.
    let end = find_error_offset(text, error) + 2;
    let end = (end..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
    let read = &text[..end];
    let fault = serde_json::from_str::<DiscardedValue>(read).err()?;
    let is_same = (fault.line(), fault.column()) == (error.line(), error.column());
    let is_known = fault.classify() != Category::Data && (!fault.is_eof() || read.len() == text.len());
    (is_same && is_known).then_some(fault)
}

/// Returns the message of `error` without ` at line 1 column 2` at its end.
fn strip_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).map(str::to_owned).unwrap_or(message)
}

/// Rewords a message of `serde_json`, and removes the keys of the path that types put before it: ``data: missing field
/// `id` `` becomes ``the property `id` is missing``. A message of an unknown form is returned without the keys. `place`
/// is the place in `text` that the error is about.
fn reword_message(text: &str, place: &ValuePlace, message: &str) -> String {
    let message = place.path.iter().fold(message, |message, segment| match segment {
        PathSegment::Key(key) => {
            message.strip_prefix(key.as_str()).and_then(|m| m.strip_prefix(": ")).unwrap_or(message)
        }
        PathSegment::Index(_) => message,
    });
    let name_after = |start: &str| message.strip_prefix(start).and_then(|rest| rest.strip_suffix('`'));
    if let Some(name) = name_after("missing field `") {
        return format!("the property `{name}` is missing");
    }
    if let Some(name) = name_after("duplicate field `") {
        return format!("the property `{name}` is given twice");
    }
    let is_about_value = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant "]
        .iter()
        .any(|start| message.starts_with(start));
    match message.rsplit_once(", expected ") {
        Some((_, expected)) if is_about_value => {
            format!("expected {}, found {}", reword_expected_type(expected), shorten_first_value(&text[place.start..]))
        }
        _ => message.to_owned(),
    }
}

/// Replaces the word of `serde` for what a type expects by the word of JSON: `a map` becomes `an object`. Other texts
/// stay.
fn reword_expected_type(expected: &str) -> &str {
    match expected {
        "a map" => "an object",
        "a sequence" => "an array",
        _ => expected,
    }
}

/// Returns the JSON value at the beginning of `text` on one line, cut to [`MAX_SHOWN_VALUE_CHARACTERS`] characters and
/// with `…` if it is longer. If the value is broken, returns the beginning of `text`.
fn shorten_first_value(text: &str) -> String {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let is_whole = values.next().is_some_and(|value| value.is_ok());
    let value = if is_whole { &text[..values.byte_offset()] } else { text };
    let shown = value.chars().take(MAX_SHOWN_VALUE_CHARACTERS).map(|c| if c.is_ascii_whitespace() { ' ' } else { c });
    let ellipsis = value.chars().nth(MAX_SHOWN_VALUE_CHARACTERS).map(|_| '…');
    shown.chain(ellipsis).collect()
}

/// A JSON value of any kind that is parsed and dropped, with numbers and strings checked as strictly as by a type that
/// keeps them.
struct DiscardedValue;

impl<'de> Deserialize<'de> for DiscardedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for DiscardedValue {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        while entries.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}
