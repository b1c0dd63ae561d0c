//! Finds the next event in the bytes that have been pushed, and the errors for events that are cut off or too large.

use std::io::Error;

use super::broken::BrokenText;
use crate::checkpoint::Checkpoint;
use crate::error::{Details, EventError, EventErrorKind};
use crate::framing::{Frame, Framing, Layout, Step};
use crate::parse;
use crate::raw::Origin;
use crate::window::{Position, Window};

/// Most bytes of an event, if [`EventDecoder::with_limit`](super::EventDecoder::with_limit) is not called.
const LIMIT: usize = 64 * 1024 * 1024;

/// The window on the input, and what has been found out about it.
#[derive(Debug)]
pub(super) struct EventFinder {
    pub(super) window: Window,
    pub(super) framing: Framing,
    /// Most bytes of an event.
    pub(super) limit: usize,
    /// The number of events that have been found, broken ones included.
    pub(super) number: u64,
    /// True once no more bytes come.
    pub(super) is_end: bool,
    /// The position at which the last value outside of pages begins, which may be the page that is read.
    pub(super) value_start: Position,
    /// The event that was parsed last, until the window grows or the next event is looked for.
    pub(super) last: Option<Taken>,
    /// The error that ended the input, until it is returned.
    failure: Option<Error>,
    broken: BrokenText,
    /// The checkpoint before a value whose rest is skipped.
    before_skipped: Option<Checkpoint>,
}

/// The result of looking for an event at the beginning of the window.
pub(crate) enum Found {
    /// More bytes are needed, or the input has ended.
    Nothing,
    /// The window begins with a value, which is an event or a page. The caller either parses and skips it, or calls
    /// [`EventFinder::enter`].
    Value,
    /// The text of an event, which has been skipped.
    Text(Taken),
    Failed(EventError),
}

/// The text of an event that the window has skipped last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// The length in bytes, which includes white space at the end.
    pub(super) length: usize,
    pub(super) origin: Origin,
    /// True if brackets, strings, commas and colons are those of one JSON value.
    pub(super) is_json: bool,
}

impl Default for EventFinder {
    fn default() -> Self {
        Self {
            window: Window::default(),
            framing: Framing::default(),
            limit: LIMIT,
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
        let (window, framing) = (Window::at(position), Framing::new(layout, place));
        Self { window, framing, number, value_start, ..Self::default() }
    }

    /// Reads no value as a page, unless the program has said which values are pages.
    pub(super) fn expect_other_type(&mut self) {
        if self.framing.layout() == Layout::Events {
            self.framing.set_layout(Layout::Lines);
        }
    }

    /// Adds the next bytes of the input.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.last = None;
        self.window.push(bytes);
    }

    /// Ends the input, with the error that ended it if it failed.
    pub(super) fn finish(&mut self, failure: Option<Error>) {
        self.window.finish();
        self.is_end = true;
        self.failure = failure;
    }

    /// Returns the place after the last event; before it, if the rest of a value is being skipped.
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

    /// Finds and skips the next event, or finds the beginning of a value that may be one.
    pub(super) fn find(&mut self) -> Found {
        self.last = None;
        loop {
            let bytes = self.window.bytes();
            // One byte more than the limit shows whether an event ends at the limit or goes on.
            let seen = &bytes[..bytes.len().min(self.limit.saturating_add(1))];
            let is_cut = seen.len() > self.limit;
            match self.framing.step(seen, self.is_end && !is_cut) {
                // The limit is less than a byte order mark, and the window begins with a part of one.
                Step::More if is_cut && self.framing.is_between_values() => return Found::Value,
                Step::More if is_cut => return self.exceed_limit(),
                Step::More => return Found::Nothing,
                Step::Skip(length) => self.window.skip(length),
                Step::Value => return Found::Value,
                Step::Event(frame) if frame.length > self.limit => return self.take_too_large(frame),
                Step::Event(frame) => {
                    let frame = self.cut_before_object(frame).unwrap_or(frame);
                    return self.take(frame);
                }
                Step::Truncated(frame) => return self.take_truncated(frame),
                Step::Contradiction(length, name) => return self.contradict(length, name),
                Step::End => {
                    let place = Frame { length: 0, place: None, is_json: false };
                    let failure = self.failure.take();
                    return failure.map_or(Found::Nothing, |failure| self.fail(place, Details::of_input(failure)));
                }
            }
        }
    }

    /// Enters the value that the window begins with, so that [`Self::find`] looks for its end. If the value is in a text
    /// that is not JSON and has been cut often, returns the next lines of that text instead.
    pub(super) fn enter(&mut self) -> Option<Found> {
        if self.framing.is_between_values() {
            let position = self.window.position();
            if let Some(frame) = self.broken.cut_again(self.window.bytes(), position.offset) {
                return Some(self.take(frame));
            }
            self.value_start = position;
        }
        let length = self.framing.enter(self.window.bytes());
        self.window.skip(length);
        None
    }

    /// Counts and skips the event at the beginning of the window, which is a line or an element of a page and has
    /// been parsed. `length` includes white space after it.
    pub(super) fn take_parsed(&mut self, length: usize) {
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place: self.framing.place() };
        self.last = Some(Taken { length, origin, is_json: true });
        if self.framing.is_between_values() {
            self.value_start = origin.start;
            self.window.skip_line(length);
        } else {
            self.framing.count_element();
            self.window.skip(length);
        }
    }

    /// Counts and skips the event in a frame, without the white space at its end.
    fn take(&mut self, frame: Frame) -> Found {
        let Frame { length, place, is_json } = frame;
        let length = self.window.bytes()[..length].trim_ascii_end().len();
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place };
        self.window.skip(length);
        Found::Text(Taken { length, origin, is_json })
    }

    /// Counts and skips the event in a frame, and returns `error`, whose position is relative to the frame, for it.
    fn fail(&mut self, frame: Frame, error: Details) -> Found {
        self.number += 1;
        let origin = Origin { number: self.number, start: self.window.position(), place: frame.place };
        let error = origin.fail(error, &self.window.bytes()[..frame.length]);
        self.window.skip(frame.length);
        Found::Failed(error)
    }

    /// Returns the frame of the lines before the first line that begins with `{`, which is taken for the next event.
    /// `None` if there is no such line, the text is JSON, or it is an element of a page.
    fn cut_before_object(&mut self, frame: Frame) -> Option<Frame> {
        let text = &self.window.bytes()[..frame.length];
        self.broken.cut(frame, text, self.window.position().offset)
    }

    /// Returns the error for a frame that the end of the input cuts off: that of the input if it failed, otherwise
    /// `Truncated`. If a line in the frame begins with `{`, returns the lines before it instead.
    fn take_truncated(&mut self, frame: Frame) -> Found {
        let length = self.window.bytes()[..frame.length].trim_ascii_end().len();
        let frame = Frame { length, ..frame };
        if let Some(frame) = self.cut_before_object(frame) {
            return self.take(frame);
        }
        if let Some(failure) = self.failure.take() {
            return self.fail(frame, Details::of_input(failure));
        }
        let text = &self.window.bytes()[..length];
        let error = parse::check(text).err().filter(|error| error.kind == EventErrorKind::Truncated && length > 0);
        let unfinished = || Details::new(EventErrorKind::Truncated, "the input ends inside an event or a page");
        self.fail(frame, error.unwrap_or_else(unfinished))
    }

    /// Returns the error for an event that goes on after the limit; its rest is skipped later. If its text is not JSON,
    /// and a line within the limit begins with `{`, returns the lines before it instead.
    fn exceed_limit(&mut self) -> Found {
        let frame = Frame { length: self.limit, place: self.framing.place(), is_json: self.framing.is_json() };
        if let Some(frame) = self.cut_before_object(frame) {
            self.framing.leave_value();
            return self.take(frame);
        }
        self.before_skipped = Some(self.checkpoint());
        self.framing.skip_value(frame.length);
        self.take_too_large(frame)
    }

    /// Returns the error for an event that is larger than the limit.
    fn take_too_large(&mut self, frame: Frame) -> Found {
        let message = format!("the event is larger than the limit of {} bytes", self.limit);
        self.fail(frame, Details::new(EventErrorKind::TooLarge, &message))
    }

    /// Returns the error for a page that has the property `name` of an event, and skips its last `length` bytes. The
    /// error has no text, since the page is not kept.
    fn contradict(&mut self, length: usize, name: &str) -> Found {
        self.window.skip(length);
        self.number += 1;
        let origin = Origin { number: self.number, start: self.value_start, place: None };
        let message = format!(
            "the object was read as a page because `items` is first, but has the property `{name}` of an event"
        );
        Found::Failed(origin.fail(Details::new(EventErrorKind::Data, &message), &[]))
    }
}
