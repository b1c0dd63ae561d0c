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

pub(crate) use names::InputLayout;
use names::SeenPropertyNames;
pub(crate) use step::{ElementPlace, EventExtent, FramingStep, PageForm};
use value::{FoundValueEnd, ValueScan};

/// The UTF-8 byte order mark, which some programs write at the beginning of a text.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The state machine. It sees the text through a window: the bytes of the input that are known and not yet done with.
/// The caller removes the bytes of each finished step from the window, and adds bytes to it after
/// [`FramingStep::More`].
#[derive(Debug, Default)]
pub(crate) struct Framing {
    layout: InputLayout,
    state: FramingState,
    /// The state inside the value that the window begins in.
    value: ValueScan,
    /// The property names that were seen in the outermost object, which is an event, or a page without its elements.
    names: SeenPropertyNames,
    /// The form of the page that the window begins in.
    page: PageForm,
    /// The number of elements of the page that have ended.
    count: usize,
    /// Whether the last element contains a closing bracket without an opening one, which may be the end of the page's
    /// `items`. The bytes after the element decide.
    may_last_have_ended_page: bool,
}

/// The part of the text in which the window begins.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum FramingState {
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
    pub(crate) fn new(layout: InputLayout, place: Option<ElementPlace>) -> Self {
        let mut framing = Self { layout, names: SeenPropertyNames::new(layout), ..Self::default() };
        if let Some(ElementPlace { page, index }) = place {
            (framing.state, framing.page, framing.count) = (FramingState::Items, page, index);
        }
        framing
    }

    /// Returns what the window begins with. `is_end` says that the input ends with the window.
    pub(crate) fn next_step(&mut self, window: &[u8], is_end: bool) -> FramingStep {
        let step = match self.state {
            FramingState::Top => return step_between_values(window, is_end),
            FramingState::Items => self.step_between_elements(window),
            FramingState::Line => {
                self.value.find_line_end(window).map(|length| self.finish_value(length, FramingState::Top, false))
            }
            FramingState::Object | FramingState::Element | FramingState::Rest => self.find_value_end_step(window),
            FramingState::Loose => self.find_unbracketed_end_step(window),
        };
        step.unwrap_or_else(|| self.step_inside_value(window, is_end))
    }

    /// Enters the value that the window begins with, so that the next steps look for its end. Returns the number of
    /// bytes that the caller must then remove from the window: 1 for an array that is a page, which is entered before
    /// its first element; otherwise 0.
    pub(crate) fn enter_value(&mut self, window: &[u8]) -> usize {
        if self.state == FramingState::Items {
            self.set_state(FramingState::Element);
            return 0;
        }
        match window.first() {
            Some(b'[') if self.layout != InputLayout::Lines => {
                self.enter_page(PageForm::Array);
                return 1;
            }
            Some(b'{' | b'[') => self.set_state(FramingState::Object),
            _ => self.set_state(FramingState::Line),
        }
        self.names = SeenPropertyNames::new(self.layout);
        0
    }

    /// Looks for the end of an object, an array or the rest of a page, or for the beginning of a page's `items`. `None`
    /// if the window contains neither.
    fn find_value_end_step(&mut self, window: &[u8]) -> Option<FramingStep> {
        let next = if self.state == FramingState::Element { FramingState::Items } else { FramingState::Top };
        match self.value.find_value_end(window, &mut self.names, self.state != FramingState::Object)? {
            FoundValueEnd::Value { length, is_json } => Some(self.finish_value(length, next, is_json)),
            FoundValueEnd::Items { length } => {
                self.enter_page(PageForm::Object);
                Some(FramingStep::Skip(length))
            }
        }
    }

    /// Skips white space and commas between the elements of a page, and enters the next element or the rest of the
    /// page. Leaves the page if the last element may have ended it and the next byte cannot be part of a page. `None`
    /// if the window is empty.
    fn step_between_elements(&mut self, window: &[u8]) -> Option<FramingStep> {
        let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blank > 0 {
            return Some(FramingStep::Skip(blank));
        }
        let byte = *window.first()?;
        if mem::take(&mut self.may_last_have_ended_page) && !matches!(byte, b',' | b']' | b'}') {
            self.set_state(FramingState::Top);
            return Some(FramingStep::Skip(0));
        }
        match byte {
            b',' => Some(FramingStep::Skip(1)),
            b']' => Some(self.leave_page_items()),
            b'{' | b'[' => Some(FramingStep::Value),
            _ => {
                self.set_state(FramingState::Loose);
                self.find_unbracketed_end_step(window)
            }
        }
    }

    /// Looks for the end of an element or garbage that does not begin with a bracket: before a comma, a `]`, or a `{`.
    /// `None` if the window does not contain the end. If the element begins with `}`, the `]` of `items` is missing, so
    /// a `{` after it begins a value after the page.
    fn find_unbracketed_end_step(&mut self, window: &[u8]) -> Option<FramingStep> {
        let (length, byte) = self.value.find_unbracketed_end(window)?;
        let closes_page = !self.value.is_skipped && window[0] == b'}' && byte == b'{';
        Some(self.finish_value(length, if closes_page { FramingState::Top } else { FramingState::Items }, false))
    }

    /// Returns the step inside a value whose end the window does not contain: skips examined bytes of a value that is
    /// skipped, otherwise asks for more bytes, or ends the text if `is_end`.
    fn step_inside_value(&mut self, window: &[u8], is_end: bool) -> FramingStep {
        let examined = if self.value.is_skipped { self.value.take_examined_length() } else { 0 };
        match examined {
            0 if is_end => self.step_at_text_end(window.len()),
            0 => FramingStep::More,
            _ => FramingStep::Skip(examined),
        }
    }

    /// Enters the array of a page, before its first element.
    fn enter_page(&mut self, page: PageForm) {
        self.set_state(FramingState::Items);
        self.page = page;
        self.count = 0;
        self.names = SeenPropertyNames::new(InputLayout::Lines);
    }

    /// Leaves the array of a page at its closing bracket, and lets the rest of the page be skipped.
    fn leave_page_items(&mut self) -> FramingStep {
        match self.page {
            PageForm::Array => self.set_state(FramingState::Top),
            PageForm::Object => {
                self.set_state(FramingState::Rest);
                self.value = ValueScan::new_after_items();
                self.names = SeenPropertyNames::new(self.layout);
            }
        }
        FramingStep::Skip(1)
    }

    /// Finishes the value that the window begins with after `length` bytes, and enters the state `next`. Returns the
    /// step with the event; [`FramingStep::Skip`] if the value is being skipped, or [`FramingStep::Contradiction`] if
    /// it is the rest of a page that has a property of an event.
    fn finish_value(&mut self, length: usize, next: FramingState, is_json: bool) -> FramingStep {
        let step = match self.names.find_event_property_name() {
            _ if !self.value.is_skipped => {
                FramingStep::Event(EventExtent { length, place: self.element_place(), is_json })
            }
            Some(name) if self.state == FramingState::Rest => FramingStep::Contradiction(length, name),
            _ => FramingStep::Skip(length),
        };
        self.may_last_have_ended_page |= self.may_have_ended_page();
        self.count += 1;
        self.set_state(next);
        step
    }

    /// Returns the step at the end of the text, inside a value of which `length` bytes are in the window. A line ends
    /// there. Any other value is truncated, unless the last element may have ended its page and no bytes are left.
    fn step_at_text_end(&mut self, length: usize) -> FramingStep {
        let is_in_doubt = mem::take(&mut self.may_last_have_ended_page) || self.may_have_ended_page();
        if is_in_doubt && length == 0 {
            self.set_state(FramingState::Top);
            return FramingStep::End;
        }
        if self.state == FramingState::Line {
            return self.finish_value(length, FramingState::Top, false);
        }
        let place = self.element_place();
        self.set_state(FramingState::Top);
        FramingStep::Truncated(EventExtent { length, place, is_json: false })
    }

    /// Checks whether the window begins inside an element that contains a closing bracket without an opening one, so
    /// that the bracket may be the end of the page.
    fn may_have_ended_page(&self) -> bool {
        self.state == FramingState::Element && self.value.has_unopened
    }

    /// Enters the state `state` at the beginning of the window.
    fn set_state(&mut self, state: FramingState) {
        self.state = state;
        self.value = ValueScan::default();
    }

    /// Returns which values are read as pages.
    pub(crate) fn layout(&self) -> InputLayout {
        self.layout
    }

    /// Changes which values are read as pages, for values that begin from now on.
    pub(crate) fn set_layout(&mut self, layout: InputLayout) {
        self.layout = layout;
    }

    /// Counts the page element that the window begins with, which the caller has parsed without looking for its end.
    pub(crate) fn count_element(&mut self) {
        self.count += 1;
    }

    /// Lets the value that the window begins with be skipped, whose end is not known yet. The caller removes its first
    /// `length` bytes from the window; the next steps skip the rest.
    pub(crate) fn skip_value(&mut self, length: usize) {
        self.value.start_skipping(length);
    }

    /// Leaves the value that the window begins with, since the caller has found its end in another way.
    pub(crate) fn leave_value(&mut self) {
        self.set_state(FramingState::Top);
    }

    /// Checks whether the window begins between values, outside any page.
    pub(crate) fn is_between_values(&self) -> bool {
        self.state == FramingState::Top
    }

    /// Checks whether the window begins inside a value that is being skipped.
    pub(crate) fn is_skipping_value(&self) -> bool {
        self.value.is_skipped
    }

    /// Checks whether the value that the window begins with is JSON, as far as it has been examined.
    pub(crate) fn is_value_json(&self) -> bool {
        self.value.is_json()
    }

    /// Returns the place in its page of the element that the window begins with; `None` outside a page.
    pub(crate) fn element_place(&self) -> Option<ElementPlace> {
        let is_inside = matches!(self.state, FramingState::Items | FramingState::Element | FramingState::Loose);
        is_inside.then_some(ElementPlace { page: self.page, index: self.count })
    }
}

/// Returns the step between values, outside any page: skips white space and byte order marks, or reports the beginning
/// of the next value.
fn step_between_values(window: &[u8], is_end: bool) -> FramingStep {
    let blank = window.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    match window {
        _ if blank > 0 => FramingStep::Skip(blank),
        [] if is_end => FramingStep::End,
        _ if window.starts_with(BYTE_ORDER_MARK) => FramingStep::Skip(BYTE_ORDER_MARK.len()),
        _ if BYTE_ORDER_MARK.starts_with(window) && !is_end => FramingStep::More,
        _ => FramingStep::Value,
    }
}
