//! The report on a run: the types and properties that were generated, the schemas and keywords that the
//! types do not express, and the corrections that were applied.

mod methods;
mod source;
mod types;

use serde::Serialize;

use crate::location::Location;
use crate::lower::TypeTexts;
use crate::normalize::{AdditionalProperties, Definitions, Notes, Shape, Type};
use crate::resolve::Resolved;

pub use methods::MethodReport;
#[cfg(feature = "changes")]
pub(crate) use methods::describe_read_values;
pub use source::SourceLocation;
pub(crate) use source::find_source_location;
pub use types::{Reference, TypeKind, TypeReport};

/// The report on a run. The command line writes it as JSON with `--report`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The types, in the order of the output.
    pub types: Vec<TypeReport>,
    /// The fields of the structs, each with its property and its Rust type.
    pub properties: Vec<PropertyReport>,
    /// The methods that return views, and the methods of the views, each with its property.
    pub methods: Vec<MethodReport>,
    /// The schemas whose Rust type accepts any value although the schema does not, each with the reason.
    pub widened: Vec<Note>,
    /// The keywords that the types do not enforce: a value that violates one is still read.
    pub not_enforced: Vec<Note>,
    /// The properties that a schema defines and that have no field, each with the reason.
    pub omitted: Vec<OmittedProperty>,
    /// The keywords that the draft of their document does not have, and that therefore have no effect; each is listed
    /// once for a document.
    pub unknown_keywords: Vec<Note>,
    /// The definitions that have no type because of an error in them, each with the error. No root reaches them. Empty
    /// if the settings name roots.
    pub broken: Vec<Note>,
    /// The definitions and documents that have no type because no root that the settings name reaches them. Empty if
    /// the settings name no roots.
    pub left_out: Vec<Note>,
    /// Faults that the generator has noticed in itself. There should be none; please report them.
    pub faults: Vec<Note>,
    /// The fields, variants and types whose preferred name was taken, each with the preferred name and the name that it
    /// has instead.
    pub names: Vec<Note>,
    /// The applied operations of corrections, each with its name and the reason: `replace: Amounts are numbers.`
    pub corrections: Vec<Note>,
}

/// A field of a generated struct, with the property or properties that it holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PropertyReport {
    /// The name of the struct.
    pub owner: String,
    /// The name of the field.
    pub field: String,
    /// The JSON name of the property. For a field that holds several properties: the pattern of
    /// `patternProperties` that their names match, or `*` for the additional properties.
    pub property: String,
    /// The Rust type of the field, such as `Option<String>`.
    pub rust: String,
    /// True if the schema requires the property.
    pub required: bool,
    /// The reason for this Rust type, in words; it may be empty.
    pub why: String,
    /// The location of the property's schema.
    #[serde(flatten)]
    pub source: SourceLocation,
}

/// A property that a schema defines and that has no field in the types.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OmittedProperty {
    /// The JSON name of the property.
    pub property: String,
    /// The reason why the property has no field.
    pub reason: String,
    /// The location of the property's schema.
    #[serde(flatten)]
    pub source: SourceLocation,
}

/// An entry of one of the lists of the [`Report`]: a text about a location in a schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// The text about the location: a reason in words; in [`Report::not_enforced`] the keyword, in [`Report::names`]
    /// both names, in [`Report::corrections`] the operation and its reason.
    pub text: String,
    /// The location that the text is about.
    #[serde(flatten)]
    pub source: SourceLocation,
}

/// Builds the report of a run from its definitions, `texts` (the Rust types of fields as text), and the notes that
/// `normalize` made.
pub(crate) fn build_report(resolved: &Resolved, definitions: &Definitions, texts: &TypeTexts, notes: &Notes) -> Report {
    let note = |location: &Location, text: &str| Note {
        text: text.to_owned(),
        source: find_source_location(resolved, location),
    };
    let not_enforced = notes.not_enforced.iter();
    let omitted = |(location, (property, reason)): (&Location, &(String, String))| OmittedProperty {
        property: property.clone(),
        reason: reason.clone(),
        source: find_source_location(resolved, location),
    };
    Report {
        types: types::report_types(definitions, notes, &|location| find_source_location(resolved, location)),
        properties: report_properties(resolved, definitions, texts, notes),
        methods: methods::report_methods(definitions, &|location| find_source_location(resolved, location)),
        widened: notes.widened.iter().map(|(location, reason)| note(location, reason)).collect(),
        not_enforced: not_enforced
            .flat_map(|(location, keywords)| keywords.iter().map(|keyword| note(&location.child(keyword), keyword)))
            .collect(),
        omitted: notes.omitted.iter().map(omitted).collect(),
        unknown_keywords: notes.unknown_keywords.iter().map(|(location, text)| note(location, text)).collect(),
        broken: resolved
            .broken_definitions()
            .iter()
            .map(|(location, error)| note(location, &format!("it has no type: {}", error.message)))
            .collect(),
        left_out: resolved.unreached_schemas().iter().map(|location| note(location, "no root reaches it")).collect(),
        faults: notes.faults.iter().map(|(location, text)| note(location, text)).collect(),
        names: notes.names.iter().flat_map(|(location, texts)| texts.iter().map(|text| note(location, text))).collect(),
        corrections: resolved
            .corrections()
            .iter()
            .map(|correction| note(&correction.location, &format!("{}: {}", correction.operation, correction.why)))
            .collect(),
    }
}

/// Returns an entry for each field of each struct, in the order of the output: for each struct its properties, then its
/// patterns, then its additional properties if they have a type.
fn report_properties(
    resolved: &Resolved,
    definitions: &Definitions,
    texts: &TypeTexts,
    notes: &Notes,
) -> Vec<PropertyReport> {
    let rust = |ty: &Type, required: bool| match (required, ty) {
        (true, _) | (false, Type::Nullable(_)) => texts.get(ty).to_owned(),
        (false, _) => format!("Option<{}>", texts.get(ty)),
    };
    let mut all = Vec::new();
    for definition in &definitions.all {
        let Shape::Struct(object) = &definition.shape else { continue };
        let owner = &definition.name;
        all.extend(object.properties.iter().map(|property| PropertyReport {
            owner: owner.clone(),
            field: property.field.clone(),
            property: property.json_name.clone(),
            rust: rust(&property.ty, property.required),
            required: property.required,
            why: notes.find_rule_reason(&property.location),
            source: find_source_location(resolved, &property.location),
        }));
        let map_field = |field: &String, name: &str, ty: &Type, why: &str, location: &Location| PropertyReport {
            owner: owner.clone(),
            field: field.clone(),
            property: name.to_owned(),
            rust: format!("BTreeMap<String, {}>", rust(ty, true)),
            required: false,
            why: why.to_owned(),
            source: find_source_location(resolved, location),
        };
        all.extend(object.patterns.iter().map(|pattern| {
            let why = "`patternProperties` gives a schema for properties whose names match";
            map_field(&pattern.field, &pattern.pattern, &pattern.ty, why, &pattern.location)
        }));
        if let AdditionalProperties::Typed { field, ty } = &object.extra {
            let why = "`additionalProperties` gives a schema for other properties";
            all.push(map_field(field, "*", ty, why, &definition.location));
        }
    }
    all
}
