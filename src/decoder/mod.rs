//! Decodes events from the bytes of an input, as they come.

mod at_once;
mod find;

use std::io::Error;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::Event;
use crate::checkpoint::Checkpoint;
use crate::error::EventError;
use crate::framing::{Framing, Layout};
use crate::parse;
use crate::raw::{Origin, RawEvent};
use crate::window::{Position, Window};

/// Most bytes of an event, if [`EventDecoder::with_limit`] is not called.
const LIMIT: usize = 64 * 1024 * 1024;

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
    /// [`Truncated`](crate::EventErrorKind::Truncated).
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
