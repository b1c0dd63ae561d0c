//! Where in the documents something stands.

use std::fmt;
use std::sync::Arc;

/// A place in a document: which document, and a JSON pointer (RFC 6901) into it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub(crate) document: usize,
    pointer: Arc<str>,
}

impl Place {
    pub(crate) fn new(document: usize, pointer: impl Into<Arc<str>>) -> Self {
        Self { document, pointer: pointer.into() }
    }

    /// The JSON pointer; empty for the whole document.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The place one step further: a property's name or an index.
    pub(crate) fn child(&self, step: &str) -> Self {
        Self::new(self.document, format!("{}/{}", self.pointer, escape(step)))
    }

    /// Two steps further, as in `properties` and a property's name.
    pub(crate) fn within(&self, keyword: &str, step: &str) -> Self {
        Self::new(self.document, format!("{}/{keyword}/{}", self.pointer, escape(step)))
    }

    /// The place one step back.
    pub(crate) fn parent(&self) -> Option<Self> {
        let (parent, _) = self.pointer.rsplit_once('/')?;
        Some(Self::new(self.document, parent))
    }

    /// Whether it is another place, or in what stands there.
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        let rest = self.pointer.strip_prefix(&*other.pointer);
        self.document == other.document && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The last step of the pointer, unescaped.
    pub(crate) fn last_step(&self) -> Option<String> {
        self.pointer.rsplit_once('/').map(|(_, step)| unescape(step))
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.document, self.pointer)
    }
}

/// One step of a pointer, with `~` and `/` escaped (RFC 6901, section 3).
pub(crate) fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// The reverse of [`escape`].
pub(crate) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
