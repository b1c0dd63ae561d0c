//! Finds where events begin and end in a text, and which values are pages: a state machine that follows JSON and, where
//! a text is not JSON, its brackets and strings.

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
use names::SeenNames;
pub(crate) use step::{Page, PagePlace, Step, TextExtent};
use value::{ValueEnding, ValueScan};

/// The UTF-8 byte order mark, which some programs write at the beginning of a text.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The state machine. It sees the text through a window: the bytes of the input that are known and not yet done with.
/// The caller removes the bytes of each finished step from the window, and adds bytes to it after [`Step::More`].
#[derive(Debug, Default)]
pub(crate) struct Framing {
    layout: Layout,
    state: State,
    /// The state inside the value that the window begins in.
    value: ValueScan,
    /// The property names that were seen in the outermost object, which is an event, or a page without its elements.
    names: SeenNames,
    /// The form of the page that the window begins in.
    page: Page,
    /// The number of elements of the page that have ended.
    count: usize,
    /// Whether the last element contains a closing bracket without an opening one, which may be the end of the page's
    /// `items`. The bytes after the element decide.
    may_last_have_ended_page: bool,
}

/// The part of the text in which the window begins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// Between values, outside any page.
    #[default]
    Top,
    /// In a value or garbage that does not begin with `{`, outside any page. It ends at the end of its line.
    Line,
    /// In an object or array that is an event, or in a page before its `items`.
    Object,
    /// In the array of a page, between elements.
    Items,
    /// In a page after its `items`.
    Rest,
    /// In an element of a page that begins with `{` or `[`.
    Element,
    /// In an element of a page, or garbage, that does not begin with a bracket.
    Loose,
}

impl Framing {
    /// Creates the state at the beginning of a text; with a `place`, the state before the element at this place of a
    /// page.
    pub(crate) fn new(layout: Layout, place: Option<PagePlace>) -> Self {
        let mut framing = Self { layout, names: SeenNames::new(layout), ..Self::default() };
        if let Some(PagePlace { page, index }) = place {
            (framing.state, framing.page, framing.count) = (State::Items, page, index);
        }
        framing
    }

    /// Returns what the window begins with. `is_end` says that the input ends with the window.
    pub(crate) fn next_step(&mut self, window: &[u8], is_end: bool) -> Step {
        let step = match self.state {
            State::Top => return step_between_values(window, is_end),
            State::Items => self.step_between_elements(window),
            State::Line => self.value.find_line_end(window).map(|length| self.finish_value(length, State::Top, false)),
            State::Object | State::Element | State::Rest => self.find_value_end(window),
            State::Loose => self.find_loose_end_step(window),
        };
        step.unwrap_or_else(|| self.step_without_found_end(window, is_end))
    }

    /// Enters the value that the window begins with, so that the next steps look for its end. Returns the number of
    /// bytes that the caller must then remove from the window: 1 for an array that is a page, which is entered before
    /// its first element; otherwise 0.
    pub(crate) fn enter_value(&mut self, window: &[u8]) -> usize {
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
        self.names = SeenNames::new(self.layout);
        0
    }

    /// Looks for the end of an object, an array or the rest of a page, or for the beginning of a page's `items`. `None`
    /// if the window contains neither.
    fn find_value_end(&mut self, window: &[u8]) -> Option<Step> {
        let next = if self.state == State::Element { State::Items } else { State::Top };
        match self.value.find_end(window, &mut self.names, self.state != State::Object)? {
            ValueEnding::Value { length, is_json } => Some(self.finish_value(length, next, is_json)),
            ValueEnding::Items { length } => {
                self.enter_page(Page::Object);
                Some(Step::Skip(length))
            }
        }
    }

    /// Skips white space and commas between the elements of a page, and enters the next element or the rest of the
    /// page. Leaves the page if the last element may have ended it and the next byte cannot be part of a page. `None`
    /// if the window is empty.
    fn step_between_elements(&mut self, window: &[u8]) -> Option<Step> {
        let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank > 0 {
            return Some(Step::Skip(blank));
        }
        let byte = *window.first()?;
        if mem::take(&mut self.may_last_have_ended_page) && !matches!(byte, b',' | b']' | b'}') {
            self.set_state(State::Top);
            return Some(Step::Skip(0));
        }
        match byte {
            b',' => Some(Step::Skip(1)),
            b']' => Some(self.leave_items()),
            b'{' | b'[' => Some(Step::Value),
            _ => {
                self.set_state(State::Loose);
                self.find_loose_end_step(window)
            }
        }
    }

    /// Looks for the end of an element or garbage that does not begin with a bracket: before a comma, a `]`, or a `{`.
    /// `None` if the window does not contain the end. If the element begins with `}`, the `]` of `items` is missing, so
    /// a `{` after it begins a value after the page.
    fn find_loose_end_step(&mut self, window: &[u8]) -> Option<Step> {
        let (length, byte) = self.value.find_loose_end(window)?;
        let closes_page = !self.value.is_skipped && window[0] == b'}' && byte == b'{';
        Some(self.finish_value(length, if closes_page { State::Top } else { State::Items }, false))
    }

    /// Returns the step inside a value whose end the window does not contain: skips examined bytes of a value that is
    /// skipped, otherwise asks for more bytes, or ends the text if `is_end`.
    fn step_without_found_end(&mut self, window: &[u8], is_end: bool) -> Step {
        let examined = if self.value.is_skipped { self.value.take_examined() } else { 0 };
        match examined {
            0 if is_end => self.finish_text(window.len()),
            0 => Step::More,
            _ => Step::Skip(examined),
        }
    }

    /// Enters the array of a page, before its first element.
    fn enter_page(&mut self, page: Page) {
        self.set_state(State::Items);
        self.page = page;
        self.count = 0;
        self.names = SeenNames::new(Layout::Lines);
    }

    /// Leaves the array of a page at its closing bracket, and lets the rest of the page be skipped.
    fn leave_items(&mut self) -> Step {
        match self.page {
            Page::Array => self.set_state(State::Top),
            Page::Object => {
                self.set_state(State::Rest);
                self.value = ValueScan::after_items();
                self.names = SeenNames::new(self.layout);
            }
        }
        Step::Skip(1)
    }

    /// Finishes the value that the window begins with after `length` bytes, and enters the state `next`. Returns the
    /// step with the event; [`Step::Skip`] if the value is being skipped, or [`Step::Contradiction`] if it is the rest
    /// of a page that has a property of an event.
    fn finish_value(&mut self, length: usize, next: State, is_json: bool) -> Step {
        let step = match self.names.find_contradiction() {
            _ if !self.value.is_skipped => Step::Event(TextExtent { length, place: self.place(), is_json }),
            Some(name) if self.state == State::Rest => Step::Contradiction(length, name),
            _ => Step::Skip(length),
        };
        self.may_last_have_ended_page |= self.may_have_ended_page();
        self.count += 1;
        self.set_state(next);
        step
    }

    /// Returns the step at the end of the text, inside a value of which `length` bytes are in the window. A line ends
    /// there. Any other value is truncated, unless the last element may have ended its page and no bytes are left.
    fn finish_text(&mut self, length: usize) -> Step {
        let is_in_doubt = mem::take(&mut self.may_last_have_ended_page) || self.may_have_ended_page();
        if is_in_doubt && length == 0 {
            self.set_state(State::Top);
            return Step::End;
        }
        if self.state == State::Line {
            return self.finish_value(length, State::Top, false);
        }
        let place = self.place();
        self.set_state(State::Top);
        Step::Truncated(TextExtent { length, place, is_json: false })
    }

    /// Checks whether the window begins inside an element that contains a closing bracket without an opening one, so
    /// that the bracket may be the end of the page.
    fn may_have_ended_page(&self) -> bool {
        self.state == State::Element && self.value.has_unopened
    }

    /// Enters the state `state` at the beginning of the window.
    fn set_state(&mut self, state: State) {
        self.state = state;
        self.value = ValueScan::default();
    }

    /// Returns which values are read as pages.
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// Changes which values are read as pages, for values that begin from now on.
    pub(crate) fn set_layout(&mut self, layout: Layout) {
        self.layout = layout;
    }

    /// Checks whether `line`, the line that the window begins with, certainly contains no page.
    pub(crate) fn excludes_page(&self, line: &[u8]) -> bool {
        let may_be_page = || memmem::find(line, b"\"items\"").is_some() || memchr(b'\\', line).is_some();
        match self.layout {
            Layout::Lines => true,
            _ if line.first() != Some(&b'{') => false,
            Layout::Pages => !may_be_page(),
            Layout::Events => names::begins_as_event(line) || !may_be_page(),
        }
    }

    /// Counts the page element that the window begins with, which the caller has parsed without looking for its end.
    pub(crate) fn count_element(&mut self) {
        self.count += 1;
    }

    /// Lets the value that the window begins with be skipped, whose end is not known yet. The caller removes its first
    /// `length` bytes from the window; the next steps skip the rest.
    pub(crate) fn skip_value(&mut self, length: usize) {
        self.value.skip(length);
    }

    /// Leaves the value that the window begins with, since the caller has found its end in another way.
    pub(crate) fn leave_value(&mut self) {
        self.set_state(State::Top);
    }

    /// Checks whether the window begins between values, outside any page.
    pub(crate) fn is_between_values(&self) -> bool {
        self.state == State::Top
    }

    /// Checks whether the window begins inside a value that is being skipped.
    pub(crate) fn is_skipping(&self) -> bool {
        self.value.is_skipped
    }

    /// Checks whether the value that the window begins with is JSON, as far as it has been examined.
    pub(crate) fn is_json(&self) -> bool {
        self.value.is_json()
    }

    /// Returns the place in its page of the element that the window begins with; `None` outside a page.
    pub(crate) fn place(&self) -> Option<PagePlace> {
        let is_inside = matches!(self.state, State::Items | State::Element | State::Loose);
        is_inside.then_some(PagePlace { page: self.page, index: self.count })
    }
}

/// Returns the step between values, outside any page: skips white space and byte order marks, or reports the beginning
/// of the next value.
fn step_between_values(window: &[u8], is_end: bool) -> Step {
    let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match window {
        _ if blank > 0 => Step::Skip(blank),
        [] if is_end => Step::End,
        _ if window.starts_with(BYTE_ORDER_MARK) => Step::Skip(BYTE_ORDER_MARK.len()),
        _ if BYTE_ORDER_MARK.starts_with(window) && !is_end => Step::More,
        _ => Step::Value,
    }
}
