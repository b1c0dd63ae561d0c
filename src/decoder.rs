//! Decodes events from the bytes of an input, as they come.

use std::io::Error;
use std::marker::PhantomData;

use memchr::{memchr, memmem};
use serde::de::DeserializeOwned;

use crate::Event;
use crate::checkpoint::Checkpoint;
use crate::error::{Details, EventError, EventErrorKind};
use crate::framing::{Frame, Framing, Layout, Step};
use crate::parse;
use crate::raw::{Origin, RawEvent};
use crate::window::{Position, Window};

/// Most bytes of an event, if [`EventDecoder::with_limit`] is not called.
const LIMIT: usize = 64 * 1024 * 1024;

/// Most bytes of a line whose end is awaited, so that it can be parsed at once.
const SHORT: usize = 64 * 1024;

/// Most times that a text that is not JSON is cut before a line that begins with `{`, and what follows is framed as any
/// other text. After that, it is cut before each such line. So a text is not examined more often than this.
const CUTS: u32 = 4;

/// Decodes events from bytes, which the program pushes as they come: from a socket, an async library, a decompressor.
/// It does no I/O. An [`EventReader`](crate::EventReader) reads an input through a decoder, and says which inputs are
/// understood, and what happens to broken ones.
///
/// The iterator returns `None` when more bytes are needed, and goes on after the next [`push`](Self::push). Take all
/// events before you push more, since pushed bytes are kept until then.
///
/// ```
/// use webex_event::EventDecoder;
///
/// let mut decoder = EventDecoder::new();
/// let mut ids = Vec::new();
/// for chunk in [
///     r#"{"items": [{"id": "1", "resource": "rooms", "type": "created", "#,
///     r#""actorId": "a", "created": "", "data": {}}, {"id": "#,
///     r#""2", "resource": "rooms", "type": "created", "actorId": "a", "created": "", "data": {}}]}"#,
/// ] {
///     decoder.push(chunk.as_bytes());
///     for event in &mut decoder {
///         ids.push(event?.id);
///     }
/// }
/// decoder.finish();
/// assert!(decoder.next().is_none()); // or an error, for an event that is cut off
/// assert_eq!(ids, ["1", "2"]);
/// # Ok::<(), webex_event::EventError>(())
/// ```
#[derive(Debug)]
pub struct EventDecoder<T = Event> {
    window: Window,
    framing: Framing,
    limit: usize,
    /// The number of events that have been found, broken ones included.
    number: u64,
    /// True once no more bytes come.
    is_end: bool,
    /// The error that ended the input, until it is returned.
    failure: Option<Error>,
    /// The position at which the last value outside of pages begins, which may be the page that is read.
    value_start: Position,
    /// The length of the last element of a page that was parsed at once.
    last_length: usize,
    /// The number of bytes at the beginning of the window that have no line break, of a line whose end is awaited.
    searched: usize,
    /// The text that is not JSON ends at this offset in the input.
    broken_until: u64,
    /// The number of times that the text before `broken_until` has been cut.
    cuts: u32,
    /// The checkpoint before a value whose rest is skipped.
    before_dropped: Option<Checkpoint>,
    events: PhantomData<fn() -> T>,
}

/// The result of looking for an event at the beginning of the window.
pub(crate) enum Found<U> {
    /// More bytes are needed, or the input has ended.
    Nothing,
    /// The event was parsed, and has been skipped.
    Parsed(U),
    /// The text of an event, which has been skipped.
    Text(Taken),
    Failed(EventError),
}

/// The text of an event that the window has skipped last.
pub(crate) struct Taken {
    length: usize,
    origin: Origin,
    is_json: bool,
}

impl EventDecoder {
    /// Creates a decoder at the beginning of an input.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a decoder that goes on at a checkpoint. The bytes from [`Checkpoint::offset`] on have to be pushed.
    #[must_use]
    pub fn resume(checkpoint: &Checkpoint) -> Self {
        let framing = Framing::new(checkpoint.layout, checkpoint.place);
        let (window, number) = (Window::at(checkpoint.position), checkpoint.number);
        Self { window, framing, number, value_start: checkpoint.value_start, ..Self::default() }
    }
}

impl<T> Default for EventDecoder<T> {
    fn default() -> Self {
        Self {
            window: Window::default(),
            framing: Framing::default(),
            limit: LIMIT,
            number: 0,
            is_end: false,
            failure: None,
            value_start: Position::default(),
            last_length: 0,
            searched: 0,
            broken_until: 0,
            cuts: 0,
            before_dropped: None,
            events: PhantomData,
        }
    }
}

impl<T> EventDecoder<T> {
    /// Changes the type that each event is parsed as, as [`EventReader::of`](crate::EventReader::of) does.
    pub fn of<U: DeserializeOwned>(self) -> EventDecoder<U> {
        let Self { window, mut framing, limit, number, is_end, failure, value_start, .. } = self;
        let Self { last_length, searched, broken_until, cuts, before_dropped, .. } = self;
        if framing.layout() == Layout::Events {
            framing.set_layout(Layout::Lines);
        }
        EventDecoder {
            window,
            framing,
            limit,
            number,
            is_end,
            failure,
            value_start,
            last_length,
            searched,
            broken_until,
            cuts,
            before_dropped,
            events: PhantomData,
        }
    }

    /// Reads each array, and each object with an array `items`, as a page, whatever its other properties are.
    #[must_use]
    pub fn pages(mut self) -> Self {
        self.framing.set_layout(Layout::Pages);
        self
    }

    /// Reads no value as a page: each is an event.
    #[must_use]
    pub fn lines(mut self) -> Self {
        self.framing.set_layout(Layout::Lines);
        self
    }

    /// Sets the most bytes that the text of an event may have, as
    /// [`EventReader::with_limit`](crate::EventReader::with_limit) does.
    #[must_use]
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// Adds the next bytes of the input.
    pub fn push(&mut self, bytes: &[u8]) {
        self.window.push(bytes);
    }

    /// Ends the input. An event that has not ended is then returned as an error of the kind
    /// [`Truncated`](EventErrorKind::Truncated).
    pub fn finish(&mut self) {
        self.window.finish();
        self.is_end = true;
    }

    /// Ends the input with an error, which is returned with the text of the event that has not ended.
    pub(crate) fn fail(&mut self, failure: Error) {
        self.failure = Some(failure);
        self.finish();
    }

    /// Checks whether [`finish`](Self::finish) was called.
    pub fn is_end(&self) -> bool {
        self.is_end
    }

    /// Returns where the decoder stands, as [`EventReader::checkpoint`](crate::EventReader::checkpoint) does.
    pub fn checkpoint(&self) -> Checkpoint {
        let here = Checkpoint {
            position: self.window.position(),
            number: self.number,
            layout: self.framing.layout(),
            place: self.framing.place(),
            value_start: self.value_start,
        };
        self.before_dropped.clone().filter(|_| self.framing.is_skipping()).unwrap_or(here)
    }

    /// Lends the text of the next event, unparsed. `None` if more bytes are needed. A text that is not JSON is an error.
    pub fn next_raw(&mut self) -> Option<Result<RawEvent<'_>, EventError>> {
        let found = self.find_text();
        self.lend(found)
    }

    /// Looks for the text of the next event.
    pub(crate) fn find_text(&mut self) -> Found<()> {
        self.find(false, |_| None)
    }

    /// Lends the text that [`Self::find_text`] has found.
    pub(crate) fn lend(&self, found: Found<()>) -> Option<Result<RawEvent<'_>, EventError>> {
        let Taken { length, origin, is_json } = match found {
            Found::Nothing | Found::Parsed(()) => return None,
            Found::Failed(error) => return Some(Err(error)),
            Found::Text(taken) => taken,
        };
        let bytes = self.window.skipped(length);
        let text = self.window.skipped_text(length).filter(|_| is_json || parse::check(bytes).is_ok());
        let fail = || origin.fail(parse::fault(bytes).truncated_to_syntax(), bytes);
        Some(text.map(|text| RawEvent::new(text, origin)).ok_or_else(fail))
    }

    /// Finds and skips the next event. At the beginning of a value, `parse_at_once` may parse and skip it, which is
    /// faster than to look for its end first. If `waits` is true, a line whose end is not in the window yet may be left
    /// until it is.
    fn find<U>(&mut self, waits: bool, parse_at_once: impl Fn(&mut Self) -> Option<U>) -> Found<U> {
        loop {
            let bytes = self.window.bytes();
            // One byte more than the limit shows whether an event ends at the limit or goes on.
            let seen = &bytes[..bytes.len().min(self.limit.saturating_add(1))];
            let is_cut = seen.len() > self.limit;
            match self.framing.step(seen, self.is_end && !is_cut) {
                // The limit is less than a byte order mark, and the window begins with a part of one.
                Step::More if is_cut && self.framing.is_between_values() => self.enter(),
                Step::More if is_cut => return self.exceed_limit(),
                Step::More => return Found::Nothing,
                Step::Skip(length) => self.window.skip(length),
                Step::Value => match parse_at_once(self) {
                    Some(event) => return Found::Parsed(event),
                    None if waits && self.awaits_line() => return Found::Nothing,
                    None => match self.cut_broken() {
                        Some(frame) => return self.take(frame),
                        None => self.enter(),
                    },
                },
                Step::Event(frame) if frame.length > self.limit => return self.take_too_large(frame),
                Step::Event(frame) => {
                    let frame = self.first_lines(frame).unwrap_or(frame);
                    return self.take(frame);
                }
                Step::Truncated(frame) => return self.take_truncated(frame),
                Step::Contradiction(length, name) => return Found::Failed(self.contradict(length, name)),
                Step::End => {
                    let place = Frame { length: 0, place: None, is_json: false };
                    let failure = self.failure.take();
                    return failure.map_or(Found::Nothing, |failure| {
                        Found::Failed(self.fail_frame(place, input_failed(failure)))
                    });
                }
            }
        }
    }

    /// Checks whether the window is the beginning of a short line that can be parsed at once when its end comes. A
    /// window that ends with `}` may be a whole event, after which no more comes for long.
    fn awaits_line(&self) -> bool {
        let bytes = self.window.bytes();
        self.framing.is_between_values()
            && !self.is_end
            && bytes.len() < SHORT.min(self.limit)
            && !bytes.ends_with(b"}")
            && self.searched == bytes.len()
    }

    /// Enters the value that the window begins with, so that its end is looked for.
    fn enter(&mut self) {
        self.searched = 0;
        if self.framing.is_between_values() {
            self.value_start = self.window.position();
        }
        let length = self.framing.enter(self.window.bytes());
        self.window.skip(length);
    }

    /// Returns the next lines of a text that is not JSON and has been cut [`CUTS`] times. `None` outside of such a
    /// text.
    fn cut_broken(&mut self) -> Option<Frame> {
        let left = self.broken_until.saturating_sub(self.window.position().offset);
        if left == 0 {
            self.cuts = 0;
        }
        if self.cuts < CUTS || !self.framing.is_between_values() {
            return None;
        }
        self.searched = 0;
        let bytes = self.window.bytes();
        let length = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
        let frame = Frame { length, place: None, is_json: false };
        Some(cut_before_object(&bytes[..length]).map_or(frame, |length| Frame { length, ..frame }))
    }

    /// Returns the frame of the lines before the first line that begins with `{`, which is taken for the next event.
    /// `None` if there is no such line, the text is JSON, or it is an element of a page.
    fn first_lines(&mut self, frame: Frame) -> Option<Frame> {
        if frame.is_json || frame.place.is_some() {
            return None;
        }
        let length = cut_before_object(&self.window.bytes()[..frame.length])?;
        self.cuts += 1;
        self.broken_until = self.broken_until.max(self.window.position().offset + frame.length as u64);
        Some(Frame { length, ..frame })
    }

    /// Counts and skips the event in a frame, without the white space at its end.
    fn take<U>(&mut self, frame: Frame) -> Found<U> {
        let Frame { length, place, is_json } = frame;
        let length = self.window.bytes()[..length].trim_ascii_end().len();
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place };
        self.window.skip(length);
        Found::Text(Taken { length, origin, is_json })
    }

    /// Counts and skips the event in a frame, and returns `error`, whose position is relative to the frame, for it.
    fn fail_frame(&mut self, frame: Frame, error: Details) -> EventError {
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place: frame.place };
        let error = origin.fail(error, &self.window.bytes()[..frame.length]);
        self.window.skip(frame.length);
        error
    }

    /// Returns the error for a frame that the end of the input cuts off: that of the input if it failed, otherwise
    /// `Truncated`. If a line in the frame begins with `{`, returns the lines before it instead.
    fn take_truncated<U>(&mut self, frame: Frame) -> Found<U> {
        let length = self.window.bytes()[..frame.length].trim_ascii_end().len();
        let frame = Frame { length, ..frame };
        if let Some(frame) = self.first_lines(frame) {
            return self.take(frame);
        }
        if let Some(failure) = self.failure.take() {
            return Found::Failed(self.fail_frame(frame, input_failed(failure)));
        }
        let text = &self.window.bytes()[..length];
        let error = parse::check(text).err().filter(|error| error.kind == EventErrorKind::Truncated && length > 0);
        let unfinished = || Details::new(EventErrorKind::Truncated, "the input ends inside an event or a page");
        Found::Failed(self.fail_frame(frame, error.unwrap_or_else(unfinished)))
    }

    /// Returns the error for an event that goes on after the limit; its rest is skipped later. If its text is not JSON,
    /// and a line within the limit begins with `{`, returns the lines before it instead.
    fn exceed_limit<U>(&mut self) -> Found<U> {
        let frame = Frame { length: self.limit, place: self.framing.place(), is_json: self.framing.is_json() };
        if let Some(frame) = self.first_lines(frame) {
            self.framing.leave_value();
            return self.take(frame);
        }
        self.before_dropped = Some(self.checkpoint());
        self.framing.skip_value(frame.length);
        self.take_too_large(frame)
    }

    /// Returns the error for an event that is larger than the limit.
    fn take_too_large<U>(&mut self, frame: Frame) -> Found<U> {
        let message = format!("the event is larger than the limit of {} bytes", self.limit);
        Found::Failed(self.fail_frame(frame, Details::new(EventErrorKind::TooLarge, &message)))
    }

    /// Returns the error for a page that has the property `name` of an event, and skips its last `length` bytes. The
    /// error has no text, since the page is not kept.
    fn contradict(&mut self, length: usize, name: &str) -> EventError {
        self.window.skip(length);
        self.number += 1;
        let origin = Origin { number: self.number, start: self.value_start, place: None };
        let message = format!(
            "the object was read as a page because `items` is first, but has the property `{name}` of an event"
        );
        origin.fail(Details::new(EventErrorKind::Data, &message), &[])
    }
}

impl<T: DeserializeOwned> EventDecoder<T> {
    /// Parses the event that the window begins with, and skips it. `None` if the window does not begin with a
    /// whole event of the type.
    fn parse_at_once(&mut self) -> Option<T> {
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

/// Returns the next event, or the error for a text that is none. `None` if more bytes are needed.
impl<T: DeserializeOwned> Iterator for EventDecoder<T> {
    type Item = Result<T, EventError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.find(true, Self::parse_at_once) {
            Found::Nothing => None,
            Found::Parsed(event) => Some(Ok(event)),
            Found::Failed(error) => Some(Err(error)),
            Found::Text(Taken { length, origin, .. }) => {
                self.last_length = length;
                Some(origin.parse(self.window.skipped(length), self.window.skipped_text(length)))
            }
        }
    }
}

/// Returns the length of the lines of `text` before the first one, after the first line, that begins with `{`, without
/// the last line break. `None` if there is none.
fn cut_before_object(text: &[u8]) -> Option<usize> {
    memmem::find(text, b"\n{")
}

/// Returns the details of the error for an input that failed.
fn input_failed(failure: Error) -> Details {
    let mut error = Details::new(EventErrorKind::Io, &format!("the input cannot be read: {failure}"));
    error.io = Some(failure);
    error
}
