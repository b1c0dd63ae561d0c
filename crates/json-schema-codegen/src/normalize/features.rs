//! Rejects schemas that need a crate feature which is switched off.

use crate::diagnostic::{DiagnosticKind, Errors, Findings};
use crate::normalize::keywords::SchemaKeywords;
use crate::resolve::Resolved;
use crate::settings::Settings;

/// Checks that no schema has `patternProperties`, or `pattern` where `settings` ask for strict types, if the crate
/// feature `patterns` is off. The keywords are not ignored instead, since the types would differ from those with the
/// feature.
///
/// # Errors
/// One error for each schema with such a keyword, if the feature is off.
pub(super) fn check_patterns_feature(resolved: &Resolved, settings: &Settings) -> Result<(), Errors> {
    let mut findings = Findings::default();
    let schemas = resolved.reached_schemas().filter(|_| !cfg!(feature = "patterns"));
    for keywords in schemas.filter_map(|location| SchemaKeywords::read_at(resolved, location)) {
        let pattern = keywords.read_text("pattern").filter(|_| settings.strict);
        let (types, location) = match (keywords.pattern_schemas().next(), pattern) {
            (Some((_, location)), _) => ("types for `patternProperties`", location),
            (None, Some(_)) => ("strict types for `pattern`", keywords.location().child("pattern")),
            (None, None) => continue,
        };
        let message = format!("{types} need the feature `patterns` of json-schema-codegen");
        let help = "add `patterns` to the features of json-schema-codegen in Cargo.toml";
        findings.push(resolved.make_diagnostic(DiagnosticKind::MissingFeature, &location, message).with_help(help));
    }
    findings.into_result(())
}
