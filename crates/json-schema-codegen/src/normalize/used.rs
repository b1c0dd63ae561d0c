//! Which of the settings that name something of the schema had an effect: one that has none is a
//! mistake, or upstream has moved.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle::{Bundle, nearest};
use crate::diagnostic::{Diagnostic, Errors, Findings, Kind};
use crate::normalize::Definitions;
use crate::normalize::keywords::Keywords;
use crate::settings::Settings;

/// The keys of `[rename]`, `[types]` and `[formats]` that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Used {
    pub(super) renames: Keys,
    pub(super) types: Keys,
    pub(super) formats: Keys,
}

/// The keys of one table.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeSet<String>);

impl Keys {
    /// What the table says of a key.
    pub(super) fn get(&mut self, table: &BTreeMap<String, String>, key: &str) -> Option<String> {
        let found = table.get(key)?;
        if !self.0.contains(key) {
            self.0.insert(key.to_owned());
        }
        Some(found.clone())
    }

    /// Records that the entry of a key has had an effect.
    pub(super) fn record(&mut self, key: &str) {
        if !self.0.contains(key) {
            self.0.insert(key.to_owned());
        }
    }

    /// The entries of the table that nothing asked for.
    fn rest<'t>(&self, table: &'t BTreeMap<String, String>) -> impl Iterator<Item = (&'t String, &'t String)> {
        table.iter().filter(|(key, _)| !self.0.contains(*key))
    }
}

impl Used {
    /// All settings that have no effect.
    pub(super) fn check(&self, bundle: &Bundle, definitions: &Definitions, settings: &Settings) -> Result<(), Errors> {
        let mut findings = Findings::default();
        for (from, to) in self.renames.rest(&settings.rename) {
            let message = format!("`{from}` is to be renamed to `{to}`, but no type is called so");
            let help = format!("correct or remove the rename; the types begin with:{}", types(definitions));
            findings.push(Diagnostic::new(Kind::Settings, message).help(help));
        }
        for (place, _) in self.types.rest(&settings.types) {
            let what = "no type is made of a schema at this place";
            let help = format!("the nearest places are:{}", nearest::list(places(bundle, place), place));
            findings.push(without_effect("types", place, what, &help));
        }
        for (format, _) in self.formats.rest(&settings.formats) {
            let formats = nearest::list(formats(bundle), format);
            let help = match formats.is_empty() {
                true => "no schema here has a `format`".to_owned(),
                false => format!("the formats here are:{formats}"),
            };
            findings.push(without_effect("formats", format, "no text or number here has this format", &help));
        }
        findings.or(())
    }
}

fn without_effect(table: &str, key: &str, what: &str, help: &str) -> Diagnostic {
    let message = format!("`{key}` in `[{table}]` has no effect: {what}");
    Diagnostic::new(Kind::Settings, message).help(format!("correct or remove it; {help}"))
}

/// How many types an error lists.
const SHOWN: usize = 20;

fn types(definitions: &Definitions) -> String {
    let names = definitions.all.iter().map(|definition| &definition.name).chain(definitions.place_names.values());
    let names: BTreeSet<&String> = names.collect();
    names.iter().take(SHOWN).map(|name| format!("\n`{name}`")).collect()
}

/// The other places of schemas, as `[types]` names them.
fn places(bundle: &Bundle, but: &str) -> Vec<String> {
    let places = bundle.schemas().map(|place| format!("{}#{}", bundle.document_name(place), place.pointer()));
    places.filter(|place| place != but && !place.ends_with(but)).collect()
}

/// The formats of all schemas.
fn formats(bundle: &Bundle) -> BTreeSet<&str> {
    let schemas = bundle.schemas().filter_map(|place| Keywords::at(bundle, place));
    schemas.filter_map(|keywords| keywords.text("format")).collect()
}
