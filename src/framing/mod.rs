//! Finds where events begin and end in a text, and which values are pages: a state machine that follows JSON, and
//! where a text is not JSON, its brackets and strings.

mod brackets;
mod names;
mod scanner;
mod step;
#[cfg(test)]
mod tests;
mod value;

use std::mem;

use memchr::{memchr, memmem};
pub(crate) use names::Layout;
use names::Names;
pub(crate) use step::{Frame, Page, Place, Step};
use value::{Ending, ValueScan};

/// The UTF-8 byte order mark, which some programs write at the beginning of a text.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The state machine. It sees the text through a window, from which the caller removes the bytes of each
/// finished step, and to which it adds bytes after [`Step::More`].
#[derive(Debug, Default)]
pub(crate) struct Framing {
    layout: Layout,
    state: State,
    /// The state in the value that the window begins in.
    value: ValueScan,
    /// The names of the outermost object: of an event, or of a page besides its elements.
    names: Names,
    /// The page that the window begins in.
    page: Page,
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

impl Framing {
    /// Creates the state at the beginning of a text, or before the element at `place` of a page.
    pub(crate) fn new(layout: Layout, place: Option<Place>) -> Self {
        let mut framing = Self { layout, names: Names::new(layout), ..Self::default() };
        if let Some(Place { page, index }) = place {
            (framing.state, framing.page, framing.count) = (State::Items, page, index);
        }
        framing
    }

    /// Returns what the window begins with. `is_end` says that nothing comes after the window.
    pub(crate) fn step(&mut self, window: &[u8], is_end: bool) -> Step {
        let step = match self.state {
            State::Top => return step_at_top(window, is_end),
            State::Items => self.step_in_items(window),
            State::Line => self.value.find_line_end(window).map(|length| self.end_value(length, State::Top, false)),
            State::Object | State::Element | State::Rest => self.step_in_value(window),
            State::Loose => self.step_in_loose(window),
        };
        step.unwrap_or_else(|| self.step_without_end(window, is_end))
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

    /// Looks for the end of an object, an array or the rest of a page, or for the beginning of `items`. `None` if it is
    /// not in the window, as in all `step_in_…`.
    fn step_in_value(&mut self, window: &[u8]) -> Option<Step> {
        let next = if self.state == State::Element { State::Items } else { State::Top };
        match self.value.find_end(window, &mut self.names, self.state != State::Object)? {
            Ending::Value { length, is_json } => Some(self.end_value(length, next, is_json)),
            Ending::Items { length } => {
                self.enter_page(Page::Object);
                Some(Step::Skip(length))
            }
        }
    }

    /// Skips white space and commas between elements, and enters the next element or the rest of the page. Leaves
    /// the page if the element before may have ended it, and what follows is not part of a page.
    fn step_in_items(&mut self, window: &[u8]) -> Option<Step> {
        let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank > 0 {
            return Some(Step::Skip(blank));
        }
        let byte = *window.first()?;
        if mem::take(&mut self.is_last_in_doubt) && !matches!(byte, b',' | b']' | b'}') {
            self.set_state(State::Top);
            return Some(Step::Skip(0));
        }
        match byte {
            b',' => Some(Step::Skip(1)),
            b']' => Some(self.leave_items()),
            b'{' | b'[' => Some(Step::Value),
            _ => {
                self.set_state(State::Loose);
                self.step_in_loose(window)
            }
        }
    }

    /// Looks for the end of an element or garbage without brackets: before a comma, a `]`, or a `{`. If it begins
    /// with `}`, the `]` of `items` is missing; a `{` after it then begins a value after the page.
    fn step_in_loose(&mut self, window: &[u8]) -> Option<Step> {
        let (length, byte) = self.value.find_loose_end(window)?;
        let closes_page = !self.value.is_skipped && window[0] == b'}' && byte == b'{';
        Some(self.end_value(length, if closes_page { State::Top } else { State::Items }, false))
    }

    /// Returns the step in a value whose end is not in the window.
    fn step_without_end(&mut self, window: &[u8], is_end: bool) -> Step {
        let examined = if self.value.is_skipped { self.value.take_examined() } else { 0 };
        match examined {
            0 if is_end => self.end_text(window.len()),
            0 => Step::More,
            _ => Step::Skip(examined),
        }
    }

    /// Enters the array of a page before its first element.
    fn enter_page(&mut self, page: Page) {
        self.set_state(State::Items);
        self.page = page;
        self.count = 0;
        self.names = Names::new(Layout::Lines);
    }

    /// Leaves the array of a page at its closing bracket, and lets the rest of the page be skipped.
    fn leave_items(&mut self) -> Step {
        match self.page {
            Page::Array => self.set_state(State::Top),
            Page::Object => {
                self.set_state(State::Rest);
                self.value = ValueScan::after_items();
                self.names = Names::new(self.layout);
            }
        }
        Step::Skip(1)
    }

    /// Ends the value that the window begins with after `length` bytes, and enters the state `next`. Returns the
    /// event, or [`Step::Skip`] if the value is skipped.
    fn end_value(&mut self, length: usize, next: State, is_json: bool) -> Step {
        let step = match self.names.contradiction() {
            _ if !self.value.is_skipped => Step::Event(Frame { length, place: self.place(), is_json }),
            Some(name) if self.state == State::Rest => Step::Contradiction(length, name),
            _ => Step::Skip(length),
        };
        self.is_last_in_doubt |= self.is_end_in_doubt();
        self.count += 1;
        self.set_state(next);
        step
    }

    /// Returns the step at the end of the text, in a value of which `length` bytes are in the window. A line ends
    /// there; anything else is truncated, unless the element before may have ended its page.
    fn end_text(&mut self, length: usize) -> Step {
        let is_in_doubt = mem::take(&mut self.is_last_in_doubt) || self.is_end_in_doubt();
        if is_in_doubt && length == 0 {
            self.set_state(State::Top);
            return Step::End;
        }
        if self.state == State::Line {
            return self.end_value(length, State::Top, false);
        }
        let place = self.place();
        self.set_state(State::Top);
        Step::Truncated(Frame { length, place, is_json: false })
    }

    /// Checks whether the window begins in an element that contains a closing bracket without an opening one.
    fn is_end_in_doubt(&self) -> bool {
        self.state == State::Element && self.value.has_unopened
    }

    /// Enters a state at the beginning of the window.
    fn set_state(&mut self, state: State) {
        self.state = state;
        self.value = ValueScan::default();
    }

    /// Returns the layout.
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// Changes the layout of the values that begin from now on.
    pub(crate) fn set_layout(&mut self, layout: Layout) {
        self.layout = layout;
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
    pub(crate) fn skip_value(&mut self, length: usize) {
        self.value.skip(length);
    }

    /// Leaves the value that the window begins with, because the caller has found its end in another way.
    pub(crate) fn leave_value(&mut self) {
        self.set_state(State::Top);
    }

    /// Checks whether the window begins between values, outside of any page.
    pub(crate) fn is_between_values(&self) -> bool {
        self.state == State::Top
    }

    /// Checks whether the window begins in the rest of a value whose beginning has been skipped.
    pub(crate) fn is_skipping(&self) -> bool {
        self.value.is_skipped
    }

    /// Checks whether the value that the window begins with is JSON, as far as it has been examined.
    pub(crate) fn is_json(&self) -> bool {
        self.value.is_json()
    }

    /// Returns the place in its page of the element that the window begins with; `None` outside of a page.
    pub(crate) fn place(&self) -> Option<Place> {
        let is_inside = matches!(self.state, State::Items | State::Element | State::Loose);
        is_inside.then_some(Place { page: self.page, index: self.count })
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
