//! Defines the annotations of schemas that become documentation.

/// The annotations of a schema (`title`, `description`, …) that become Rust documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// The value of `default` as text, such as `red` or `{"a":1}`. A string has quotes only if it is blank or could be
    /// read as JSON, such as `"1"`.
    pub(crate) default: Option<String>,
    /// The values of `examples` as texts, in the form of `default`.
    pub(crate) examples: Vec<String>,
    pub(crate) deprecated: bool,
}
