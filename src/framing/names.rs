//! Decides by the names of an object's properties whether it is a page.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// The properties that the schema requires of an event.
pub(super) const REQUIRED_NAMES: [&str; 6] = ["id", "resource", "type", "actorId", "created", "data"];

/// Most bytes of a name that is compared with known names: the length of the longest one, `resource`, with each letter
/// written as an escape such as `\u0069`.
pub(super) const MAX_NAME_BYTES: usize = 48;

/// Which values of an input are read as pages; all other values are events.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum InputLayout {
    /// Arrays, and objects whose array `items` comes before any property that an event requires.
    #[default]
    Events,
    /// Arrays, and objects with an array `items`.
    Pages,
    /// No values.
    Lines,
}

impl InputLayout {
    /// Checks whether `line`, a line that begins outside any page, certainly contains no page.
    pub(crate) fn is_line_without_page(self, line: &[u8]) -> bool {
        let may_be_page = || memmem::find(line, b"\"items\"").is_some() || memchr(b'\\', line).is_some();
        match self {
            Self::Lines => true,
            _ if line.first() != Some(&b'{') => false,
            Self::Pages => !may_be_page(),
            Self::Events => begins_with_event_property(line) || !may_be_page(),
        }
    }
}

/// The property names that were seen in an object so far, as far as they decide whether the object is a page.
#[derive(Clone, Debug, Default)]
pub(super) struct SeenPropertyNames {
    layout: InputLayout,
    /// Whether the last name is `items`.
    is_items: bool,
    /// The first of the names that is one of [`REQUIRED_NAMES`]; `None` if there is none yet.
    required: Option<&'static str>,
}

impl SeenPropertyNames {
    /// Creates the state at the beginning of an object. `layout` says which objects are pages.
    pub(super) fn new(layout: InputLayout) -> Self {
        Self { layout, ..Self::default() }
    }

    /// Checks whether names matter: whether the layout allows an object to be a page.
    pub(super) fn layout_allows_object_pages(&self) -> bool {
        self.layout != InputLayout::Lines
    }

    /// Records the next name of the object, given without its quotes but with its escapes. A name that is longer than
    /// [`MAX_NAME_BYTES`] may be cut after so many bytes.
    pub(super) fn add_name(&mut self, name: &[u8]) {
        let name = decode_name(name);
        self.is_items = *name == *b"items";
        self.required =
            self.required.or_else(|| REQUIRED_NAMES.into_iter().find(|required| *name == *required.as_bytes()));
    }

    /// Checks whether an array as the value of the last name makes the object a page.
    pub(super) fn opens_page(&self) -> bool {
        self.is_items
            && match self.layout {
                InputLayout::Events => self.required.is_none(),
                InputLayout::Pages => true,
                InputLayout::Lines => false,
            }
    }

    /// Returns the first name in an object that an event requires, although the object's `items` made it a page; `None`
    /// if there is none, or if the layout is not [`InputLayout::Events`].
    pub(super) fn find_event_property_name(&self) -> Option<&'static str> {
        self.required.filter(|_| self.layout == InputLayout::Events)
    }
}

/// Decodes the escapes of a name: `\u0069tems` becomes `items`. A name with a broken escape is returned unchanged.
fn decode_name(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'\\') {
        return name.into();
    }
    let quoted = [b"\"", name, b"\""].concat();
    serde_json::from_slice::<String>(&quoted).map_or(name.into(), |name| name.into_bytes().into())
}

/// Checks whether the first property of `object`, the text of an object, is one that an event requires, so that the
/// object is not a page.
fn begins_with_event_property(object: &[u8]) -> bool {
    let name = object.strip_prefix(b"{").map(<[u8]>::trim_ascii_start).and_then(|rest| rest.strip_prefix(b"\""));
    name.is_some_and(|name| {
        REQUIRED_NAMES
            .iter()
            .any(|required| name.strip_prefix(required.as_bytes()).is_some_and(|rest| rest.starts_with(b"\"")))
    })
}
