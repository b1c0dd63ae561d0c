//! What became of each part of the schema: a type, any value, or nothing that a type could hold.

mod types;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::bundle::Bundle;
use crate::diagnostic::Position;
use crate::normalize::{Changed, Definitions, Extra, Shape, Type};
use crate::place::Place;

pub use types::{Reference, TypeKind, TypeReport};

/// What normalization notes along the way.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    widened: BTreeMap<Place, String>,
    not_enforced: BTreeMap<Place, Vec<String>>,
    names: BTreeMap<Place, Vec<String>>,
    decided: BTreeMap<Place, &'static str>,
    /// Properties without a field, by the place of their schema: the name and the reason.
    omitted: BTreeMap<Place, (String, String)>,
    faults: BTreeMap<Place, String>,
}

impl Notes {
    /// A place that takes any value though its schema says more.
    pub(crate) fn widen(&mut self, place: &Place, reason: &str) {
        self.widened.entry(place.clone()).or_insert_with(|| reason.to_owned());
    }

    /// Keywords of a schema that the types do not hold.
    pub(crate) fn ignore(&mut self, place: &Place, keywords: Vec<String>) {
        self.not_enforced.entry(place.clone()).or_default().extend(keywords);
    }

    /// Notes that a property has no field, and why. The place is that of the property's schema.
    pub(crate) fn omit(&mut self, place: &Place, name: &str, reason: &str) {
        self.omitted.entry(place.clone()).or_insert_with(|| (name.to_owned(), reason.to_owned()));
    }

    /// Notes that the generator has gone wrong.
    pub(crate) fn fault(&mut self, place: &Place, text: &str) {
        self.faults.insert(place.clone(), text.to_owned());
    }

    /// Why a schema becomes what it does; what is said first counts.
    pub(crate) fn decide(&mut self, place: &Place, why: &'static str) {
        self.decided.entry(place.clone()).or_insert(why);
    }

    fn why(&self, place: &Place) -> String {
        self.decided.get(place).copied().unwrap_or_default().to_owned()
    }

    /// Names of a kind, such as fields, that others had taken, in the schema at a place.
    pub(crate) fn rename(&mut self, place: &Place, kind: &str, changed: Vec<Changed>) {
        for Changed { text, wanted, name } in changed {
            let text = format!("the {kind} of `{text}` is `{name}`, since `{wanted}` is taken");
            self.names.entry(place.clone()).or_default().push(text);
        }
    }
}

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

/// Puts the notes and the definitions into a report; `rust` writes a type.
pub(crate) fn report(
    bundle: &Bundle,
    definitions: &Definitions,
    notes: &Notes,
    rust: &dyn Fn(&Type, bool) -> String,
) -> Report {
    let remark = |place: &Place, text: &str| Remark { text: text.to_owned(), source: source(bundle, place) };
    let ignored = notes.not_enforced.iter();
    let omitted = |(place, (property, reason)): (&Place, &(String, String))| OmittedProperty {
        property: property.clone(),
        reason: reason.clone(),
        source: source(bundle, place),
    };
    Report {
        types: types::types(definitions, notes, &|place| source(bundle, place)),
        properties: properties(bundle, definitions, notes, rust),
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

fn properties(
    bundle: &Bundle,
    definitions: &Definitions,
    notes: &Notes,
    rust: &dyn Fn(&Type, bool) -> String,
) -> Vec<PropertyReport> {
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
