//! The part of the report about views: the methods that return them, and their own methods.

use serde::Serialize;

use crate::location::Location;
use crate::normalize::{Accessor, Definitions, Shape, ViewPlace, ViewType};
use crate::refine::write_returned_type;
use crate::report::source::SourceLocation;

/// A method of a view, or a method that returns a view, with the property that it looks up.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MethodReport {
    /// The name of the view; of the struct, for a method that returns a view.
    pub owner: String,
    /// The name of the method.
    pub method: String,
    /// The JSON name of the property.
    pub property: String,
    /// The Rust type that the method returns, such as `Option<&'a str>`.
    pub rust: String,
    /// The values that the method returns, and what becomes of other values, in words.
    pub reads: String,
    /// The name of the method that returns the text as a time; `None` if there is no such method.
    pub timestamp: Option<String>,
    /// The location of the property's schema.
    #[serde(flatten)]
    pub source: SourceLocation,
}

/// Returns the methods that return views, then the methods of each view, in the order of the output.
pub(super) fn report_methods(
    definitions: &Definitions,
    source: &dyn Fn(&Location) -> SourceLocation,
) -> Vec<MethodReport> {
    let views = &definitions.views;
    let of_places = views.places.iter().filter_map(|place| report_place_method(place, definitions, source));
    let of_views = views.all.iter().flat_map(|view| {
        view.accessors.iter().map(|accessor| MethodReport {
            owner: view.name.clone(),
            method: accessor.method.clone(),
            property: accessor.json_name.clone(),
            rust: write_returned_type(&accessor.ty, definitions),
            reads: describe_read_values(accessor),
            timestamp: accessor.timestamp.clone(),
            source: source(&accessor.location),
        })
    });
    of_places.chain(of_views).collect()
}

/// Returns the report on the method that returns the views of a place.
fn report_place_method(
    place: &ViewPlace,
    definitions: &Definitions,
    source: &dyn Fn(&Location) -> SourceLocation,
) -> Option<MethodReport> {
    let owner = definitions.get(place.owner)?;
    let Shape::Struct(object) = &owner.shape else { return None };
    let property = object.properties.iter().find(|property| property.json_name == place.property)?;
    let name = format!("{}<'_>", place.name);
    Some(MethodReport {
        owner: owner.name.clone(),
        method: place.method.clone(),
        property: place.property.clone(),
        rust: if place.required { name } else { format!("Option<{name}>") },
        reads: format!("any value: `{}` decides which view of it", place.by),
        timestamp: None,
        source: source(&property.location),
    })
}

/// Returns in words which values the method of a view returns, and what it returns for other values.
pub(crate) fn describe_read_values(accessor: &Accessor) -> String {
    let (values, text, others) = match &accessor.ty {
        ViewType::Text => ("a text", "", "is `None`"),
        ViewType::Boolean => ("`true` or `false`", "one of these or `yes` or `no` as a text", "is `None`"),
        ViewType::Integer => ("a whole number", "a text that is one, such as `\"12\"`", "is `None`"),
        ViewType::Number => ("a number", "a text that is one, such as `\"1.5\"`", "is `None`"),
        ViewType::Enum(_) => ("a text, also one that the schema does not list", "", "is `None`"),
        ViewType::Object(_) => ("an object, as a view", "", "is `None`"),
        ViewType::List(_) => ("the items of an array that are of the type", "", "has no items"),
        ViewType::Map(_) => ("the properties of an object whose values are of the type", "", "has no properties"),
        ViewType::AnyObject => ("an object", "", "is `None`"),
        ViewType::Any => return "any value".to_owned(),
    };
    let parsed = if accessor.parses_text { format!(", or {text}") } else { String::new() };
    format!("{values}{parsed}; any other value {others}")
}
