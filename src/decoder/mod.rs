//! Decodes events from the bytes of an input, as they arrive.

mod at_once;
mod broken;
mod finder;

use std::io::Error;
use std::marker::PhantomData;

use at_once::ParserAtOnce;
pub(crate) use finder::Found;
use finder::{EventFinder, FoundText};
use serde::de::DeserializeOwned;

use crate::Event;
use crate::checkpoint::Checkpoint;
use crate::error::EventError;
use crate::framing::Layout;
use crate::parse;
use crate::raw::RawEvent;

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
    finder: EventFinder,
    parser: ParserAtOnce,
    events: PhantomData<fn() -> T>,
}

impl EventDecoder {
    /// Creates a decoder at the beginning of an input.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a decoder that goes on at a checkpoint. The program must push the bytes of the input from
    /// [`Checkpoint::offset`] on.
    #[must_use]
    pub fn resume(checkpoint: &Checkpoint) -> Self {
        Self { finder: EventFinder::resume(checkpoint), ..Self::default() }
    }
}

impl<T> Default for EventDecoder<T> {
    fn default() -> Self {
        Self { finder: EventFinder::default(), parser: ParserAtOnce::default(), events: PhantomData }
    }
}

impl<T> EventDecoder<T> {
    /// Changes the type as which each event is parsed; see [`EventReader::of`](crate::EventReader::of).
    pub fn of<U: DeserializeOwned>(mut self) -> EventDecoder<U> {
        self.finder.set_layout_for_other_type();
        EventDecoder { finder: self.finder, parser: self.parser, events: PhantomData }
    }

    /// Reads each array, and each object with an array `items`, as a page, whatever its other properties are.
    #[must_use]
    pub fn pages(mut self) -> Self {
        self.finder.framing.set_layout(Layout::Pages);
        self
    }

    /// Reads no value as a page: each value is an event.
    #[must_use]
    pub fn lines(mut self) -> Self {
        self.finder.framing.set_layout(Layout::Lines);
        self
    }

    /// Sets the most bytes that the text of an event may have; see
    /// [`EventReader::with_limit`](crate::EventReader::with_limit).
    #[must_use]
    pub fn with_limit(mut self, bytes: usize) -> Self {
        self.finder.limit = bytes;
        self
    }

    /// Adds the next bytes of the input.
    pub fn push(&mut self, bytes: &[u8]) {
        self.finder.push(bytes);
    }

    /// Ends the input. An event whose end was not pushed is then returned as an error of the kind
    /// [`Truncated`](crate::EventErrorKind::Truncated).
    pub fn finish(&mut self) {
        self.finder.finish(None);
    }

    /// Ends the input with the error `failure`, which is returned together with the text of an event whose end was not
    /// pushed.
    pub(crate) fn fail_input(&mut self, failure: Error) {
        self.finder.finish(Some(failure));
    }

    /// Checks whether [`finish`](Self::finish) was called.
    pub fn is_end(&self) -> bool {
        self.finder.is_end
    }

    /// Returns the place after the last event; see [`EventReader::checkpoint`](crate::EventReader::checkpoint).
    pub fn checkpoint(&self) -> Checkpoint {
        self.finder.checkpoint()
    }

    /// Lends the text of the next event, unparsed. `None` if more bytes are needed. A text that is not JSON is returned
    /// as an error.
    pub fn next_raw(&mut self) -> Option<Result<RawEvent<'_>, EventError>> {
        let found = self.find_text();
        self.lend_text(found)
    }

    /// Lends the text of the event that the iterator has returned last; see
    /// [`EventReader::last_raw`](crate::EventReader::last_raw). `None` also if bytes were pushed since then.
    pub fn last_raw(&self) -> Option<RawEvent<'_>> {
        let FoundText { length, origin, .. } = self.finder.last?;
        Some(RawEvent::new(self.finder.window.skipped_text(length)?.trim_ascii_end(), origin))
    }

    /// Finds the text of the next event, without parsing it. [`Found::Nothing`] if more bytes are needed.
    pub(crate) fn find_text(&mut self) -> Found {
        loop {
            let found = match self.finder.find_event() {
                Found::Value => {
                    self.parser.leave_line();
                    self.finder.enter_value()
                }
                found => Some(found),
            };
            if let Some(found) = found {
                return found;
            }
        }
    }

    /// Lends the text in `found`, a result of [`Self::find_text`]; `None` if it has no text. A text that is not JSON is
    /// returned as an error.
    pub(crate) fn lend_text(&self, found: Found) -> Option<Result<RawEvent<'_>, EventError>> {
        let FoundText { length, origin, is_json } = match found {
            Found::Nothing | Found::Value => return None,
            Found::Failed(error) => return Some(Err(error)),
            Found::Text(taken) => taken,
        };
        let window = &self.finder.window;
        let bytes = window.skipped(length);
        let text = window.skipped_text(length).filter(|_| is_json || parse::check_json(bytes).is_ok());
        let fail = || origin.complete_error(parse::find_json_error(bytes).with_truncated_as_syntax(), bytes);
        Some(text.map(|text| RawEvent::new(text, origin)).ok_or_else(fail))
    }
}

/// Returns the next event, or the error for a text that is not an event. `None` if more bytes are needed.
impl<T: DeserializeOwned> Iterator for EventDecoder<T> {
    type Item = Result<T, EventError>;

    fn next(&mut self) -> Option<Self::Item> {
        let taken = loop {
            let found = match self.finder.find_event() {
                Found::Value => {
                    let event = self.parser.try_parse(&mut self.finder);
                    if event.is_some() {
                        return event;
                    }
                    if self.parser.awaits_line(&self.finder) {
                        return None;
                    }
                    self.parser.leave_line();
                    self.finder.enter_value()
                }
                found => Some(found),
            };
            match found {
                None | Some(Found::Value) => {}
                Some(Found::Nothing) => return None,
                Some(Found::Failed(error)) => return Some(Err(error)),
                Some(Found::Text(taken)) => break taken,
            }
        };
        Some(self.parser.parse_found_text(taken, &mut self.finder))
    }
}
