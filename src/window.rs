//! A window on an input: the bytes that have been read and not yet skipped.

use std::io::{BufRead, Error, ErrorKind};

use memchr::memchr;

/// Most bytes that are taken from the input at a time.
const PIECE: usize = 16 * 1024;

/// The bytes of an input that have been read and not yet skipped, and their position.
#[derive(Debug)]
pub(crate) struct Window<R> {
    input: R,
    buffer: Vec<u8>,
    /// The index in `buffer` at which the window begins.
    start: usize,
    /// True once the input has ended or failed.
    is_end: bool,
    /// The error that ended the input, until it is taken.
    failure: Option<Error>,
    /// The position in the input at which the window begins.
    position: Position,
}

/// A position in the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Position {
    /// The byte offset, from 0.
    pub(crate) offset: u64,
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column in bytes, from 1.
    pub(crate) column: usize,
}

impl<R> Window<R> {
    /// Creates an empty window at the beginning of `input`; reads nothing yet.
    pub(crate) fn new(input: R) -> Self {
        let position = Position { offset: 0, line: 1, column: 1 };
        Self { input, buffer: Vec::new(), start: 0, is_end: false, failure: None, position }
    }

    /// Returns the input; the bytes in the window are lost.
    pub(crate) fn into_input(self) -> R {
        self.input
    }

    /// Returns the bytes in the window.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Checks whether nothing comes after the window, because the input has ended or failed. Known only after a
    /// call of `grow` that found nothing.
    pub(crate) fn is_end(&self) -> bool {
        self.is_end
    }

    /// Takes the error that ended the input; `None` if it did not fail, or if the error was taken before.
    pub(crate) fn take_failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    /// Returns the position in the input at which the window begins.
    pub(crate) fn position(&self) -> Position {
        self.position
    }

    /// Skips `length` bytes, which contain a line break at most at their end.
    pub(crate) fn skip_line(&mut self, length: usize) {
        if self.bytes()[..length].ends_with(b"\n") {
            self.position.line += 1;
            self.position.column = 1;
        } else {
            self.position.column += length;
        }
        self.position.offset += length as u64;
        self.start += length;
    }

    /// Skips the first `length` bytes of the window.
    pub(crate) fn skip(&mut self, length: usize) {
        let mut left = length;
        while let Some(line) = line_length(&self.bytes()[..left]) {
            self.skip_line(line);
            left -= line;
        }
        self.skip_line(left);
    }
}

/// Returns the length in bytes of the line that `text` begins with, line break included; `None` without a line
/// break.
pub(crate) fn line_length(text: &[u8]) -> Option<usize> {
    memchr(b'\n', text).map(|newline| newline + 1)
}

impl<R: BufRead> Window<R> {
    /// Reads more bytes, up to [`PIECE`], as many as the input has at once. Waits if it has none. An error ends
    /// the input and is kept for [`Self::take_failure`].
    pub(crate) fn grow(&mut self) {
        let piece = loop {
            match self.input.fill_buf() {
                Ok(piece) => break piece,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    break &[];
                }
            }
        };
        let length = piece.len().min(PIECE);
        self.is_end = length == 0;
        self.buffer.drain(..self.start);
        self.start = 0;
        self.buffer.extend_from_slice(&piece[..length]);
        self.input.consume(length);
    }
}
