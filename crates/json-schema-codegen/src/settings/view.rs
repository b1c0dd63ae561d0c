//! Defines the settings of a place whose values are read through views.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _};

/// The settings of a place: a property whose value is one of several objects, depending on the value of a sibling
/// property. The type that has the property gets a method that returns a view of its value, as an enum with a variant
/// for each of these objects. A view has a method for each property of its schema, and copies nothing. The method
/// returns `None` for a value that does not fit the schema; the method `get` of the view returns any value.
///
/// ```toml
/// [views."Event.data"]                      # the type, and the JSON name of one of its properties
/// by = "resource"                           # the JSON name of the sibling property
/// messages = "message-schema.json"          # a value of the sibling = the schema of the view
/// files = "file-schema.json"
/// file_previews = "file-schema.json"        # several values may have the same view
/// ```
///
/// The schemas are written as in [`Settings::roots`](crate::Settings::roots). They need not be roots: a schema that
/// only views reach has no type with fields, and a document that is a view of its own is not a root if the settings
/// name no roots. If the sibling is a number or a boolean in the schema, its values are written as texts too: `"1" =
/// "…"`. Values of the sibling that are `by`, `method` or `values` are written in a table of their own,
/// `[views."Event.data".values]`.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct View {
    /// The JSON name of the sibling property, whose value decides which object the property holds.
    pub by: String,
    /// The name of the method that returns the view; `view` for `None`. A second place in a type needs a name of its
    /// own.
    pub method: Option<String>,
    /// By value of the sibling property: the schema of the view.
    pub values: BTreeMap<String, String>,
}

impl View {
    /// Creates the settings of a place, still without a view. `by` is the JSON name of the sibling property whose value
    /// decides.
    pub fn by(by: impl Into<String>) -> Self {
        Self { by: by.into(), ..Self::default() }
    }

    /// Adds a view with the schema `schema`, which is returned if the sibling property has the value `value`.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>, schema: impl Into<String>) -> Self {
        self.values.insert(value.into(), schema.into());
        self
    }

    /// Sets the name of the method that returns the view.
    #[must_use]
    pub fn method(mut self, name: impl Into<String>) -> Self {
        self.method = Some(name.into());
        self
    }
}

/// The value of a key in the TOML table of a place.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum ViewEntry {
    Text(String),
    Table(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for View {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut view = Self::default();
        for (key, entry) in BTreeMap::<String, ViewEntry>::deserialize(deserializer)? {
            match (key.as_str(), entry) {
                ("by", ViewEntry::Text(by)) => view.by = by,
                ("method", ViewEntry::Text(method)) => view.method = Some(method),
                ("values", ViewEntry::Table(values)) => view.values.extend(values),
                (_, ViewEntry::Text(schema)) => drop(view.values.insert(key, schema)),
                (_, ViewEntry::Table(_)) => {
                    return Err(D::Error::custom(format!("expected the name of a schema, found a table at `{key}`")));
                }
            }
        }
        if view.by.is_empty() {
            return Err(D::Error::custom("expected `by`, the JSON name of the property whose value decides,"));
        }
        Ok(view)
    }
}
