//! Holds the window on an input: the bytes that have been pushed and not yet skipped.

use std::mem;
use std::str;

use memchr::memchr;

/// The bytes of an input that have been pushed and not yet skipped, with their position in the input.
#[derive(Debug, Default)]
pub(crate) struct InputWindow {
    content: WindowContent,
    /// The index in `content` at which the window begins.
    start: usize,
    /// The first bytes of a character whose last bytes have not been pushed yet; they come after `content`.
    tail: Vec<u8>,
    position: InputPosition,
}

/// The content of a window: text as long as all of it is UTF-8, so that it need not be checked again; otherwise bytes.
#[derive(Debug)]
enum WindowContent {
    Text(String),
    /// Bytes that are not UTF-8. `invalid` is an index at or before the first byte that shows it.
    Bytes {
        bytes: Vec<u8>,
        invalid: usize,
    },
}

impl Default for WindowContent {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// A position in the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct InputPosition {
    /// The byte offset, from 0.
    pub(crate) offset: u64,
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in bytes, from 1.
    pub(crate) column: usize,
}

impl Default for InputPosition {
    fn default() -> Self {
        Self { offset: 0, line: 1, column: 1 }
    }
}

impl WindowContent {
    /// Returns the whole content as bytes, including skipped ones.
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes { bytes, .. } => bytes,
        }
    }
}

impl InputWindow {
    /// Creates an empty window that begins at `position` in the input.
    pub(crate) fn new_at_position(position: InputPosition) -> Self {
        Self { position, ..Self::default() }
    }

    /// Returns the bytes in the window.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.content.bytes()[self.start..]
    }

    /// Returns the bytes in the window as text; `None` if they are not known to be UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.content {
            WindowContent::Text(text) => text.get(self.start..),
            WindowContent::Bytes { .. } => None,
        }
    }

    /// Returns the position in the input at which the window begins.
    pub(crate) fn position(&self) -> InputPosition {
        self.position
    }

    /// Returns the `length` bytes that were skipped last. They are available until the next push.
    pub(crate) fn last_skipped_bytes(&self, length: usize) -> &[u8] {
        &self.content.bytes()[self.start - length..self.start]
    }

    /// Returns the `length` bytes that were skipped last as text; `None` if they are not UTF-8.
    pub(crate) fn last_skipped_text(&self, length: usize) -> Option<&str> {
        match &self.content {
            WindowContent::Text(text) => text.get(self.start - length..self.start),
            WindowContent::Bytes { .. } => str::from_utf8(self.last_skipped_bytes(length)).ok(),
        }
    }

    /// Skips `length` bytes, which may contain a line break only as their last byte.
    pub(crate) fn skip_in_line(&mut self, length: usize) {
        if self.bytes()[..length].ends_with(b"\n") {
            self.position.line += 1;
            self.position.column = 1;
        } else {
            self.position.column += length;
        }
        self.position.offset += length as u64;
        self.start += length;
        // The size limit may cut a character in two.
        if let WindowContent::Text(text) = &mut self.content {
            if !text.is_char_boundary(self.start) {
                self.content = WindowContent::Bytes { bytes: mem::take(text).into_bytes(), invalid: self.start };
            }
        }
    }

    /// Skips the first `length` bytes of the window.
    pub(crate) fn skip_bytes(&mut self, length: usize) {
        let mut left = length;
        while let Some(newline) = memchr(b'\n', &self.bytes()[..left]) {
            self.skip_in_line(newline + 1);
            left -= newline + 1;
        }
        self.skip_in_line(left);
    }

    /// Adds `piece`, the next bytes of the input, to the end of the window.
    pub(crate) fn push_piece(&mut self, piece: &[u8]) {
        self.remove_skipped_bytes();
        if self.tail.is_empty() {
            self.append_piece(piece);
        } else {
            let mut joined = mem::take(&mut self.tail);
            joined.extend_from_slice(piece);
            self.append_piece(&joined);
        }
    }

    /// Ends the input: adds the first bytes of a character whose last bytes are missing.
    pub(crate) fn finish_input(&mut self) {
        self.append_cut_character();
    }

    /// Adds the first bytes of a character whose last bytes have not been pushed, as bytes.
    fn append_cut_character(&mut self) {
        let tail = mem::take(&mut self.tail);
        if !tail.is_empty() {
            self.append_bytes(&tail);
        }
    }

    /// Adds the part of `piece` that is UTF-8 as text, and the rest as bytes. Keeps a character that is cut off at the
    /// end of `piece` for the next piece.
    fn append_piece(&mut self, piece: &[u8]) {
        let WindowContent::Text(text) = &mut self.content else {
            return self.append_bytes(piece);
        };
        match str::from_utf8(piece) {
            Ok(piece) => text.push_str(piece),
            Err(error) => {
                let (valid, rest) = piece.split_at(error.valid_up_to());
                text.push_str(str::from_utf8(valid).unwrap_or_default());
                match error.error_len() {
                    None => self.tail = rest.to_vec(),
                    Some(_) => self.append_bytes(rest),
                }
            }
        }
    }

    /// Adds `piece`, which need not be UTF-8, as bytes.
    fn append_bytes(&mut self, piece: &[u8]) {
        match &mut self.content {
            WindowContent::Bytes { bytes, .. } => bytes.extend_from_slice(piece),
            WindowContent::Text(text) => {
                let mut bytes = mem::take(text).into_bytes();
                let invalid = bytes.len();
                bytes.extend_from_slice(piece);
                self.content = WindowContent::Bytes { bytes, invalid };
            }
        }
    }

    /// Removes the skipped bytes from the content, once they are more than half of it. Turns the content into text
    /// again, once the bytes that are not UTF-8 have been skipped.
    fn remove_skipped_bytes(&mut self) {
        match &mut self.content {
            WindowContent::Text(text) if self.start > text.len() / 2 => {
                text.drain(..self.start);
                self.start = 0;
            }
            WindowContent::Bytes { bytes, invalid } if self.start > *invalid => {
                let rest = bytes.split_off(self.start);
                self.start = 0;
                self.content = WindowContent::default();
                self.append_piece(&rest);
                // The first bytes of a character were in the window before, and must not leave it.
                self.append_cut_character();
            }
            WindowContent::Bytes { bytes, invalid } if self.start > bytes.len() / 2 => {
                bytes.drain(..self.start);
                *invalid -= self.start;
                self.start = 0;
            }
            _ => {}
        }
    }
}
