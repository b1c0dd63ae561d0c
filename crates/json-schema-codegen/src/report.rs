//! What became of each part of the schema: a type, any value, or nothing that a type could hold.

mod types;

use serde::Serialize;

use crate::bundle::Bundle;
use crate::diagnostic::Position;
use crate::lower::Lowered;
use crate::normalize::{Extra, Notes, Shape, Type};
use crate::place::Place;

pub use types::{Reference, TypeKind, TypeReport};

/// What a run did: published beside the types with `--report`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Each type.
    pub types: Vec<TypeReport>,
    /// Each property with its Rust type.
    pub properties: Vec<PropertyReport>,
    /// Each place that takes any value though its schema says more, with the reason.
    pub widened: Vec<Remark>,
    /// Each keyword that the types do not hold: a value that breaks it is read all the same.
    pub not_enforced: Vec<Remark>,
    /// Each property that a schema names and that is not a field, with the reason.
    pub omitted: Vec<OmittedProperty>,
    /// Faults of the generator that it has noticed itself. There should be none; please report them.
    pub faults: Vec<Remark>,
    /// Each type, field and variant that has another name than its own, since that was taken.
    pub names: Vec<Remark>,
    /// Each correction that was applied, with its reason.
    pub corrections: Vec<Remark>,
}

/// A property and its Rust type.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PropertyReport {
    /// The Rust type that has the field.
    pub owner: String,
    /// The Rust field.
    pub field: String,
    /// The name in the document; of a field for several properties the pattern that their names match,
    /// or `*` for those that are neither listed nor matched.
    pub property: String,
    /// The Rust type of the field.
    pub rust: String,
    /// Whether the schema requires it.
    pub required: bool,
    /// Why it has this type: what the schema is, in words.
    pub why: String,
    /// Where the schema says so.
    #[serde(flatten)]
    pub source: Source,
}

/// A property that a schema names and that is not a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OmittedProperty {
    /// The name in JSON.
    pub property: String,
    /// Why it is not a field.
    pub reason: String,
    /// Where its schema stands.
    #[serde(flatten)]
    pub source: Source,
}

/// A place, and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Remark {
    /// What is to be said: a reason, or a keyword.
    pub text: String,
    /// The place that it is about.
    #[serde(flatten)]
    pub source: Source,
}

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// The file.
    pub file: String,
    /// The JSON pointer into it.
    pub pointer: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Puts the definitions with their Rust types, and the notes, into a report.
pub(crate) fn report(bundle: &Bundle, lowered: &Lowered, notes: &Notes) -> Report {
    let remark = |place: &Place, text: &str| Remark { text: text.to_owned(), source: source(bundle, place) };
    let ignored = notes.not_enforced.iter();
    let omitted = |(place, (property, reason)): (&Place, &(String, String))| OmittedProperty {
        property: property.clone(),
        reason: reason.clone(),
        source: source(bundle, place),
    };
    Report {
        types: types::types(&lowered.definitions, notes, &|place| source(bundle, place)),
        properties: properties(bundle, lowered, notes),
        widened: notes.widened.iter().map(|(place, reason)| remark(place, reason)).collect(),
        not_enforced: ignored
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

fn properties(bundle: &Bundle, lowered: &Lowered, notes: &Notes) -> Vec<PropertyReport> {
    let rust = |ty: &Type, required: bool| match (required, ty) {
        (true, _) | (false, Type::Nullable(_)) => lowered.rust_types.text(ty),
        (false, _) => format!("Option<{}>", lowered.rust_types.text(ty)),
    };
    let mut all = Vec::new();
    for definition in &lowered.definitions.all {
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
        let several = |field: &String, name: &str, ty: &Type, why: &str, place: &Place| PropertyReport {
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
            several(&pattern.field, &pattern.pattern, &pattern.ty, why, &pattern.place)
        }));
        if let Extra::Typed { field, ty } = &object.extra {
            let why = "`additionalProperties` gives a schema for other properties";
            all.push(several(field, "*", ty, why, &definition.place));
        }
    }
    all
}

/// A place in its file.
pub(crate) fn source(bundle: &Bundle, place: &Place) -> Source {
    let Position { line, column } = bundle.position(place);
    Source { file: bundle.file(place), pointer: place.pointer().to_owned(), line, column }
}
