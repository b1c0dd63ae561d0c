//! Finds where events begin and end in a text: a state machine that follows brackets, strings and escapes, and
//! that takes an object with an array `items` for a page.

mod brackets;
#[cfg(test)]
mod tests;

use std::mem;

use brackets::{Brackets, Effect};
use memchr::memchr;

/// The UTF-8 byte order mark, which some programs write at the beginning of a text.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The state machine. It sees the text through a window, from which the caller removes the bytes of each
/// finished step, and to which it adds bytes after [`Step::More`].
#[derive(Debug, Default)]
pub(crate) struct Framing {
    state: State,
    brackets: Brackets,
    /// The number of bytes at the beginning of the window that have been examined.
    at: usize,
    /// True if the current value is skipped: it is too large, or it is the rest of a page after `items`.
    is_dropped: bool,
    /// The number of elements of the page that have ended.
    count: usize,
    /// True if the element before contains a closing bracket without an opening one, which may be the end of
    /// `items`. Decided by what follows the element.
    is_last_in_doubt: bool,
}

/// The part of the text in which the window begins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// Between values, outside of any page.
    #[default]
    Top,
    /// In a value or garbage that does not begin with `{`, outside of any page; it ends with its line.
    Line,
    /// In an object that is an event, or that is a page, but not in its `items`.
    Object,
    /// In the `items` of a page, between elements.
    Items,
    /// In an element that begins with `{` or `[`.
    Element,
    /// In an element or garbage that does not begin with a bracket.
    Loose,
}

/// The result of a step: what the window begins with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    /// Not decided yet; the window has to grow.
    More,
    /// A number of bytes that are not part of an event.
    Skip(usize),
    /// The beginning of a value or an element of a page. The caller either parses it and removes it from the
    /// window (then calls [`Framing::count_element`] for an element), or calls [`Framing::enter`] to find its end.
    Value,
    /// The text of an event, or of garbage in its stead.
    Event(Frame),
    /// The beginning of an event or a page that the end of the text cuts off.
    Truncated(Frame),
    /// The end of the text.
    End,
}

/// The text of an event at the beginning of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    /// The length in bytes.
    pub(crate) length: usize,
    /// The event's index in the `items` of its page; `None` outside of a page.
    pub(crate) index: Option<usize>,
}

impl Framing {
    /// Returns what the window begins with. `is_end` says that nothing comes after the window.
    pub(crate) fn step(&mut self, window: &[u8], is_end: bool) -> Step {
        let step = match self.state {
            State::Top => return step_at_top(window, is_end),
            State::Line => self.step_in_line(window),
            State::Object | State::Element => self.step_in_brackets(window),
            State::Items => self.step_in_items(window),
            State::Loose => self.step_in_loose(window),
        };
        match step {
            Some(step) => step,
            None if is_end => self.end_text(window.len()),
            None if self.is_dropped && self.at > 0 => Step::Skip(mem::take(&mut self.at)),
            None => Step::More,
        }
    }

    /// Enters the value that the window begins with, so that the next steps look for its end.
    pub(crate) fn enter(&mut self, window: &[u8]) {
        if self.state == State::Items {
            self.set_state(State::Element);
            self.brackets = Brackets::of_element();
        } else {
            self.set_state(if window.first() == Some(&b'{') { State::Object } else { State::Line });
        }
    }

    /// Counts the element of a page that the window begins with, which the caller has parsed.
    pub(crate) fn count_element(&mut self) {
        self.count += 1;
    }

    /// Skips the value that the window begins with, whose end is not known yet. The caller removes its first
    /// `length` bytes from the window; steps then skip the rest.
    pub(crate) fn discard(&mut self, length: usize) {
        self.at = self.at.saturating_sub(length);
        self.is_dropped = true;
    }

    /// Checks whether the window begins between values, outside of any page.
    pub(crate) fn is_between_values(&self) -> bool {
        self.state == State::Top
    }

    /// Leaves the value that the window begins with, because the caller has found its end in another way.
    pub(crate) fn leave_value(&mut self) {
        self.set_state(State::Top);
    }

    /// Returns the index in `items` of the element that the window begins with; `None` outside of `items`.
    pub(crate) fn index(&self) -> Option<usize> {
        matches!(self.state, State::Items | State::Element | State::Loose).then_some(self.count)
    }

    /// Enters a state at the beginning of the window.
    fn set_state(&mut self, state: State) {
        self.state = state;
        self.brackets = Brackets::default();
        self.at = 0;
        self.is_dropped = false;
    }

    /// Ends the value that the window begins with after `length` bytes, and enters the state `next`. Returns the
    /// event, or [`Step::Skip`] if the value is skipped.
    fn end_value(&mut self, length: usize, next: State) -> Option<Step> {
        let index = self.index();
        let step = if self.is_dropped { Step::Skip(length) } else { Step::Event(Frame { length, index }) };
        self.count += 1;
        self.set_state(next);
        Some(step)
    }

    /// Returns the step at the end of the text, in a value of which `length` bytes are in the window. A line ends
    /// there; anything else is truncated, unless the element before may have ended its page.
    fn end_text(&mut self, length: usize) -> Step {
        if mem::take(&mut self.is_last_in_doubt) && length == 0 {
            self.set_state(State::Top);
            return Step::End;
        }
        let index = self.index();
        let is_line = self.state == State::Line;
        if is_line {
            return self.end_value(length, State::Top).unwrap_or(Step::End);
        }
        self.set_state(State::Top);
        Step::Truncated(Frame { length, index })
    }

    /// Looks for the end of a line. `None` if it is not in the window, as in all `step_in_…`.
    fn step_in_line(&mut self, window: &[u8]) -> Option<Step> {
        match memchr(b'\n', &window[self.at..]) {
            Some(newline) => self.end_value(self.at + newline, State::Top),
            None => {
                self.at = window.len();
                None
            }
        }
    }

    /// Looks for the end of an object or an element of a page, or for the beginning of `items`.
    fn step_in_brackets(&mut self, window: &[u8]) -> Option<Step> {
        let is_element = self.state == State::Element;
        let next = if is_element { State::Items } else { State::Top };
        loop {
            self.at += self.brackets.take_content(&window[self.at..]);
            let byte = *window.get(self.at)?;
            match self.brackets.take(byte) {
                Effect::Closes => return self.end_value(self.at + 1, next),
                Effect::Misplaced => return self.end_value(self.at, next),
                Effect::OpensItems if !is_element => return Some(self.enter_items()),
                // Bytes that have left the window are not taken again.
                Effect::Unclosed => self.at = self.at.saturating_sub(self.brackets.take_back_string()),
                effect => {
                    self.is_last_in_doubt |= is_element && effect == Effect::Unopened;
                    self.at += 1;
                }
            }
        }
    }

    /// Enters the `items` of a page, and skips everything before the first element.
    fn enter_items(&mut self) -> Step {
        let length = self.at + 1;
        self.set_state(State::Items);
        self.count = 0;
        Step::Skip(length)
    }

    /// Skips white space and commas between elements, and enters the next element or the rest of the page. Leaves
    /// the page if the element before may have ended it, and what follows is not part of a page.
    fn step_in_items(&mut self, window: &[u8]) -> Option<Step> {
        let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank > 0 {
            return Some(Step::Skip(blank));
        }
        let is_in_page = matches!(window.first()?, b',' | b']' | b'}');
        if mem::take(&mut self.is_last_in_doubt) && !is_in_page {
            self.set_state(State::Top);
            return Some(Step::Skip(0));
        }
        match window.first()? {
            b',' => Some(Step::Skip(1)),
            b']' => Some(self.leave_items()),
            b'{' | b'[' => Some(Step::Value),
            _ => {
                self.set_state(State::Loose);
                self.step_in_loose(window)
            }
        }
    }

    /// Leaves the `items` at their closing bracket, and lets the rest of the page be skipped.
    fn leave_items(&mut self) -> Step {
        self.set_state(State::Object);
        self.brackets = Brackets::after_items();
        self.is_dropped = true;
        Step::Skip(1)
    }

    /// Looks for the end of an element or garbage without brackets: before a comma, a `]`, or a `{`. If it begins
    /// with `}`, the `]` of `items` is missing; a `{` after it then begins a value after the page.
    fn step_in_loose(&mut self, window: &[u8]) -> Option<Step> {
        loop {
            let byte = *window.get(self.at)?;
            if self.brackets.shows_missing_quote(byte) {
                self.at = self.at.saturating_sub(self.brackets.take_back_string());
                continue;
            }
            let is_outside = self.brackets.take_text(byte);
            if is_outside && matches!(byte, b',' | b']' | b'{') {
                let closes_page = window[0] == b'}' && byte == b'{';
                return self.end_value(self.at, if closes_page { State::Top } else { State::Items });
            }
            self.at += 1;
        }
    }
}

/// Returns the step between values, outside of any page: skips white space and byte order marks.
fn step_at_top(window: &[u8], is_end: bool) -> Step {
    let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match window {
        _ if blank > 0 => Step::Skip(blank),
        [] if is_end => Step::End,
        _ if window.starts_with(BYTE_ORDER_MARK) => Step::Skip(BYTE_ORDER_MARK.len()),
        _ if BYTE_ORDER_MARK.starts_with(window) && !is_end => Step::More,
        _ => Step::Value,
    }
}
