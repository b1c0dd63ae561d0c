//! Where events begin and end in a text: a machine that knows brackets, strings and escapes, and
//! that `items` is the list of a page.

mod brackets;
#[cfg(test)]
mod tests;

use std::mem;

use brackets::{Brackets, Effect};
use memchr::memchr;

pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Takes a text through a window, which begins where the last step ended and grows while a step
/// needs more.
#[derive(Debug, Default)]
pub(crate) struct Framing {
    state: State,
    brackets: Brackets,
    /// How much of the window has been looked at.
    at: usize,
    /// Whether the value is thrown away: it is too large, or it is the rest of a page.
    is_dropped: bool,
    /// How many elements of the page have ended.
    count: usize,
    /// Whether the element before held a bracket that may be the one that ends the `items`.
    is_last_in_doubt: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// Between values.
    #[default]
    Top,
    /// In text that is no object; it ends with its line.
    Line,
    /// In an object: an event, or a page outside of its `items`.
    Object,
    /// In the `items` of a page, between elements.
    Items,
    /// In an element that begins with a bracket.
    Element,
    /// In an element, or in garbage, that does not.
    Loose,
}

/// What the window begins with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    /// That is open: the window has to grow.
    More,
    /// So many bytes of no interest.
    Skip(usize),
    /// A value, or an element of a page, which [`Framing::enter`] goes into and [`Framing::pass`] passes over.
    Value,
    /// The text of an event.
    Event(Frame),
    /// What there is of an event or a page before the end of the text.
    Truncated(Frame),
    /// The end of the text.
    End,
}

/// The text of an event at the beginning of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) length: usize,
    /// Its index in the `items` of a page.
    pub(crate) index: Option<usize>,
}

impl Framing {
    /// What the window begins with; `is_end`: nothing comes after it.
    pub(crate) fn step(&mut self, window: &[u8], is_end: bool) -> Step {
        let step = match self.state {
            State::Top => return top(window, is_end),
            State::Line => self.line(window),
            State::Object | State::Element => self.bracketed(window),
            State::Items => self.items(window),
            State::Loose => self.loose(window),
        };
        match step {
            Some(step) => step,
            None if is_end => self.end(window.len()),
            None if self.is_dropped && self.at > 0 => Step::Skip(mem::take(&mut self.at)),
            None => Step::More,
        }
    }

    /// Goes into the value that the window begins with.
    pub(crate) fn enter(&mut self, window: &[u8]) {
        if self.state == State::Items {
            self.go(State::Element);
            self.brackets = Brackets::of_element();
        } else {
            self.go(if window.first() == Some(&b'{') { State::Object } else { State::Line });
        }
    }

    /// Passes over the value that the window begins with: it has been read.
    pub(crate) fn pass(&mut self) {
        self.count += 1;
    }

    /// Throws away the event that the window begins with, though its end is not known yet; so many
    /// bytes of it are out of the window.
    pub(crate) fn give_up(&mut self, length: usize) {
        self.at = self.at.saturating_sub(length);
        self.is_dropped = true;
    }

    /// Whether no value has been entered.
    pub(crate) fn is_between(&self) -> bool {
        self.state == State::Top
    }

    /// Leaves the value that the window begins with: it ends elsewhere.
    pub(crate) fn leave(&mut self) {
        self.go(State::Top);
    }

    /// The index of the element that the window begins with.
    pub(crate) fn index(&self) -> Option<usize> {
        matches!(self.state, State::Items | State::Element | State::Loose).then_some(self.count)
    }

    fn go(&mut self, state: State) {
        self.state = state;
        self.brackets = Brackets::default();
        self.at = 0;
        self.is_dropped = false;
    }

    /// The value that the window begins with has so many bytes.
    fn ends(&mut self, length: usize, next: State) -> Option<Step> {
        let index = self.index();
        let step = if self.is_dropped { Step::Skip(length) } else { Step::Event(Frame { length, index }) };
        self.count += 1;
        self.go(next);
        Some(step)
    }

    fn end(&mut self, length: usize) -> Step {
        if mem::take(&mut self.is_last_in_doubt) && length == 0 {
            self.go(State::Top);
            return Step::End;
        }
        let index = self.index();
        let is_line = self.state == State::Line;
        if is_line {
            return self.ends(length, State::Top).unwrap_or(Step::End);
        }
        self.go(State::Top);
        Step::Truncated(Frame { length, index })
    }

    fn line(&mut self, window: &[u8]) -> Option<Step> {
        match memchr(b'\n', &window[self.at..]) {
            Some(newline) => self.ends(self.at + newline, State::Top),
            None => {
                self.at = window.len();
                None
            }
        }
    }

    fn bracketed(&mut self, window: &[u8]) -> Option<Step> {
        let is_element = self.state == State::Element;
        let next = if is_element { State::Items } else { State::Top };
        loop {
            self.at += self.brackets.content(&window[self.at..]);
            let byte = *window.get(self.at)?;
            match self.brackets.take(byte) {
                Effect::Closes => return self.ends(self.at + 1, next),
                Effect::Misplaced => return self.ends(self.at, next),
                Effect::OpensItems if !is_element => return Some(self.enter_items()),
                // What is out of the window is not taken again.
                Effect::Unclosed => self.at = self.at.saturating_sub(self.brackets.reopen()),
                effect => {
                    self.is_last_in_doubt |= is_element && effect == Effect::Unopened;
                    self.at += 1;
                }
            }
        }
    }

    /// The object is a page; all before its events is of no interest.
    fn enter_items(&mut self) -> Step {
        let length = self.at + 1;
        self.go(State::Items);
        self.count = 0;
        Step::Skip(length)
    }

    fn items(&mut self, window: &[u8]) -> Option<Step> {
        let between = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if between > 0 {
            return Some(Step::Skip(between));
        }
        let is_in_page = matches!(window.first()?, b',' | b']' | b'}');
        if mem::take(&mut self.is_last_in_doubt) && !is_in_page {
            self.go(State::Top);
            return Some(Step::Skip(0));
        }
        match window.first()? {
            b',' => Some(Step::Skip(1)),
            b']' => Some(self.leave_items()),
            b'{' | b'[' => Some(Step::Value),
            _ => {
                self.go(State::Loose);
                self.loose(window)
            }
        }
    }

    /// The rest of the page is of no interest.
    fn leave_items(&mut self) -> Step {
        self.go(State::Object);
        self.brackets = Brackets::after_items();
        self.is_dropped = true;
        Step::Skip(1)
    }

    /// Ends before what separates elements, or begins one. A bracket that closes the page, although
    /// its `items` are open, is a fault too.
    fn loose(&mut self, window: &[u8]) -> Option<Step> {
        loop {
            let byte = *window.get(self.at)?;
            if self.brackets.is_unclosed(byte) {
                self.at = self.at.saturating_sub(self.brackets.reopen());
                continue;
            }
            let is_outside = self.brackets.is_outside(byte);
            if is_outside && matches!(byte, b',' | b']' | b'{') {
                let closes_page = window[0] == b'}' && byte == b'{';
                return self.ends(self.at, if closes_page { State::Top } else { State::Items });
            }
            self.at += 1;
        }
    }
}

fn top(window: &[u8], is_end: bool) -> Step {
    let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match window {
        _ if blank > 0 => Step::Skip(blank),
        [] if is_end => Step::End,
        _ if window.starts_with(BYTE_ORDER_MARK) => Step::Skip(BYTE_ORDER_MARK.len()),
        _ if BYTE_ORDER_MARK.starts_with(window) && !is_end => Step::More,
        _ => Step::Value,
    }
}
