//! Turns schemas of any draft into named definitions, the generator's intermediate form.
//!
//! A node (all schemas that one value must satisfy) goes through an ordered table of rules; the
//! first rule that applies returns its outline. An outline that needs a Rust type of its own becomes
//! a definition.

mod assertion_lists;
mod assertions;
mod build;
mod coverage;
mod define;
mod definition;
mod definition_id;
mod describe;
mod docs;
mod features;
mod introduced;
mod keywords;
mod lookalikes;
mod mismatch;
mod names;
mod naming;
mod node;
mod normalizer;
mod notes;
mod outline;
mod property_index;
mod recursion;
mod redundant;
mod reference_types;
mod renames;
mod rules;
mod schemas;
mod taken_names;
mod type_set;
mod used;
mod value_names;
mod views;

pub(crate) use definition::*;
#[cfg(feature = "changes")]
pub(crate) use describe::split_off_value_lines;
pub(crate) use node::find_alias_target;
pub(crate) use notes::Notes;
#[cfg(feature = "changes")]
pub(crate) use rules::integer::integer_range;
pub(crate) use views::{Accessor, View, ViewChoice, ViewPlace, ViewType, Views};

use std::collections::HashSet;

use crate::diagnostic::{DiagnosticKind, Errors, Findings};
use crate::limits::limit_exceeded_error;
use crate::location::Location;
use crate::resolve::Resolved;
use crate::settings::Settings;
use crate::vocabulary;

use assertions::AssertionCompiler;
use normalizer::{Normalizer, ONLY_REFERS_TO_ITSELF};
use schemas::RuleInput;
use taken_names::TakenNames;

/// Returns the definitions of all schemas that the roots of `resolved` reach, and notes for the report.
///
/// # Errors
/// The schemas exceed a limit (number of types, number of look-ups of schemas), an entry of
/// `settings` matches nothing, or a schema needs a crate feature that is switched off.
pub(crate) fn normalize_schemas(resolved: &Resolved, settings: &Settings) -> Result<(Definitions, Notes), Errors> {
    features::check_patterns_feature(resolved, settings)?;
    let mut notes = Notes::default();
    let taken = TakenNames::from_names(naming::RESERVED_TYPE_NAMES);
    let (type_names, taken) = naming::assign_type_names(resolved, settings, taken, &mut notes);
    let mut normalizer = Normalizer::new(RuleInput::new(resolved, settings, &type_names), taken, notes);
    let roots = normalizer.define_roots();
    build_waiting_definitions(&mut normalizer)?;
    let aliases = normalizer.define_independent_schemas();
    build_waiting_definitions(&mut normalizer)?;
    resolved.check_step_limit()?;
    recursion::widen_alias_cycles(&mut normalizer.definitions, &mut normalizer.notes, ONLY_REFERS_TO_ITSELF);
    recursion::open_union_cycles(&mut normalizer.definitions);
    normalizer.number_equal_names();
    let Normalizer { definitions, mut used, mut notes, coverage, schemas, by_key, taken, assertions, .. } = normalizer;
    let (assertions, checked) = assertions.map(AssertionCompiler::finish_lists).unwrap_or_default();
    note_unenforced_keywords(&schemas, &mut notes, &checked);
    note_dangling_references(resolved, &mut notes);
    introduced::note_unknown_keywords(resolved, &mut notes);
    coverage.note_omitted_properties(&schemas, &mut notes);
    resolved.check_step_limit()?;
    let type_names = type_names.clone();
    let mut definitions =
        Definitions { all: definitions, roots, aliases, type_names, assertions, views: Views::default() };
    let mut findings = Findings::default();
    findings.record_errors(renames::apply_renames(&mut definitions, settings, &mut used));
    let types =
        views::GeneratedTypes { definitions: &mut definitions, by_key, taken, notes: &mut notes, used: &mut used };
    findings.record_errors(views::add_views(resolved, settings, types));
    findings.combine_with_result(used.check_entries_used(resolved, &definitions, settings))?;
    recursion::break_type_cycles(&mut definitions);
    mismatch::set_mismatch_treatments(&mut definitions, settings);
    Ok((definitions, notes))
}

/// Builds the shapes of all definitions that wait for theirs, and of those that come up meanwhile.
///
/// # Errors
/// There are more types than the limit allows.
fn build_waiting_definitions(normalizer: &mut Normalizer<'_>) -> Result<(), Errors> {
    while let Some(waiting) = normalizer.waiting.pop_front() {
        let location = waiting.outlined.node.origin.clone();
        normalizer.build_shape(waiting);
        check_type_limit(normalizer, &location)?;
    }
    Ok(())
}

/// Checks that the number of definitions is within the limit `types` of the settings.
///
/// # Errors
/// There are more. The error is located at `location`, the schema of the last definition built.
fn check_type_limit(normalizer: &Normalizer<'_>, location: &Location) -> Result<(), Errors> {
    let max_types = normalizer.schemas.settings.limits.types;
    if normalizer.definitions.len() <= max_types {
        return Ok(());
    }
    let limit = limit_exceeded_error("types", max_types, format!("this is past the first {max_types} types"));
    let error = normalizer.schemas.resolved.make_diagnostic(DiagnosticKind::Limit, location, limit.message);
    Err(error.with_help(limit.help.unwrap_or_default()).into())
}

/// Notes the unenforced keywords of all schemas that the roots reach, but not those in `checked`.
fn note_unenforced_keywords(schemas: &RuleInput<'_>, notes: &mut Notes, checked: &HashSet<(Location, &'static str)>) {
    for location in schemas.resolved.reached_schemas() {
        let Some(keywords) = schemas.read_keywords(location) else { continue };
        let names = vocabulary::UNENFORCED_KEYWORDS.iter().filter(|name| keywords.has_keyword(name));
        let is_checked = |name: &&&'static str| {
            let by = CHECKED_WITH_KEYWORD.iter().find(|(beside, _)| beside == *name).map_or(**name, |(_, by)| by);
            !checked.is_empty() && checked.contains(&(location.clone(), by))
        };
        let names: HashSet<&str> = names.filter(|name| !is_checked(name)).copied().collect();
        let names: Vec<String> =
            keywords.keyword_names().filter(|name| names.contains(name)).map(str::to_owned).collect();
        if !names.is_empty() {
            notes.add_unenforced(location, names);
        }
    }
}

/// Keywords that are checked together with another keyword of their schema, each with that one.
const CHECKED_WITH_KEYWORD: &[(&str, &str)] =
    &[("else", "if"), ("then", "if"), ("maxContains", "contains"), ("minContains", "contains")];

/// Notes each reference whose target does not exist. The settings allow such references here, since otherwise
/// `resolve` would have returned an error.
fn note_dangling_references(resolved: &Resolved, notes: &mut Notes) {
    for location in resolved.list_dangling_schemas() {
        let Some((keyword, text)) = resolved.find_reference(location) else { continue };
        notes.note_widened_schema(&location.child(keyword), &format!("`{text}` refers to nothing"));
    }
}
