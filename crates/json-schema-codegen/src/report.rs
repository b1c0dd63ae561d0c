//! The report on a run: the types and properties that were generated, the schemas and keywords that the
//! types do not express, and the corrections that were applied.

mod types;

use serde::Serialize;

use crate::bundle::Bundle;
use crate::diagnostic::Position;
use crate::lower::TypeTexts;
use crate::normalize::{Definitions, Extra, Notes, Shape, Type};
use crate::place::Place;

pub use types::{Reference, TypeKind, TypeReport};

/// The report on a run. The command line writes it as JSON with `--report`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The types, in the order of the output.
    pub types: Vec<TypeReport>,
    /// The fields of the structs, each with its property and its Rust type.
    pub properties: Vec<PropertyReport>,
    /// The schemas whose type accepts any value although the schema does not, each with the reason.
    pub widened: Vec<Remark>,
    /// The keywords that are not enforced: a value that violates one is still read.
    pub not_enforced: Vec<Remark>,
    /// The properties that a schema names and that have no field, each with the reason.
    pub omitted: Vec<OmittedProperty>,
    /// Faults that the generator has noticed in itself. There should be none; please report them.
    pub faults: Vec<Remark>,
    /// The fields, variants and types whose first choice of a name was taken, each with both names.
    pub names: Vec<Remark>,
    /// The corrections that were applied, each with its operation and its reason: `replace: Amounts are
    /// numbers.`
    pub corrections: Vec<Remark>,
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
    pub source: Source,
}

/// A property that a schema names and that has no field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OmittedProperty {
    /// The JSON name of the property.
    pub property: String,
    /// The reason why it has no field.
    pub reason: String,
    /// The location of the property's schema.
    #[serde(flatten)]
    pub source: Source,
}

/// A location in a schema, and a text about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Remark {
    /// The text: a reason in words, or in [`Report::not_enforced`] the keyword.
    pub text: String,
    /// The location that the text is about.
    #[serde(flatten)]
    pub source: Source,
}

/// A location in a file of the schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// The path of the file, as it was given to the generator.
    pub file: String,
    /// The JSON pointer in the file; empty for the whole file.
    pub pointer: String,
    /// The line in the text of the file, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Makes the report of a run from its definitions, their Rust types, and the notes.
pub(crate) fn report(bundle: &Bundle, definitions: &Definitions, texts: &TypeTexts, notes: &Notes) -> Report {
    let remark = |place: &Place, text: &str| Remark { text: text.to_owned(), source: source(bundle, place) };
    let not_enforced = notes.not_enforced.iter();
    let omitted = |(place, (property, reason)): (&Place, &(String, String))| OmittedProperty {
        property: property.clone(),
        reason: reason.clone(),
        source: source(bundle, place),
    };
    Report {
        types: types::types(definitions, notes, &|place| source(bundle, place)),
        properties: properties(bundle, definitions, texts, notes),
        widened: notes.widened.iter().map(|(place, reason)| remark(place, reason)).collect(),
        not_enforced: not_enforced
            .flat_map(|(place, keywords)| keywords.iter().map(|keyword| remark(&place.child(keyword), keyword)))
            .collect(),
        omitted: notes.omitted.iter().map(omitted).collect(),
        faults: notes.faults.iter().map(|(place, text)| remark(place, text)).collect(),
        names: notes.names.iter().flat_map(|(place, texts)| texts.iter().map(|text| remark(place, text))).collect(),
        corrections: bundle
            .corrections()
            .iter()
            .map(|correction| remark(&correction.place, &format!("{}: {}", correction.operation, correction.why)))
            .collect(),
    }
}

/// Returns the fields of all structs, in the order of the output: for each struct its properties, then its
/// patterns, then its additional properties if they have a type.
fn properties(bundle: &Bundle, definitions: &Definitions, texts: &TypeTexts, notes: &Notes) -> Vec<PropertyReport> {
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
            property: property.wire.clone(),
            rust: rust(&property.ty, property.required),
            required: property.required,
            why: notes.why(&property.place),
            source: source(bundle, &property.place),
        }));
        let map_field = |field: &String, name: &str, ty: &Type, why: &str, place: &Place| PropertyReport {
            owner: owner.clone(),
            field: field.clone(),
            property: name.to_owned(),
            rust: format!("BTreeMap<String, {}>", rust(ty, true)),
            required: false,
            why: why.to_owned(),
            source: source(bundle, place),
        };
        all.extend(object.patterns.iter().map(|pattern| {
            let why = "`patternProperties` gives a schema for properties whose names match";
            map_field(&pattern.field, &pattern.pattern, &pattern.ty, why, &pattern.place)
        }));
        if let Extra::Typed { field, ty } = &object.extra {
            let why = "`additionalProperties` gives a schema for other properties";
            all.push(map_field(field, "*", ty, why, &definition.place));
        }
    }
    all
}

/// Returns the file, JSON pointer, line and column of a location.
pub(crate) fn source(bundle: &Bundle, place: &Place) -> Source {
    let Position { line, column } = bundle.position(place);
    Source { file: bundle.file(place), pointer: place.pointer().to_owned(), line, column }
}
