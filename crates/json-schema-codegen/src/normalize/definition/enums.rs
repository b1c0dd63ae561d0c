//! Defines enums in the intermediate form: the values that a schema lists.

use serde_json::Value;

use crate::normalize::docs::Docs;
#[cfg(feature = "changes")]
use crate::runtime::is_equal_json;

/// The values of an `enum`.
#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) values: Vec<EnumValue>,
    /// The name of the fallback variant, which keeps any other value; `None` if any other value makes reading fail.
    pub(crate) unknown: Option<String>,
    /// True if the schema allows other values too; otherwise they are reported as unlisted.
    pub(crate) open: bool,
}

impl Enum {
    /// Checks whether all values that the schema lists are strings.
    pub(crate) fn has_only_strings(&self) -> bool {
        self.values.iter().all(|value| value.value.is_string())
    }

    /// Checks whether a value that the schema does not list makes reading fail: the enum has no fallback variant.
    pub(crate) fn is_closed(&self) -> bool {
        self.unknown.is_none()
    }

    /// Checks whether reading `value` as this enum succeeds. Without a fallback variant, only listed values do; with
    /// one, any string does if all listed values are strings, else any value.
    #[cfg(feature = "changes")]
    pub(crate) fn reads_value(&self, value: &Value) -> bool {
        match self.is_closed() {
            true => self.values.iter().any(|listed| is_equal_json(&listed.value, value)),
            false => !self.has_only_strings() || value.is_string(),
        }
    }
}

/// One value of an enum and its variant.
#[derive(Clone, Debug)]
pub(crate) struct EnumValue {
    pub(crate) value: Value,
    /// The name of the variant.
    pub(crate) variant: String,
    pub(crate) docs: Docs,
}
