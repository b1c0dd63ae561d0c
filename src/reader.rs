//! Events from an input of any length, one after another.

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

/// The limit of a reader that is given none.
const LIMIT: usize = 64 * 1024 * 1024;

/// The longest text that is read as an event before its brackets are looked at.
const LINE: usize = 64 * 1024;

/// Reads events from a page, from several pages one after another, from NDJSON (an event a line),
/// or a single event; it tells them apart by itself.
///
/// A page is an object with an array `items`, wherever in it that stands; its other properties are
/// passed over. Memory holds one event at a time, never a page.
///
/// An event that is broken, or is not of the type `T`, comes as an [`EventError`] with its text, and
/// reading goes on with the next: at the next line, or in a page at the next element. When the
/// input itself fails, the error is the last item.
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
    /// How many events have been found.
    number: u64,
    events: PhantomData<fn() -> T>,
}

impl<R: BufRead> EventReader<R> {
    /// Reads from an input, such as a `BufReader<File>`, standard input or `&[u8]`.
    pub fn new(input: R) -> Self {
        let (window, framing) = (Window::new(input), Framing::default());
        Self { window, framing, limit: LIMIT, number: 0, events: PhantomData }
    }
}

impl<R: BufRead, T: DeserializeOwned> EventReader<R, T> {
    /// Reads each event as a type of one's own.
    pub fn of<U: DeserializeOwned>(self) -> EventReader<R, U> {
        let Self { window, framing, limit, number, .. } = self;
        EventReader { window, framing, limit, number, events: PhantomData }
    }

    /// The size in bytes that the text of an event may have, 64 MiB if it is not set. What is larger
    /// comes as an error of the kind [`TooLarge`](EventErrorKind::TooLarge), with its beginning.
    #[must_use]
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Gives the input back; what has been read ahead is lost.
    pub fn into_inner(self) -> R {
        self.window.into_input()
    }

    /// What the window begins with, if that is an event: much faster than to look for its brackets.
    fn whole(&mut self) -> Option<T> {
        if self.framing.is_between() { self.line() } else { self.element() }
    }

    /// The element at hand of a page.
    fn element(&mut self) -> Option<T> {
        let bytes = self.window.bytes();
        let mut events = serde_json::Deserializer::from_slice(&bytes[..bytes.len().min(self.limit)]).into_iter();
        let event = events.next()?.ok()?;
        let length = events.byte_offset();
        self.number += 1;
        self.framing.pass();
        self.window.skip(length);
        Some(event)
    }

    /// Whether the window ends inside an element that is not long: then it is soon whole.
    fn is_cut_short(&self) -> bool {
        let bytes = self.window.bytes();
        let ends_inside = || serde_json::Deserializer::from_slice(bytes).into_iter::<IgnoredAny>().next();
        !self.framing.is_between()
            && !self.window.is_end()
            && bytes.len() < LINE.min(self.limit)
            && ends_inside().is_some_and(|value| value.is_err_and(|error| error.is_eof()))
    }

    /// The line at hand.
    fn line(&mut self) -> Option<T> {
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

    /// The length of the line at hand, unless it is long or there may be a whole value already.
    fn line_length(&mut self) -> Option<usize> {
        let mut searched = 0;
        loop {
            let bytes = self.window.bytes();
            match line_length(&bytes[searched..]) {
                Some(length) => return Some(searched + length),
                None if self.window.is_end() => return Some(bytes.len()),
                None if bytes.len() >= LINE || bytes.ends_with(b"}") => return None,
                None => searched = bytes.len(),
            }
            self.window.grow();
        }
    }

    fn text(&self, frame: Frame) -> &[u8] {
        &self.window.bytes()[..frame.length]
    }

    fn event(&mut self, frame: Frame) -> Result<T, EventError> {
        let frame = self.trimmed(frame);
        match parse::read(self.text(frame)) {
            _ if frame.length > self.limit => Err(self.fail(frame, self.beyond_limit())),
            Ok(event) => {
                self.number += 1;
                self.window.skip(frame.length);
                Ok(event)
            }
            Err(error) => match self.first_lines(frame) {
                Some(frame) => self.event(frame),
                None => Err(self.fail(frame, error.of_part())),
            },
        }
    }

    /// What there is of a broken event that is no element of a page: it ends before a line that
    /// begins with `{`, since that is the next event.
    fn first_lines(&self, frame: Frame) -> Option<Frame> {
        let newline = self.text(frame).windows(2).position(|pair| pair == b"\n{").filter(|_| frame.index.is_none())?;
        Some(Frame { length: newline, index: None })
    }

    /// Without the white space after it, which is no part of it.
    fn trimmed(&self, frame: Frame) -> Frame {
        Frame { length: self.text(frame).trim_ascii_end().len(), ..frame }
    }

    fn truncated(&mut self, frame: Frame) -> Result<T, EventError> {
        let frame = self.trimmed(frame);
        if let Some(frame) = self.first_lines(frame) {
            return self.event(frame);
        }
        if let Some(failure) = self.window.take_failure() {
            return Err(self.input_failed(frame, failure));
        }
        let error = parse::read::<T>(self.text(frame)).err().filter(|error| error.kind == EventErrorKind::Truncated);
        let unfinished = || Details::new(EventErrorKind::Truncated, "the input ends inside an event or a page");
        Err(self.fail(frame, error.filter(|_| frame.length > 0).unwrap_or_else(unfinished)))
    }

    /// The event goes on past the limit.
    fn too_large(&mut self) -> Result<T, EventError> {
        let frame = Frame { length: self.limit, index: self.framing.index() };
        if let Some(frame) = self.first_lines(frame) {
            self.framing.leave();
            return self.event(frame);
        }
        self.framing.give_up(frame.length);
        Err(self.fail(frame, self.beyond_limit()))
    }

    fn beyond_limit(&self) -> Details {
        let message = format!("the event is larger than the limit of {} bytes", self.limit);
        Details::new(EventErrorKind::TooLarge, &message)
    }

    /// The error with its place in the input; its text is done with.
    fn fail(&mut self, frame: Frame, mut error: Details) -> EventError {
        self.number += 1;
        let at = self.window.position();
        error.number = self.number;
        error.offset = at.offset;
        if error.line == 1 {
            error.column += at.column - 1;
        }
        error.line += at.line - 1;
        if let Some(index) = frame.index {
            let dot = if error.path.is_empty() || error.path.starts_with('[') { "" } else { "." };
            error.path = format!("items[{index}]{dot}{}", error.path);
        }
        error.raw = self.text(frame).to_vec();
        self.window.skip(frame.length);
        error.into()
    }

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
            // One byte more than the limit tells whether an event ends at it.
            let seen = &self.window.bytes()[..self.window.bytes().len().min(self.limit.saturating_add(1))];
            let is_cut = seen.len() > self.limit;
            match self.framing.step(seen, self.window.is_end() && !is_cut) {
                // A limit of less than a byte order mark; the window begins with a part of one.
                Step::More if is_cut && self.framing.is_between() => self.framing.enter(self.window.bytes()),
                Step::More if is_cut => return Some(self.too_large()),
                Step::More => self.window.grow(),
                Step::Skip(length) => self.window.skip(length),
                Step::Value => match self.whole() {
                    Some(event) => return Some(Ok(event)),
                    None if self.is_cut_short() => self.window.grow(),
                    None => self.framing.enter(self.window.bytes()),
                },
                Step::Event(frame) => return Some(self.event(frame)),
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
