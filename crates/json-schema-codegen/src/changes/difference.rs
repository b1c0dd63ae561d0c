//! Defines the differences between the public Rust items of two versions.

use crate::changes::report::Verdict;
use crate::changes::type_part::TypePart;

/// A difference between the versions of a public Rust type, or of one of its members.
pub(crate) struct ApiDifference {
    /// The new Rust name of the type; the old name if it was removed.
    pub(crate) owner: String,
    pub(crate) part: TypePart,
    /// Whether code that compiled against the old types may stop compiling.
    pub(crate) verdict: Verdict,
    /// The lint of cargo-semver-checks that reports the difference; `None` if no lint does.
    pub(crate) lint: Option<&'static str>,
    /// A sentence for the report, such as "`Order.tax` was added".
    pub(crate) text: String,
}

impl ApiDifference {
    /// Creates a difference of the type `owner` itself.
    fn new(owner: &str, verdict: Verdict, lint: Option<&'static str>, text: String) -> Self {
        Self { owner: owner.to_owned(), part: TypePart::Type, verdict, lint, text }
    }

    /// Creates a breaking difference of the type `owner` itself.
    pub(crate) fn new_breaking(owner: &str, lint: Option<&'static str>, text: String) -> Self {
        Self::new(owner, Verdict::Breaking, lint, text)
    }

    /// Creates an additive difference of the type `owner` itself.
    pub(crate) fn new_additive(owner: &str, lint: Option<&'static str>, text: String) -> Self {
        Self::new(owner, Verdict::Additive, lint, text)
    }

    /// Makes this a difference of `part` of the type.
    pub(crate) fn with_part(self, part: TypePart) -> Self {
        Self { part, ..self }
    }
}
