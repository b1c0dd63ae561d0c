//! Finds the next event in the bytes that have been pushed, and makes the errors for events that are cut off or too
//! large.

use std::io::Error;

use super::broken::BrokenText;
use crate::checkpoint::Checkpoint;
use crate::error::{Details, EventError, EventErrorKind};
use crate::framing::{Framing, Layout, Step, TextExtent};
use crate::parse;
use crate::raw::Origin;
use crate::window::{Position, Window};

/// Most bytes of an event, unless [`EventDecoder::with_limit`](super::EventDecoder::with_limit) is called.
const DEFAULT_LIMIT: usize = 64 * 1024 * 1024;

/// The window on the input, and the state of looking for the next event in it.
#[derive(Debug)]
pub(super) struct EventFinder {
    pub(super) window: Window,
    pub(super) framing: Framing,
    /// Most bytes of an event.
    pub(super) limit: usize,
    /// The number of events that were found, broken ones included.
    pub(super) number: u64,
    /// Whether the input has ended, so that no more bytes are pushed.
    pub(super) is_end: bool,
    /// The position at which the last value outside pages began, which may be the page that is being read.
    pub(super) value_start: Position,
    /// The event that was parsed last. `None` once the window has grown or the next event is being looked for.
    pub(super) last: Option<FoundText>,
    /// The error that ended the input, until it is returned; `None` if the input did not fail.
    failure: Option<Error>,
    broken: BrokenText,
    /// The checkpoint before a value whose rest is being skipped.
    before_skipped: Option<Checkpoint>,
}

/// The result of looking for an event at the beginning of the window.
pub(crate) enum Found {
    /// More bytes are needed, or the input has ended.
    Nothing,
    /// The window begins with a value, which is an event or a page. The caller either parses and skips it, or calls
    /// [`EventFinder::enter_value`].
    Value,
    /// The text of an event was found, and skipped.
    Text(FoundText),
    /// The text of an event was found and skipped, and is cut off or too large.
    Failed(EventError),
}

/// The text of an event, which consists of the bytes that the window has skipped last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoundText {
    /// The length in bytes, which includes white space at the end.
    pub(super) length: usize,
    pub(super) origin: Origin,
    /// Whether the brackets, strings, commas and colons of the text are those of one JSON value.
    pub(super) is_json: bool,
}

impl Default for EventFinder {
    fn default() -> Self {
        Self {
            window: Window::default(),
            framing: Framing::default(),
            limit: DEFAULT_LIMIT,
            number: 0,
            is_end: false,
            value_start: Position::default(),
            last: None,
            failure: None,
            broken: BrokenText::default(),
            before_skipped: None,
        }
    }
}

impl EventFinder {
    /// Creates a finder that goes on at a checkpoint.
    pub(super) fn resume(checkpoint: &Checkpoint) -> Self {
        let &Checkpoint { position, number, layout, place, value_start } = checkpoint;
        let (window, framing) = (Window::new_at(position), Framing::new(layout, place));
        Self { window, framing, number, value_start, ..Self::default() }
    }

    /// Lets no value be read as a page from now on, unless the program has said which values are pages.
    pub(super) fn set_layout_for_other_type(&mut self) {
        if self.framing.layout() == Layout::Events {
            self.framing.set_layout(Layout::Lines);
        }
    }

    /// Adds the next bytes of the input.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.last = None;
        self.window.push(bytes);
    }

    /// Ends the input. `failure` is the error with which the input ended, if it failed.
    pub(super) fn finish(&mut self, failure: Option<Error>) {
        self.window.finish();
        self.is_end = true;
        self.failure = failure;
    }

    /// Returns the place after the last event; the place before it if the rest of its value is being skipped.
    pub(super) fn checkpoint(&self) -> Checkpoint {
        let here = Checkpoint {
            position: self.window.position(),
            number: self.number,
            layout: self.framing.layout(),
            place: self.framing.place(),
            value_start: self.value_start,
        };
        self.before_skipped.clone().filter(|_| self.framing.is_skipping()).unwrap_or(here)
    }

    /// Finds and skips the next event, or finds the beginning of a value that may be an event.
    pub(super) fn find_event(&mut self) -> Found {
        self.last = None;
        loop {
            let bytes = self.window.bytes();
            // One byte more than the limit shows whether an event ends at the limit or goes on.
            let seen = &bytes[..bytes.len().min(self.limit.saturating_add(1))];
            let is_cut = seen.len() > self.limit;
            match self.framing.next_step(seen, self.is_end && !is_cut) {
                // The limit is less than a byte order mark, and the window begins with a part of one.
                Step::More if is_cut && self.framing.is_between_values() => return Found::Value,
                Step::More if is_cut => return self.take_beyond_limit(),
                Step::More => return Found::Nothing,
                Step::Skip(length) => self.window.skip(length),
                Step::Value => return Found::Value,
                Step::Event(frame) if frame.length > self.limit => return self.take_too_large(frame),
                Step::Event(frame) => {
                    let frame = self.cut_before_object(frame).unwrap_or(frame);
                    return self.take_text(frame);
                }
                Step::Truncated(frame) => return self.take_truncated(frame),
                Step::Contradiction(length, name) => return self.take_contradiction(length, name),
                Step::End => {
                    let place = TextExtent { length: 0, place: None, is_json: false };
                    let failure = self.failure.take();
                    return failure.map_or(Found::Nothing, |failure| {
                        self.take_failed(place, Details::from_input_failure(failure))
                    });
                }
            }
        }
    }

    /// Enters the value that the window begins with, so that [`Self::find_event`] looks for its end. If the value is in
    /// a text that is not JSON and was cut often, returns the next lines of this text instead.
    pub(super) fn enter_value(&mut self) -> Option<Found> {
        if self.framing.is_between_values() {
            let position = self.window.position();
            if let Some(frame) = self.broken.cut_again(self.window.bytes(), position.offset) {
                return Some(self.take_text(frame));
            }
            self.value_start = position;
        }
        let length = self.framing.enter_value(self.window.bytes());
        self.window.skip(length);
        None
    }

    /// Counts and skips the event at the beginning of the window, which was parsed; it is a line or an element of a
    /// page. `length` includes the white space after it.
    pub(super) fn skip_parsed(&mut self, length: usize) {
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place: self.framing.place() };
        self.last = Some(FoundText { length, origin, is_json: true });
        if self.framing.is_between_values() {
            self.value_start = origin.start;
            self.window.skip_in_line(length);
        } else {
            self.framing.count_element();
            self.window.skip(length);
        }
    }

    /// Counts and skips the event with the extent `frame`, without the white space at its end, and returns its text.
    fn take_text(&mut self, frame: TextExtent) -> Found {
        let TextExtent { length, place, is_json } = frame;
        let length = self.window.bytes()[..length].trim_ascii_end().len();
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place };
        self.window.skip(length);
        Found::Text(FoundText { length, origin, is_json })
    }

    /// Counts and skips the event with the extent `frame`, and returns `error` for it, whose position is relative to
    /// the event.
    fn take_failed(&mut self, frame: TextExtent, error: Details) -> Found {
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place: frame.place };
        let error = origin.complete_error(error, &self.window.bytes()[..frame.length]);
        self.window.skip(frame.length);
        Found::Failed(error)
    }

    /// Returns the extent of the lines before the first line that begins with `{`, which is taken for the beginning of
    /// the next event. `None` if there is no such line, if the text is JSON, or if it is an element of a page.
    fn cut_before_object(&mut self, frame: TextExtent) -> Option<TextExtent> {
        let text = &self.window.bytes()[..frame.length];
        self.broken.cut_before_object(frame, text, self.window.position().offset)
    }

    /// Returns the error for an event that the end of the input cuts off: the error of the input if it failed,
    /// otherwise `Truncated`. If a line of the event's text begins with `{`, returns the lines before it instead.
    fn take_truncated(&mut self, frame: TextExtent) -> Found {
        let length = self.window.bytes()[..frame.length].trim_ascii_end().len();
        let frame = TextExtent { length, ..frame };
        if let Some(frame) = self.cut_before_object(frame) {
            return self.take_text(frame);
        }
        if let Some(failure) = self.failure.take() {
            return self.take_failed(frame, Details::from_input_failure(failure));
        }
        let text = &self.window.bytes()[..length];
        let error = parse::check_json(text).err().filter(|error| error.kind == EventErrorKind::Truncated && length > 0);
        let unfinished = || Details::new(EventErrorKind::Truncated, "the input ends inside an event or a page");
        self.take_failed(frame, error.unwrap_or_else(unfinished))
    }

    /// Returns the error for an event that goes on beyond the size limit; its rest is skipped later. If its text is not
    /// JSON and a line within the limit begins with `{`, returns the lines before this line instead.
    fn take_beyond_limit(&mut self) -> Found {
        let frame = TextExtent { length: self.limit, place: self.framing.place(), is_json: self.framing.is_json() };
        if let Some(frame) = self.cut_before_object(frame) {
            self.framing.leave_value();
            return self.take_text(frame);
        }
        self.before_skipped = Some(self.checkpoint());
        self.framing.skip_value(frame.length);
        self.take_too_large(frame)
    }

    /// Returns the error for an event that is larger than the limit.
    fn take_too_large(&mut self, frame: TextExtent) -> Found {
        let message = format!("the event is larger than the limit of {} bytes", self.limit);
        self.take_failed(frame, Details::new(EventErrorKind::TooLarge, &message))
    }

    /// Returns the error for a page that has the property `name`, which an event requires, and skips its last `length`
    /// bytes. The error has no text, since the page is not kept.
    fn take_contradiction(&mut self, length: usize, name: &str) -> Found {
        self.window.skip(length);
        self.number += 1;
        let origin = Origin { number: self.number, start: self.value_start, place: None };
        let message = format!(
            "the object was read as a page because `items` is first, but has the property `{name}` of an event"
        );
        Found::Failed(origin.complete_error(Details::new(EventErrorKind::Data, &message), &[]))
    }
}
