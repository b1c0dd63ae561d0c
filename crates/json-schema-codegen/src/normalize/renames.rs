//! Renames types as the settings `[rename]` and `[patch]` ask, and reports names that are taken.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, DiagnosticKind, Errors, Findings};
use crate::normalize::definition::Definitions;
use crate::normalize::naming::RESERVED_TYPE_NAMES;
use crate::normalize::used::UsedSettings;
use crate::settings::Settings;

/// Renames the definitions, roots and aliases whose names are keys of `[rename]`, or of a `[patch]` with a new name, to
/// the names in the settings. The keys are names before any rename, so that one rename changes no other name. Records
/// the renames as used.
///
/// # Errors
/// One error for each new name that another type has already.
pub(crate) fn apply_renames(
    definitions: &mut Definitions,
    settings: &Settings,
    used: &mut UsedSettings,
) -> Result<(), Errors> {
    let renames = settings.renames();
    if renames.is_empty() {
        return Ok(());
    }
    let aliases = definitions.roots.iter().chain(&definitions.aliases);
    let old_names: BTreeSet<String> =
        definitions.all.iter().map(|one| &one.name).chain(aliases.map(|alias| &alias.name)).cloned().collect();
    let result = check_renames(&renames, &old_names, &BTreeSet::new(), used);
    definitions.all.iter_mut().for_each(|one| replace_renamed_name(&renames, &mut one.name, &mut one.alias));
    let roots = definitions.roots.iter_mut().chain(&mut definitions.aliases).map(|root| &mut root.name);
    for name in roots.chain(definitions.type_names.values_mut()) {
        replace_renamed_name(&renames, name, &mut None);
    }
    result
}

/// Renames the views, the enums of their places, and the enums that views return to the names in `[rename]` and
/// `[patch]`, as [`apply_renames`] renames other types. The enums that views return are the definitions from the index
/// `first` on.
///
/// # Errors
/// One error for each new name that another type has already.
pub(crate) fn apply_view_renames(
    definitions: &mut Definitions,
    first: usize,
    settings: &Settings,
    used: &mut UsedSettings,
) -> Result<(), Errors> {
    let renames = settings.renames();
    let Definitions { all, views, roots, aliases, .. } = definitions;
    let (types, enums) = all.split_at_mut(first);
    let others = types.iter().map(|one| &one.name).chain(roots.iter().chain(&*aliases).map(|alias| &alias.name));
    let others = others.cloned().collect();
    let named = enums.iter_mut().map(|one| (&mut one.name, &mut one.alias));
    let named = named.chain(views.all.iter_mut().map(|one| (&mut one.name, &mut one.alias)));
    let named = named.chain(views.places.iter_mut().map(|one| (&mut one.name, &mut one.alias)));
    let mut named: Vec<(&mut String, &mut Option<String>)> = named.collect();
    let old_names = named.iter().map(|(name, _)| (**name).clone()).collect();
    let result = check_renames(&renames, &old_names, &others, used);
    named.iter_mut().for_each(|(name, alias)| replace_renamed_name(&renames, name, alias));
    views.type_names.values_mut().for_each(|name| replace_renamed_name(&renames, name, &mut None));
    result
}

/// Checks those of `renames` (from old to new name) whose old name is in `old_names`, the names of the types to be
/// renamed, and records them as used. `others` are the names of types that are not renamed by this call.
///
/// # Errors
/// One error for each new name that another type has, gets, or cannot have ([`RESERVED_TYPE_NAMES`]).
fn check_renames(
    renames: &BTreeMap<String, String>,
    old_names: &BTreeSet<String>,
    others: &BTreeSet<String>,
    used: &mut UsedSettings,
) -> Result<(), Errors> {
    let mut findings = Findings::default();
    for (from, to) in renames.iter().filter(|(from, _)| old_names.contains(*from)) {
        used.renames.record_used(from);
        let same_target = renames.iter().find(|(other, name)| *name == to && old_names.contains(*other));
        let is_given = old_names.contains(to) && !renames.contains_key(to) || same_target != Some((from, to));
        if is_given || others.contains(to) || RESERVED_TYPE_NAMES.contains(&to.as_str()) {
            let message = format!("`{from}` cannot be renamed to `{to}`: another type has this name");
            let help = "choose another name, or rename the other type too";
            findings.push(Diagnostic::new(DiagnosticKind::Settings, message).with_help(help));
        }
    }
    findings.into_result(())
}

/// If `name` is a key of `renames` (from old to new name), replaces it by its new name, and sets `alias` to the old
/// one.
fn replace_renamed_name(renames: &BTreeMap<String, String>, name: &mut String, alias: &mut Option<String>) {
    if let Some(new) = renames.get(name) {
        *alias = Some(std::mem::replace(name, new.clone()));
    }
}
