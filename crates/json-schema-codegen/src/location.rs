//! Locations in the documents.

use std::fmt;
use std::sync::Arc;

/// A location: a document, and a JSON pointer (RFC 6901) into it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Location {
    /// The index of the document in the generator's list of documents.
    pub(crate) document: usize,
    pointer: Arc<str>,
}

impl Location {
    /// Creates a location from a document's index and a JSON pointer whose steps are escaped.
    pub(crate) fn new(document: usize, pointer: impl Into<Arc<str>>) -> Self {
        Self { document, pointer: pointer.into() }
    }

    /// Returns the JSON pointer; empty for the whole document.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// Returns the location of a child of the value at this location, below the property name or index `step`. Escapes
    /// `step`: `a/b` below `/x` gives `/x/a~1b`.
    pub(crate) fn child(&self, step: &str) -> Self {
        Self::new(self.document, format!("{}/{}", self.pointer, escape_pointer_step(step)))
    }

    /// Returns the location two steps below this one: `properties` and `a` below `/x` give `/x/properties/a`. Escapes
    /// `step`, but not `keyword`.
    pub(crate) fn grandchild(&self, keyword: &str, step: &str) -> Self {
        Self::new(self.document, format!("{}/{keyword}/{}", self.pointer, escape_pointer_step(step)))
    }

    /// Returns the location without its last step; `None` for a whole document.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (parent, _) = self.pointer.rsplit_once('/')?;
        Some(Self::new(self.document, parent))
    }

    /// Checks whether this location is `other`, or is inside the value at `other`.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let steps = self.pointer.strip_prefix(&*other.pointer);
        self.document == other.document && steps.is_some_and(|steps| steps.is_empty() || steps.starts_with('/'))
    }

    /// Returns the last step of the pointer, unescaped; `None` for a whole document.
    pub(crate) fn last_step(&self) -> Option<String> {
        self.pointer.rsplit_once('/').map(|(_, step)| unescape_pointer_step(step))
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.document, self.pointer)
    }
}

/// Escapes one step of a JSON pointer (RFC 6901, section 3): `a/b~c` becomes `a~1b~0c`.
pub(crate) fn escape_pointer_step(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// Unescapes one step of a JSON pointer (RFC 6901, section 4): `a~1b~0c` becomes `a/b~c`.
pub(crate) fn unescape_pointer_step(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
