//! Rejects schemas that need a crate feature which is switched off.

use crate::bundle::Bundle;
use crate::diagnostic::{Errors, Findings, Kind};
use crate::normalize::keywords::Keywords;

/// Checks that no schema has `patternProperties` if the crate feature `patterns` is off; ignoring them
/// would give the schema other types than with the feature.
///
/// # Errors
/// One for each schema with `patternProperties`.
pub(super) fn check(bundle: &Bundle) -> Result<(), Errors> {
    let mut findings = Findings::default();
    let schemas = bundle.schemas().filter(|_| !cfg!(feature = "patterns"));
    for (_, place) in schemas.filter_map(|place| Keywords::at(bundle, place)?.patterns().next()) {
        let message = "types for `patternProperties` need the feature `patterns` of json-schema-codegen";
        let help = "add `patterns` to the features of json-schema-codegen in Cargo.toml";
        findings.push(bundle.diagnostic(Kind::MissingFeature, &place, message).help(help));
    }
    findings.or(())
}
