//! Decodes events from the bytes of an input, as they arrive.

mod at_once;
mod broken;
mod finder;

use std::io::Error;
use std::marker::PhantomData;

use at_once::DirectParser;
pub(crate) use finder::FindResult;
use finder::{EventFinder, FoundEventText};
use serde::de::DeserializeOwned;

use crate::Event;
use crate::checkpoint::Checkpoint;
use crate::error::EventError;
use crate::framing::InputLayout;
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
    parser: DirectParser,
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
        Self { finder: EventFinder::new_at_checkpoint(checkpoint), ..Self::default() }
    }
}

impl<T> Default for EventDecoder<T> {
    fn default() -> Self {
        Self { finder: EventFinder::default(), parser: DirectParser::default(), events: PhantomData }
    }
}

impl<T> EventDecoder<T> {
    /// Changes the type as which each event is parsed; see [`EventReader::of`](crate::EventReader::of).
    pub fn of<U: DeserializeOwned>(mut self) -> EventDecoder<U> {
        self.finder.disable_page_detection();
        EventDecoder { finder: self.finder, parser: self.parser, events: PhantomData }
    }

    /// Reads each array, and each object with an array `items`, as a page, whatever its other properties are.
    #[must_use]
    pub fn pages(mut self) -> Self {
        self.finder.framing.set_layout(InputLayout::Pages);
        self
    }

    /// Reads no value as a page: each value is an event.
    #[must_use]
    pub fn lines(mut self) -> Self {
        self.finder.framing.set_layout(InputLayout::Lines);
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
        self.finder.push_bytes(bytes);
    }

    /// Ends the input. An event whose end was not pushed is then returned as an error of the kind
    /// [`Truncated`](crate::EventErrorKind::Truncated).
    pub fn finish(&mut self) {
        self.finder.finish_input(None);
    }

    /// Ends the input with the error `failure`, which is returned together with the text of an event whose end was not
    /// pushed.
    pub(crate) fn fail_input(&mut self, failure: Error) {
        self.finder.finish_input(Some(failure));
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
        let found = self.find_event_text();
        self.lend_event_text(found)
    }

    /// Lends the text of the event that the iterator has returned last; see
    /// [`EventReader::last_raw`](crate::EventReader::last_raw). `None` also if bytes were pushed since then.
    pub fn last_raw(&self) -> Option<RawEvent<'_>> {
        let FoundEventText { length, origin, .. } = self.finder.last?;
        Some(RawEvent::new(self.finder.window.last_skipped_text(length)?.trim_ascii_end(), origin))
    }

    /// Finds the text of the next event, without parsing it. [`FindResult::Nothing`] if more bytes are needed.
    pub(crate) fn find_event_text(&mut self) -> FindResult {
        loop {
            let found = match self.finder.find_event() {
                FindResult::Value => {
                    self.parser.stop_awaiting_line_end();
                    self.finder.enter_value()
                }
                found => Some(found),
            };
            if let Some(found) = found {
                return found;
            }
        }
    }

    /// Lends the text in `found`, a result of [`Self::find_event_text`]; `None` if it has no text. A text that is not
    /// JSON is returned as an error.
    pub(crate) fn lend_event_text(&self, found: FindResult) -> Option<Result<RawEvent<'_>, EventError>> {
        let FoundEventText { length, origin, is_json } = match found {
            FindResult::Nothing | FindResult::Value => return None,
            FindResult::Failed(error) => return Some(Err(error)),
            FindResult::Text(taken) => taken,
        };
        let window = &self.finder.window;
        let bytes = window.last_skipped_bytes(length);
        let text = window.last_skipped_text(length).filter(|_| is_json || parse::check_json(bytes).is_ok());
        let fail = || origin.locate_error_in_input(parse::find_json_error(bytes).with_truncated_as_syntax(), bytes);
        Some(text.map(|text| RawEvent::new(text, origin)).ok_or_else(fail))
    }
}

/// Returns the next event, or the error for a text that is not an event. `None` if more bytes are needed.
impl<T: DeserializeOwned> Iterator for EventDecoder<T> {
    type Item = Result<T, EventError>;

    fn next(&mut self) -> Option<Self::Item> {
        let taken = loop {
            let found = match self.finder.find_event() {
                FindResult::Value => {
                    let event = self.parser.try_parse_event(&mut self.finder);
                    if event.is_some() {
                        return event;
                    }
                    if self.parser.awaits_line_end(&self.finder) {
                        return None;
                    }
                    self.parser.stop_awaiting_line_end();
                    self.finder.enter_value()
                }
                found => Some(found),
            };
            match found {
                None | Some(FindResult::Value) => {}
                Some(FindResult::Nothing) => return None,
                Some(FindResult::Failed(error)) => return Some(Err(error)),
                Some(FindResult::Text(taken)) => break taken,
            }
        };
        Some(self.parser.parse_found_text(taken, &mut self.finder))
    }
}
