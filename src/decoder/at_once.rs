//! Parses an event at the beginning of the window at once, which is faster than to look for its end first.

use memchr::memchr;
use serde::de::DeserializeOwned;

use super::EventDecoder;

impl<T: DeserializeOwned> EventDecoder<T> {
    /// Parses the event that the window begins with, and skips it. `None` if the window does not begin with a
    /// whole event of the type.
    pub(super) fn parse_at_once(&mut self) -> Option<T> {
        if self.framing.is_between_values() { self.parse_line() } else { self.parse_element() }
    }

    /// Parses the line that the window begins with as an event, and skips it. `None` if it is not an event of the
    /// type, is too long, has not ended, or may be a page.
    fn parse_line(&mut self) -> Option<T> {
        let bytes = self.window.bytes();
        let length = match memchr(b'\n', &bytes[self.searched..]) {
            Some(newline) => self.searched + newline + 1,
            None if self.is_end => bytes.len(),
            None => {
                self.searched = bytes.len();
                return None;
            }
        };
        self.searched = 0;
        if length > self.limit || !self.framing.excludes_page(&bytes[..length]) {
            return None;
        }
        let event = match self.window.text() {
            Some(text) => serde_json::from_str(text.get(..length)?),
            None => serde_json::from_str(std::str::from_utf8(&bytes[..length]).ok()?),
        };
        let event = event.ok()?;
        self.number += 1;
        self.value_start = self.window.position();
        self.window.skip_line(length);
        Some(event)
    }

    /// Parses the element of a page that the window begins with, and skips it. `None` if it is broken, cut off by
    /// the end of the window or the limit, or not of the type. `None` also if the window is shorter than the element
    /// before, and most likely ends inside this one.
    fn parse_element(&mut self) -> Option<T> {
        let text = self.window.text().filter(|text| text.len() >= self.last_length)?;
        let mut events = serde_json::Deserializer::from_str(text).into_iter();
        let event = events.next()?.ok()?;
        let length = events.byte_offset();
        if length > self.limit {
            return None;
        }
        self.last_length = length;
        self.number += 1;
        self.framing.count_element();
        self.window.skip(length);
        Some(event)
    }
}
