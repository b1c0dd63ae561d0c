//! What normalization notes along the way, for the report.

use std::collections::BTreeMap;

use crate::normalize::names::Changed;
use crate::place::Place;

/// What normalization notes along the way.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) widened: BTreeMap<Place, String>,
    pub(crate) not_enforced: BTreeMap<Place, Vec<String>>,
    pub(crate) names: BTreeMap<Place, Vec<String>>,
    decided: BTreeMap<Place, &'static str>,
    /// Properties without a field, by the place of their schema: the name and the reason.
    pub(crate) omitted: BTreeMap<Place, (String, String)>,
    pub(crate) faults: BTreeMap<Place, String>,
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

    pub(crate) fn why(&self, place: &Place) -> String {
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
