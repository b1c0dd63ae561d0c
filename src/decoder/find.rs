//! Finds the next event in the window, and the errors for events that are cut off, too large or not JSON.

use std::io::Error;

use memchr::memmem;

use super::{EventDecoder, Found, Taken};
use crate::error::{Details, EventError, EventErrorKind};
use crate::framing::{Frame, Step};
use crate::parse;
use crate::raw::Origin;

/// Most bytes of a line whose end is awaited, so that it can be parsed at once.
const SHORT: usize = 64 * 1024;

/// Most times that a text that is not JSON is cut before a line that begins with `{`, and what follows is framed as any
/// other text. After that, it is cut before each such line. So a text is not examined more often than this.
const CUTS: u32 = 4;

impl<T> EventDecoder<T> {
    /// Finds and skips the next event. At the beginning of a value, `parse_at_once` may parse and skip it, which is
    /// faster than to look for its end first. If `waits` is true, a line whose end is not in the window yet may be left
    /// until it is.
    pub(super) fn find<U>(&mut self, waits: bool, parse_at_once: impl Fn(&mut Self) -> Option<U>) -> Found<U> {
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
