//! Records which entries of the settings about types had an effect. An entry without an effect is an error, since it is
//! mistyped, or the schema has changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::normalize::keywords::SchemaKeywords;
use crate::normalize::{Definition, Definitions, Property, Shape};
use crate::resolve::{Resolved, nearest};
use crate::settings::{Mismatch, Patch, Settings};

/// The keys of `[rename]`, `[types]`, `[replace]` and `[formats]` that had an effect.
#[derive(Debug, Default)]
pub(crate) struct UsedSettings {
    pub(super) renames: UsedKeys,
    pub(super) types: UsedKeys,
    pub(super) formats: UsedKeys,
    pub(super) replacements: UsedKeys,
}

/// The keys of one table of the settings whose entries had an effect.
#[derive(Debug, Default)]
pub(super) struct UsedKeys(BTreeSet<String>);

impl UsedKeys {
    /// Records that the entry with the key `key` had an effect.
    pub(super) fn record_used(&mut self, key: &str) {
        if !self.0.contains(key) {
            self.0.insert(key.to_owned());
        }
    }

    /// Returns the (key, value) entries of `table` that are not recorded as used.
    fn unused_entries<'t>(
        &self,
        table: &'t BTreeMap<String, String>,
    ) -> impl Iterator<Item = (&'t String, &'t String)> {
        table.iter().filter(|(key, _)| !self.0.contains(*key))
    }
}

impl UsedSettings {
    /// Checks that each entry of `[rename]`, `[patch]`, `[types]`, `[formats]`, `[replace]` and `mismatch_errors` had
    /// an effect.
    ///
    /// # Errors
    /// One error for each entry without an effect; its help lists keys that would have one.
    pub(super) fn check_entries_used(
        &self,
        resolved: &Resolved,
        definitions: &Definitions,
        settings: &Settings,
    ) -> Result<(), Errors> {
        let mut findings = Findings::default();
        for (from, to) in self.renames.unused_entries(&settings.rename) {
            let message = format!("`{from}` cannot be renamed to `{to}`: no type is named `{from}`");
            let help = format!(
                "correct or remove the rename; the first types by name are:{}",
                list_first_type_names(definitions)
            );
            findings.push(Diagnostic::new(DiagnosticKind::Settings, message).with_help(help));
        }
        for (name, patch) in &settings.patch {
            if let Some(fault) = find_unused_patch_error(definitions, name, patch) {
                findings.push(fault);
            }
        }
        for (location, _) in self.types.unused_entries(&settings.types) {
            let cause = "no type is made from a schema at this location";
            let help = format!(
                "the nearest locations are:{}",
                nearest::list_similar_names(list_schema_locations(resolved, location), location)
            );
            findings.push(make_error_without_effect("types", location, cause, &help));
        }
        let formats = self.formats.unused_entries(&settings.formats);
        for (format, _) in formats.filter(|(format, path)| !settings.style.sets_format(format, path)) {
            let formats = nearest::list_similar_names(list_schema_formats(resolved), format);
            let help = match formats.is_empty() {
                true => "no schema has a `format`".to_owned(),
                false => format!("the formats of the schemas are:{formats}"),
            };
            let cause = "no schema of a string, number or boolean has this format";
            findings.push(make_error_without_effect("formats", format, cause, &help));
        }
        for (name, _) in self.replacements.unused_entries(&settings.replace) {
            let cause = "no root, definition or target of a reference is named so";
            let names = definitions.type_names.values().collect::<BTreeSet<_>>();
            let help = format!("the nearest types are:{}", nearest::list_similar_names(names, name));
            findings.push(make_error_without_effect("replace", name, cause, &help));
        }
        find_mismatch_errors_without_effect(definitions, settings).into_iter().for_each(|fault| findings.push(fault));
        if settings.mismatch == Mismatch::Error && !settings.mismatch_errors.is_empty() {
            let message = "`mismatch_errors` has no effect without `mismatch = \"keep\"`";
            let help = "remove it, or keep values of another type";
            findings.push(Diagnostic::new(DiagnosticKind::Settings, message.to_owned()).with_help(help));
        }
        findings.into_result(())
    }
}

/// Returns an error for each entry of `mismatch_errors` without an effect: no struct has the property that it names, or
/// the schema accepts values of other types for this property.
fn find_mismatch_errors_without_effect(definitions: &Definitions, settings: &Settings) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for name in &settings.mismatch_errors {
        let (cause, help) = match find_property(definitions, name) {
            Some(property) if property.accepts_others => (
                "the schema accepts values of other types, since a member of an `anyOf` does not list the property",
                "remove it",
            ),
            Some(_) => continue,
            None => (
                "no type has such a property",
                "write the name of a struct, a full stop, and the JSON name of one of its properties",
            ),
        };
        let message = format!("`{name}` in `mismatch_errors` has no effect: {cause}");
        faults.push(Diagnostic::new(DiagnosticKind::Settings, message).with_help(help));
    }
    faults
}

/// Returns the error for the entry `patch` of `[patch]`, whose key is `name`, if it has no effect: no type has the
/// name, or the type is an alias, which can have neither derives nor attributes. `None` if it has an effect.
fn find_unused_patch_error(definitions: &Definitions, name: &String, patch: &Patch) -> Option<Diagnostic> {
    let found = definitions.all.iter().find(|definition| definition.old_name() == name);
    let message = match found.map(|definition| &definition.shape) {
        Some(Shape::Alias(_)) if !patch.derives.is_empty() || !patch.attributes.is_empty() => {
            format!("`{name}` in `[patch]` has no effect: the type is an alias, which derives nothing")
        }
        Some(_) => return None,
        None if patch.rename.is_some()
            && definitions.type_names.values().any(|other| Some(other) == patch.rename.as_ref()) =>
        {
            return None;
        }
        None => format!("`{name}` in `[patch]` has no effect: no type is named `{name}`"),
    };
    let names = definitions.all.iter().map(Definition::old_name);
    let help =
        format!("correct or remove the entry; the nearest types are:{}", nearest::list_similar_names(names, name));
    Some(Diagnostic::new(DiagnosticKind::Settings, message).with_help(help))
}

/// Returns the property of a struct that `name` names by the struct and the JSON name, such as `EventPage.items`;
/// `None` if there is no such property.
fn find_property<'a>(definitions: &'a Definitions, name: &str) -> Option<&'a Property> {
    definitions.all.iter().find_map(|definition| {
        let property = name.strip_prefix(definition.name.as_str())?.strip_prefix('.')?;
        match &definition.shape {
            Shape::Struct(object) => object.properties.iter().find(|it| it.json_name == property),
            _ => None,
        }
    })
}

/// Returns the error that the entry with the key `key` in the table `table` of the settings has no effect; `cause` says
/// why, and `help` lists keys that would have one.
fn make_error_without_effect(table: &str, key: &str, cause: &str, help: &str) -> Diagnostic {
    let message = format!("`{key}` in `[{table}]` has no effect: {cause}");
    Diagnostic::new(DiagnosticKind::Settings, message).with_help(format!("correct or remove the entry; {help}"))
}

/// Most type names that the help of an error lists.
const MAX_SHOWN_TYPES: usize = 20;

/// Formats the first [`MAX_SHOWN_TYPES`] type names in alphabetical order, each on a line of its own.
fn list_first_type_names(definitions: &Definitions) -> String {
    let names = definitions.all.iter().map(|definition| &definition.name).chain(definitions.type_names.values());
    let names: BTreeSet<&String> = names.collect();
    names.iter().take(MAX_SHOWN_TYPES).map(|name| format!("\n`{name}`")).collect()
}

/// Returns the locations of all schemas in the form of the keys of `[types]`, such as `order.json#/properties/id`,
/// except for `excluded`, a key which may lack the file name.
fn list_schema_locations(resolved: &Resolved, excluded: &str) -> Vec<String> {
    let places = resolved
        .reached_schemas()
        .map(|location| format!("{}#{}", resolved.document_name(location), location.pointer()));
    places.filter(|location| location != excluded && !location.ends_with(excluded)).collect()
}

/// Returns the values that `format` has in the schemas, each once.
fn list_schema_formats(resolved: &Resolved) -> BTreeSet<&str> {
    let schemas = resolved.reached_schemas().filter_map(|location| SchemaKeywords::read_at(resolved, location));
    schemas.filter_map(|keywords| keywords.read_text("format")).collect()
}
