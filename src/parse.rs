//! JSON texts as values, with errors that know their path.
//!
//! Only what fails is looked at again, so that success never pays for the path.

use std::str;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use crate::error::{Details, EventError, EventErrorKind};
use crate::framing::BYTE_ORDER_MARK;
use crate::locate::{Place, Segment, line_and_column, locate, render};

/// The most characters of a value that an error shows.
const SHOWN: usize = 60;

/// Reads an event, a page or any other type from UTF-8 text.
///
/// Faster than `serde_json::from_slice`, since the text is checked for UTF-8 once and not string
/// by string; and an error knows the path of what is wrong.
///
/// ```
/// use webex_event::{EventPage, from_slice};
///
/// let page: EventPage = from_slice(br#"{"items": []}"#)?;
/// assert_eq!(page.items, Some(vec![]));
/// # Ok::<(), webex_event::EventError>(())
/// ```
///
/// # Errors
/// Text that is no UTF-8, no JSON, or not of this type.
pub fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, EventError> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    read(text).map_err(|error| error.after(bytes.len() - text.len()).into())
}

/// Reads an event, a page or any other type from text. An error knows the path of what is wrong.
///
/// # Errors
/// Text that is no JSON, or not of this type.
pub fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, EventError> {
    let rest = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    serde_json::from_str(rest).map_err(|error| explain(rest, &error).after(text.len() - rest.len()).into())
}

pub(crate) fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Details> {
    let text = str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    serde_json::from_str(text).map_err(|error| explain(text, &error))
}

#[cold]
fn not_utf8(bytes: &[u8], valid: usize) -> Details {
    let text = str::from_utf8(&bytes[..valid]).unwrap_or_default();
    let place = locate(text, valid.saturating_sub(1));
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let message = format!("this is no UTF-8: the byte 0x{byte:02X}");
    Details::new(EventErrorKind::Utf8, &message).at(render(&place.path), line_and_column(bytes, valid))
}

/// What the error says, with the path of its place.
#[cold]
fn explain(text: &str, error: &serde_json::Error) -> Details {
    let place = place(text, error);
    if let Some(fault) = syntax_fault(text, error) {
        let kind = if fault.is_eof() { EventErrorKind::Truncated } else { EventErrorKind::Syntax };
        let at = if fault.is_eof() { text.len() } else { offset(text, error) };
        return Details::new(kind, &message(&fault)).at(render(&place.path), line_and_column(text.as_bytes(), at));
    }
    let message = reworded(text, &place, &message(error));
    Details::new(EventErrorKind::Data, &message).at(render(&place.path), line_and_column(text.as_bytes(), place.start))
}

/// The value that the error is about: the whole when the parser had read nothing, or gives no place.
fn place(text: &str, error: &serde_json::Error) -> Place {
    if error.line() <= 1 && error.column() == 0 {
        return Place { path: Vec::new(), start: text.len() - text.trim_start().len() };
    }
    locate(text, offset(text, error))
}

/// Where the parser stood: at the last byte that it had read.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    (line_start + error.column()).saturating_sub(1)
}

/// The error as the parser itself reports it, when it is one of syntax: one that comes out of
/// nested types is only a message.
fn syntax_fault(text: &str, error: &serde_json::Error) -> Option<serde_json::Error> {
    let fault = serde_json::from_str::<Checked>(text).err()?;
    let is_same = (fault.line(), fault.column()) == (error.line(), error.column());
    (is_same && fault.classify() != Category::Data).then_some(fault)
}

/// The error without its place.
fn message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).map(str::to_owned).unwrap_or(message)
}

/// The message in our words, without the names that the types put before it.
fn reworded(text: &str, place: &Place, message: &str) -> String {
    let message = place.path.iter().fold(message, |message, segment| match segment {
        Segment::Key(key) => message.strip_prefix(key.as_str()).and_then(|m| m.strip_prefix(": ")).unwrap_or(message),
        Segment::Index(_) => message,
    });
    let field = |start: &str| message.strip_prefix(start).and_then(|rest| rest.strip_suffix('`'));
    if let Some(name) = field("missing field `") {
        return format!("the property `{name}` is missing");
    }
    if let Some(name) = field("duplicate field `") {
        return format!("the property `{name}` comes twice");
    }
    let is_about_value = ["invalid type: ", "invalid value: ", "invalid length ", "unknown variant "]
        .iter()
        .any(|start| message.starts_with(start));
    match message.rsplit_once(", expected ") {
        Some((_, expected)) if is_about_value => {
            format!("expected {}, found {}", in_json_terms(expected), found(&text[place.start..]))
        }
        _ => message.to_owned(),
    }
}

/// What the types of the standard library expect has other names in JSON.
fn in_json_terms(expected: &str) -> &str {
    match expected {
        "a map" => "an object",
        "a sequence" => "an array",
        _ => expected,
    }
}

/// Returns the value that the text begins with, shortened; white space is written as spaces, so that it
/// is one line.
fn found(text: &str) -> String {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let is_whole = values.next().is_some_and(|value| value.is_ok());
    let value = if is_whole { &text[..values.byte_offset()] } else { text };
    let shown = value.chars().take(SHOWN).map(|c| if c.is_ascii_whitespace() { ' ' } else { c });
    let ellipsis = value.chars().nth(SHOWN).map(|_| '…');
    shown.chain(ellipsis).collect()
}

/// Any JSON value, checked as strictly as a type that keeps it, and thrown away.
struct Checked;

impl<'de> Deserialize<'de> for Checked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Checked {
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
