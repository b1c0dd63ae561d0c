//! Rejects schemas that need a crate feature which is switched off.

use crate::diagnostic::{DiagnosticKind, Errors, Findings};
use crate::normalize::keywords::SchemaKeywords;
use crate::resolve::Resolved;

/// Checks that no schema has `patternProperties` if the crate feature `patterns` is off. The keyword is not ignored
/// instead, since the types would differ from those with the feature.
///
/// # Errors
/// One error for each schema with `patternProperties`, if the feature is off.
pub(super) fn check_patterns_feature(resolved: &Resolved) -> Result<(), Errors> {
    let mut findings = Findings::default();
    let schemas = resolved.reached_schemas().filter(|_| !cfg!(feature = "patterns"));
    for (_, location) in
        schemas.filter_map(|location| SchemaKeywords::read_at(resolved, location)?.pattern_schemas().next())
    {
        let message = "types for `patternProperties` need the feature `patterns` of json-schema-codegen";
        let help = "add `patterns` to the features of json-schema-codegen in Cargo.toml";
        findings.push(resolved.make_diagnostic(DiagnosticKind::MissingFeature, &location, message).with_help(help));
    }
    findings.into_result(())
}
