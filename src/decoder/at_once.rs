//! Parses an event at the beginning of the window at once, which is faster than to look for its end first.

use std::str;

use memchr::memchr;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::finder::{EventFinder, Taken};
use crate::error::EventError;
use crate::parse;

/// Most bytes of a line whose end is awaited, so that it can be parsed at once.
const SHORT: usize = 64 * 1024;

/// Parses lines and page elements at once, and keeps what it learns from one for the next.
#[derive(Debug, Default)]
pub(super) struct ParserAtOnce {
    /// The length of the last element of a page.
    last_length: usize,
    /// The number of bytes at the beginning of the window that have no line break, of a line whose end is awaited.
    searched: usize,
    failure: Option<Failure>,
}

/// The error of a text that was parsed, and that may go on after its event.
#[derive(Debug)]
struct Failure {
    /// The offset in the input at which the text begins.
    offset: u64,
    /// The length of the text in bytes.
    length: usize,
    error: serde_json::Error,
}

impl ParserAtOnce {
    /// Parses the event that the window begins with, and skips it. Never returns an error: the type is that of the decoder,
    /// so that an event, which may be large, is not moved from one type into another. `None` if the window does not begin with a
    /// whole event of the type.
    pub(super) fn parse<T: DeserializeOwned>(&mut self, finder: &mut EventFinder) -> Option<Result<T, EventError>> {
        if finder.framing.is_between_values() { self.parse_line(finder) } else { self.parse_element(finder) }
    }

    /// Parses the line that the window begins with as an event, and skips it. `None` if it is not an event of the
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
        if length > finder.limit || !finder.framing.excludes_page(&bytes[..length]) {
            return None;
        }
        let text = match finder.window.text() {
            Some(text) => text.get(..length)?,
            None => str::from_utf8(&bytes[..length]).ok()?,
        };
        match serde_json::from_str(text) {
            Ok(event) => {
                finder.take_parsed(length);
                Some(Ok(event))
            }
            Err(error) => self.fail(finder, length, error),
        }
    }

    /// Parses the element of a page that the window begins with, and skips it. `None` if it is broken, cut off by
    /// the end of the window or the limit, or not of the type. `None` also if the window is shorter than the element
    /// before, and most likely ends inside this one.
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
                finder.take_parsed(length);
                Some(Ok(event))
            }
            Err(error) => self.fail(finder, text.len(), error),
        }
    }

    /// Keeps the error of the first `length` bytes of the window, and returns `None`.
    #[cold]
    fn fail<T>(&mut self, finder: &EventFinder, length: usize, error: serde_json::Error) -> Option<T> {
        self.failure = Some(Failure { offset: finder.window.position().offset, length, error });
        None
    }

    /// Checks whether the window is the beginning of a short line that can be parsed at once when its end comes. A
    /// window that ends with `}` may be a whole event, after which no more comes for long.
    pub(super) fn awaits_line(&self, finder: &EventFinder) -> bool {
        let bytes = finder.window.bytes();
        finder.framing.is_between_values()
            && !finder.is_end
            && bytes.len() < SHORT.min(finder.limit)
            && !bytes.ends_with(b"}")
            && self.searched == bytes.len()
    }

    /// Forgets the line whose end was awaited, because its end is looked for in another way.
    pub(super) fn leave_line(&mut self) {
        self.searched = 0;
    }

    /// Parses the text of an event that was not parsed at once. If that was tried and gives the same error for the text
    /// alone, uses this error.
    pub(super) fn parse_text<T: DeserializeOwned>(
        &mut self,
        taken: Taken,
        finder: &mut EventFinder,
    ) -> Result<T, EventError> {
        self.last_length = taken.length;
        let (bytes, text) = (finder.window.skipped(taken.length), finder.window.skipped_text(taken.length));
        let failure = self.failure.take().filter(|failure| failure.offset == taken.origin.start.offset);
        match (failure, text) {
            (Some(failure), Some(text)) if failure.is_of(text, taken.is_json) => {
                let error = parse::explain(text, &failure.error);
                Err(taken.origin.fail(error.truncated_to_syntax(), bytes))
            }
            _ => taken.origin.parse(bytes, text).inspect(|_| finder.last = Some(taken)),
        }
    }
}

impl Failure {
    /// Checks whether parsing `text`, the event at the beginning of the text that was parsed, has the same error: `text`
    /// ends in the text that was parsed, and the parser has not read past its end. At the last bracket of JSON a parser
    /// reads no further; otherwise it may have looked at one byte more than it had read.
    fn is_of(&self, text: &str, is_json: bool) -> bool {
        let read = parse::offset(text, &self.error) + if is_json { 1 } else { 2 };
        self.length >= text.len() && read <= text.len()
    }
}
