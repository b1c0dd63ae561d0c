//! The intermediate form of views: the places whose values are read through views, and the views.

use std::collections::HashMap;

use serde_json::Value;

use crate::location::Location;
use crate::normalize::definition_id::DefinitionId;
use crate::normalize::docs::Docs;

/// The properties that the settings give views (places), and all views for their values and the objects inside them.
#[derive(Debug, Default)]
pub(crate) struct Views {
    /// In the order of the settings.
    pub(crate) places: Vec<ViewPlace>,
    /// Indexed by [`ViewId`].
    pub(crate) all: Vec<View>,
    /// The names of the views and their enums by the locations of their schemas; of schemas that became neither too, if
    /// a reference leads to them.
    pub(crate) type_names: HashMap<Location, String>,
}

/// A property whose values are read through views.
#[derive(Debug)]
pub(crate) struct ViewPlace {
    /// The definition of the struct that has the property.
    pub(crate) owner: DefinitionId,
    /// The JSON name of the property.
    pub(crate) property: String,
    /// Whether the property is required, so that the method returns the enum and not an `Option` of it.
    pub(crate) required: bool,
    /// The definition of the struct that is the type of the property; `None` if its type is not a struct.
    pub(crate) held: Option<DefinitionId>,
    /// The JSON name of the sibling property whose value decides which view is used.
    pub(crate) by: String,
    /// The name of the method that returns the enum.
    pub(crate) method: String,
    /// The name of the enum.
    pub(crate) name: String,
    /// The old name, if `[rename]` gave the enum its name; else `None`.
    pub(crate) alias: Option<String>,
    pub(crate) choices: Vec<ViewChoice>,
    /// The name of the variant for values of the sibling that no choice has.
    pub(crate) other: String,
}

/// A variant of the enum of a place: the values of the sibling that select a view.
#[derive(Debug)]
pub(crate) struct ViewChoice {
    /// The values of the sibling that select this view. They are all strings, all numbers, or all booleans.
    pub(crate) values: Vec<Value>,
    pub(crate) view: ViewId,
}

/// The index of a view in [`Views::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ViewId(pub(crate) usize);

/// A view of an object: a type with a method for each property.
#[derive(Debug)]
pub(crate) struct View {
    pub(crate) name: String,
    /// The old name, if `[rename]` gave the view its name; else `None`.
    pub(crate) alias: Option<String>,
    /// The location of the schema.
    pub(crate) location: Location,
    pub(crate) docs: Docs,
    pub(crate) accessors: Vec<Accessor>,
    /// Whether the schema gives a schema for properties that it does not name, which are then not unlisted.
    pub(crate) describes_others: bool,
}

/// The method of a view for a property.
#[derive(Debug)]
pub(crate) struct Accessor {
    /// The JSON name of the property.
    pub(crate) json_name: String,
    pub(crate) method: String,
    /// The name of the method that returns the text as a time; `None` if the schema's format is not `date-time`, or if
    /// the settings do not ask for such methods.
    pub(crate) timestamp: Option<String>,
    pub(crate) ty: ViewType,
    /// Whether numbers and booleans are read from texts too (`x-read-as`).
    pub(crate) parses_text: bool,
    /// Whether the schema allows `null`.
    pub(crate) accepts_null: bool,
    pub(crate) docs: Docs,
    /// The location of the property's schema.
    pub(crate) location: Location,
}

/// The type of the values that a method of a view returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ViewType {
    Text,
    Boolean,
    /// A whole number.
    Integer,
    Number,
    /// An enum of strings.
    Enum(DefinitionId),
    Object(ViewId),
    List(Box<ViewType>),
    /// A map from names to values of this type.
    Map(Box<ViewType>),
    /// An object of which the schema says nothing else.
    AnyObject,
    /// Any JSON value.
    Any,
}
