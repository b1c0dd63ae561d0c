//! Finds the next event in the bytes that have been pushed, and makes the errors for events that are cut off or too
//! large.

use std::io::Error;

use super::broken::CutText;
use crate::checkpoint::Checkpoint;
use crate::error::{ErrorDetails, EventError, EventErrorKind};
use crate::framing::{EventExtent, Framing, FramingStep, InputLayout};
use crate::parse;
use crate::raw::EventOrigin;
use crate::window::{InputPosition, InputWindow};

/// Most bytes of an event, unless [`EventDecoder::with_limit`](super::EventDecoder::with_limit) is called.
const DEFAULT_MAX_EVENT_BYTES: usize = 64 * 1024 * 1024;

/// The window on the input, and the state of looking for the next event in it.
#[derive(Debug)]
pub(super) struct EventFinder {
    pub(super) window: InputWindow,
    pub(super) framing: Framing,
    /// Most bytes of an event.
    pub(super) limit: usize,
    /// The number of events that were found, broken ones included.
    pub(super) number: u64,
    /// Whether the input has ended, so that no more bytes are pushed.
    pub(super) is_end: bool,
    /// The position at which the last value outside pages began, which may be the page that is being read.
    pub(super) value_start: InputPosition,
    /// The event that was parsed last. `None` once the window has grown or the next event is being looked for.
    pub(super) last: Option<FoundEventText>,
    /// The error that ended the input, until it is returned; `None` if the input did not fail.
    failure: Option<Error>,
    broken: CutText,
    /// The checkpoint before a value whose rest is being skipped.
    before_skipped: Option<Checkpoint>,
}

/// The result of looking for an event at the beginning of the window.
pub(crate) enum FindResult {
    /// More bytes are needed, or the input has ended.
    Nothing,
    /// The window begins with a value, which is an event or a page. The caller either parses and skips it, or calls
    /// [`EventFinder::enter_value`].
    Value,
    /// The text of an event was found, and skipped.
    Text(FoundEventText),
    /// The text of an event was found and skipped, and is cut off or too large.
    Failed(EventError),
}

/// The text of an event, which consists of the bytes that the window has skipped last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FoundEventText {
    /// The length in bytes, which includes white space at the end.
    pub(super) length: usize,
    pub(super) origin: EventOrigin,
    /// Whether the brackets, strings, commas and colons of the text are those of one JSON value.
    pub(super) is_json: bool,
}

impl Default for EventFinder {
    fn default() -> Self {
        Self {
            window: InputWindow::default(),
            framing: Framing::default(),
            limit: DEFAULT_MAX_EVENT_BYTES,
            number: 0,
            is_end: false,
            value_start: InputPosition::default(),
            last: None,
            failure: None,
            broken: CutText::default(),
            before_skipped: None,
        }
    }
}

impl EventFinder {
    /// Creates a finder that goes on at a checkpoint.
    pub(super) fn new_at_checkpoint(checkpoint: &Checkpoint) -> Self {
        let &Checkpoint { position, number, layout, place, value_start } = checkpoint;
        let (window, framing) = (InputWindow::new_at_position(position), Framing::new(layout, place));
        Self { window, framing, number, value_start, ..Self::default() }
    }

    /// Lets no value be read as a page from now on, unless the program has said which values are pages.
    pub(super) fn disable_page_detection(&mut self) {
        if self.framing.layout() == InputLayout::Events {
            self.framing.set_layout(InputLayout::Lines);
        }
    }

    /// Adds the next bytes of the input.
    pub(super) fn push_bytes(&mut self, bytes: &[u8]) {
        self.last = None;
        self.window.push_piece(bytes);
    }

    /// Ends the input. `failure` is the error with which the input ended, if it failed.
    pub(super) fn finish_input(&mut self, failure: Option<Error>) {
        self.window.finish_input();
        self.is_end = true;
        self.failure = failure;
    }

    /// Returns the place after the last event; the place before it if the rest of its value is being skipped.
    pub(super) fn checkpoint(&self) -> Checkpoint {
        let here = Checkpoint {
            position: self.window.position(),
            number: self.number,
            layout: self.framing.layout(),
            place: self.framing.element_place(),
            value_start: self.value_start,
        };
        self.before_skipped.clone().filter(|_| self.framing.is_skipping_value()).unwrap_or(here)
    }

    /// Finds and skips the next event, or finds the beginning of a value that may be an event.
    pub(super) fn find_event(&mut self) -> FindResult {
        self.last = None;
        loop {
            let bytes = self.window.bytes();
            // One byte more than the limit shows whether an event ends at the limit or goes on.
            let seen = &bytes[..bytes.len().min(self.limit.saturating_add(1))];
            let is_cut = seen.len() > self.limit;
            match self.framing.next_step(seen, self.is_end && !is_cut) {
                // The limit is less than a byte order mark, and the window begins with a part of one.
                FramingStep::More if is_cut && self.framing.is_between_values() => return FindResult::Value,
                FramingStep::More if is_cut => return self.take_event_beyond_limit(),
                FramingStep::More => return FindResult::Nothing,
                FramingStep::Skip(length) => self.window.skip_bytes(length),
                FramingStep::Value => return FindResult::Value,
                FramingStep::Event(frame) if frame.length > self.limit => return self.take_too_large_event(frame),
                FramingStep::Event(frame) => {
                    let frame = self.cut_before_object_line(frame).unwrap_or(frame);
                    return self.take_event_text(frame);
                }
                FramingStep::Truncated(frame) => return self.take_truncated_event(frame),
                FramingStep::Contradiction(length, name) => return self.take_contradictory_page(length, name),
                FramingStep::End => {
                    let place = EventExtent { length: 0, place: None, is_json: false };
                    let failure = self.failure.take();
                    return failure.map_or(FindResult::Nothing, |failure| {
                        self.take_failed_event(place, ErrorDetails::from_input_failure(failure))
                    });
                }
            }
        }
    }

    /// Enters the value that the window begins with, so that [`Self::find_event`] looks for its end. If the value is in
    /// a text that is not JSON and was cut often, returns the next lines of this text instead.
    pub(super) fn enter_value(&mut self) -> Option<FindResult> {
        if self.framing.is_between_values() {
            let position = self.window.position();
            if let Some(frame) = self.broken.cut_again(self.window.bytes(), position.offset) {
                return Some(self.take_event_text(frame));
            }
            self.value_start = position;
        }
        let length = self.framing.enter_value(self.window.bytes());
        self.window.skip_bytes(length);
        None
    }

    /// Counts and skips the event at the beginning of the window, which was parsed; it is a line or an element of a
    /// page. `length` includes the white space after it.
    pub(super) fn skip_parsed_event(&mut self, length: usize) {
        self.number += 1;
        let origin =
            EventOrigin { number: self.number, start: self.window.position(), place: self.framing.element_place() };
        self.last = Some(FoundEventText { length, origin, is_json: true });
        if self.framing.is_between_values() {
            self.value_start = origin.start;
            self.window.skip_in_line(length);
        } else {
            self.framing.count_element();
            self.window.skip_bytes(length);
        }
    }

    /// Counts and skips the event with the extent `frame`, without the white space at its end, and returns its text.
    fn take_event_text(&mut self, frame: EventExtent) -> FindResult {
        let EventExtent { length, place, is_json } = frame;
        let length = self.window.bytes()[..length].trim_ascii_end().len();
        self.number += 1;
        let origin = EventOrigin { number: self.number, start: self.window.position(), place };
        self.window.skip_bytes(length);
        FindResult::Text(FoundEventText { length, origin, is_json })
    }

    /// Counts and skips the event with the extent `frame`, and returns `error` for it, whose position is relative to
    /// the event.
    fn take_failed_event(&mut self, frame: EventExtent, error: ErrorDetails) -> FindResult {
        self.number += 1;
        let origin = EventOrigin { number: self.number, start: self.window.position(), place: frame.place };
        let error = origin.locate_error_in_input(error, &self.window.bytes()[..frame.length]);
        self.window.skip_bytes(frame.length);
        FindResult::Failed(error)
    }

    /// Returns the extent of the lines before the first line that begins with `{`, which is taken for the beginning of
    /// the next event. `None` if there is no such line, if the text is JSON, or if it is an element of a page.
    fn cut_before_object_line(&mut self, frame: EventExtent) -> Option<EventExtent> {
        let text = &self.window.bytes()[..frame.length];
        self.broken.cut_before_object_line(frame, text, self.window.position().offset)
    }

    /// Returns the error for an event that the end of the input cuts off: the error of the input if it failed,
    /// otherwise `Truncated`. If a line of the event's text begins with `{`, returns the lines before it instead.
    fn take_truncated_event(&mut self, frame: EventExtent) -> FindResult {
        let length = self.window.bytes()[..frame.length].trim_ascii_end().len();
        let frame = EventExtent { length, ..frame };
        if let Some(frame) = self.cut_before_object_line(frame) {
            return self.take_event_text(frame);
        }
        if let Some(failure) = self.failure.take() {
            return self.take_failed_event(frame, ErrorDetails::from_input_failure(failure));
        }
        let text = &self.window.bytes()[..length];
        let error = parse::check_json(text).err().filter(|error| error.kind == EventErrorKind::Truncated && length > 0);
        let unfinished = || ErrorDetails::new(EventErrorKind::Truncated, "the input ends inside an event or a page");
        self.take_failed_event(frame, error.unwrap_or_else(unfinished))
    }

    /// Returns the error for an event that goes on beyond the size limit; its rest is skipped later. If its text is not
    /// JSON and a line within the limit begins with `{`, returns the lines before this line instead.
    fn take_event_beyond_limit(&mut self) -> FindResult {
        let frame = EventExtent {
            length: self.limit,
            place: self.framing.element_place(),
            is_json: self.framing.is_value_json(),
        };
        if let Some(frame) = self.cut_before_object_line(frame) {
            self.framing.leave_value();
            return self.take_event_text(frame);
        }
        self.before_skipped = Some(self.checkpoint());
        self.framing.skip_value(frame.length);
        self.take_too_large_event(frame)
    }

    /// Returns the error for an event that is larger than the limit.
    fn take_too_large_event(&mut self, frame: EventExtent) -> FindResult {
        let message = format!("the event is larger than the limit of {} bytes", self.limit);
        self.take_failed_event(frame, ErrorDetails::new(EventErrorKind::TooLarge, &message))
    }

    /// Returns the error for a page that has the property `name`, which an event requires, and skips its last `length`
    /// bytes. The error has no text, since the page is not kept.
    fn take_contradictory_page(&mut self, length: usize, name: &str) -> FindResult {
        self.window.skip_bytes(length);
        self.number += 1;
        let origin = EventOrigin { number: self.number, start: self.value_start, place: None };
        let message = format!(
            "the object was read as a page because `items` is first, but has the property `{name}` of an event"
        );
        FindResult::Failed(origin.locate_error_in_input(ErrorDetails::new(EventErrorKind::Data, &message), &[]))
    }
}
