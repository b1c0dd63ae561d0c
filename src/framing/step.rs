//! Defines the results of framing: steps, the texts of events, and their places in pages.

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
    /// window (then calls [`Framing::count_element`](super::Framing::count_element) for an element), or calls
    /// [`Framing::enter`](super::Framing::enter) to find its end.
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
