//! Defines the annotations of schemas that become documentation.

/// The annotations of a schema (`title`, `description`, …) that become Rust documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// The default value as text, such as `red` or `{"a":1}`.
    pub(crate) default: Option<String>,
    /// The example values as text.
    pub(crate) examples: Vec<String>,
    pub(crate) deprecated: bool,
}
