//! Decides by the names of an object's properties whether it is a page.

use std::borrow::Cow;

/// The properties that the schema requires of an event.
pub(super) const REQUIRED: [&str; 6] = ["id", "resource", "type", "actorId", "created", "data"];

/// Most bytes of a name that is looked up: the longest one, `resource`, with each letter as an escape such as
/// `\u0069`.
pub(super) const LONGEST_NAME: usize = 48;

/// The values that are read as pages, which is what an input is made of besides single values.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Layout {
    /// Arrays, and objects whose array `items` comes before any property that an event requires.
    #[default]
    Events,
    /// Arrays, and objects with an array `items`.
    Pages,
    /// None.
    Lines,
}

/// The names of an object's properties that have been seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    layout: Layout,
    /// True if the last name is `items`.
    is_items: bool,
    /// The first name that an event requires.
    required: Option<&'static str>,
}

impl Names {
    /// Creates the state of an object without properties.
    pub(super) fn new(layout: Layout) -> Self {
        Self { layout, ..Self::default() }
    }

    /// Checks whether names matter: whether an object may be a page.
    pub(super) fn are_watched(&self) -> bool {
        self.layout != Layout::Lines
    }

    /// Takes the next name, without its quotes but with its escapes. A name that is longer than [`LONGEST_NAME`] may
    /// be cut after that.
    pub(super) fn take(&mut self, name: &[u8]) {
        let name = decode(name);
        self.is_items = *name == *b"items";
        self.required = self.required.or_else(|| REQUIRED.into_iter().find(|required| *name == *required.as_bytes()));
    }

    /// Checks whether an array as the value of the last name makes the object a page.
    pub(super) fn opens_page(&self) -> bool {
        self.is_items
            && match self.layout {
                Layout::Events => self.required.is_none(),
                Layout::Pages => true,
                Layout::Lines => false,
            }
    }

    /// Returns the first name that shows that an object is an event, although its `items` made it a page.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        self.required.filter(|_| self.layout == Layout::Events)
    }
}

/// Decodes the escapes of a name: `\u0069tems` becomes `items`. A name with a broken escape stays.
fn decode(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'\\') {
        return name.into();
    }
    let quoted = [b"\"", name, b"\""].concat();
    serde_json::from_slice::<String>(&quoted).map_or(name.into(), |name| name.into_bytes().into())
}

/// Checks whether the first property of an object is one that an event requires, so that the object is no page.
pub(super) fn begins_as_event(object: &[u8]) -> bool {
    let name = object.strip_prefix(b"{").map(<[u8]>::trim_ascii_start).and_then(|rest| rest.strip_prefix(b"\""));
    name.is_some_and(|name| {
        REQUIRED
            .iter()
            .any(|required| name.strip_prefix(required.as_bytes()).is_some_and(|rest| rest.starts_with(b"\"")))
    })
}
