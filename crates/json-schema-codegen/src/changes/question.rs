//! Questions about reading: whether the types of one version read the instances of the other.

use serde_json::Value;

use crate::normalize::DefinitionId;

/// Asks whether the old and the new definition read each other's instances, in both directions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) old: DefinitionId,
    pub(crate) new: DefinitionId,
    /// The part of the definitions that the question is about.
    pub(crate) focus: Focus,
}

/// The part of a definition that a change is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Focus {
    /// The whole definition.
    All,
    /// The property with this JSON name.
    Property(String),
    /// The additional properties, and those that match a pattern.
    AdditionalProperties,
}

impl Focus {
    /// Checks whether `instance` has the property; always true for a focus other than a property.
    pub(crate) fn is_present_in(&self, instance: &Value) -> bool {
        match self {
            Self::Property(name) => instance.get(name).is_some(),
            Self::All | Self::AdditionalProperties => true,
        }
    }
}

/// A definition that only one version has.
#[derive(Clone, Copy)]
pub(crate) enum OnlyIn {
    /// It was removed.
    Old(DefinitionId),
    /// It was added.
    New(DefinitionId),
}
