//! Notes of normalization for the report.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::location::Location;
use crate::normalize::taken_names::ChangedName;

/// Notes for the report, by the location of the schema that they are about.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// The reason why a schema becomes a type that accepts any value although the schema has constraints.
    pub(crate) widened: BTreeMap<Location, String>,
    /// The unenforced keywords of a schema.
    pub(crate) not_enforced: BTreeMap<Location, Vec<String>>,
    /// A sentence for each name in a schema that had to change because the wanted name was taken.
    pub(crate) names: BTreeMap<Location, Vec<String>>,
    /// The reason of the rule that applied to the schema.
    decided: BTreeMap<Location, &'static str>,
    /// (name, reason) of a property without a field, by the location of the property's schema.
    pub(crate) omitted: BTreeMap<Location, (String, String)>,
    /// Keywords that the draft of their document does not have.
    pub(crate) unknown_keywords: BTreeMap<Location, String>,
    /// Defaults that their schemas do not accept, each by its location.
    pub(crate) refused_defaults: BTreeMap<Location, String>,
    /// Notes about settings.
    pub(crate) settings: Vec<Diagnostic>,
    /// Faults of the generator.
    pub(crate) faults: BTreeMap<Location, String>,
}

impl Notes {
    /// Notes that the schema at `location` becomes a type that accepts any value although the schema has
    /// constraints, because of `reason`. Only the first reason is kept.
    pub(crate) fn note_widened_schema(&mut self, location: &Location, reason: &str) {
        self.widened.entry(location.clone()).or_insert_with(|| reason.to_owned());
    }

    /// Notes unenforced keywords of the schema at `location`, those that are not noted yet.
    pub(crate) fn add_unenforced(&mut self, location: &Location, keywords: Vec<String>) {
        let noted = self.not_enforced.entry(location.clone()).or_default();
        for keyword in keywords {
            if !noted.contains(&keyword) {
                noted.push(keyword);
            }
        }
    }

    /// Notes that the property `name` has no field because of `reason`; `location` is the location of the
    /// property's schema. Only the first reason is kept.
    pub(crate) fn note_omitted_property(&mut self, location: &Location, name: &str, reason: &str) {
        self.omitted.entry(location.clone()).or_insert_with(|| (name.to_owned(), reason.to_owned()));
    }

    /// Notes a fault of the generator.
    pub(crate) fn note_generator_fault(&mut self, location: &Location, text: &str) {
        self.faults.insert(location.clone(), text.to_owned());
    }

    /// Notes the reason of the rule that applied to the schema at `location`. Only the first is kept.
    pub(crate) fn note_rule_reason(&mut self, location: &Location, why: &'static str) {
        self.decided.entry(location.clone()).or_insert(why);
    }

    /// Returns the reason of the rule that applied to the schema at `location`; empty if there is none.
    pub(crate) fn find_rule_reason(&self, location: &Location) -> String {
        self.decided.get(location).copied().unwrap_or_default().to_owned()
    }

    /// Notes names in the schema at `location` that had to change because the wanted ones were taken; `kind`
    /// is what is named, such as `field`.
    pub(crate) fn note_changed_names(&mut self, location: &Location, kind: &str, changed: Vec<ChangedName>) {
        for ChangedName { text, wanted, name } in changed {
            let text = format!("the {kind} of `{text}` is named `{name}`, because `{wanted}` is taken");
            self.names.entry(location.clone()).or_default().push(text);
        }
    }
}
