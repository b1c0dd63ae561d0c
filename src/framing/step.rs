//! Defines the results of framing: steps, the extents of events in the window, and places in pages.

/// The form of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum PageForm {
    /// An object with the array `items`.
    #[default]
    Object,
    /// An array.
    Array,
}

/// The place of an element in its page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ElementPlace {
    pub(crate) page: PageForm,
    /// The index of the element in the page's array, from 0.
    pub(crate) index: usize,
}

/// What the window begins with, as one step of framing finds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FramingStep {
    /// It is not decided yet what the window begins with; more bytes have to be added.
    More,
    /// The given number of bytes are not part of an event.
    Skip(usize),
    /// The window begins with a value, or with an element of a page. The caller either parses it and removes it from
    /// the window (and calls [`Framing::count_element`](super::Framing::count_element) for an element), or calls
    /// [`Framing::enter_value`](super::Framing::enter_value) to look for its end.
    Value,
    /// The window begins with the text of an event, or with garbage in its place.
    Event(EventExtent),
    /// The window begins with an event or a page that the end of the text cuts off.
    Truncated(EventExtent),
    /// The given number of bytes are the end of a page that has, after its `items`, the given property, which an event
    /// requires: the page may have been an event.
    Contradiction(usize, &'static str),
    /// The text ends here.
    End,
}

/// The extent of an event's text at the beginning of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EventExtent {
    /// The length of the text in bytes.
    pub(crate) length: usize,
    /// The event's place in its page; `None` outside a page.
    pub(crate) place: Option<ElementPlace>,
    /// Whether the brackets, strings, commas and colons of the text are those of one JSON value.
    pub(crate) is_json: bool,
}
