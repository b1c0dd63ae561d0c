//! Parses the event at the beginning of the window directly, which is faster than looking for its end first.

use std::str;

use memchr::memchr;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::finder::{EventFinder, FoundEventText};
use crate::error::EventError;
use crate::parse;

/// Fewer bytes of a line than this wait for the end of the line, so that the line can be parsed directly.
const MAX_AWAITED_LINE_BYTES: usize = 64 * 1024;

/// Parses lines and page elements without first looking for their ends, and remembers what helps with the next one.
#[derive(Debug, Default)]
pub(super) struct DirectParser {
    /// The length in bytes of the last element of a page.
    last_length: usize,
    /// The number of bytes at the beginning of the window in which no line break was found, while the end of their line
    /// is awaited.
    searched: usize,
    failure: Option<ParseFailure>,
}

/// The error of parsing a text that begins with an event, and may go on after it.
#[derive(Debug)]
struct ParseFailure {
    /// The byte offset in the input at which the text begins.
    offset: u64,
    /// The length of the text in bytes.
    length: usize,
    error: serde_json::Error,
}

impl DirectParser {
    /// Parses the event that the window begins with, and skips it. `None` if the window does not begin with a whole
    /// event of the type `T`. Never returns an error: the result has the type of the decoder's items, so that a large
    /// event is not moved from one type into another.
    pub(super) fn try_parse_event<T: DeserializeOwned>(
        &mut self,
        finder: &mut EventFinder,
    ) -> Option<Result<T, EventError>> {
        if finder.framing.is_between_values() { self.parse_line(finder) } else { self.parse_element(finder) }
    }

    /// Parses the line that the window begins with as an event, and skips it. `None` if the line is not an event of the
    /// type, is too long, has not ended, or may be a page.
    fn parse_line<T: DeserializeOwned>(&mut self, finder: &mut EventFinder) -> Option<Result<T, EventError>> {
        let bytes = finder.window.bytes();
        let length = match memchr(b'\n', &bytes[self.searched..]) {
            Some(newline) => self.searched + newline + 1,
            None if finder.is_end => bytes.len(),
            None => {
                self.searched = bytes.len();
                return None;
            }
        };
        self.searched = 0;
        if length > finder.limit || !finder.framing.layout().is_line_without_page(&bytes[..length]) {
            return None;
        }
        let text = match finder.window.text() {
            Some(text) => text.get(..length)?,
            None => str::from_utf8(&bytes[..length]).ok()?,
        };
        match serde_json::from_str(text) {
            Ok(event) => {
                finder.skip_parsed_event(length);
                Some(Ok(event))
            }
            Err(error) => self.record_failure(finder, length, error),
        }
    }

    /// Parses the page element that the window begins with, and skips it. `None` if the element is broken, is not of
    /// the type, or is cut off by the end of the window or the limit. `None` also if the window is shorter than the
    /// last element, since it then most likely ends inside this one.
    fn parse_element<T: DeserializeOwned>(&mut self, finder: &mut EventFinder) -> Option<Result<T, EventError>> {
        let text = finder.window.text().filter(|text| text.len() >= self.last_length)?;
        let mut deserializer = serde_json::Deserializer::from_str(text);
        match T::deserialize(&mut deserializer) {
            Ok(event) => {
                let length = deserializer.into_iter::<IgnoredAny>().byte_offset();
                if length > finder.limit {
                    return None;
                }
                self.last_length = length;
                finder.skip_parsed_event(length);
                Some(Ok(event))
            }
            Err(error) => self.record_failure(finder, text.len(), error),
        }
    }

    /// Keeps the error of parsing the first `length` bytes of the window, and returns `None`.
    #[cold]
    fn record_failure<T>(&mut self, finder: &EventFinder, length: usize, error: serde_json::Error) -> Option<T> {
        self.failure = Some(ParseFailure { offset: finder.window.position().offset, length, error });
        None
    }

    /// Checks whether the window is the beginning of a short line that can be parsed directly once its end arrives.
    /// False if the window ends with `}`, since it may then be a whole event, and the line break may come much later.
    pub(super) fn awaits_line_end(&self, finder: &EventFinder) -> bool {
        let bytes = finder.window.bytes();
        finder.framing.is_between_values()
            && !finder.is_end
            && bytes.len() < MAX_AWAITED_LINE_BYTES.min(finder.limit)
            && !bytes.ends_with(b"}")
            && self.searched == bytes.len()
    }

    /// Forgets the line whose end was awaited, since its end is looked for in another way.
    pub(super) fn stop_awaiting_line_end(&mut self) {
        self.searched = 0;
    }

    /// Parses the text `found` of an event that was not parsed directly. If parsing it was tried before, and the error
    /// is the same for this text alone, returns this error instead of parsing again.
    pub(super) fn parse_found_text<T: DeserializeOwned>(
        &mut self,
        found: FoundEventText,
        finder: &mut EventFinder,
    ) -> Result<T, EventError> {
        self.last_length = found.length;
        let (bytes, text) =
            (finder.window.last_skipped_bytes(found.length), finder.window.last_skipped_text(found.length));
        let failure = self.failure.take().filter(|failure| failure.offset == found.origin.start.offset);
        match (failure, text) {
            (Some(failure), Some(text)) if failure.applies_to_text(text, found.is_json) => {
                let error = parse::convert_json_error(text, &failure.error);
                Err(found.origin.locate_error_in_input(error.with_truncated_as_syntax(), bytes))
            }
            _ => found.origin.parse_event(bytes, text).inspect(|_| finder.last = Some(found)),
        }
    }
}

impl ParseFailure {
    /// Checks whether parsing `text` gives this error too. `text` is the event at the beginning of the text that was
    /// parsed. That is so if `text` ends inside the parsed text, and the parser has not read past its end. At the last
    /// bracket of JSON, a parser reads no further; otherwise it may have looked at one byte more than it had read.
    fn applies_to_text(&self, text: &str, is_json: bool) -> bool {
        let read = parse::find_error_offset(text, &self.error) + if is_json { 1 } else { 2 };
        self.length >= text.len() && read <= text.len()
    }
}
