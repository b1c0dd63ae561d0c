//! Names the parts of public Rust types that differences between two versions are about.

/// The part of a public Rust type that a difference between the versions is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypePart {
    /// The type itself, or anything of it that no other variant names.
    Type,
    /// The name of the type.
    Name,
    /// The ways of building the type by `new()` or `Default`.
    Construction,
    /// The private fields of a struct, which keep struct literals in dependent crates from compiling.
    PrivateFields,
    /// The method with this name.
    Method(String),
    /// The field or variant with this Rust name, or the parameter of a method with the name of the field that it fills.
    Member(String),
}

impl TypePart {
    /// Returns the name of the part that the report shows, such as `new()`; `None` for the type itself.
    pub(crate) fn report_label(&self) -> Option<&str> {
        match self {
            Self::Type => None,
            Self::Name => Some("name of the type"),
            Self::Construction => Some("new()"),
            Self::PrivateFields => Some("private fields"),
            Self::Method(name) | Self::Member(name) => Some(name),
        }
    }
}
