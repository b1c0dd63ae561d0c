//! Notes of normalization for the report.

use std::collections::BTreeMap;

use crate::normalize::names::Changed;
use crate::place::Place;

/// Notes for the report, by the location of the schema that they are about.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// The reason why a schema accepts any value in Rust though it says more.
    pub(crate) widened: BTreeMap<Place, String>,
    /// The unenforced keywords of a schema.
    pub(crate) not_enforced: BTreeMap<Place, Vec<String>>,
    /// Sentences about names that had to change.
    pub(crate) names: BTreeMap<Place, Vec<String>>,
    /// The reason of the rule that applied to the schema.
    decided: BTreeMap<Place, &'static str>,
    /// (name, reason) of a property without a field, by the location of the property's schema.
    pub(crate) omitted: BTreeMap<Place, (String, String)>,
    /// Faults of the generator.
    pub(crate) faults: BTreeMap<Place, String>,
}

impl Notes {
    /// Notes that the schema at `place` becomes any value though it says more, because of `reason`. Only
    /// the first reason is kept.
    pub(crate) fn widen(&mut self, place: &Place, reason: &str) {
        self.widened.entry(place.clone()).or_insert_with(|| reason.to_owned());
    }

    /// Notes unenforced keywords of the schema at `place`.
    pub(crate) fn add_unenforced(&mut self, place: &Place, keywords: Vec<String>) {
        self.not_enforced.entry(place.clone()).or_default().extend(keywords);
    }

    /// Notes that the property `name` has no field because of `reason`; `place` is the location of the
    /// property's schema. Only the first reason is kept.
    pub(crate) fn omit(&mut self, place: &Place, name: &str, reason: &str) {
        self.omitted.entry(place.clone()).or_insert_with(|| (name.to_owned(), reason.to_owned()));
    }

    /// Notes a fault of the generator.
    pub(crate) fn fault(&mut self, place: &Place, text: &str) {
        self.faults.insert(place.clone(), text.to_owned());
    }

    /// Notes the reason of the rule that applied to the schema at `place`. Only the first is kept.
    pub(crate) fn decide(&mut self, place: &Place, why: &'static str) {
        self.decided.entry(place.clone()).or_insert(why);
    }

    /// Returns the reason of the rule that applied to the schema at `place`; empty if there is none.
    pub(crate) fn why(&self, place: &Place) -> String {
        self.decided.get(place).copied().unwrap_or_default().to_owned()
    }

    /// Notes names in the schema at `place` that had to change because the wanted ones were taken; `kind`
    /// is what is named, such as `field`.
    pub(crate) fn rename(&mut self, place: &Place, kind: &str, changed: Vec<Changed>) {
        for Changed { text, wanted, name } in changed {
            let text = format!("the {kind} of `{text}` is named `{name}`, because `{wanted}` is taken");
            self.names.entry(place.clone()).or_default().push(text);
        }
    }
}
