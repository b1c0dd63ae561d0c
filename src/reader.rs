//! Reads events one after another from an input of any length.

use std::io::{BufRead, Error};
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::str;

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::Event;
use crate::error::{Details, EventError, EventErrorKind};
use crate::framing::{Frame, Framing, Step};
use crate::parse;
use crate::window::{Window, line_length};

/// Most bytes of an event, if [`EventReader::with_limit`] is not called.
const LIMIT: usize = 64 * 1024 * 1024;

/// Most bytes of a line or page element that are parsed at once, before its end is found by its brackets.
const SHORT: usize = 64 * 1024;

/// An iterator over the events of an input: a page, several pages one after another, NDJSON (one event per
/// line), or a single event. It detects the form by itself, and the forms may be mixed.
///
/// A page is an object with the property `items`, an array; its other properties are skipped. Memory holds
/// one event at a time, never a whole page.
///
/// An event that is broken, or does not fit the type `T`, is returned as an [`EventError`] with its text. Reading
/// goes on with the next event: at the next line, or in a page at the next element. If the input itself fails,
/// that error is the last item.
///
/// ```
/// use webex_event::EventReader;
///
/// let input = r#"{"items": [
///     {"id": "1", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}},
///     {"id": 2, "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}},
///     {"id": "3", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}}
/// ]}"#;
/// for event in EventReader::new(input.as_bytes()) {
///     match event {
///         Ok(event) => println!("{} {}", event.id, event.resource),
///         // items[1].id: expected a string, found 2 (line 3, column 12)
///         Err(error) => eprintln!("{error}: {}", String::from_utf8_lossy(error.raw())),
///     }
/// }
/// ```
#[derive(Debug)]
pub struct EventReader<R, T = Event> {
    window: Window<R>,
    framing: Framing,
    limit: usize,
    /// The number of events that have been found, broken ones included.
    number: u64,
    events: PhantomData<fn() -> T>,
}

impl<R: BufRead> EventReader<R> {
    /// Creates a reader of an input, such as a `BufReader<File>`, standard input or `&[u8]`.
    pub fn new(input: R) -> Self {
        let (window, framing) = (Window::new(input), Framing::default());
        Self { window, framing, limit: LIMIT, number: 0, events: PhantomData }
    }
}

impl<R: BufRead, T: DeserializeOwned> EventReader<R, T> {
    /// Changes the type that each event is read as, for example to a struct with a few fields:
    /// `EventReader::new(input).of::<MyEvent>()`.
    pub fn of<U: DeserializeOwned>(self) -> EventReader<R, U> {
        let Self { window, framing, limit, number, .. } = self;
        EventReader { window, framing, limit, number, events: PhantomData }
    }

    /// Sets the most bytes that the text of an event may have; 64 MiB if it is not set. A larger event is
    /// returned as an error of the kind [`TooLarge`](EventErrorKind::TooLarge), with the beginning of its text.
    #[must_use]
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Returns the input. Bytes that have been read ahead are lost.
    pub fn into_inner(self) -> R {
        self.window.into_input()
    }

    /// Parses the event that the window begins with, and skips it. `None` if the window does not begin with a
    /// whole event of the type; its end must then be found by its brackets, which is much slower.
    fn parse_at_once(&mut self) -> Option<T> {
        if self.framing.is_between_values() { self.parse_line() } else { self.parse_element() }
    }

    /// Parses the element of a page that the window begins with, and skips it. `None` if it is broken, cut off by
    /// the end of the window or the limit, or not of the type.
    fn parse_element(&mut self) -> Option<T> {
        let bytes = self.window.bytes();
        let mut events = serde_json::Deserializer::from_slice(&bytes[..bytes.len().min(self.limit)]).into_iter();
        let event = events.next()?.ok()?;
        let length = events.byte_offset();
        self.number += 1;
        self.framing.count_element();
        self.window.skip(length);
        Some(event)
    }

    /// Checks whether the window ends inside a page element that is still short, so that it can be parsed at once
    /// when more has been read.
    fn is_cut_short(&self) -> bool {
        let bytes = self.window.bytes();
        let parse_first = || serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>().next();
        !self.framing.is_between_values()
            && !self.window.is_end()
            && bytes.len() < SHORT.min(self.limit)
            && parse_first().is_some_and(|value| value.is_err_and(|error| error.is_eof()))
    }

    /// Parses the line that the window begins with as an event, and skips it. `None` if it is not an event of the
    /// type, is too long, or may be a page.
    fn parse_line(&mut self) -> Option<T> {
        let length = self.line_length().filter(|length| *length <= self.limit)?;
        let line = str::from_utf8(&self.window.bytes()[..length]).ok()?;
        if line.contains("\"items\"") {
            return None; // a page too may be on one line
        }
        let event = serde_json::from_str(line).ok()?;
        self.number += 1;
        self.window.skip_line(length);
        Some(event)
    }

    /// Reads up to the end of the line that the window begins with, and returns its length in bytes, line break
    /// included. `None` if there are [`SHORT`] bytes without a line break, or if the window ends with `}`: that
    /// may be a whole event, and waiting for more input could block.
    fn line_length(&mut self) -> Option<usize> {
        let mut searched = 0;
        loop {
            let bytes = self.window.bytes();
            match line_length(&bytes[searched..]) {
                Some(length) => return Some(searched + length),
                None if self.window.is_end() => return Some(bytes.len()),
                None if bytes.len() >= SHORT || bytes.ends_with(b"}") => return None,
                None => searched = bytes.len(),
            }
            self.window.grow();
        }
    }

    /// Returns the text of a frame.
    fn text(&self, frame: Frame) -> &[u8] {
        &self.window.bytes()[..frame.length]
    }

    /// Parses the event in a frame, and skips it. An event that is not in a page, and is broken, is tried again
    /// without the lines from the next one on that begins with `{`.
    fn parse_frame(&mut self, frame: Frame) -> Result<T, EventError> {
        let frame = self.trimmed(frame);
        match parse::read(self.text(frame)) {
            _ if frame.length > self.limit => Err(self.fail(frame, self.beyond_limit())),
            Ok(event) => {
                self.number += 1;
                self.window.skip(frame.length);
                Ok(event)
            }
            Err(error) => match self.first_lines(frame) {
                Some(frame) => self.parse_frame(frame),
                None => Err(self.fail(frame, error.truncated_to_syntax())),
            },
        }
    }

    /// Returns the frame of the lines before the first line that begins with `{`, which is taken for the next
    /// event. `None` if there is no such line, or the frame is an element of a page.
    fn first_lines(&self, frame: Frame) -> Option<Frame> {
        let newline = self.text(frame).windows(2).position(|pair| pair == b"\n{").filter(|_| frame.index.is_none())?;
        Some(Frame { length: newline, index: None })
    }

    /// Returns the frame without the white space at its end.
    fn trimmed(&self, frame: Frame) -> Frame {
        Frame { length: self.text(frame).trim_ascii_end().len(), ..frame }
    }

    /// Returns the error for a frame that the end of the input cuts off: that of the input if it failed, otherwise
    /// `Truncated`. If a line in the frame begins with `{`, parses the lines before it as an event instead.
    fn truncated(&mut self, frame: Frame) -> Result<T, EventError> {
        let frame = self.trimmed(frame);
        if let Some(frame) = self.first_lines(frame) {
            return self.parse_frame(frame);
        }
        if let Some(failure) = self.window.take_failure() {
            return Err(self.input_failed(frame, failure));
        }
        let error = parse::read::<T>(self.text(frame)).err().filter(|error| error.kind == EventErrorKind::Truncated);
        let unfinished = || Details::new(EventErrorKind::Truncated, "the input ends inside an event or a page");
        Err(self.fail(frame, error.filter(|_| frame.length > 0).unwrap_or_else(unfinished)))
    }

    /// Returns the error for an event that is longer than the limit; the rest of it is skipped later. If a line
    /// within the limit begins with `{`, parses the lines before it as an event instead.
    fn too_large(&mut self) -> Result<T, EventError> {
        let frame = Frame { length: self.limit, index: self.framing.index() };
        if let Some(frame) = self.first_lines(frame) {
            self.framing.leave_value();
            return self.parse_frame(frame);
        }
        self.framing.discard(frame.length);
        Err(self.fail(frame, self.beyond_limit()))
    }

    /// Returns the details of the error for an event that is larger than the limit.
    fn beyond_limit(&self) -> Details {
        let message = format!("the event is larger than the limit of {} bytes", self.limit);
        Details::new(EventErrorKind::TooLarge, &message)
    }

    /// Counts the event and skips the frame. Returns `error`, whose position is relative to the frame, with its
    /// position in the input, the number and the text of the event, and `items[…]` before its path.
    fn fail(&mut self, frame: Frame, mut error: Details) -> EventError {
        self.number += 1;
        let start = self.window.position();
        error.number = self.number;
        error.offset = start.offset;
        if error.line == 1 {
            error.column += start.column - 1;
        }
        error.line += start.line - 1;
        if let Some(index) = frame.index {
            let dot = if error.path.is_empty() || error.path.starts_with('[') { "" } else { "." };
            error.path = format!("items[{index}]{dot}{}", error.path);
        }
        error.raw = self.text(frame).to_vec();
        self.window.skip(frame.length);
        error.into()
    }

    /// Returns the error for an input that failed inside the frame; skips the frame.
    fn input_failed(&mut self, frame: Frame, failure: Error) -> EventError {
        let mut error = Details::new(EventErrorKind::Io, &format!("the input cannot be read: {failure}"));
        error.io = Some(failure);
        self.fail(frame, error)
    }
}

impl<R: BufRead, T: DeserializeOwned> Iterator for EventReader<R, T> {
    type Item = Result<T, EventError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            // One byte more than the limit shows whether an event ends at the limit or goes on.
            let seen = &self.window.bytes()[..self.window.bytes().len().min(self.limit.saturating_add(1))];
            let is_cut = seen.len() > self.limit;
            match self.framing.step(seen, self.window.is_end() && !is_cut) {
                // The limit is less than a byte order mark, and the window begins with a part of one.
                Step::More if is_cut && self.framing.is_between_values() => self.framing.enter(self.window.bytes()),
                Step::More if is_cut => return Some(self.too_large()),
                Step::More => self.window.grow(),
                Step::Skip(length) => self.window.skip(length),
                Step::Value => match self.parse_at_once() {
                    Some(event) => return Some(Ok(event)),
                    None if self.is_cut_short() => self.window.grow(),
                    None => self.framing.enter(self.window.bytes()),
                },
                Step::Event(frame) => return Some(self.parse_frame(frame)),
                Step::Truncated(frame) => return Some(self.truncated(frame)),
                Step::End => {
                    let failure = self.window.take_failure()?;
                    return Some(Err(self.input_failed(Frame { length: 0, index: None }, failure)));
                }
            }
        }
    }
}

impl<R: BufRead, T: DeserializeOwned> FusedIterator for EventReader<R, T> {}
