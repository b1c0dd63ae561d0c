//! Defines structs in the intermediate form: their properties, and the treatment of all other properties.

use serde_json::Value;

use crate::location::Location;
use crate::normalize::definition::types::Type;
use crate::normalize::docs::Docs;
use crate::pattern::PatternProgram;

/// An object with named properties.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) properties: Vec<Property>,
    /// The maps for properties whose names match a pattern. A property goes to the first that matches.
    pub(crate) patterns: Vec<PatternField>,
    pub(crate) extra: AdditionalProperties,
}

#[cfg(feature = "changes")]
impl Struct {
    /// Returns the property with the JSON name `name`; `None` if the schema does not define one.
    pub(crate) fn find_property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.json_name == name)
    }
}

/// A map of the properties whose names match a pattern (`patternProperties`).
#[derive(Debug)]
pub(crate) struct PatternField {
    /// The regular expression as the schema writes it.
    pub(crate) pattern: String,
    /// The pattern compiled for the generated code.
    pub(crate) program: PatternProgram,
    /// The name of the field with the map.
    pub(crate) field: String,
    /// The type of the values.
    pub(crate) ty: Type,
    /// The location of the pattern's subschema.
    pub(crate) location: Location,
}

/// A property that the schema names.
#[derive(Debug)]
pub(crate) struct Property {
    /// The JSON name.
    pub(crate) json_name: String,
    /// The name of the field in the Rust struct.
    pub(crate) field: String,
    /// The type when the property is present; an optional one adds an `Option` later.
    pub(crate) ty: Type,
    pub(crate) required: bool,
    /// Whether the schemas for it may accept `null`.
    pub(crate) accepts_null: bool,
    /// Whether the struct's schema accepts values of other types than `ty` too: they are kept with the additional
    /// properties, whatever the settings say.
    pub(crate) accepts_others: bool,
    /// True if an explicit `null` makes reading fail although the property is optional.
    pub(crate) refuses_null: bool,
    /// The treatment of a value of another type.
    pub(crate) on_mismatch: MismatchTreatment,
    pub(crate) docs: Docs,
    /// The `default` of an optional property, which its schema accepts, if the settings ask for accessors of defaults.
    pub(crate) default: Option<Value>,
    /// The location of the first schema for it; of the object if the property is only required.
    pub(crate) location: Location,
}

/// The treatment of a value of another type than a property has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MismatchTreatment {
    /// The whole object does not fit its struct. A property or union around the object may keep the object; if none
    /// does, reading fails.
    Pass,
    /// The value is kept whole in the object's field for unlisted properties. The field of the property has no value,
    /// or the default value of its type.
    Keep,
    /// Reading fails, even if a property or union around the object could keep the object.
    Fail,
}

/// The treatment of additional properties.
#[derive(Debug)]
pub(crate) enum AdditionalProperties {
    /// They are kept as any values in the field named `field`.
    Open { field: String },
    /// They are kept in the field named `field`; the schema gives them the type `ty`.
    Typed { field: String, ty: Type },
    /// They may have any values, and are lost.
    Ignored,
    /// They make reading fail.
    Closed,
}

#[cfg(feature = "changes")]
impl AdditionalProperties {
    /// Returns the name of the field that keeps the additional properties; `None` if they are lost or make reading
    /// fail.
    pub(crate) fn field_name(&self) -> Option<&String> {
        match self {
            Self::Open { field } | Self::Typed { field, .. } => Some(field),
            Self::Ignored | Self::Closed => None,
        }
    }
}
