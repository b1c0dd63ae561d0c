//! Questions about reading: whether the types of one version read the instances of the other.

use serde_json::Value;

use crate::normalize::DefinitionId;

/// The question whether the types made from an old and a new definition read each other's instances, in both
/// directions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ReadingQuestion {
    pub(crate) old: DefinitionId,
    pub(crate) new: DefinitionId,
    /// The part of the definitions that the question is about.
    pub(crate) focus: QuestionFocus,
}

/// The part of a definition that a question is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum QuestionFocus {
    /// The whole definition, with all of its properties.
    All,
    /// The property with this JSON name.
    Property(String),
    /// All properties that the definition does not define by name: additional properties, and those whose names match a
    /// pattern.
    AdditionalProperties,
}

impl QuestionFocus {
    /// Checks whether the object `instance` has the property of this focus. Returns true if the focus is not a single
    /// property.
    pub(crate) fn is_present_in(&self, instance: &Value) -> bool {
        match self {
            Self::Property(name) => instance.get(name).is_some(),
            Self::All | Self::AdditionalProperties => true,
        }
    }
}

/// A definition that exists in one version only.
#[derive(Clone, Copy)]
pub(crate) enum OneSidedDefinition {
    /// A definition of the old version, which was removed.
    Old(DefinitionId),
    /// A definition of the new version, which was added.
    New(DefinitionId),
}
