//! Finds where events begin and end in a text, and which values are pages: a state machine that follows JSON, and
//! where a text is not JSON, its brackets and strings.

mod brackets;
mod names;
mod scanner;
#[cfg(test)]
mod tests;

use std::mem;

use brackets::{Brackets, Effect};
use memchr::{memchr, memmem};
pub(crate) use names::Layout;
use names::Names;
use scanner::{Scanned, Scanner};

/// The UTF-8 byte order mark, which some programs write at the beginning of a text.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The state machine. It sees the text through a window, from which the caller removes the bytes of each
/// finished step, and to which it adds bytes after [`Step::More`].
#[derive(Debug, Default)]
pub(crate) struct Framing {
    layout: Layout,
    state: State,
    scanner: Scanner,
    /// Follows the value instead of `scanner`, once its text is not JSON.
    brackets: Option<Brackets>,
    /// The names of the outermost object: of an event, or of a page besides its elements.
    names: Names,
    /// The page that the window begins in.
    page: Page,
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
    /// In an object or array that is an event, or in a page before its `items`.
    Object,
    /// In the array of a page, between elements.
    Items,
    /// In a page after its `items`.
    Rest,
    /// In an element that begins with `{` or `[`.
    Element,
    /// In an element or garbage that does not begin with a bracket.
    Loose,
}

/// The form of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Page {
    /// An object with the array `items`.
    #[default]
    Object,
    /// An array.
    Array,
}

/// The place of an element in its page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) page: Page,
    /// The index in the page's array, from 0.
    pub(crate) index: usize,
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
    /// A number of bytes at the end of a page that has, after its `items`, a property that an event requires.
    Contradiction(usize, &'static str),
    /// The end of the text.
    End,
}

/// The text of an event at the beginning of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    /// The length in bytes.
    pub(crate) length: usize,
    /// The event's place in its page; `None` outside of a page.
    pub(crate) place: Option<Place>,
    /// True if brackets, strings, commas and colons are those of one JSON value.
    pub(crate) is_json: bool,
}

impl Framing {
    /// Creates the state at the beginning of a text, or before the element at `place` of a page.
    pub(crate) fn new(layout: Layout, place: Option<Place>) -> Self {
        let mut framing = Self { layout, ..Self::default() };
        framing.names = Names::new(layout);
        if let Some(Place { page, index }) = place {
            (framing.state, framing.page, framing.count) = (State::Items, page, index);
        }
        framing
    }

    /// Returns the layout.
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// Changes the layout of the values that begin from now on.
    pub(crate) fn set_layout(&mut self, layout: Layout) {
        self.layout = layout;
    }

    /// Returns what the window begins with. `is_end` says that nothing comes after the window.
    pub(crate) fn step(&mut self, window: &[u8], is_end: bool) -> Step {
        let step = match self.state {
            State::Top => return step_at_top(window, is_end),
            State::Line => self.step_in_line(window),
            State::Object | State::Element | State::Rest => self.step_in_value(window),
            State::Items => self.step_in_items(window),
            State::Loose => self.step_in_loose(window),
        };
        match step {
            Some(step) => step,
            None if self.is_dropped && self.at > 0 => Step::Skip(mem::take(&mut self.at)),
            None if is_end => self.end_text(window.len()),
            None => Step::More,
        }
    }

    /// Enters the value that the window begins with, so that the next steps look for its end. Enters an array that
    /// is a page at its first element; the caller then removes the returned number of bytes from the window.
    pub(crate) fn enter(&mut self, window: &[u8]) -> usize {
        if self.state == State::Items {
            self.set_state(State::Element);
            return 0;
        }
        match window.first() {
            Some(b'[') if self.layout != Layout::Lines => {
                self.enter_page(Page::Array);
                return 1;
            }
            Some(b'{' | b'[') => self.set_state(State::Object),
            _ => self.set_state(State::Line),
        }
        self.names = Names::new(self.layout);
        0
    }

    /// Checks whether `line`, the line that the window begins with, certainly is no page.
    pub(crate) fn excludes_page(&self, line: &[u8]) -> bool {
        let may_be_page = || memmem::find(line, b"\"items\"").is_some() || memchr(b'\\', line).is_some();
        match self.layout {
            Layout::Lines => true,
            _ if line.first() != Some(&b'{') => false,
            Layout::Pages => !may_be_page(),
            Layout::Events => names::begins_as_event(line) || !may_be_page(),
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

    /// Checks whether the window begins in the rest of a value whose beginning has been skipped.
    pub(crate) fn is_dropped(&self) -> bool {
        self.is_dropped
    }

    /// Checks whether the value that the window begins with is JSON, as far as it has been examined.
    pub(crate) fn is_json(&self) -> bool {
        self.brackets.is_none()
    }

    /// Leaves the value that the window begins with, because the caller has found its end in another way.
    pub(crate) fn leave_value(&mut self) {
        self.set_state(State::Top);
    }

    /// Returns the place in its page of the element that the window begins with; `None` outside of a page.
    pub(crate) fn place(&self) -> Option<Place> {
        let is_inside = matches!(self.state, State::Items | State::Element | State::Loose);
        is_inside.then_some(Place { page: self.page, index: self.count })
    }

    /// Enters a state at the beginning of the window.
    fn set_state(&mut self, state: State) {
        self.state = state;
        self.scanner = Scanner::default();
        self.brackets = None;
        self.at = 0;
        self.is_dropped = false;
    }

    /// Ends the value that the window begins with after `length` bytes, and enters the state `next`. Returns the
    /// event, or [`Step::Skip`] if the value is skipped.
    fn end_value(&mut self, length: usize, next: State, is_json: bool) -> Option<Step> {
        let place = self.place();
        let step = match self.names.contradiction() {
            _ if !self.is_dropped => Step::Event(Frame { length, place, is_json }),
            Some(name) if self.state == State::Rest => Step::Contradiction(length, name),
            _ => Step::Skip(length),
        };
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
        let place = self.place();
        let is_line = self.state == State::Line;
        if is_line {
            return self.end_value(length, State::Top, false).unwrap_or(Step::End);
        }
        self.set_state(State::Top);
        Step::Truncated(Frame { length, place, is_json: false })
    }

    /// Looks for the end of a line. `None` if it is not in the window, as in all `step_in_…`.
    fn step_in_line(&mut self, window: &[u8]) -> Option<Step> {
        match memchr(b'\n', &window[self.at..]) {
            Some(newline) => self.end_value(self.at + newline, State::Top, false),
            None => {
                self.at = window.len();
                None
            }
        }
    }

    /// Looks for the end of an object, an array or the rest of a page, or for the beginning of `items`.
    fn step_in_value(&mut self, window: &[u8]) -> Option<Step> {
        let next = if self.state == State::Element { State::Items } else { State::Top };
        if self.brackets.is_none() {
            match self.scanner.scan(window, &mut self.at, &mut self.names) {
                Scanned::More => return None,
                Scanned::End => return self.end_value(self.at, next, true),
                Scanned::Items => return Some(self.enter_items()),
                Scanned::Broken => {}
            }
        }
        let is_in_page = self.state != State::Object;
        let scanner = &mut self.scanner;
        let brackets = self.brackets.get_or_insert_with(|| Brackets::continue_scan(mem::take(scanner), is_in_page));
        loop {
            self.at += brackets.take_content(&window[self.at..]);
            let byte = *window.get(self.at)?;
            match brackets.take(byte, &mut self.names) {
                Effect::Closes => return self.end_value(self.at + 1, next, false),
                Effect::Misplaced => return self.end_value(self.at, next, false),
                Effect::OpensItems => return Some(self.enter_items()),
                Effect::Unclosed => self.at -= take_back_string(brackets, self.is_dropped),
                effect => {
                    self.is_last_in_doubt |= self.state == State::Element && effect == Effect::Unopened;
                    self.at += 1;
                }
            }
        }
    }

    /// Enters the `items` of a page, and skips everything before the first element.
    fn enter_items(&mut self) -> Step {
        let length = self.at + 1;
        self.enter_page(Page::Object);
        Step::Skip(length)
    }

    /// Enters the array of a page before its first element.
    fn enter_page(&mut self, page: Page) {
        self.set_state(State::Items);
        self.page = page;
        self.count = 0;
        self.names = Names::new(Layout::Lines);
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

    /// Leaves the array of a page at its closing bracket, and lets the rest of the page be skipped.
    fn leave_items(&mut self) -> Step {
        match self.page {
            Page::Array => self.set_state(State::Top),
            Page::Object => {
                self.set_state(State::Rest);
                self.scanner = Scanner::after_items();
                self.names = Names::new(self.layout);
                self.is_dropped = true;
            }
        }
        Step::Skip(1)
    }

    /// Looks for the end of an element or garbage without brackets: before a comma, a `]`, or a `{`. If it begins
    /// with `}`, the `]` of `items` is missing; a `{` after it then begins a value after the page.
    fn step_in_loose(&mut self, window: &[u8]) -> Option<Step> {
        let mut brackets = self.brackets.take().unwrap_or_default();
        let end = loop {
            let Some(&byte) = window.get(self.at) else {
                self.brackets = Some(brackets);
                return None;
            };
            if brackets.shows_missing_quote(byte) {
                self.at -= take_back_string(&mut brackets, self.is_dropped);
                continue;
            }
            let is_outside = brackets.take_text(byte);
            if is_outside && matches!(byte, b',' | b']' | b'{') {
                let closes_page = !self.is_dropped && window[0] == b'}' && byte == b'{';
                break if closes_page { State::Top } else { State::Items };
            }
            self.at += 1;
        };
        self.end_value(self.at, end, false)
    }
}

/// Gives up the string whose closing quote is missing. Returns the number of its bytes after the opening quote, which are
/// taken again; 0 in a value that is skipped, since the string may have left the window.
fn take_back_string(brackets: &mut Brackets, is_dropped: bool) -> usize {
    let length = brackets.take_back_string();
    if is_dropped { 0 } else { length }
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
