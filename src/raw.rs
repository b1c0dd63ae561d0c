//! Defines the text of an event, before it is parsed.

use std::str;

use serde::Deserialize;

use crate::error::{ErrorDetails, EventError};
use crate::framing::{ElementPlace, PageForm};
use crate::parse;
use crate::window::InputPosition;

/// The text of an event, which [`EventReader::next_raw`](crate::EventReader::next_raw) and
/// [`EventDecoder::next_raw`](crate::EventDecoder::next_raw) lend. A program can keep it byte for byte as it came, or
/// parse the few properties that decide whether the whole event is needed.
///
/// The text has the brackets, strings, commas and colons of a JSON value; [`Self::parse`] checks the rest, such as
/// numbers.
///
/// [A recipe](crate::recipes#only-the-events-that-matter) shows a type that borrows from the text.
///
/// ```
/// use webex_event::{Event, EventReader};
///
/// let input = r#"{"id": "1", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}}"#;
/// let mut reader = EventReader::new(input.as_bytes());
/// while let Some(raw) = reader.next_raw() {
///     let raw = raw?;
///     let event: Event = raw.parse()?;
///     assert_eq!((event.id.as_str(), raw.number(), raw.text()), ("1", 1, input));
/// }
/// # Ok::<(), webex_event::EventError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RawEvent<'a> {
    text: &'a str,
    origin: EventOrigin,
}

/// The place of an event's text in the input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EventOrigin {
    /// The number of the event among all events in the input, from 1.
    pub(crate) number: u64,
    /// The position in the input at which the text begins.
    pub(crate) start: InputPosition,
    /// The place of the event in its page; `None` outside pages.
    pub(crate) place: Option<ElementPlace>,
}

impl<'a> RawEvent<'a> {
    /// Creates the text of the event that is at `origin` in the input.
    pub(crate) fn new(text: &'a str, origin: EventOrigin) -> Self {
        Self { text, origin }
    }

    /// Returns the text of the event, unchanged, without white space around it.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the number of the event, from 1, among all events in the input, broken ones included.
    pub fn number(&self) -> u64 {
        self.origin.number
    }

    /// Returns the line in the input at which the text begins, from 1.
    pub fn line(&self) -> usize {
        self.origin.start.line
    }

    /// Returns the byte offset in the input at which the text begins, from 0.
    pub fn offset(&self) -> u64 {
        self.origin.start.offset
    }

    /// Parses the text as an [`Event`](crate::Event), or as a type of your own, which may borrow from the text.
    ///
    /// # Errors
    /// Returns an error if the text is not JSON, or does not fit the type. The error has the text, and the position in
    /// the input.
    pub fn parse<T: Deserialize<'a>>(&self) -> Result<T, EventError> {
        self.origin.parse_event(self.text.as_bytes(), Some(self.text))
    }
}

impl EventOrigin {
    /// Parses `bytes`, the text of the event. `text` is the same text if it is known to be UTF-8; otherwise `None`.
    ///
    /// # Errors
    /// If the bytes are not UTF-8, are not JSON, or do not fit the type.
    pub(crate) fn parse_event<'a, T: Deserialize<'a>>(
        &self,
        bytes: &'a [u8],
        text: Option<&'a str>,
    ) -> Result<T, EventError> {
        let value = match text {
            Some(text) => parse::parse_text(text),
            None => parse::parse_bytes(bytes),
        };
        value.map_err(|error| self.locate_error_in_input(error.with_truncated_as_syntax(), bytes))
    }

    /// Converts `error`, whose position is relative to `text`, the text of the event: adds the event's position in the
    /// input, its number and its text, and puts `items[…]` (in an array, `[…]`) before the path.
    #[cold]
    pub(crate) fn locate_error_in_input(&self, mut error: ErrorDetails, text: &[u8]) -> EventError {
        error.number = self.number;
        error.offset = self.start.offset;
        if error.line == 1 {
            error.column += self.start.column - 1;
        }
        error.line += self.start.line - 1;
        if let Some(ElementPlace { page, index }) = self.place {
            let items = if page == PageForm::Object { "items" } else { "" };
            let dot = if error.path.is_empty() || error.path.starts_with('[') { "" } else { "." };
            error.path = format!("{items}[{index}]{dot}{}", error.path);
        }
        error.raw = text.to_vec();
        error.into()
    }
}
