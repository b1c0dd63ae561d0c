//! A window on an input: the bytes that have been read and are not done with.

use std::io::{BufRead, Error, ErrorKind};

use memchr::memchr;

/// The most bytes that are taken from the input at a time.
const PIECE: usize = 16 * 1024;

#[derive(Debug)]
pub(crate) struct Window<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the window begins in the buffer.
    start: usize,
    is_end: bool,
    failure: Option<Error>,
    at: Position,
}

/// A place in the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Position {
    /// In bytes, from 0.
    pub(crate) offset: u64,
    /// From 1, as is the column.
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<R> Window<R> {
    pub(crate) fn new(input: R) -> Self {
        let at = Position { offset: 0, line: 1, column: 1 };
        Self { input, buffer: Vec::new(), start: 0, is_end: false, failure: None, at }
    }

    pub(crate) fn into_input(self) -> R {
        self.input
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Whether nothing comes after the window: the input has ended or failed.
    pub(crate) fn is_end(&self) -> bool {
        self.is_end
    }

    /// The error that the input has ended with.
    pub(crate) fn take_failure(&mut self) -> Option<Error> {
        self.failure.take()
    }

    /// Where the window begins.
    pub(crate) fn position(&self) -> Position {
        self.at
    }

    /// Lets the window begin after the line of this length, its end included.
    pub(crate) fn skip_line(&mut self, length: usize) {
        if self.bytes()[..length].ends_with(b"\n") {
            self.at.line += 1;
            self.at.column = 1;
        } else {
            self.at.column += length;
        }
        self.at.offset += length as u64;
        self.start += length;
    }

    /// Lets the window begin so many bytes later.
    pub(crate) fn skip(&mut self, length: usize) {
        let mut left = length;
        while let Some(line) = line_length(&self.bytes()[..left]) {
            self.skip_line(line);
            left -= line;
        }
        self.skip_line(left);
    }
}

/// The length of the line that the text begins with, its end included, if it ends in the text.
pub(crate) fn line_length(text: &[u8]) -> Option<usize> {
    memchr(b'\n', text).map(|newline| newline + 1)
}

impl<R: BufRead> Window<R> {
    /// Reads more, as much as the input has at hand.
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
